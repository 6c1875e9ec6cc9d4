"""What comes from outside: how much of a stranger's file is read, what it may cost, and what a terminal is shown."""

import os
import re
import resource
import stat
from pathlib import Path

import yaml

from pipeline.errors import BadInput

_DEEPEST = 20
_MEMORY = "RECENSIO_MEMORY"
_GIGABYTES = 8.0
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def read_bytes(path: Path, largest: int) -> bytes:
    """What a file holds. largest: in bytes.

    Raises BadInput where it is larger, or no file that ends (a pipe, a device), and OSError as opening it does.
    """
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise BadInput(f"{path}: a pipe or device, not a file; name a file")
    if status.st_size > largest:
        raise BadInput(
            f"{path}: larger than {_size(largest)}, the most that is read of such a file; split or correct it"
        )
    return path.read_bytes()


def limit_memory() -> None:
    """Let this process and each that it starts have 8 GB of memory, or what RECENSIO_MEMORY says, and no more.

    What is counted is memory that can be written (RLIMIT_DATA); address space alone, of which numpy and Saxon reserve
    much, is free. Linux keeps the limit, other systems may not. Raises BadInput where the variable is no number.
    """
    said = os.environ.get(_MEMORY) or str(_GIGABYTES)
    if not re.fullmatch(r"\d{1,5}(\.\d+)?", said):
        raise BadInput(f"{_MEMORY}: expected a number of gigabytes such as 16, not {said!r}")
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = int(float(said) * 1e9)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def memory_spent() -> BadInput:
    """What to say when the limit is met."""
    return BadInput(f"out of memory: is a file damaged, or made to fill it? {_MEMORY}=16 allows each process 16 GB")


def check_yaml(text: str, loader: type) -> None:
    """Refuse YAML that is small and becomes large: aliases, and lists within lists without end.

    loader: one of PyYAML's. Raises yaml.MarkedYAMLError with the place, and what the loader raises for what is no YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refusal("an alias (*) is not understood; write it out", event)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _refusal("too many lists within lists", event)


def unprintable(text: str) -> str:
    """The first character, as U+001B, that XML cannot hold; empty where there is none."""
    found = re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return f"U+{ord(found.group()):04X}" if found else ""


def shown(text: str) -> str:
    """Text for a terminal: characters that move its cursor, colour it or turn its writing are spelt out (\\x1b)."""
    return _UNSHOWN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _refusal(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _size(largest: int) -> str:
    return f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest // 1_000} kB"
