"""Names on pages of many fields and languages: a floor below which no change may fall."""

from pathlib import Path

import pytest
from gold import PAGES, f1, total

FLOORS = {"persName": 0.9, "placeName": 0.85, "orgName": 0.85, "date": 0.95, "title": 0.95}


@pytest.mark.parametrize("folder", [PAGES, PAGES / "held"], ids=["learned", "held"])
def test_names_of_many_fields(folder: Path) -> None:
    measured = {kind: f1(counts) for kind, counts in total(sorted(folder.glob("*.txt"))).items()}
    assert {kind: value for kind, value in measured.items() if value < FLOORS[kind]} == {}
