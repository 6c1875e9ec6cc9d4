"""Stretches in other languages: on invented passages (passages-*.txt), in cases of their own, and by properties."""

import itertools
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.languages import Marks, expanded, spans, tag
from pipeline.model import Reading, Span, read_json, write_json
from pipeline.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))

from passages import Passage, passages, score

OTHERS = expanded(["fr", "es", "ru"], "en")
QUOTED = re.compile(r"\"[^\"]+\"|(?<!\w)'[^']+'")
OPEN = passages("open")
PLAIN = [
    "The harbour at Velmouth froze over in 1923, and the ferry to the islands stopped for nine weeks.",
    "Mr. Abernathy and Mrs. Kowalczyk quarrelled about the lease until Dr. O'Brien died in Buenos Aires.",
    "Ibid., p. 45; Carver, op. cit., pp. 12-19, passim; see also chapter 3, infra.",
    "The bourgeois regime of the commune was a cliche of the genre, a naive facade for the elite.",
    "Petrov, Ivanov and Sidorenko met Jean-Baptiste Lefevre at the Cafe de la Paix, as Juan de la Cruz had asked.",
    "The kulaks and the muzhiks drank vodka from the samovar near the kolkhoz.",
    "The de Souza brothers, Van der Berg and the La Rochelle pilots signed.",
    "Tonnage rose, wages fell; rope, tar, salt and coal were scarce. No die was cast, no pain was spared.",
    "A grand plan, an acute crisis, a moral question: social, central, national, final, total.",
    "The Petit-Pont was a petit-bourgeois place; she had a sense of deja-vu on 14 juillet 1936.",
]


def _tagged(text: str, kind: str, marks: Marks | None = None) -> list[tuple[str, str]]:
    marks = marks or Marks([match.span() for match in QUOTED.finditer(text)])
    found = [span for span in spans(text, "en", OTHERS, marks) if span.kind == kind]
    return [(text[s.start : s.end], s.attributes.get("lang") or s.attributes["category"]) for s in found]


@pytest.mark.parametrize("passage", OPEN, ids=[f"{each.main}-{each.text[:30]}" for each in OPEN])
def test_passage(passage: Passage) -> None:
    found = passage.found()
    total = score([(passage.marked, found)])
    assert (total.right, total.found) == (total.marked, total.marked), [passage.text[a:b] for a, b, _ in found]


def test_passages_that_nothing_was_tuned_on() -> None:
    total = score((each.marked, each.found()) for each in passages("held"))
    assert total.f1 >= 0.92


@pytest.mark.parametrize("text", PLAIN)
def test_plain_english_names_and_scholars_latin_are_left_alone(text: str) -> None:
    assert _tagged(text, "foreign") == []
    assert _tagged(text, "flag") == []


def test_title_in_another_language_is_no_foreign_text() -> None:
    text = 'Duval, "Les Marins du Nord," in La Vie du Port, p. 4.'
    marks = Marks([(7, 29)], [(text.index("La Vie"), text.index(", p. 4"))])
    assert _tagged(text, "titleLanguage", marks) == [("Les Marins du Nord", "fr"), ("La Vie du Port", "fr")]
    assert _tagged(text, "foreign", marks) == []


def test_title_that_no_mark_shows_is_told_by_its_capital_or_by_the_source_around_it() -> None:
    text = "He wrote for La Vie des marins bretons until the strike."
    assert _tagged(text, "titleLanguage") == [("La Vie des marins bretons", "fr")]
    text = "Chronique des ports de la mer du Nord, Lille, 1931, p. 12."
    assert _tagged(text, "titleLanguage") == [("Chronique des ports de la mer du Nord", "fr")]
    assert _tagged(text, "foreign") == []


