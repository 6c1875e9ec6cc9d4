"""Makes a sample edition's input from its gold: page images and an imperfect existing text.

python -m pipeline.evaluation.sample scans/harbour-letters

reads gold.xml in that folder and writes pages/p0001.jpg, ... and existing.txt beside it. Same gold, same bytes.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import BadInput, RecensioError
from pipeline.evaluation.damage import damage
from pipeline.evaluation.typescript import DrawnPage, Look, draw
from pipeline.model import write_bytes

SEED = 2007  # one with which nearly every kind of damage happens in a text as short as the sample's
LOOK = Look()


def make(folder: Path) -> list[DrawnPage]:
    """Draw the pages of folder/gold.xml and damage its text; images of pages that are no more are removed.

    Raises BadInput where the gold cannot be read or a page holds too much.
    """
    gold = folder / "gold.xml"
    drawn = draw(gold, folder / "pages", LOOK, SEED)
    for left in sorted({*(folder / "pages").glob("p[0-9][0-9][0-9][0-9].jpg")} - {page.image for page in drawn}):
        left.unlink()
    write_bytes(folder / "existing.txt", damage(gold, SEED).text.encode())
    return drawn


def main(arguments: Sequence[str]) -> int:
    """The command line; returns the exit code."""
    try:
        if len(arguments) != 1:
            raise BadInput("name one folder that holds gold.xml, such as scans/harbour-letters")
        drawn = make(Path(arguments[0]))
    except RecensioError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    size = sum(page.image.stat().st_size for page in drawn) / 1e6
    print(f"{len(drawn)} pages ({size:.1f} MB) and existing.txt in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
