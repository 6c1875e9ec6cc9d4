"""Debris of markup becomes appearance; everything unknown stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Token
from pipeline.witness.markup import markdown_marks, pieces
from pipeline.witness.tokens import tokenise


def shown(text: str) -> str:
    """Tokens in short: +glued, _underlined_, {reference}."""
    return " ".join(_short(token) for token in tokenise(pieces(text), 1))


def _short(token: Token) -> str:
    text = f"{{{token.text}}}" if token.kind == "reference" else token.text
    text = f"_{text}_" if token.underlined else text
    return f"+{text}" if token.glued else text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the <u>Harbour Log</u>, p. 3", "the _Harbour_ _Log,_ p. 3"),
        ("<u>Tide</u> <u>Tables</u>", "_Tide_ _Tables_"),
        ("¹²<u>Tides</u>, p. 3", "{12} +_Tides,_ p. 3"),
        ("^{66&}lt;u>Tides.</u>", "{66} +_Tides._"),
        ("^{82 &}lt;u>Tides</u>", "{82} +_Tides_"),
        ("^{30 &}quot;Tides", '{30} +"Tides'),
        ("[&]quot;Tides, p. 71.", '"Tides, p. 71.'),
        (" $^{^{21}}$ The pilot", "{21} The pilot"),
        (r" $^{^{\}rm 23}$ See", "{23} See"),
        (r"$^{^{\}mbox{\scriptsize 28}}$ Drawn", "{28} Drawn"),
        (r"$^{^{85} \}rm See~\underline{TT}$, Part II", "{85} See _TT,_ Part II"),
        (r"would $\underline{\text{not}}$ have", "would _not_ have"),
        (r"the ${\tt FERRY}^{141}$ sank", "the FERRY +{141} sank"),
        (r"a card for \$10 or $5", "a card for $10 or $5"),
        (
            r"$^{^{7} \}mbox{To appear in $\underline{\mbox{Shoals}}$ next year.$",
            "{7} To appear in _Shoals_ next year.",
        ),
        ("^{96(...}continued) mud", "{96} +(...continued) mud"),
        ("^{1936),} the pilot", "1936), the pilot"),
        ("AT&amp;T &c. &nosuch; 5 < 6", "AT&T &c. &nosuch; 5 < 6"),
        (r"\alpha {braces} x_1 ~ 5^2 $", r"\alpha {braces} x_1 ~ 5^2 $"),
        ("a shoal of 3 km² here", "a shoal of 3 km² here"),
        ("sank<sup>4</sup> there[^5] and", "sank +{4} there +{5} and"),
    ],
)
def test_known_debris(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We sail."4 His', '"We sail." +{4} His'),
        ("« On part. »4 Il", "« On part. » +{4} Il"),
        ("« On part ».12 Il", "« On part ». +{12} Il"),
        ('he "sailed,"12 but', 'he "sailed," +{12} but'),
        ("the harbour.12 The", "the harbour. +{12} The"),
        ("(of the harbour)7 was", "(of the harbour) +{7} was"),
        ("'is it ours?'\"15", "'is it ours?'\" +{15}"),
        ('rivalry of pilots, "12 but', 'rivalry of pilots, "12 but'),
        ('the "rivalry of pilots, "12 but', 'the "rivalry of pilots, " +{12} but'),
        ("the ferry[3] sank", "the ferry +{3} sank"),
        ("the ferry* sank", "the ferry +{*} sank"),
        ("p.40 No.3 vol.2 pp.17", "p.40 No.3 vol.2 pp.17"),
        ("in 1,200 boats at 12.30, 3.5 miles", "in 1,200 boats at 12.30, 3.5 miles"),
        ("the '35 season, d'12 qu'11", "the '35 season, d'12 qu'11"),
        ("Chap.3 says", "Chap.3 says"),
        ("on 12 May 1921 and question 4 His", "on 12 May 1921 and question 4 His"),
        ("* * *", "* * *"),
    ],
)
def test_digits_that_surely_are_references(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_words_divided_at_a_line_end_are_one_token() -> None:
    first, second, third = tokenise(pieces("the news-\npaper --\nhe"), 4)[1:]
    assert (first.text, first.divided, first.line) == ("news-paper", (5, "L5"), "L4")
    assert (second.text, second.divided, third.line) == ("--", None, "L6")


def test_where_an_underline_ends() -> None:
    tokens = tokenise(pieces("<u>Harbour Log</u>, <u>Tides</u> <u>Ibid.</u>"), 1)
    assert [token.overhang for token in tokens] == [None, 1, 0, 0]


def test_markdown_emphasis_is_underlined_and_note_references_are_raised() -> None:
    tokens = tokenise(pieces(markdown_marks("an *old ferry* and **bold** snake_case[^a]")), 1)
    assert [token.text for token in tokens if token.underlined] == ["old", "ferry"]
    assert [token.text for token in tokens] == ["an", "old", "ferry", "and", "bold", "snake_case", "a"]
    assert tokens[-1].kind == "reference"


_FRAGMENTS = st.sampled_from(
    [
        "<u>",
        "</u>",
        "$",
        "^{",
        "}",
        "\\rm ",
        "\\underline{",
        "&}lt;",
        "¹²",
        "a",
        "Shoal ",
        "\n",
        '"',
        "4",
        "[&]quot;",
        "~",
    ]
)


@given(st.lists(_FRAGMENTS, max_size=30).map("".join))
def test_no_letter_outside_of_signs_is_lost(text: str) -> None:
    kept = "".join(token.text for token in tokenise(pieces(text), 1))
    assert kept.count("Shoal") == text.count("Shoal")
    assert kept.count("a") >= text.count("a") - text.count("[&]quot;")


@given(st.text())
def test_any_text_gives_tokens_without_white_space(text: str) -> None:
    for token in tokenise(pieces(text), 1):
        assert token.text and not any(char.isspace() for char in token.text)
