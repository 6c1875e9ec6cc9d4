"""What is shipped beside the programs: the Snakefile and the schemas."""

import sys
from pathlib import Path

from pipeline.errors import BadInput

_CHECKOUT = Path(__file__).parents[1]
_INSTALLED = Path(sys.prefix) / "share" / "recensio"


def shipped(name: str) -> Path:
    """The path of a shipped file such as "schemas/edition.rng": in a checkout, or where pip has put it.

    Raises BadInput where it is in neither.
    """
    for folder in (_CHECKOUT, _INSTALLED):
        if (folder / name).is_file():
            return folder / name
    raise BadInput(f"{_INSTALLED / name}: not there; the installation is not whole, install recensio again")
