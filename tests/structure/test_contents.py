"""The contents page: its entries, and the headings they name."""

from pipeline.structure.contents import entries, pairs

PAGE = [
    "Introduction . xi",
    "CHAPTER ONE: THE QUAY AND",
    "THE STRANGERS 1",
    "1.1 The strangers arrive. . 3",
    "1.2 Jonas Rask, his union, and the long",
    "winter of the ice 9",
    "CHA PTER TWO: THE LETTERS 20",
    "2.1 Net Street",
    "2.2 A man who was several men 31 .",
    "The Spaniard 35",
    "· BIBLIOGRAPHY 40",
]


def test_entries_are_parted_and_joined() -> None:
    assert [(entry.text, entry.page) for entry in entries(PAGE)] == [
        ("Introduction", "xi"),
        ("CHAPTER ONE: THE QUAY AND THE STRANGERS", "1"),
        ("1.1 The strangers arrive", "3"),
        ("1.2 Jonas Rask, his union, and the long winter of the ice", "9"),
        ("CHA PTER TWO: THE LETTERS", "20"),
        ("2.1 Net Street", None),
        ("2.2 A man who was several men", "31"),
        ("The Spaniard", "35"),
        ("BIBLIOGRAPHY", "40"),
    ]


def test_headings_are_found_by_their_letters() -> None:
    headings = [
        "Introduction",
        "1.1 The strangers arrive",
        "1.2. Jonas Rask, his union and the long winter of the ice",
        "What nobody listed",
        "II. The Letters",
        "2.1 Net Street",
        "2.3 A man who was several men",
        "BIBLIOGRAPHY",
    ]
    assert pairs(entries(PAGE), headings) == {0: 0, 1: 2, 2: 3, 4: 4, 5: 5, 6: 6, 7: 8}
