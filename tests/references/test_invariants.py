"""What holds of any document: spans lie in their texts, citations do not overlap, the same document has the same."""

from itertools import pairwise

from documents import Made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = [
    *("{P:Ada Lind}", "{P:Brandt}", "{T:The Quay}", '"{A:Ice}"', "{J:Nordic Review}", "{L:Oslo}", "{D:1931}"),
    *("{O:Anchor Press}", "Ibid.", "op. cit.", "idem", "pp. 3-4", "vol. 2", "no. 7", ", ", ". ", "; ", " ", " in "),
    *(" (", ")", "see note 2 above", "chapter 3", "(hereafter cited as TQ)", "TQ", "Lind 1931", "to ", "-----", "\n"),
    *("и др.", "Harbour Archives, box 2", '"', "'"),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def check(made: Made) -> None:
    for span in made.spans:
        assert 0 <= span.start < span.end <= len(made.reading.texts[span.text])
        assert 0 <= span.certainty <= 1
    citations = [span for span in made.spans if span.kind == "citation"]
    for one, other in pairwise(citations):
        assert one.text != other.text or one.end <= other.start
    for part in made.spans:
        if part.kind in ("author", "citedRange", "pubPlace", "publisher"):
            holders = [s for s in made.spans if s.kind in ("citation", "entry") and s.text == part.text]
            assert any(s.start <= part.start and part.end <= s.end for s in holders)
    ids = {span.attributes["id"] for span in citations if "id" in span.attributes} | {work.id for work in made.works}
    ids |= {name for name in made.reading.texts if name != "body"} | {"p0001"}
    for span in made.spans:
        assert {span.attributes[key] for key in ("target", "corresp") if key in span.attributes} <= ids
    assert len({work.id for work in made.works}) == len(made.works)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXT, min_size=1, max_size=4), TEXT, st.lists(TEXT.filter(str.strip), max_size=3))
def test_spans_are_sound(notes: list[str], body: str, entries: list[str]) -> None:
    made = Made(notes, body=body, entries=[" ".join(each.split()) for each in entries])
    check(made)
    again = Made(notes, body=body, entries=[" ".join(each.split()) for each in entries])
    assert (again.spans, again.works) == (made.spans, made.works)
