"""Rereading: lines of which the collation is in doubt are cut out and read again, in several preparations.

Reads doubts.json, layout/<batch>.json and the page images; writes rereadings/<batch>.json, every line with what each
look at it saw. A line that another witness has in another language is looked at with its model too. What the looks
are worth is for the collation to judge. Each page's result is kept in rereadings/<page>.json with a digest of all that
decided about it, and made again only when that changes.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.edition import Edition
from pipeline.errors import BadInput
from pipeline.model import Doubt, Line, Look, Page, Rereading, Word, read_json, write_json
from pipeline.recognition import accents, evidence, ink, second_engine, second_look, tesseract
from pipeline.recognition.quotes import has_curly, straightened
from pipeline.recognition.strips import PREPARATIONS, Strip, cut

METHOD = 2
"""Raised whenever the code would read a line differently, so that older results are made again."""
LINE_MODE = 7
ROUNDS = (("taller", "smaller"), ("bolder",))
"""Preparations that are tried together; the second round where those of the first see different things."""
FOREIGN_MARGIN = 1.0
"""How much better (see `evidence.fit`) another language fits what the other witnesses read, to be tried."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was read on one page, with the digest of its inputs."""

    key: str
    rereadings: list[Rereading]


@dataclass(frozen=True, slots=True)
class _Task:
    """A line to be read: its page, the line, its strip, the languages of its looks, the one of its text first.

    curly: whether the page has curly quotation marks.
    """

    page: str
    line: Line
    strip: Strip
    languages: list[str]
    curly: bool


def reread(edition: Edition, batch: str, progress: Callable[[str], None] = lambda page: None) -> None:
    """Read the doubtful lines of a batch again and write rereadings/<batch>.json (list[Rereading]).

    Raises MissingProgram and BadInput as `recognise` does.
    """
    pages = read_json(edition.work / "layout" / f"{batch}.json", list[Page])
    doubts = read_json(edition.work / "doubts.json", list[Doubt])
    languages = second_look.usable(edition.all_languages) if edition.settings.recognition.other_languages else []
    languages = languages or [edition.settings.language]
    wanted = {page.id: {doubt.line: doubt for doubt in doubts if doubt.page == page.id} for page in pages}
    keys = {page.id: _key(edition, page, wanted[page.id], languages) for page in pages if wanted[page.id]}
    records = {name: record for name, key in keys.items() if (record := _record(edition, name, key)) is not None}
    tasks = [
        task
        for page in pages
        if page.id in keys and page.id not in records
        for task in _tasks(edition, page, wanted[page.id], languages)
    ]
    looks = _looks(tasks, edition.settings.recognition.accents == "as-printed")
    if edition.settings.recognition.second_engine == "rapidocr":
        looks = _with_second_engine(tasks, looks)
    for page in pages:
        if page.id in keys and page.id not in records:
            own = [(task, seen) for task, seen in zip(tasks, looks, strict=True) if task.page == page.id]
            done = [Rereading(page.id, task.line.id, tuple(seen)) for task, seen in own]
            records[page.id] = Record(keys[page.id], done)
            write_json(edition.work / "rereadings" / f"{page.id}.json", records[page.id])
        progress(page.id)
    found = [each for page in pages if page.id in records for each in records[page.id].rereadings]
    write_json(edition.work / "rereadings" / f"{batch}.json", found)


def _tasks(edition: Edition, page: Page, doubts: Mapping[str, Doubt], languages: Sequence[str]) -> list[_Task]:
    path = edition.work / page.image
    image = ink.read_grey(path.read_bytes()) if path.exists() else None
    if image is None:
        raise BadInput(f"{path}: the page image is missing or broken; prepare the pages again")
    curly = has_curly(word for line in page.lines for word in line.words)
    return [
        _Task(page.id, line, cut(image, line.words), _languages(line, doubts[line.id].others, languages), curly)
        for line in page.lines
        if line.id in doubts and not all(word.raised for word in line.words)
    ]


