"""How far the probabilities of readings hold."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.calibration import calibration, summary
from pipeline.evaluation.reader import NoteText, Said
from pipeline.model import Column, ColumnKind, Origin, Reading


def made(words: list[str], note: list[str] | None = None) -> Reading:
    """A reading with a column a word; the note's columns follow those of the body."""
    texts, origins, column = {}, {}, 0
    for name, own in (("body", words), ("n1.1", note or [])):
        at, found = 0, []
        for word in own:
            found.append(Origin(at, at + len(word), column))
            at, column = at + len(word) + 1, column + 1
        texts[name], origins[name] = " ".join(own), found
    return Reading(texts, origins)


def column(text: str, probability: float, kind: ColumnKind = "variant") -> Column:
    return Column({"scan": (0, 1)}, text, "scan", probability, kind)


def gold(body: str, note: str = "") -> Said:
    return Said(body, (NoteText("1", 3, note, ()),) if note else (), (), (0,))


def test_right_and_wrong_readings_are_counted_by_their_probability() -> None:
    words = ["The", "tug", "lcft", "the", "quay"]
    columns = [column(word, 0.95 if word != "tug" else 0.55) for word in words]
    found = calibration(gold("The tug left the quay"), made(words), columns)
    assert [(b.low, b.readings, b.right) for b in found.bins] == [(0.5, 1, 1), (0.95, 4, 3)]
    assert (found.sure, found.sure_right) == (4, 3)
    assert "0.7500   of 4" in summary(found)[1]


def test_what_was_left_out_is_right_where_gold_has_nothing() -> None:
    words = ["The", "tug", "the", "quay"]
    columns = [column("The", 0.99), column("", 0.8, "invented"), column("tug", 0.99)]
    columns += [column("", 0.8, "invented"), column("the", 0.99), column("quay", 0.99)]
    reading = made(words)
    moved = [Origin(o.start, o.end, index) for o, index in zip(reading.origins["body"], (0, 2, 4, 5), strict=True)]
    found = calibration(gold("The tug left the quay"), Reading(reading.texts, {"body": moved}), columns)
    assert [(b.low, b.readings, b.right) for b in found.bins if b.low == 0.8] == [(0.8, 2, 1)]


def test_readings_of_notes_and_typographic_quotes_are_compared_as_typed() -> None:
    columns = [column("“Yes”", 0.9, "agreed"), column("See", 0.9), column("p.", 0.9)]
    found = calibration(gold('"Yes"', "See p."), made(["“Yes”"], ["See", "p."]), columns)
    assert (found.agreed, found.agreed_right, found.sure, found.sure_right) == (1, 1, 2, 2)


@given(st.lists(st.sampled_from(["quay", "tug", "ice"]), max_size=12), st.floats(0, 1))
def test_a_text_that_is_gold_is_right_throughout(words: list[str], probability: float) -> None:
    found = calibration(gold(" ".join(words)), made(words), [column(word, probability) for word in words])
    assert sum(b.readings for b in found.bins) == sum(b.right for b in found.bins) == len(words)
    assert all(b.low <= probability <= b.high for b in found.bins)
