"""Names and titles on invented documents."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Reading, Span, read_json, write_json
from pipeline.names import spans, tag
from pipeline.settings import Settings

HARBOUR = (
    "Harriet Lindqvist came to Velmouth in 1921. Lindqvist wrote to her brother Anselm that the Harbour Workers Union "
    "had lost the strike. The Union's men, she said, would not follow Prokhorov again. In Lisbon, Lindqvist met Fyodor "
    "Prokhorov, Ines Carvalho and Weatherby. Prokhorov's plan was refused by the Ministry of Fisheries and by the HWU."
)


def _found(texts: dict[str, str], kind: str, layers: tuple[Span, ...] = ()) -> list[str]:
    return [texts[s.text][s.start : s.end] for s in spans(texts, layers) if s.kind == kind]


def _under(text: str, words: str) -> Span:
    return Span("body", text.index(words), text.index(words) + len(words), "hi", {"rendition": "underline"})


def _quoted(text: str, words: str) -> Span:
    return Span("body", text.index(words), text.index(words) + len(words), "q")


def test_a_forename_that_is_a_town_too_stays_with_a_surname_that_often_stands_alone() -> None:
    town, alone = "Victor Weatherby came late. ", "Weatherby wrote a letter to the harbour board. "
    text = town + alone * 12 + "In Lisbon Weatherby met her. They left Lisbon in May, and Lisbon was quiet."
    people = _found({"body": text}, "persName")
    assert "Victor Weatherby" in people
    assert "Lisbon Weatherby" not in people


def test_two_surnames_that_meet_are_two_people() -> None:
    ada = "Ada Lindqvist wrote. Ada Lindqvist left. Ada Lindqvist came. " + "Of Lindqvist they said little. " * 25
    text = ada + "Then Prokhorov wrote to her. " * 5 + "According to Lindqvist Prokhorov had gone by sea."
    people = _found({"body": text}, "persName")
    assert people[-2:] == ["Lindqvist", "Prokhorov"]


def test_a_name_of_three_words_that_stands_often_is_one() -> None:
    alone = "Ines Carvalho came by sea. " * 6 + "Then Prokhorov wrote to her. " * 6
    text = alone + "They told Ines Carvalho Prokhorov of it. " * 3
    assert _found({"body": text}, "persName").count("Ines Carvalho Prokhorov") == 3


def test_what_people_somebody_is_of_is_no_part_of_the_name() -> None:
    text = "The American Harriet Lindqvist came by sea. Harriet Lindqvist wrote that the American Board had met."
    assert _found({"body": text}, "persName") == ["Harriet Lindqvist"] * 2


def test_a_surname_with_an_article_keeps_it_at_the_start_of_a_sentence() -> None:
    text = "They sent Charles Marie de La Ferriere to the coast. La Ferriere wrote that his boat had suffered."
    assert "La Ferriere" in _found({"body": text}, "persName")


def test_what_stands_between_place_and_year_is_a_publisher() -> None:
    notes = {"body": "Text.", "n1.1": "Ada Lind, The Quay, Paris, Harrowgrave, 1931, p. 4. See Lisbon, Portugal, 1932."}
    assert "Harrowgrave" in _found(notes, "orgName")


def test_a_periodical_behind_its_article_is_a_title() -> None:
    notes = {"body": "Text.", "n1.1": 'Ada Lind, "The Ice of May," Journal for the History of Harbours, vol. 3, p. 4.'}
    assert "Journal for the History of Harbours" in _found(notes, "title")
    assert _found(notes, "orgName") == []


def test_people_by_full_name_and_by_surname_without_possessive() -> None:
    people = _found({"body": HARBOUR}, "persName")
    assert {"Harriet Lindqvist", "Lindqvist", "Fyodor Prokhorov", "Prokhorov", "Ines Carvalho"} <= set(people)
    assert people.count("Lindqvist") == 2
    assert not any("'" in name for name in people)


def test_places_and_bodies() -> None:
    assert "Lisbon" in _found({"body": HARBOUR}, "placeName")
    assert {"Harbour Workers Union", "Ministry of Fisheries", "HWU"} <= set(_found({"body": HARBOUR}, "orgName"))


def test_a_surname_is_a_person_in_notes_because_it_is_one_in_the_body() -> None:
    texts = {"body": HARBOUR, "n1.1": "Weatherby, ibid., p. 3.", "n1.2": "Prokhorov to Carvalho, 3 May 1922."}
    notes = [
        (s.text, texts[s.text][s.start : s.end]) for s in spans(texts) if s.kind == "persName" and s.text != "body"
    ]
    assert notes == [("n1.1", "Weatherby"), ("n1.2", "Prokhorov"), ("n1.2", "Carvalho")]


@pytest.mark.parametrize(
    "text", ["The Russian and French sailors sang.", "All Communists and Catholics left.", "You said The End."]
)
def test_peoples_creeds_and_function_words_are_no_names(text: str) -> None:
    assert [s for s in spans({"body": text}) if s.kind != "title"] == []


def test_underlined_titles_but_not_ibid_nor_emphasis_and_no_names_inside() -> None:
    text = "Lindqvist, The Tides of Lisbon, p. 3; Ibid., p. 4; she never slept. See Harbour Review 13, 1931."
    layers = tuple(_under(text, words) for words in ("The Tides of Lisbon,", "Ibid.", "never", "Harbour Review 13"))
    found = list(spans({"body": text}, layers))
    titles = [(text[s.start : s.end], s.attributes["level"]) for s in found if s.kind == "title"]
    assert titles == [("The Tides of Lisbon", "m"), ("Harbour Review", "j")]
    assert "Lisbon" not in [text[s.start : s.end] for s in found if s.kind == "placeName"]


def test_quoted_titles() -> None:
    text = (
        'She published the article "On nets and knots" and wrote "nothing is left" to him. '
        'Carver, "The pilots," Harbour Review, p. 2. He read "The Slow Death of Velmouth" aloud.'
    )
    layers = (
        *(_quoted(text, words) for words in ('"On nets and knots"', '"nothing is left"', '"The pilots,"')),
        _quoted(text, '"The Slow Death of Velmouth"'),
        _under(text, "Harbour Review"),
    )
    titles = _found({"body": text}, "title", layers)
    assert titles == ["On nets and knots", "The pilots", "Harbour Review", "The Slow Death of Velmouth"]


def test_language_of_a_title_is_taken_from_the_languages() -> None:
    text = "He edited La Vie du Port for years."
    words = _under(text, "La Vie du Port")
    language = Span("body", words.start, words.end, "titleLanguage", {"lang": "fr"})
    (title,) = [s for s in spans({"body": text}, (words, language)) if s.kind == "title"]
    assert title.attributes["lang"] == "fr"


def test_a_title_marked_once_is_known_where_it_stands_unmarked() -> None:
    text = "In The Tides of Velmouth she says no. In The Tides of Velmouth he says yes."
    assert len(_found({"body": text}, "title", (_under(text, "The Tides of Velmouth"),))) == 2


def test_layer_is_written_the_same_twice_and_missing_reading_is_named(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample"}))
    with pytest.raises(BadInput, match=r"reading\.json"):
        tag(edition)
    write_json(edition.work / "reading.json", Reading(texts={"body": HARBOUR}))
    tag(edition)
    first = edition.layer("names").read_bytes()
    assert {span.kind for span in read_json(edition.layer("names"), list[Span])} >= {"persName", "placeName", "date"}
    tag(edition)
    assert edition.layer("names").read_bytes() == first


PIECES = st.sampled_from(
    [
        "Harriet Lindqvist",
        "Lisbon",
        "the",
        "3 May 1921",
        "HWU",
        "Ministry of",
        "'s",
        '"',
        "\n",
        ".",
        ",",
        "Ya. L.",
        "and",
        "Петров",
        "1920s",
        "de la",
        "Prokhorov",
        "XIV",
        "(",
        "p. 1921",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join), st.data())
def test_spans_lie_in_the_text_trimmed_and_apart(text: str, data: st.DataObject) -> None:
    edge = st.integers(0, len(text))
    layers = [
        Span("body", min(a, b), max(a, b), kind)
        for a, b, kind in data.draw(
            st.lists(st.tuples(edge, edge, st.sampled_from(["hi", "q", "foreign"])), max_size=4)
        )
    ]
    found = spans({"body": text}, layers)
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    for kind in {span.kind for span in found}:
        same = [span for span in found if span.kind == kind]
        assert all(one.end <= other.start for one, other in itertools.pairwise(same))


def test_publishers_stand_between_a_title_and_town_and_year() -> None:
    text = (
        "Lind, The Long Quay, Odhner, Paris 1931, and Allen Wharf, London 1932. "
        "Rask, The Weir, Hollis, Brandt & Moor, New York, 1970, reprinted by Odhner in 1975. "
        "Carver, Three Ports, Londres, 1890."
    )
    titles = tuple(_under(text, title) for title in ("The Long Quay", "The Weir", "Three Ports"))
    assert _found({"body": text}, "orgName", titles) == ["Odhner", "Allen Wharf", "Hollis, Brandt & Moor", "Odhner"]


def test_publishers_stand_between_a_town_and_a_year() -> None:
    notes = {"body": "Text.", "n1.1": "Ada Lind, Nets (Paris: Odhner, 1931), p. 4. He left Lisbon, Portugal, in 1932."}
    assert _found(notes, "orgName") == ["Odhner"]


def test_one_word_that_is_used_as_bodies_are_is_a_body() -> None:
    text = (
        "Lindqvist was expelled from the Morzan in May, and the Morzan decided to print nothing. Members of the Morzan "
        "met Ines Carvalho. She had belonged to the Tavrila group, and the Ribtorg sold nets. The TsVKa was silent."
    )
    bodies = _found({"body": text}, "orgName")
    assert bodies == ["Morzan", "Morzan", "Morzan", "Tavrila", "Ribtorg", "TsVKa"]


def test_an_article_alone_makes_no_body_of_a_river_or_an_adjective() -> None:
    text = "They lived near the Loire. In the Loire nobody swam, and the Tavrine lamps were out on the Orlovist side."
    assert _found({"body": text}, "orgName") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Reproduite dans le catalogue. Semez les pois. Taillez la vigne."),
        ("es", "Véase la carta. Nació tarde."),
        ("es", "La carta llegó; ¡Véase pronto!"),
    ],
)
def test_ordinary_words_of_other_languages_that_open_a_sentence_are_no_names(language: str, text: str) -> None:
    assert spans({"body": text}, (), language) == []


def test_french_bodies_go_on_in_small_letters_and_offices_are_no_names() -> None:
    text = (
        "Le Président reçut à la Cour de Suède la Société de géographie, le Comité de secours aux marins et le "
        "Ministre. M. Odile Marchant vint à la Bibliothèque nationale avec Jeanne Aubrac."
    )
    found = {(each.kind, text[each.start : each.end]) for each in spans({"body": text}, (), "fr")}
    bodies = {"Société de géographie", "Comité de secours aux marins", "Bibliothèque nationale"}
    assert {name for kind, name in found if kind == "orgName"} == bodies
    assert {name for kind, name in found if kind == "placeName"} == {"Suède"}
    assert "Jeanne Aubrac" in {name for kind, name in found if kind == "persName"}


def test_russian_places_in_any_case_and_two_names_that_stand_together() -> None:
    text = "В Казани он жил долго. Потом он уехал в Париже искать работу. С. А. Верин -- И. Морозову, 14 мая 1889."
    found = {(each.kind, text[each.start : each.end]) for each in spans({"body": text}, (), "ru")}
    assert ("placeName", "Казани") in found
    assert {("persName", "С. А. Верин"), ("persName", "И. Морозову")} <= found
