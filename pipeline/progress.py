"""What a job of the workflow tells the build that started it.

A line in the file that the environment variable RECENSIO_PROGRESS names says what is done, or why the job ends; without
it jobs are silent.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import RecensioError
from pipeline.outside import memory_spent

VARIABLE = "RECENSIO_PROGRESS"
FAILED = "failed"


def reporter(stage: str) -> Callable[[str], None]:
    """A function that a job calls when it is done with a page or document."""
    return lambda done: _tell(f"{stage} {done}")


@contextmanager
def job(edition: str) -> Iterator[None]:
    """Tell the build, if there is one, why a job of that edition ends with a RecensioError."""
    try:
        yield
    except RecensioError as error:
        _tell(f"{FAILED} {json.dumps([edition, error.exit_code, str(error)])}")
        raise
    except MemoryError as error:
        spent = memory_spent()
        _tell(f"{FAILED} {json.dumps([edition, spent.exit_code, str(spent)])}")
        raise spent from error


def _tell(line: str) -> None:
    target = os.environ.get(VARIABLE)
    if target:
        with Path(target).open("a", encoding="utf-8") as out:
            out.write(f"{line}\n")
