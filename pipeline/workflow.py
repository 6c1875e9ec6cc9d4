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
from pipeline.files import shipped
from pipeline.progress import FAILED, VARIABLE
from pipeline.recognition import tesseract
from pipeline.review.decisions import read_decisions

PAGE_STAGES = ("pages", "recognition", "layout", "rereading")
DOCUMENT_STAGES = (
    "witness",
    "doubts",
    "collation",
    "structure",
    "languages",
    "names",
    "references",
    "review",
    "encoding",
    "validation",
    "publication",
)


class NotValid(RecensioError):
    """An edition was built, but breaks its schema or its rules."""

    exit_code = 1


class BuildFailed(RecensioError):
    """Editions could not be built; message and exit code are the first one's own."""

    def __init__(self, failures: Sequence[RecensioError]) -> None:
        super().__init__("\nrecensio: ".join(map(str, failures)))
        self.exit_code = failures[0].exit_code


class JobFailed(RecensioError):
    """A job of the workflow ended; message and exit code are its own, or the message says where its log is."""

    def __init__(self, message: str, exit_code: int = BadInput.exit_code) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def build(root: Path, names: Sequence[str], cores: int, force: bool) -> Iterator[str]:
    """Build editions and yield a summary of each.

    One that cannot be built does not keep the others from it. Raises BuildFailed at the end with the messages of those
    that failed: wrong settings, scans, programs or folders, found before anything is begun, or the stage that failed.
    """
    if not names:
        raise BadInput(f"{root / 'scans'}: no edition there; begin one with: recensio new ID --scans PATH --text PATH")
    failures: dict[str, RecensioError] = {}
    chosen: list[Edition] = []
    count = 0
    for name in names:
        try:
            edition = editions.load(name, root)
            count += _check(edition)
            chosen.append(edition)
        except RecensioError as error:
            failures[name] = error
    if chosen:
        with _alone(root):
            failures |= _run(root, chosen, count, cores, force)
    built = [edition for edition in chosen if edition.id not in failures]
    for edition in built:
        yield "\n".join([publication.summary(edition), *_advice(edition)])
    if failures:
        raise BuildFailed(list(failures.values()))
    invalid = [edition.id for edition in built if not publication.is_valid(edition)]
    if invalid:
        raise NotValid(f"not valid: {', '.join(invalid)}; recensio validate says where and why")


def _check(edition: Edition) -> int:
    """Find what is wrong before anything is begun; return the number of pages."""
    settings = edition.settings
    if not settings.scans and not settings.witnesses:
        raise BadInput(f"{edition.folder / 'edition.yaml'}: names neither scans nor witnesses; name at least one")
    sources = pages.within(edition, pages.page_sources(edition))
    if sources:
        pages.check_headers(sources)
        tesseract.require(settings.language)
    witness.sources(edition)
    read_decisions(edition.decisions)
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


def _run(root: Path, chosen: Sequence[Edition], count: int, cores: int, force: bool) -> dict[str, RecensioError]:
    """Run the workflow over the editions; return why those ended that did, by their ids."""
    with tempfile.TemporaryDirectory(prefix="recensio-") as folder:
        log, done = Path(folder) / "snakemake.log", Path(folder) / "progress"
        command = [
            sys.executable,
            "-m",
            "snakemake",
            "--snakefile",
            str(shipped("Snakefile")),
            "--directory",
            str(root),
        ]
        command += ["--cores", str(cores), "--nolock", "--rerun-incomplete", "--nocolor"]
        command += ["--config", f"editions={' '.join(edition.id for edition in chosen)}"]
        command += ["--forceall"] if force else []
        command += ["--keep-going"] if len(chosen) > 1 else []  # one alone is told of a bad page at once
        # Snakemake asks who runs it and keeps a cache at home; whoever runs a container may have neither name nor home
        environment = {"USER": "nobody"} | os.environ
        environment |= {VARIABLE: str(done), "PYTHONHASHSEED": "0", "XDG_CACHE_HOME": folder}
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
        if not process.returncode:
            return {}
        failures = _told(done) | _unexpected(chosen, began)
        if not failures:  # the workflow itself: nothing is known of any edition
            lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
            raise JobFailed("the workflow failed: " + " ".join(lines[-8:]))
        return failures


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


def _told(done: Path) -> dict[str, RecensioError]:
    """What the first job that failed of each edition told."""
    failures: dict[str, RecensioError] = {}
    for line in done.read_text(encoding="utf-8").splitlines() if done.exists() else []:
        if line.startswith(f"{FAILED} "):
            edition, code, message = json.loads(line.removeprefix(FAILED))
            failures.setdefault(edition, JobFailed(message, code))
    return failures


def _unexpected(chosen: Sequence[Edition], began: float) -> dict[str, RecensioError]:
    """Jobs that ended without a message of their own: the last line of a log of each edition."""
    failures: dict[str, RecensioError] = {}
    for edition in chosen:
        for path in sorted((edition.work / "logs").rglob("*.log")):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            if "Traceback" in text and path.stat().st_mtime >= began - 1:
                message = f"{path}: a stage failed unexpectedly: {text.splitlines()[-1]}"
                failures.setdefault(edition.id, JobFailed(message))
    return failures
