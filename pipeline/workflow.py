"""Running the Snakefile for people: checks before, progress by page and stage, a summary at the end.

What its jobs have done, or why one ended, it learns from their lines in a file (see `progress`).
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline import edition as editions
from pipeline import pages, publication, recognition, witness
from pipeline.edition import Edition
from pipeline.errors import BadInput, OutputError, RecensioError
from pipeline.progress import FAILED, VARIABLE
from pipeline.recognition import tesseract

SNAKEFILE = Path(__file__).parents[1] / "Snakefile"
PAGE_STAGES = ("pages", "recognition", "layout")
DOCUMENT_STAGES = ("witness", "collation", "structure", "languages", "names", "encoding", "validation", "publication")


class NotValid(RecensioError):
    """An edition was built, but breaks its schema or its rules."""

    exit_code = 1


class BuildFailed(RecensioError):
    """A stage of the workflow failed; message and exit code are its own, or the message says where its log is."""

    def __init__(self, message: str, exit_code: int = BadInput.exit_code) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def build(root: Path, names: Sequence[str], cores: int, force: bool) -> Iterator[str]:
    """Build editions and yield a summary of each.

    Raises BadInput and its kin before anything is begun where settings, scans, programs or folders are wrong, and
    BuildFailed with the message of the stage that failed.
    """
    if not names:
        raise BadInput(f"{root / 'scans'}: no edition there; begin one with: recensio new ID --scans PATH --text PATH")
    chosen = [editions.load(name, root) for name in names]
    count = 0
    for edition in chosen:
        count += _check(edition)
    with _alone(root):
        _run(root, chosen, count, cores, force)
    for edition in chosen:
        yield "\n".join([publication.summary(edition), *_advice(edition)])
    invalid = [edition.id for edition in chosen if not publication.is_valid(edition)]
    if invalid:
        raise NotValid(f"not valid: {', '.join(invalid)}; recensio validate says where and why")


def _check(edition: Edition) -> int:
    """Find what is wrong before anything is begun; return the number of pages."""
    settings = edition.settings
    if not settings.scans and not settings.witnesses:
        raise BadInput(f"{edition.folder / 'edition.yaml'}: names neither scans nor witnesses; name at least one")
    sources = pages.page_sources(edition)
    if sources:
        pages.check_headers(sources)
        tesseract.require(settings.language)
    witness.sources(edition)
    for folder in (edition.work, edition.tei.parent, edition.root / ".snakemake"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise OutputError(f"{folder}: cannot be written ({error.strerror}); is the folder writable?") from error
    return len(sources)


def _advice(edition: Edition) -> list[str]:
    """The models that would read passages in other languages better, were they installed."""
    if not edition.settings.scans or not edition.settings.recognition.other_languages:
        return []
    return [
        f"  passages in {language!r} were read with other models; for its own install the package {package}"
        for language, package in recognition.missing_models(edition.all_languages).items()
    ]


class _alone:  # noqa: N801  (a context manager, used like a function)
    """One build at a time under a root; the lock falls with the process that holds it."""

    def __init__(self, root: Path) -> None:
        self._path = root / "work" / ".lock"

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise OutputError(f"{self._path.parent}: another build is writing here; wait for its end") from error

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _run(root: Path, chosen: Sequence[Edition], count: int, cores: int, force: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="recensio-") as folder:
        log, done = Path(folder) / "snakemake.log", Path(folder) / "progress"
        command = [sys.executable, "-m", "snakemake", "--snakefile", str(SNAKEFILE), "--directory", str(root)]
        command += ["--cores", str(cores), "--nolock", "--rerun-incomplete", "--nocolor"]
        command += ["--config", f"editions={' '.join(edition.id for edition in chosen)}"]
        command += ["--forceall"] if force else []
        environment = os.environ | {VARIABLE: str(done), "PYTHONHASHSEED": "0"}
        began = time.time()
        with (
            log.open("wb") as out,
            subprocess.Popen(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
                preexec_fn=_die_with_parent,  # noqa: PLW1509
            ) as process,
        ):
            try:
                _show(process, done, count, len(chosen))
            except BaseException:
                process.send_signal(signal.SIGINT)
                process.wait()
                raise
        if process.returncode:
            raise _failure(done) or BuildFailed(_cause(chosen, began, log))


def _die_with_parent() -> None:
    """Linux: end the workflow when the command that started it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _show(process: "subprocess.Popen[bytes]", done: Path, count: int, editions_: int) -> None:
    """A bar a page stage and one for the document, from the lines that the jobs write."""
    bars = Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    with bars:
        tasks = {stage: bars.add_task(stage, total=count) for stage in PAGE_STAGES if count}
        document = bars.add_task("document", total=len(DOCUMENT_STAGES) * editions_)
        seen = 0
        while True:
            ended = process.poll() is not None
            lines = done.read_text(encoding="utf-8").splitlines() if done.exists() else []
            for stage in (line.split(" ")[0] for line in lines[seen:]):
                if stage != FAILED:
                    bars.advance(tasks.get(stage, document))
            seen = len(lines)
            if ended:
                break
            time.sleep(0.2)
        if process.returncode == 0:
            for task in bars.tasks:
                bars.update(task.id, completed=task.total)


def _failure(done: Path) -> BuildFailed | None:
    """What the first job that failed told."""
    lines = done.read_text(encoding="utf-8").splitlines() if done.exists() else []
    told = next((line for line in lines if line.startswith(f"{FAILED} ")), None)
    if told is None:
        return None
    code, message = json.loads(told.removeprefix(FAILED))
    return BuildFailed(message, code)


def _cause(chosen: Sequence[Edition], began: float, log: Path) -> str:
    """Why the workflow ended when no job told: the last line of a job's log, or of the workflow's own."""
    for edition in chosen:
        for path in sorted((edition.work / "logs").rglob("*.log")):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            if "Traceback" in text and path.stat().st_mtime >= began - 1:
                return f"{path}: a stage failed unexpectedly: {text.splitlines()[-1]}"
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return "the workflow failed: " + " ".join(lines[-8:])
