"""An edition against the schema, the rules, and its own sources."""

from pipeline.edition import Edition
from pipeline.model import Column, Reading, Rereading, Witness, read_json, read_rows, write_json
from pipeline.validation.integrity import edition_words, invented, reading_words, unplaced
from pipeline.validation.many import judged
from pipeline.validation.parsing import parse
from pipeline.validation.problems import Problem, Report
from pipeline.validation.schemas import chosen

_MOST = 100


def check(edition: Edition) -> Report:
    """Validate tei/ID.xml, compare it with its sources, and write work/ID/validation.json.

    Raises BadInput where reading.json or collation.jsonl is missing or broken.
    """
    name = f"tei/{edition.id}.xml"
    problems = judged(edition.tei, name, chosen("edition"))
    reading = read_json(edition.work / "reading.json", Reading)
    rows = edition.work / "collation.jsonl"
    columns = list(read_rows(rows, Column)) if rows.exists() else []
    strays, made_up = unplaced(columns, reading), invented(columns, _witnesses(edition), _rereadings(edition))
    tree = parse(edition.tei, name)
    wanted = reading_words(reading)
    found = wanted if isinstance(tree, Problem) else edition_words(tree)
    lost, added = wanted - found, found - wanted
    if lost or added:
        message = (
            f"{lost.total()} words of the reading are not in the edition, {added.total()} of it are not in the reading"
        )
        problems.append(Problem(name, 0, "", "nothing-lost", message, "see lost and added in validation.json"))
    if made_up:
        message = f"{len(made_up)} chosen readings of the collation stand in no witness"
        problems.append(Problem(name, 0, "", "nothing-invented", message, "see invented in validation.json"))
    if strays:
        message = f"{len(strays)} chosen readings of the collation stand nowhere in the edition"
        help_ = "see unplaced in validation.json"
        problems.append(Problem(name, 0, "", "nothing-dropped", message, help_, "warning"))
    report = Report(
        valid=all(problem.severity != "error" for problem in problems),
        problems=problems,
        words_read=wanted.total(),
        words_encoded=found.total(),
        lost=dict(sorted(lost.items())[:_MOST]),
        added=dict(sorted(added.items())[:_MOST]),
        unplaced=strays[:_MOST],
        invented=made_up[:_MOST],
    )
    write_json(edition.work / "validation.json", report)
    return report


def _witnesses(edition: Edition) -> dict[str, Witness]:
    names = edition.work / "witness" / "witnesses.json"
    sigla = read_json(names, list[str]) if names.exists() else []
    return {siglum: read_json(edition.work / "witness" / f"{siglum}.json", Witness) for siglum in sigla}


def _rereadings(edition: Edition) -> list[Rereading]:
    files = sorted((edition.work / "rereadings").glob("b*.json"))
    return [each for path in files for each in read_json(path, list[Rereading])]