def test_entry_of_a_bibliography_holds_titles_and_publishers_but_no_foreign_text() -> None:
    text = 'Rivas, Pedro, "Los hombres del muelle," El Faro, no. 3, Ediciones del Puerto, 3 marzo 1931, pp. 2-4.'
    marks = Marks([(14, 39)], entries=[(0, len(text))])
    assert _tagged(text, "foreign", marks) == []
    assert ("Los hombres del muelle", "es") in _tagged(text, "titleLanguage", marks)


def test_quotation_with_names_in_it_is_one_stretch() -> None:
    quoted = (
        "Thomas Whitfield, dans sa derniere lettre, a menti sur tout; j'ai ecrit au The Northern Observer et a Thomas "
        "Whitfield lui-meme, et personne ne m'a repondu."
    )
    assert _tagged(f'He complained: "{quoted}"', "foreign") == [(quoted, "fr")]


def test_phrase_goes_on_to_the_noun_that_its_article_asks_for() -> None:
    assert _tagged("They called it la question du port and went on.", "foreign") == [("la question du port", "fr")]


def test_name_in_one_place_is_foreign_text_where_it_is_elsewhere(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample"}))
    texts = {"body": "They spoke of 'la ligne du nord' again.", "n1.1": "La ligne du nord, 1931 edition."}
    write_json(edition.work / "reading.json", Reading(texts=texts))
    quotation = Span("body", 14, 32, "q", {}, 1.0, "marks")
    write_json(edition.layer("quotations"), [quotation])
    tag(edition)
    found = read_json(edition.layer("languages"), list[Span])
    assert [(s.text, s.kind) for s in found if s.kind != "flag"] == [("body", "foreign"), ("n1.1", "foreign")]


def test_sentence_that_mixes_languages_is_flagged_once_and_a_set_off_quotation_with_less_certainty() -> None:
    mixed = "He said on ne peut rien faire contre la mer and then no hay remedio para nadie, and went."
    assert _tagged(mixed, "flag") == [(mixed, "rv-mixed-language")]
    (running,) = [s for s in spans(mixed, "en", OTHERS) if s.kind == "flag"]
    text = 'He wrote "on ne peut rien faire contre la mer" in the book.'
    (set_off,) = [s for s in spans(text, "en", OTHERS, Marks([(9, 46)])) if s.kind == "flag"]
    assert text[set_off.start : set_off.end] == "on ne peut rien faire contre la mer"
    assert set_off.certainty < 0.5 < running.certainty
    assert _tagged('He wrote "на набережной было тихо" in the book.', "flag") == []


def test_phrase_set_off_is_flagged_once_in_a_document(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample"}))
    texts = {"body": "They spoke of 'la ligne du nord' again.", "n1.1": "They called it 'la ligne du nord' then."}
    write_json(edition.work / "reading.json", Reading(texts=texts))
    quoted = [Span("body", 14, 32, "q"), Span("n1.1", 15, 33, "q")]
    write_json(edition.layer("quotations"), quoted)
    tag(edition)
    found = read_json(edition.layer("languages"), list[Span])
    assert [(s.text, s.kind) for s in found] == [("body", "flag"), ("body", "foreign"), ("n1.1", "foreign")]


def test_quotation_that_holds_two_languages_is_flagged() -> None:
    text = 'He wrote: "They never paid us (ils ne nous ont jamais rien paye du tout), and we starved."'
    assert [category for _, category in _tagged(text, "flag")] == ["rv-mixed-language"]
    text = 'He wrote: "Nous avons ecrit au The Northern Morning Observer, qui ne nous a jamais repondu."'
    assert [category for _, category in _tagged(text, "flag")] == ["rv-mixed-language"]


def test_passage_in_which_the_witnesses_differ_is_flagged_as_one() -> None:
    text = 'She wrote "nous ne savons plus ou aller ce soir" and left.'
    doubts = [(text.index("savons"), text.index(" plus")), (text.index("ce soir"), text.index('" and')), (0, 3)]
    (flag,) = [s for s in spans(text, "en", OTHERS, Marks([(10, 48)], doubts=doubts)) if s.kind == "flag"]
    assert flag.attributes["category"] == "rv-foreign"
    assert flag.attributes["lang"] == "fr"
    assert "2 places" in flag.attributes["note"]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("The cаptain slept.", "captain"),  # with a Cyrillic а
        ("It was а cold night.", "a"),
        ("The nοrth wind rose.", "north"),  # with a Greek omicron
        ("Он видел пopт сегодня утром.", "порт"),  # with Latin letters
    ],
)
def test_word_with_letters_of_another_script_is_flagged_with_its_repair(text: str, repaired: str) -> None:
    main = "en" if text[0].isascii() else "ru"
    found = spans(text, main, expanded(["fr", "es", "ru"], main))
    assert [(s.kind, s.attributes.get("suggestion")) for s in found] == [("flag", repaired)]
    assert found[0].attributes["category"] == "rv-script"


