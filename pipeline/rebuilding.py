"""Does a rebuild give the committed bytes? Built again from nothing in a temporary place, then compared."""

import difflib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import edition as editions
from pipeline.errors import BadInput, RecensioError
from pipeline.workflow import NotValid, build

_MOST = 5  # differences that are shown of a file
_AROUND = 40  # characters shown to either side of a difference


class Differs(RecensioError):
    """A rebuild does not give the committed edition."""

    exit_code = 1


def check(root: Path, names: Sequence[str], cores: int) -> Iterator[str]:
    """Build editions again in a temporary folder; yield a line for each file that is the same.

    Raises Differs at the end, with a summary of what differs, and what `build` raises where one cannot be built.
    """
    if not names:
        raise BadInput(f"{root / 'scans'}: no edition there to be checked")
    chosen = [editions.load(name, root) for name in names]
    different = []
    with tempfile.TemporaryDirectory(prefix="recensio-check-") as folder:
        again = Path(folder)
        (again / "scans").mkdir()
        for edition in chosen:
            (again / "scans" / edition.id).symlink_to(edition.folder.resolve(), target_is_directory=True)
        _build(again, names, cores)
        for edition in chosen:
            for committed in (edition.tei, edition.apparatus):
                rebuilt = again / "tei" / committed.name
                if summary := differences(committed, rebuilt):
                    different.append(summary)
                else:
                    yield f"{committed}: a rebuild gives the same bytes"
    if different:
        raise Differs("\n".join(different))


def differences(committed: Path, rebuilt: Path) -> str:
    """Where a file differs from its rebuild, for people; empty where it does not."""
    if not committed.exists():
        return f"{committed}: is not there, but a rebuild gives it; build and commit it"
    if committed.read_bytes() == rebuilt.read_bytes():
        return ""
    old, new = (path.read_text(encoding="utf-8", errors="replace").split("\n") for path in (committed, rebuilt))
    changes = [
        (start, old[start:end], new[start_:end_])
        for kind, start, end, start_, end_ in difflib.SequenceMatcher(None, old, new).get_opcodes()
        if kind != "equal"
    ]
    count = sum(max(len(before), len(after)) for _, before, after in changes)
    told = [f"{committed}: {count} {'line differs' if count == 1 else 'lines differ'} from a rebuild"]
    for start, before, after in changes[:_MOST]:
        was, now = _apart("\n".join(before), "\n".join(after))
        told += [f"  line {start + 1}", f"    committed: {was}", f"    rebuilt:   {now}"]
    if len(changes) > _MOST:
        told.append(f"  and {len(changes) - _MOST} more places")
    return "\n".join([*told, "  build it again and commit it, or find out what changed: programs, models or inputs"])


def _build(root: Path, names: Sequence[str], cores: int) -> None:
    try:
        for _ in build(root, names, cores, force=False):
            pass
    except NotValid:  # which is for recensio validate to say
        pass


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts, cut to where they part."""
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - _AROUND)
    return _cut(before, start, same + _AROUND), _cut(after, start, same + _AROUND)


def _cut(text: str, start: int, end: int) -> str:
    shown = text[start:end].replace("\n", " ").strip()
    if not shown:
        return "(nothing)"
    return f"{'...' if start else ''}{shown}{'...' if end < len(text) else ''}"