def _languages(line: Line, others: str, languages: Sequence[str]) -> list[str]:
    """The language that the line was read in, as far as its words tell, then the one that other witnesses suggest.

    Where those have accents that the line was read without, one more whose model knows accents: it suits those words.
    """
    own = evidence.tokens(line.words)
    first = evidence.likeliest(own, languages) if own else languages[0]
    if evidence.fit(own, first) < evidence.fit(own, languages[0]) + FOREIGN_MARGIN:
        first = languages[0]
    told = evidence.tokens_of(others)
    second = evidence.likeliest(told, languages) if told else first
    gains = evidence.fit(told, second) >= evidence.fit(told, first) + FOREIGN_MARGIN
    found = [first, second] if second != first and gains else [first]
    lost = _lost_accents(others, line.words)
    able = [each for each in languages if each not in found and _writes_accents(each)]
    return [*found, evidence.likeliest(lost, able)] if lost and able and not any(map(_writes_accents, found)) else found


def _lost_accents(others: str, words: Sequence[Word]) -> list[str]:
    """The words of other witnesses, folded, with accents on Latin letters that no word of the line has."""
    seen = {word.text for word in words}
    bare = {word.strip(".,;:!?\"'()") for word in seen if word.isascii()}
    plain = [(word, accents.without(word)) for word in others.split() if word not in seen]
    return [each.lower() for word, each in plain if each != word and each.strip(".,;:!?\"'()") in bare]


def _writes_accents(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] != "en" and evidence.script(language) == "LATIN"


def _looks(tasks: Sequence[_Task], as_printed: bool) -> list[list[Look]]:
    """All looks at every line: two in each of its languages, and a third where those two did not see the same.

    All lines of a round are read in one run of the recogniser for each language. as_printed: only accents that the
    image shows are seen.
    """
    looks: list[list[Look]] = [[] for _ in tasks]
    for language in dict.fromkeys(each for task in tasks for each in task.languages):
        for preparations in ROUNDS:
            strips = {
                (n, name): PREPARATIONS[name](task.strip)
                for n, task in enumerate(tasks)
                if language in task.languages and not _settled(looks[n], language)
                for name in preparations
            }
            named = {f"{n} {name}": each for (n, name), each in strips.items()}
            read = tesseract.read(
                {name: ink.write_png(each.image) for name, each in named.items()}, language, LINE_MODE
            )
            for ((n, name), strip), blocks in zip(strips.items(), read.values(), strict=True):
                printed = accents.as_printed(blocks, ink.find_ink(strip.image).mask) if as_printed else blocks
                lines = [line for block in printed for line in block]
                words = [replace(word, box=strip.on_page(word.box)) for line in lines for word in line.words]
                words.sort(key=lambda word: word.box.left)
                looks[n].append(Look("Tesseract", language, name, _marks(words, tasks[n].curly)))
    return looks


def _settled(looks: Sequence[Look], language: str) -> bool:
    texts = [[word.text for word in look.words] for look in looks if look.language == language]
    return len(texts) > 1 and texts[-1] == texts[-2]


def _with_second_engine(tasks: Sequence[_Task], looks: Sequence[list[Look]]) -> list[list[Look]]:
    """The looks, and one of the second engine at every line in the letters that it knows."""
    able = [n for n, task in enumerate(tasks) if {evidence.script(x) for x in task.languages} == {second_engine.SCRIPT}]
    read = dict(zip(able, second_engine.read([tasks[n].strip for n in able]), strict=True))
    return [
        [*seen, Look(second_engine.NAME, tasks[n].languages[0], "as it is", _marks(read[n], tasks[n].curly))]
        if n in read
        else seen
        for n, seen in enumerate(looks)
    ]


def _marks(words: Sequence[Word], curly: bool) -> tuple[Word, ...]:
    return tuple(words) if curly else straightened(words)


def _key(edition: Edition, page: Page, doubts: Mapping[str, Doubt], languages: Sequence[str]) -> str:
    image = (edition.work / page.image).read_bytes() if (edition.work / page.image).exists() else b""
    lines = [(line.id, line.words, doubts[line.id].others) for line in page.lines if line.id in doubts]
    engine = edition.settings.recognition.second_engine
    engines = [tesseract.version(), *([second_engine.require()] if engine == "rapidocr" else [])]
    decisive = [
        METHOD,
        edition.settings.recognition.accents,
        engines,
        list(languages),
        list(PREPARATIONS),
        lines,
        hashlib.sha256(image).hexdigest(),
    ]
    return hashlib.sha256(repr(decisive).encode()).hexdigest()


def _record(edition: Edition, page: str, key: str) -> Record | None:
    """What an earlier run read on the page, from the same image, lines and programs."""
    try:
        record = read_json(edition.work / "rereadings" / f"{page}.json", Record)
    except BadInput:
        return None
    return record if record.key == key else None