def test_passage_that_says_itself_again_is_flagged() -> None:
    text = "We left the harbour before dawn, and we left the harbour before dawn, and the wind rose."
    assert [category for _, category in _tagged(text, "flag")] == ["rv-garbled"]
    assert _tagged("Ibid., pp. 3-4; ibid., pp. 3-4. Never, never, never.", "flag") == []


def test_passage_of_no_language_is_flagged() -> None:
    text = "The note said that brvxle tnoq miswerh klampto drivvers egnom tarelk wuzz and was not signed."
    assert [category for _, category in _tagged(text, "flag")] == ["rv-garbled"]


def test_word_with_its_meaning_in_brackets_may_open_a_sentence() -> None:
    assert _tagged("Shturmovshchina (storming) began each month.", "foreign") == [("Shturmovshchina", "ru-Latn")]
    assert _tagged("He wrote to Boris Podgornyi (the cook) and to Vera Lomakina (piano).", "foreign") == []


def test_debris_of_the_recogniser_is_no_language() -> None:
    assert _tagged("D i k\n\nThe boats went out at six.", "foreign") == []


def test_main_language_need_not_be_english() -> None:
    text = "Il repondit en haussant les epaules : the ship will never come back to this harbour, et sortit."
    found = [s for s in spans(text, "fr", expanded(["en"], "fr")) if s.kind == "foreign"]
    assert [text[s.start : s.end] for s in found] == ["the ship will never come back to this harbour"]
    assert found[0].attributes == {"lang": "en"}


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("pt", "não sabemos ainda o que vai acontecer amanhã"),
        ("nl", "wij weten niet wat er morgen zal gebeuren"),
        ("pl", "nie wiemy jeszcze co się jutro stanie"),
        ("cs", "ještě nevíme, co se zítra stane"),
        ("el", "δεν ξέρουμε τι θα γίνει αύριο"),
        ("he", "אנחנו לא יודעים מה יקרה מחר"),
        ("ar", "لا نعرف ماذا سيحدث غدا"),
        ("hi", "हमें नहीं पता कल क्या होगा"),
        ("zh", "我们不知道明天会发生什么"),
        ("ja", "明日何が起こるか分かりません"),
        ("ko", "우리는 내일 무슨 일이 일어날지 모른다"),
    ],
)
def test_other_languages_are_found_where_the_edition_names_them(language: str, phrase: str) -> None:
    text = f"The old captain wrote {phrase} and closed the log."
    found = spans(text, "en", expanded([language, "fr"], "en"))
    assert [(text[s.start : s.end], s.attributes["lang"]) for s in found if s.kind == "foreign"] == [(phrase, language)]
    latin = language in ("pt", "nl", "pl", "cs")
    assert [s.kind for s in found] == (["flag", "foreign"] if latin else ["foreign"])  # another script shows its limits


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Капитан сказал, что HET", ["НЕТ"]),
        ("Он пришёл c моря поздно.", ["с"]),
        ("Это было в XX веке.", []),
        ("Завод купил трактор BETA вчера.", []),
        ("She read the word HET on a tin.", []),
    ],
)
def test_latin_look_alikes_among_cyrillic_words_are_flagged(text: str, flagged: list[str]) -> None:
    main, others = ("en", OTHERS) if text.isascii() else ("ru", expanded(["en", "fr"], "ru"))
    found = [s.attributes.get("suggestion") for s in spans(text, main, others) if s.kind == "flag"]
    assert found == flagged


