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
        ("December 18/31 1917", "December 18/31 1917", {"when": "1917-12-31", "calendar": "julian gregorian"}),
        ("on 11 (23) May 1868", "11 (23) May 1868", {"when": "1868-05-23", "calendar": "julian gregorian"}),
        (
            "3 March (19 February) 1861",
            "3 March (19 February) 1861",
            {"when": "1861-03-03", "calendar": "julian gregorian"},
        ),
        ("on 11/24 May 1868", "11/24 May 1868", {}),
        ("on 5 (17) August,", "5 (17) August", {"when": "--08-17", "calendar": "julian gregorian"}),
        ("on 5 (9) August,", "5 (9) August", {}),
        (
            "28 February (12 March) 1900",
            "28 February (12 March) 1900",
            {"when": "1900-03-12", "calendar": "julian gregorian"},
        ),
        ("on 23 October 1858 (o.s.).", "23 October 1858", {"when": "1858-11-04", "calendar": "julian"}),
        ("Old Style 3 May 1921 it", "3 May 1921", {"when": "1921-05-16", "calendar": "julian"}),
        ("5 марта 1918 г. (ст. ст.)", "5 марта 1918", {"when": "1918-03-18", "calendar": "julian"}),
        ("in May 1858, O.S.,", "May 1858", {"when": "1858-05", "calendar": "julian"}),
        ("from 3 to 5 May 1921", "3 to 5 May 1921", {"from": "1921-05-03", "to": "1921-05-05"}),
        ("on 3 and 4 May 1921", "3 and 4 May 1921", {"from": "1921-05-03", "to": "1921-05-04"}),
        ("on May 2 and 14, 1921", "May 2 and 14, 1921", {}),
        ("Nov. Dec. 1921", "Nov. Dec. 1921", {"from": "1921-11", "to": "1921-12"}),
        ("May the 3rd, 1921", "May the 3rd, 1921", {"when": "1921-05-03"}),
        ("on the 3d of May", "3d of May", {"when": "--05-03"}),
        ("le I4 janvier I9I3", "I4 janvier I9I3", {"when": "1913-01-14"}),
        ("im März l921", "März l921", {"when": "1921-03"}),
        ("в мае 1921 года", "мае 1921", {"when": "1921-05"}),
        ("in mid-1858", "1858", {"when": "1858"}),
        ("Bergen,1936", "1936", {"when": "1936"}),
        ("Sept.1931", "Sept.1931", {"when": "1931-09"}),
        ("in '36 they", "'36", {}),
        ("Vol. 1923, (", "1923", {"when": "1923"}),
        ("n° 7, mars 1924", "mars 1924", {"when": "1924-03"}),
        ("in the spring of 1921", "1921", {"when": "1921"}),
        ("the winter of 1857-8", "1857-8", {"from": "1857", "to": "1858"}),
        ("In October they", "October", {"when": "--10"}),
        ("and again since March.", "March", {"when": "--03"}),
        ("en mars, puis", "mars", {"when": "--03"}),
        ("by the 11th, a", "11th", {"when": "---11"}),
        ("on 12/5/1921", "12/5/1921", {}),
        ("Acta, XLVI (1858), 1157", "1858", {"when": "1858"}),
        ("the 1936 trials", "1936", {"when": "1936"}),
        ("in 1921 workers", "1921", {"when": "1921"}),
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
        "some 1500 specimens",
        "the October Manifesto",
        "the 11th Congress",
        "to march on",
        "a March wind",
        "told by April",
        "'21 ",
        "ADM 23/1/88,",
    ],
)
def test_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "whens"),
    [
        ("in May and June 1921", ["1921-05", "1921-06"]),
        ("on 17 May and 2 June 1921", ["1921-05-17", "1921-06-02"]),
        ("from 27 November to 2 December", ["--11-27", "--12-02"]),
        ("1921 to 1923", ["1921", "1923"]),
    ],
)
def test_what_shares_a_year_are_two_dates_of_it(text: str, whens: list[str]) -> None:
    assert [each.attributes["when"] for each in dates(text)] == whens


@given(st.text(alphabet="0123456789 -/.,'sMayune", max_size=60))
def test_dates_lie_in_the_text_apart_and_valid(text: str) -> None:
    found = dates(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(set(each.attributes) <= {"when", "from", "to", "notBefore", "notAfter", "calendar"} for each in found)
