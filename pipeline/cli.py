"""The command line: one command a stage, and those that people use. It holds no logic."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.errors import RecensioError
from pipeline.outside import limit_memory, memory_spent, shown
from pipeline.progress import job, reporter

if TYPE_CHECKING:
    from pipeline.edition import Edition

STAGES = "Single stages, for scripts and the Snakefile"


app = typer.Typer(
    name="recensio",
    help="Turn the scans of a book and the imperfect text that exists of it into a TEI edition.\n\n"
    "Begin with: recensio new my-book --scans SCANS --text TEXT, then: recensio build my-book",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["--help", "-h"]},
)

Root = Annotated[Path, typer.Option("--root", help="Folder that holds scans/, work/ and tei/.", metavar="DIR")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The edition: the name of its folder under scans/.")]
Batch = Annotated[str | None, typer.Option(help="Only this batch of pages, such as b001.")]
HERE = Path()
INTERRUPTED = 130


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"recensio {version('recensio')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """What every command has."""


@app.command()
def new(
    name: Id,
    scans: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Folder of images, PDF, multi-page TIFF or image; may be given again."),
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH", help="A text that exists: plain, Markdown, a PDF with a text layer, ALTO, PAGE or hOCR."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the edition.")] = None,
    language: Annotated[str, typer.Option(help="Main language of the document (BCP 47).")] = "en",
    root: Root = HERE,
) -> None:
    """Begin an edition: write a commented scans/ID/edition.yaml."""
    from pipeline.beginning import begin

    path = begin(name, root, scans or [], text or [], title=title, language=language)
    typer.echo(f"{path} is written. Look through it, then: recensio build {name}")


@app.command()
def build(
    name: Annotated[str | None, typer.Argument(metavar="[ID]", help="One edition; all if left out.")] = None,
    root: Root = HERE,
    cores: Annotated[int | None, typer.Option(help="Processor cores to use; all if left out.", min=1)] = None,
    force: Annotated[bool, typer.Option("--force", help="Do every stage again.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Build in a temporary place; exit code 1 where tei/ is not the same.")
    ] = False,
    outside: Annotated[
        bool, typer.Option("--allow-outside", help="Trust the settings with the files outside DIR that they name.")
    ] = False,
) -> None:
    """Build editions: run what is not done yet, then say what was found.

    May be stopped at any moment and started again; it goes on from what is done.
    """
    from pipeline import rebuilding, workflow
    from pipeline.edition import found

    names, cores = [name] if name else found(root), cores or os.cpu_count() or 1
    if outside:
        for each in names:
            _edition(each, root).allow_outside()
    run = rebuilding.check(root, names, cores) if check else workflow.build(root, names, cores, force)
    for summary in run:
        typer.echo(shown(summary))


@app.command()
def review(
    name: Id,
    port: Annotated[int, typer.Option(help="Port of the page on this computer; any free one if left out.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    table: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help="Take in review.csv with its columns decision and value filled."),
    ] = None,
    root: Root = HERE,
) -> None:
    """Decide what was flagged, on a local web page or in a table.

    Decisions stand in scans/ID/review.yaml at once; the next build puts them into the edition.
    """
    from pipeline.review import Desk, serve

    edition = _edition(name, root)
    if table is None:
        serve(edition, port, not no_browser, lambda line: print(line, flush=True))
    else:
        new, changed, same = Desk(edition).take_in(table)
        typer.echo(f"{edition.decisions}: {new} new, {changed} changed, {same} as before")


@app.command()
def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="TEI files, folders of them, or -; DIR/tei/ if left out."),
    ] = None,
    format_: Annotated[
        Literal["text", "junit", "sarif", "json", "github"],
        typer.Option("--format", help="For people, or for continuous integration."),
    ] = "text",
    schema: Annotated[
        str, typer.Option(metavar="edition|tei_all|FILE", help="What to hold them against; a .rng or .sch file.")
    ] = "edition",
    root: Root = HERE,
) -> None:
    """Check editions, or any TEI, against a schema and the rules.

    Exit codes: 0 valid, 1 not valid, 2 could not run.
    """
    from pipeline.validation import many, reports, schemas

    results = many.validate_all(many.found(files or [root / "tei"]), schemas.chosen(schema))
    if format_ == "text":
        typer.echo(reports.text(results, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR")))
    else:
        typer.echo(reports.FORMATS[format_](results))
    raise typer.Exit(int(not all(result.valid for result in results)))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="TEI that says what the pages bear.")],
    edition: Annotated[Path, typer.Argument(help="The edition to be measured: a TEI file, or an ID.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    root: Root = HERE,
) -> None:
    """Measure an edition against a gold text: characters, notes, quotations, names.

    Given an ID, measures too how far the probabilities of its readings hold; recensio report ID then draws it.
    """
    from pipeline import evaluation

    by_id = root / "tei" / f"{edition}.xml"
    is_id = by_id.is_file() and not edition.exists()
    scores = evaluation.evaluate(gold, by_id if is_id else edition)
    calibration = evaluation.calibrate(gold, _edition(str(edition), root)) if is_id else None
    typer.echo(evaluation.report(scores, "json" if as_json else "table", calibration))


@app.command(name="debug-page")
def debug_page(
    name: Id,
    number: Annotated[int, typer.Argument(metavar="N", help="The page, by the order of the scans from 1.", min=1)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="PNG", help="Where to write it; work/ID/debug without it.")
    ] = None,
    root: Root = HERE,
) -> None:
    """Draw zones, lines, underlines and notes over a page, to see why its edition is so."""
    from pipeline.layout import picture

    typer.echo(picture(_edition(name, root), number, out))


@app.command()
def index(name: Id, root: Root = HERE) -> None:
    """Write the index of an edition's names with their pages, as TEI and as a table."""
    from pipeline.names.index import write_index

    for path in write_index(_edition(name, root)):
        typer.echo(f"{path} is written")