def test_date_in_another_script_is_of_its_language() -> None:
    text = "12 марта 1924 г."
    (found,) = [s for s in spans(text, "en", OTHERS) if s.kind == "foreign"]
    assert (found.start, text[found.start : found.end].rstrip(".")) == (0, text[:-1])


def test_layer_is_written_and_missing_reading_is_named(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample"}))
    with pytest.raises(BadInput, match=r"reading\.json"):
        tag(edition)
    texts = {"body": "A plain line.\nShe wrote no se que hacer con esto and left.", "n1.1": "El mar es de todos."}
    write_json(edition.work / "reading.json", Reading(texts=texts))
    tag(edition)
    layer = edition.layer("languages").read_bytes()
    found = read_json(edition.layer("languages"), list[Span])
    assert [(s.text, s.attributes["lang"]) for s in found if s.kind == "foreign"] == [("body", "es"), ("n1.1", "es")]
    tag(edition)
    assert edition.layer("languages").read_bytes() == layer


def test_language_without_a_word_list_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = {"title": "A sample", "languages": ["fr", "ka"]}
    edition = Edition("sample", tmp_path, Settings.model_validate(chosen))
    write_json(edition.work / "reading.json", Reading(texts={"body": "A plain line."}))
    tag(edition)
    (notice,) = capsys.readouterr().err.splitlines()
    assert "ka" in notice


PIECES = st.sampled_from(
    [
        "the sea",
        "la mer est grande",
        '"',
        "'",
        "\n",
        "No tengo nada",
        "Petrov",
        "идите домой",
        " (",
        ").",
        "ad hominem",
        "1923",
        "nado zhdat vesny",
        ",",
        "--",
        "ce n'est pas",
        "…",
        "é",
        "а",
        "p. 12",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.data())
def test_spans_lie_in_the_text_trimmed_and_apart(text: str, data: st.DataObject) -> None:
    edge = st.integers(0, len(text))
    drawn = [data.draw(st.lists(st.tuples(edge, edge), max_size=3)) for _ in range(4)]
    ranges = [[(min(each), max(each)) for each in those if each[0] != each[1]] for those in drawn]
    marks = Marks(ranges[0], ranges[1], entries=ranges[2], doubts=ranges[3])
    found = spans(text, "en", OTHERS, marks)
    foreign = [span for span in found if span.kind == "foreign"]
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0 <= span.certainty <= 1
    for one, other in itertools.pairwise(foreign):
        assert one.end <= other.start
    assert all(span.attributes["lang"] in OTHERS for span in foreign)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            'R. Carver, "Le silence des marins dans la rade," Echo, no. 4, 1931, p. 8.',
            "Le silence des marins dans la rade",
        ),
        (
            'He wrote twice there: no. 12, 3 May 1921, "La vie des dockers du nord"; and no. 14.',
            "La vie des dockers du nord",
        ),
        ('She left an essay on "La misere des pecheurs bretons" among her papers.', "La misere des pecheurs bretons"),
        ('Two essays, "La nuit sur le port," "Les ouvriers de la digue" were lost.', "Les ouvriers de la digue"),
        ('We know it from "Los hombres del muelle viejo," published in Cadiz.', "Los hombres del muelle viejo"),
    ],
)
def test_quotation_where_sources_stand_is_a_title_and_nobody_is_asked(text: str, title: str) -> None:
    assert title in [words for words, _ in _tagged(text, "titleLanguage")]
    assert title not in [words for words, _ in _tagged(text, "foreign")]
    assert _tagged(text, "flag") == []


