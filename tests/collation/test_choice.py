"""The choice between two readings, by how witnesses err."""

from pipeline.collation.choice import Channel, Evidence, posterior
from pipeline.collation.lexicon import Lexicon

CHANNELS = {"scan": Channel(graded=True), "text": Channel()}


def best(scan: str, confidence: float, text: str, usual: dict[str, float]) -> tuple[str, float]:
    found = posterior(
        [Evidence("scan", scan, confidence), Evidence("text", text)], CHANNELS, lambda each: usual.get(each, 1e-6)
    )
    chosen = max(found, key=lambda each: found[each])
    return chosen, found[chosen]


def test_a_sign_that_a_sure_recogniser_saw_was_lost_and_one_that_an_unsure_one_saw_was_made_up() -> None:
    usual = {".": 0.1, '."': 0.02}
    assert best('."', 0.93, ".", usual)[0] == '."'
    assert best('."', 0.4, ".", usual)[0] == "."


def test_a_sign_that_the_scan_has_not_may_have_been_missed_however_sure_the_rest_is() -> None:
    assert best("", 0.96, ",", {"": 0.8, ",": 0.1})[1] < 0.95


def test_what_a_place_itself_shows_is_no_evidence_for_it() -> None:
    once = Channel(edits={("replace", "e", "c"): 1.0}, total=1.0)
    often = Channel(edits={("replace", "e", "c"): 9.0}, total=9.0)
    never = Channel()
    likely = [channel.log_probability("tcn", "ten", 1.0) for channel in (never, once, often)]
    assert likely[1] <= likely[0] < likely[2]


def test_names_are_unknown_more_often_than_words() -> None:
    lexicon = Lexicon(["en"], {"quay": 3})
    assert lexicon.probability("Vexholt") > lexicon.probability("vexholt")
    assert [lexicon.knows(word) for word in ("quay", "harbour", "1925", "vxh", "e", "of")] == [
        True,
        True,
        True,
        False,
        False,
        True,
    ]


def test_an_abbreviation_of_the_document_is_likelier_than_a_common_word_in_capitals() -> None:
    lexicon = Lexicon(["en"], {"QNE": 2, "harbour": 4000})
    assert lexicon.probability("QNE") > lexicon.probability("ONE")
    assert lexicon.probability("one") > lexicon.probability("qne")
    assert lexicon.knows("ONE")


def test_a_sign_between_letters_is_rare_but_for_those_the_document_has_there() -> None:
    lexicon = Lexicon(["en"], {"well-known": 40, "harbour": 400})
    assert lexicon.probability("harbour water") > 10 * lexicon.probability("harbour-water")
    assert lexicon.probability("harbour-water") > 10 * lexicon.probability("harbour:water")
    assert lexicon.probability("don't") > lexicon.probability("don:t")
