"""What validation finds: problems, and the report of an edition."""

from dataclasses import dataclass
from typing import Literal

from pipeline.errors import RecensioError

Severity = Literal["error", "warning"]


class SchemaUnusable(RecensioError):
    """A schema cannot be read, or is none that can be run."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its identifier: how grave a breach is, and how it is mended."""

    id: str
    severity: Severity
    help: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. line: from 1, 0 for the whole file. where: the path of the element."""

    file: str
    line: int
    where: str
    rule: str
    message: str
    help: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """The problem in one line, as compilers write it: file, line, what is wrong, how to mend it."""
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        where = f" ({self.where})" if self.where else ""
        return f"{place}{self.severity}: {self.message} [{self.rule}]{where}; {self.help}"


@dataclass(frozen=True, slots=True)
class Report:
    """An edition against its rules and its sources.

    words_read, words_encoded: how many words the reading and the edition have. lost, added: the words (with a
    letter or digit) that only the reading, or only the edition, has, with how often; at most 100 each.
    unplaced: chosen readings of the collation that stand nowhere in the reading; invented: those of no witness.
    """

    valid: bool
    problems: list[Problem]
    words_read: int
    words_encoded: int
    lost: dict[str, int]
    added: dict[str, int]
    unplaced: list[str]
    invented: list[str]
