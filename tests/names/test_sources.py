"""Titles that nothing marks, found by their place in a source; and titles that are marked elsewhere."""

import pytest

from pipeline.names.repeats import repeated_titles
from pipeline.names.sources import unmarked
from pipeline.names.titles import marked_titles


@pytest.mark.parametrize(
    ("note", "titles"),
    [
        ("T. Carver, The Pilots of the Sound (Oxford: Quay Press, 1931), p. 4.", ["The Pilots of the Sound"]),
        ("See Anna de Vries, Glass, p. 4; cf. E. Lind, The Ice Trade, vol. 2.", ["Glass", "The Ice Trade"]),
        ("Carver, The Pilots, Quay Press, Bergen, 1931, p. 4.", ["The Pilots"]),
        ("Carver, The Pilots, Simon and Rabe, Paris, p. 4.", ["The Pilots"]),
        ('H. Lind, "Salt," Lantern, XII (1931), 44-9.', ["Lantern", "Salt"]),
        ("H. Lind, « Sel », Cahiers du port, n° 7, mars 1924, p. 12.", ["Cahiers du port"]),
        ("Port Archives, Harbour Papers, vol. 9.", []),
        ("Copy in NHA, Board Minutes, vol. 9.", []),
        ("Carver, Part II, p. 4. Carver, Letter of thanks, p. 3.", []),
        ("Gotha and Stuttgart, F. Rabe, p. 3.", []),
        ("Carver, Ibid., p. 67.", []),
        ("He came to Bergen, Norway, in May.", []),
    ],
)
def test_titles_by_their_place(note: str, titles: list[str]) -> None:
    assert sorted(note[start:end] for (start, end), _ in unmarked(note, (), note=True)) == sorted(titles)


def test_in_running_text_only_a_periodical_with_an_article_is_found() -> None:
    text = 'As Lind, Salt, p. 4, and "Ice," Nordic Review, vol. 3, and "Snow," Lantern, vol. 2, say.'
    assert [text[start:end] for (start, end), _ in unmarked(text, (), note=False)] == ["Nordic Review"]


def test_what_is_marked_as_a_book_is_no_author() -> None:
    text = "Lantern, Bergen Year, vol. 33."
    assert list(unmarked(text, [(0, 7)], note=True)) == []


def test_a_periodical_marked_often_is_one_at_the_start_of_a_note_too() -> None:
    texts = {f"n{at}": "Lantern, no. 5, 1931." for at in range(6)}
    lined = {key: [(0, 7)] if key in ("n0", "n1", "n2") else [] for key in texts}
    marked = {key: marked_titles(text, lined[key], [], (), note=True) for key, text in texts.items()}
    found = repeated_titles(texts, marked, {key: lined[key] for key in texts})
    assert [len(those) for those in found.values()] == [0, 0, 0, 1, 1, 1]


def test_a_surname_that_was_once_a_title_is_none() -> None:
    texts = {f"n{at}": "Brandt, p. 5, and then Brandt wrote." if at else "Brandt" for at in range(9)}
    marked = {
        key: marked_titles(text, [] if key != "n0" else [(0, 6)], [], (), note=True) for key, text in texts.items()
    }
    found = repeated_titles(texts, marked, {key: [(0, 6)] if key == "n0" else [] for key in texts})
    assert all(title.end < 20 for those in found.values() for title in those)
