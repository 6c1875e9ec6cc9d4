"""What tells a person, a place and a body from each other, and from none, where a document is short."""

import pytest

from pipeline.model import Span
from pipeline.names import spans

Names = list[tuple[str, str]]


def _names(text: str) -> Names:
    return [(each.kind, text[each.start : each.end]) for each in spans({"body": text}) if each.kind != "flag"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The seeds came from Thos. Ellerby of the nursery.", ("persName", "Thos. Ellerby")),
        ("See A. von Hallstedt, on lichens.", ("persName", "A. von Hallstedt")),
        ("The minister was kind; von der Recke, less so.", ("persName", "von der Recke")),
        ("My dear Hartley, the cistus is in flower.", ("persName", "Hartley")),
        ("The plough was his idea. Ollendorf had drawn it twice.", ("persName", "Ollendorf")),
        ("The map was Vasil'ev's, and Vasil'ev had sold it.", ("persName", "Vasil'ev")),
        ("He sold wool to the old house of Brackley in Leeds.", ("orgName", "Brackley")),
        ("The rules of the Bergbauverein were kept.", ("orgName", "Bergbauverein")),
        ("Staatsarchiv Lübeck, folio 7.", ("orgName", "Staatsarchiv Lübeck")),
        ("It was read to the young Société chimique in winter.", ("orgName", "Société chimique")),
        ("Kept by the Comité de secours aux marins, in Brest.", ("orgName", "Comité de secours aux marins")),
        ("Archives municipales de Nantes, dossier 7.", ("orgName", "Archives municipales de Nantes")),
        ("He told the Verein Deutscher Gärtner und Winzer so.", ("orgName", "Verein Deutscher Gärtner und Winzer")),
        ("See Haus- und Hofarchiv, folio 3.", ("orgName", "Haus- und Hofarchiv")),
        ("Tsentral'nyi morskoi arkhiv, fond 7.", ("orgName", "Tsentral'nyi morskoi arkhiv")),
        (
            "The Velmouth Fire Insurance and Trust Company failed.",
            ("orgName", "Velmouth Fire Insurance and Trust Company"),
        ),
        (
            "Printed by the Society for the Teaching of Sailors and the Care of Orphans in May.",
            ("orgName", "Society for the Teaching of Sailors and the Care of Orphans"),
        ),
        ("Basel Mission Archives, box 3.", ("orgName", "Basel Mission Archives")),
        ("The nurse was Anita Rossakova, of the ward.", ("persName", "Anita Rossakova")),
        ("They gave it to Nadezhda Ulm.", ("persName", "Nadezhda Ulm")),
        ("It was true that Hutchison, who had a mill, agreed.", ("persName", "Hutchison")),
        ("They read it in the Independent Teachers Union.", ("orgName", "Independent Teachers Union")),
        ("Much of what the Zeleny Government did was undone.", ("persName", "Zeleny")),
        ("Translated by W. Lind, The Quay Press, Bergen, 1927.", ("orgName", "The Quay Press")),
        ("The tram goes to St. Gallen and to Basel.", ("placeName", "St. Gallen")),
        ("She was born at Brodnovka, among bees.", ("placeName", "Brodnovka")),
        ("He went down from Alto San Telmo on foot.", ("placeName", "Alto San Telmo")),
        ("The Jews of Rumania wrote to him.", ("placeName", "Rumania")),
        ("It was Vandermeer and Hollins had signed it.", ("persName", "Hollins")),
        ("It was never shown in Mendel's garden.", ("persName", "Mendel")),
        ("Filed in the Pike and Sons MSS, box 4.", ("orgName", "Pike and Sons")),
        ("See her book (Lisbon: Arthur B. Quill, 1952), p. 7.", ("orgName", "Arthur B. Quill")),
        ("The Narkomzdrav had a clinic, and Narkomzdrav nurses ran it.", ("orgName", "Narkomzdrav")),
        ("They sailed from Rouen, to Bordeaux and home.", ("placeName", "Bordeaux")),
        ("The abbot of Ramsholt had a mill.", ("placeName", "Ramsholt")),
        ("He wrote to the bishops of Thorney, Ramsholt and Ely.", ("placeName", "Ramsholt")),
        ("She was made prioress of the Vallombre in May.", ("placeName", "Vallombre")),
        ("They had ridden as far as Kerbagan by noon.", ("placeName", "Kerbagan")),
        ("The division marched to Kerbagan in snow.", ("placeName", "Kerbagan")),
        ("The letter is dated from Ollersett, in June.", ("placeName", "Ollersett")),
        ("At Ollersett he talked to the miller.", ("placeName", "Ollersett")),
        ("There is Ollersett, in which nobody lived.", ("placeName", "Ollersett")),
        ("She lived in Greater Lisbon, poor.", ("placeName", "Greater Lisbon")),
        ("Stored at Lisbon-Ollersett, shelf 3.", ("placeName", "Lisbon-Ollersett")),
        ("The tram crossed the Lindenplatz, empty.", ("placeName", "Lindenplatz")),
        ("In the hall Ollersby spoke from the stage.", ("persName", "Ollersby")),
        ("They met at Ollersett-next-the-Weir in May.", ("placeName", "Ollersett-next-the-Weir")),
        ("It was sent to Giulia d'Ormea, his aunt.", ("persName", "Giulia d'Ormea")),
        ("He put the question in the Sejm twice.", ("orgName", "Sejm")),
        ("See Akademie der Seefahrt, folio 3.", ("orgName", "Akademie der Seefahrt")),
        (
            "Geheimes Hauptarchiv Mecklenburger Werften, shelf 2.",
            ("orgName", "Geheimes Hauptarchiv Mecklenburger Werften"),
        ),
        ("Tsentral'nyi morsko-rechnoi arkhiv, fond 7.", ("orgName", "Tsentral'nyi morsko-rechnoi arkhiv")),
        ("He led the 17th and 18th Divisions over the pass.", ("orgName", "17th and 18th Divisions")),
        ("A company of the 9th Ollersett Regiment got in.", ("orgName", "9th Ollersett Regiment")),
        ("It was robbed of II and III Velmouth Corps by then.", ("orgName", "II and III Velmouth Corps")),
        ("He went with the Earl of Leeds on the pond.", ("persName", "Leeds")),
        ("It was told to the Marquis of Vallombre then.", ("persName", "Vallombre")),
    ],
)
def test_names_by_what_stands_in_and_around_them(text: str, name: tuple[str, str]) -> None:
    assert name in _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "They told the Emperor, and the Chancellor knew.",
        "I ask you, Sirs, what it is worth.",
        "Kept as C.O. 77/41, with the maps.",
        "He wrote in his Diary of Customs and Entries.",
        "It was in the Testimony that the Convention read.",
        "They came on the morrow of St. Brannoc, and left on St. Osyth's day.",
        "Nothing was paid since Michaelmas, nor in Lent.",
        "They read the Bill. Behind the Bill stood the bankers.",
    ],
)
def test_offices_and_shelf_marks_are_no_names(text: str) -> None:
    assert _names(text) == []


def test_what_has_the_article_everywhere_is_not_the_person_of_that_name() -> None:
    text = (
        "Otto Kroner built it. They shut the Kroner in May. In June the Kroner was sold, and they wept for the Kroner."
    )
    assert [name for kind, name in _names(text) if kind == "persName"] == ["Otto Kroner"]


def test_a_name_that_looks_like_what_a_city_makes_of_its_people_is_a_name() -> None:
    assert ("persName", "Harriet Moran") in _names("Harriet Moran wrote it, and Moran said so.")
    assert ("persName", "Moran") in _names("Harriet Moran wrote it, and Moran said so.")


def test_a_short_form_of_a_title_is_no_body() -> None:
    text = "Lind, The Winters (hereafter WTR), p. 5. She says so in WTR, p. 6, too; see WTR, pp. 7-9."
    title = Span("body", text.index("The Winters"), text.index(" (here"), "hi", {"rendition": "underline"})
    assert [each for each in spans({"body": text}, (title,)) if each.kind == "orgName"] == []