@app.command()
def names(
    name: Id,
    layer: Annotated[bool, typer.Option("--layer", help="Only find the names; propose nothing. A stage.")] = False,
    root: Root = HERE,
) -> None:
    """Propose tables of the people, places, organisations, events and works of a built edition.

    The tables stand in scans/ID/authorities/ and are yours to edit; they are never written over.
    """
    from pipeline.names import propose, tag, unmet

    if layer:
        _stage(tag, name, root)
        return
    edition = _edition(name, root)
    for path, rows in propose(edition).items():
        typer.echo(f"{path}: {rows} row{'' if rows == 1 else 's'}")
    if lost := unmet(edition):
        typer.echo(f"In the tables, but not in the text as they are written there: {'; '.join(lost)}")
    typer.echo(f"Correct the tables in a spreadsheet, then: recensio build {name}")


@app.command()
def references(
    name: Id,
    form: Annotated[
        Literal["bibtex", "csl-json"] | None,
        typer.Option("--format", help="Print the bibliography of a built edition in this format, and do nothing else."),
    ] = None,
    root: Root = HERE,
) -> None:
    """Find the sources that an edition cites and what its short references mean, or print its bibliography.

    The build writes the bibliography too: work/ID/bibliography.bib (BibTeX) and bibliography.json (CSL-JSON).
    """
    from pipeline.references import bibliography, tag

    if form is None:
        _stage(tag, name, root)
    else:
        typer.echo(bibliography(_edition(name, root), form).decode(), nl=False)


def _edition(name: str, root: Path) -> "Edition":
    """The edition of that name; its settings are a module that takes time to load, and not every command needs it."""
    from pipeline.edition import load

    return load(name, root)


def _page_stage(stage: Callable[..., None], name: str, root: Path, batch: str | None, told: str = "") -> None:
    """Run a stage of pages over one batch or all. told: its name in the progress, if not that of its folder."""
    report = reporter(told or stage.__module__.split(".")[1])
    with job(name):
        edition = _edition(name, root)
        for each in [batch] if batch else _batches(edition):
            stage(edition, each, progress=report)