@pytest.mark.parametrize(
    "text",
    [
        'The pilot shouted, "Tout est perdu pour nous," and jumped.',
        'On 3 May 1921 he noted: "Le vent ne veut pas tourner." It turned.',
        "They called the rule 'pas de bruit apres minuit' and kept it.",
        "The men wanted a word (pour les enfants du port) on the stone.",
    ],
)
def test_quotation_of_what_was_said_stays_foreign_text_and_is_asked_about(text: str) -> None:
    assert len(_tagged(text, "foreign")) == len(_tagged(text, "flag")) == 1


def test_article_in_single_quotes_before_an_underlined_journal_is_a_title() -> None:
    text = "H. Brandt, 'Vom Leben der Lotsen am Meer', Hafenblatt, II, p. 3."
    marks = Marks([(text.index("'"), text.index(", Hafen"))], [(text.index("Hafen"), text.index(", II"))])
    assert _tagged(text, "foreign", marks) == []
    assert ("Vom Leben der Lotsen am Meer", "de") in _tagged(text, "titleLanguage", marks)


@pytest.mark.parametrize(
    "text",
    [
        "The guild (Les Amis du vieux port) met on Mondays.",
        "He told it later (Un hiver dans les docks: souvenirs d'un grutier, Paris 1931) with some heat.",
        "Jean Cordier, Les marins de la cote du nord 1911-1919, Cahiers du large, Paris, 1920, p. 4.",
        "It became the book Ce que les hommes de la mer ne disent jamais aux femmes qui les attendent sur la jetee.",
    ],
)
def test_society_or_book_that_no_mark_shows_is_a_name_and_nobody_is_asked(text: str) -> None:
    assert _tagged(text, "foreign") == []
    assert _tagged(text, "flag") == []


def test_title_that_marks_show_is_a_title_where_it_is_but_quoted(tmp_path: Path) -> None:
    edition = Edition("sample", tmp_path, Settings.model_validate({"title": "A sample", "languages": ["fr"]}))
    texts = {"body": "They read 'La nuit est tombee' aloud.", "n1.1": "Carver, La nuit est tombee, p. 9."}
    write_json(edition.work / "reading.json", Reading(texts=texts))
    write_json(edition.layer("quotations"), [Span("body", 10, 30, "q", {}, 1.0, "marks")])
    write_json(edition.layer("typography"), [Span("n1.1", 8, 26, "hi", {}, 1.0, "line")])
    tag(edition)
    found = read_json(edition.layer("languages"), list[Span])
    assert [(s.text, s.kind) for s in found] == [("body", "titleLanguage"), ("n1.1", "titleLanguage")]


def test_less_evidence_is_asked_of_a_guest_that_the_edition_names() -> None:
    assert expanded(["it"], "en")["it"] < expanded([], "en")["it"]
    text = "They drank and sang sempre avanti in the rain."
    named = [s for s in spans(text, "en", expanded(["it"], "en")) if s.kind == "foreign"]
    assert [text[s.start : s.end] for s in named] == ["sempre avanti"]
    assert not any(s.kind == "foreign" for s in spans(text, "en", expanded([], "en")))


def test_what_an_entry_says_of_the_edition_is_foreign_text_and_its_titles_and_publishers_are_not() -> None:
    text = "La nuit du port, Paris, Ed. du journal des marins, 1911; also in Barcos, No. 3, Mayo de 1931. It is rare."
    marks = Marks(underlined=[(0, 15), (65, 71)], entries=[(0, len(text))])
    assert _tagged(text, "foreign", marks) == [("du journal des marins", "fr"), ("Mayo de 1931", "es")]
    assert _tagged(text, "flag", marks) == []
    publisher = "La nuit du port, Editions de la Digue, 1911."
    assert _tagged(publisher, "foreign", Marks(underlined=[(0, 15)], entries=[(0, len(publisher))])) == []
