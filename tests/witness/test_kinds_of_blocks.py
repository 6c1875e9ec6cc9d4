"""Headings, quotations, lists, verse, contents, bibliography: what a text shows without any image."""

from pipeline.model import Block
from pipeline.witness.kinds import blocks
from pipeline.witness.passages import passages
from pipeline.witness.source import Form

LONG = (
    "The lighthouse was built in two summers by men who had never seen one, after drawings that the engineer had "
    "brought from Bergen. It stood for ninety years. The keepers changed, the lamp was replaced twice, and the path "
    "to the landing place was lost and cut again."
)


def read(text: str, form: Form = "text") -> list[Block]:
    return blocks(passages(text, form), "chapter")


def kinds(text: str, form: Form = "text") -> list[str]:
    return [block.kind + ("+" if block.continues else "") for block in read(text, form)]


def test_headings_by_number_capitals_and_chapter_words() -> None:
    for heading in (
        "CHAPTER TWO: THE LAMP",
        "2.1 The keepers",
        "II. 4.12 A winter",
        "THE LAMP",
        "Глава вторая",
        "Preface",
    ):
        assert kinds(f"{LONG}\n\n{heading}\n\n{LONG}") == ["body", "heading", "body"], heading


def test_an_unnumbered_heading_is_known_from_the_contents_or_its_place() -> None:
    contents = "Contents\n\n1.1 The keepers\t3\nStorm and silence\t7\n1.2 The lamp\t11\n\n"
    found = read(f"{contents}1.1 The keepers\n\n{LONG}\n\nStorm and silence\n\n{LONG}")
    assert [block.kind for block in found] == ["heading", *["contents"] * 3, "heading", "body", "heading", "body"]
    assert found[-2].certainty > 0.9
    assert read(f"{LONG}\n\nStorm and silence\n\n{LONG}")[1].kind == "heading"


def test_block_quotations_with_marks_also_over_notes() -> None:
    opening = '"The sea took the path again in March, and nobody in the village would'
    closing = 'go down to look at it until the priest had gone first."'
    single = f"{LONG} The keeper wrote:\n\n{opening} {closing}\n\n{LONG}"
    assert kinds(single) == ["body", "quotation", "body"]
    parted = f"{LONG} The keeper wrote:\n\n{opening}\n\n³Keeper's log, p. 3.\n\n{closing}\n\n{LONG}"
    assert kinds(parted) == ["body", "quotation", "footnote", "quotation+", "body"]


def test_direct_speech_is_no_block_quotation() -> None:
    assert kinds(
        f'{LONG}\n\n"We are cold," said the keeper, and he shut the door behind us with his foot.\n\n{LONG}'
    ) == [
        "body",
        "body",
        "body",
    ]


def test_verse_lists_and_separators() -> None:
    verse = "O lamp upon the water,\nO path below the stone,\nWho kept you in the winter\nAnd left you here alone?"
    found = kinds(f"{LONG}\n\n{verse}\n\n* * *\n\n- oil\n- wicks\n- a clock\n\n{LONG}")
    assert found == ["body", "verse", "separator", "list", "list", "list", "body"]


def test_a_bibliography_ends_with_the_next_chapter() -> None:
    text = (
        f"{LONG}\n\nBIBLIOGRAPHY\n\n- Moreau, Jean, <u>Les Phares</u>, Brest, 1912.\n"
        "- Lie, O., <u>Fyr</u>, Bergen, 1899.\n\n"
        f"The Keeper's Log, Oslo, 1931.\n\nAPPENDIX B\n\n{LONG}"
    )
    found = read(text)
    assert [block.kind for block in found] == ["body", "heading", *["bibliography"] * 3, "heading", "body"]
    assert found[2].tokens[0].text == "Moreau,"


def test_title_page() -> None:
    assert kinds(f"Lights of the North\n\nA history\n\nby Ada Holm\n\nOslo 1957\n\nPREFACE\n\n{LONG}") == [
        *["titlePage"] * 4,
        "heading",
        "body",
    ]


def test_page_breaks_with_numbers_and_running_heads() -> None:
    sheets = [f"LIGHTS OF THE NORTH\n\n{LONG}\n\n{LONG} and the keeper\n\n{n}" for n in range(4, 8)]
    found = read("\f".join(sheets))
    assert [block.kind for block in found] == ["runningHead", "body", "body", "pageNumber"] * 4
    assert [block.page for block in found[3::4]] == ["p0001", "p0002", "p0003", "p0004"]


def test_paragraphs_of_a_wrapped_text_by_indentation_and_short_lines() -> None:
    text = (
        "The lighthouse was built in two summers by men who had never\nseen one.\nIt stood for ninety years, and the "
        "keepers changed as keepers\ndo, without a word to anyone on the\n    The lamp was replaced twice by the same "
        "firm in the capital,\nwhich sent the bill to the wrong lighthouse.\n"
    )
    assert [block.tokens[0].text for block in read(text)] == ["The", "It", "The"]


def test_markdown() -> None:
    text = (
        "# The Lamp\n\nIt *burned*.[^1]\n\n> Never let it\n> go out.\n\n- oil\n- wicks\n\n"
        "## Winter\n\nIt froze.[^x]\n\n"
        "[^1]: Log, *passim*.\n[^x]: Ibid.\n\n    A second paragraph.\n"
    )
    found = read(text, "markdown")
    assert [block.kind + "+" * block.continues for block in found] == [
        *["heading", "body", "quotation", "list", "list", "heading", "body"],
        *["footnote", "footnote", "footnote+"],
    ]
    assert [token.text for block in found for token in block.tokens if token.kind == "label"] == ["1", "x"]
    assert [token.text for block in found for token in block.tokens if token.kind == "reference"] == ["1", "x"]


def test_lines_are_those_of_the_file() -> None:
    found = read(f"{LONG}\n\n\f{LONG}\n\n{LONG}")
    assert [block.tokens[0].line for block in found] == ["L1", "L3", "L5"]


def test_time_grows_with_the_length_of_a_line() -> None:
    for unit in ("a", "word ", ". ", "$\\x{", "^{ ", "\t1", "(...", '"', "¹"):
        assert read(unit * (50_000 // len(unit))) is not None