def _batches(edition: "Edition") -> list[str]:
    """All batches; what reads scans takes time to load, and the workflow names its batch."""
    from pipeline import pages

    return pages.batches(edition)


def _stage(stage: "Callable[[Edition], object]", name: str, root: Path) -> None:
    """Run a stage of the whole document."""
    with job(name):
        stage(_edition(name, root))
    reporter(stage.__module__.split(".")[1])("document")


@app.command(name="pages", rich_help_panel=STAGES)
def pages_(name: Id, batch: Batch = None, root: Root = HERE) -> None:
    """Scans to page images: deskewed, cleaned, with rules and underlines found."""
    from pipeline.pages import prepare

    _page_stage(prepare, name, root, batch)


@app.command(rich_help_panel=STAGES)
def recognition(name: Id, batch: Batch = None, root: Root = HERE) -> None:
    """Page images to ALTO by Tesseract."""
    from pipeline.recognition import recognise

    _page_stage(recognise, name, root, batch)


@app.command(rich_help_panel=STAGES)
def layout(name: Id, batch: Batch = None, root: Root = HERE) -> None:
    """ALTO to zones and lines in reading order."""
    from pipeline.layout import analyse

    _page_stage(analyse, name, root, batch)


@app.command(rich_help_panel=STAGES)
def witness(name: Id, root: Root = HERE) -> None:
    """Recognised pages and existing texts to witnesses."""
    from pipeline.witness import gather

    _stage(gather, name, root)


@app.command(rich_help_panel=STAGES)
def doubts(name: Id, root: Root = HERE) -> None:
    """A first collation: the lines that are worth a second look."""
    from pipeline.collation import doubt

    _stage(doubt, name, root)


@app.command(rich_help_panel=STAGES)
def rereading(name: Id, batch: Batch = None, root: Root = HERE) -> None:
    """The lines in doubt recognised again in several ways."""
    from pipeline.recognition import reread

    _page_stage(reread, name, root, batch, "rereading")


@app.command(rich_help_panel=STAGES)
def collation(name: Id, root: Root = HERE) -> None:
    """Witnesses side by side, and a reading chosen at every place."""
    from pipeline.collation import collate

    _stage(collate, name, root)


@app.command(rich_help_panel=STAGES)
def structure(name: Id, root: Root = HERE) -> None:
    """The established text with divisions, notes and quotations."""
    from pipeline.structure import establish

    _stage(establish, name, root)


@app.command(rich_help_panel=STAGES)
def languages(name: Id, root: Root = HERE) -> None:
    """The language of every stretch, and passages that mix them."""
    from pipeline.languages import tag

    _stage(tag, name, root)


@app.command(name="review-queue", rich_help_panel=STAGES)
def review_queue(name: Id, root: Root = HERE) -> None:
    """What is left to review, as a table, and what was decided, as a layer."""
    from pipeline.review import queue

    _stage(queue, name, root)


@app.command(rich_help_panel=STAGES)
def encoding(name: Id, root: Root = HERE) -> None:
    """The reading and its layers to TEI."""
    from pipeline.encoding import encode

    _stage(encode, name, root)


@app.command(rich_help_panel=STAGES)
def validation(name: Id, root: Root = HERE) -> None:
    """Check an edition against the schema and against its sources."""
    from pipeline.validation.checking import check

    _stage(check, name, root)


@app.command(rich_help_panel=STAGES)
def report(name: Id, root: Root = HERE) -> None:
    """Count what an edition holds and what is left to review."""
    from pipeline.publication import report as make

    _stage(make, name, root)


def main() -> None:
    """Run the command line; a RecensioError becomes one message and its exit code."""
    try:
        limit_memory()
        app()
    except (RecensioError, MemoryError) as error:
        told = memory_spent() if isinstance(error, MemoryError) else error
        typer.echo(shown(f"recensio: {told}"), err=True)
        sys.exit(told.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # Typer ends so at Ctrl-C, and says nothing
            typer.echo("recensio: stopped; start it again to go on", err=True)
        raise


if __name__ == "__main__":
    main()
