"""Dates and what they are normalised to."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.dates import dates


@pytest.mark.parametrize(
    ("text", "date", "attributes"),
    [
        ("on 3 May 1921 it", "3 May 1921", {"when": "1921-05-03"}),
        ("on May 3, 1921, it", "May 3, 1921", {"when": "1921-05-03"}),
        ("on May 3rd it", "May 3rd", {"when": "--05-03"}),
        ("in May 1921.", "May 1921", {"when": "1921-05"}),
        ("in 1921.", "1921", {"when": "1921"}),
        ("le 14 juillet 1902 a", "14 juillet 1902", {"when": "1902-07-14"}),
        ("le 1er aout 1914", "1er aout 1914", {"when": "1914-08-01"}),
        ("el 3 de mayo de 1921", "3 de mayo de 1921", {"when": "1921-05-03"}),
        ("Madrid, Enero 7 de 1930", "Enero 7 de 1930", {"when": "1930-01-07"}),
        ("от 5 марта 1918 г.", "5 марта 1918", {"when": "1918-03-05"}),
        ("1921-1923,", "1921-1923", {"from": "1921", "to": "1923"}),
        ("in 1921-23,", "1921-23", {"from": "1921", "to": "1923"}),
        ("3-5 May 1921", "3-5 May 1921", {"from": "1921-05-03", "to": "1921-05-05"}),
        ("May-June 1921", "May-June 1921", {"from": "1921-05", "to": "1921-06"}),
        ("November 1917 - March 1918", "November 1917 - March 1918", {"from": "1917-11", "to": "1918-03"}),
        ("December 18/31 1917", "December 18/31 1917", {}),
        ("the late 1920s", "1920s", {"notBefore": "1920", "notAfter": "1929"}),
        ("the 1890's", "1890's", {"notBefore": "1890", "notAfter": "1899"}),
        ("in the 40s", "40s", {}),
        ("Spring 1924", "Spring 1924", {"notBefore": "1924", "notAfter": "1924"}),
        ("dated 1921-05-03", "1921-05-03", {"when": "1921-05-03"}),
        ("dated 6.IX.44", "6.IX.44", {}),
        ("Oct. 23, 1941", "Oct. 23, 1941", {"when": "1941-10-23"}),
        ("31 February 1921", "31 February 1921", {}),
        ("written on 13, July 1936", "13, July 1936", {"when": "1936-07-13"}),
        ("no. 12, March 1, 1925", "March 1, 1925", {"when": "1925-03-01"}),
        ("(no. 3, April 1937)", "April 1937", {"when": "1937-04"}),
        ("Notebooks 8-12, Aug.-Dec. 1938", "Aug.-Dec. 1938", {"from": "1938-08", "to": "1938-12"}),
    ],
)
def test_date(text: str, date: str, attributes: dict[str, str]) -> None:
    (found,) = dates(text)
    assert (text[found.start : found.end], found.attributes) == (date, attributes)


@pytest.mark.parametrize(
    "text",
    [
        "pp. 1917-1921",
        "p. 1921",
        "no. 1921",
        "1921 men",
        "$1921",
        "3,1921",
        "1921.5",
        "you may 3 times",
        "ship 1921b",
        "pp. 15-19",
        "25-40%",
        "2150",
        "he marched on",
        "no. 12, March",
    ],
)
def test_no_date(text: str) -> None:
    assert dates(text) == []


@given(st.text(alphabet="0123456789 -/.,'sMayune", max_size=60))
def test_dates_lie_in_the_text_apart_and_valid(text: str) -> None:
    found = dates(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(set(each.attributes) <= {"when", "from", "to", "notBefore", "notAfter"} for each in found)
