"""scans/ID/review.yaml: the editor's decisions, read with care and written for people who compare versions.

Decisions stand in the order of the text, each a short block of one line a key; nothing else is in the file.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import get_args

import yaml
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import BadInput
from pipeline.model import Decision, Verdict, write_bytes
from pipeline.outside import check_yaml, read_bytes
from pipeline.settings import FLAGS, Language

_HEAD = "# The editor's decisions, in the order of the text. Written by recensio review; may be edited by hand.\n"
_KEYS = ("flag", "text", "prefix", "exact", "suffix", "decision", "value")
_OPTIONAL = frozenset(("prefix", "exact", "suffix", "value"))
LARGEST = 50_000_000
"""Bytes of review.yaml or a table of decisions."""
#: Why something cannot be read, as TEI says it in unclear/@reason.
REASONS = ("illegible", "faded", "damage", "lost", "cropped")
#: What words may name: the kind of the layer of names for each, and none.
NAMED = {
    "persName": "a person",
    "placeName": "a place",
    "orgName": "an organisation",
    "event": "an event",
    "title": "a work",
    "none": "nothing; it is no name",
}
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a file; none where it is missing.

    Raises BadInput with file and line for what is no YAML, for unknown keys, wrong values, and decisions given twice.
    """
    try:
        return parse_decisions(read_bytes(path, LARGEST), path)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error


def parse_decisions(data: bytes, path: Path) -> list[Decision]:
    """The same for what a file holds; `path` is for messages."""
    try:
        text = data.decode()
        check_yaml(text, _LOADER)
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else f"{path}"
        raise BadInput(f"{where}: not YAML: {getattr(error, 'problem', None) or error}") from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise BadInput(
            f"{path}:{root.start_mark.line + 1}: expected a list of decisions, each beginning with '- flag:'"
        )
    found: dict[Decision, int] = {}
    places: dict[tuple[str, ...], int] = {}
    for node in root.value:
        line = node.start_mark.line + 1
        decision = _decision(node, path)
        place = (decision.flag, decision.text, decision.prefix, decision.exact, decision.suffix)
        if place in places:
            raise BadInput(f"{path}:{line}: decided already in line {places[place]}; delete one of the two")
        places[place] = found[decision] = line
    return list(found)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> bytes:
    """Write a file whole or not at all, decisions in the order given; returns what it holds."""
    data = (_HEAD + ("".join(map(_block, decisions)) or "[]\n")).encode()
    write_bytes(path, data)
    return data


def in_order(decisions: Sequence[Decision], place: Callable[[Decision], tuple[int, int] | None]) -> list[Decision]:
    """Decisions in the order of the text; one that fits nowhere stays behind the one it stood behind.

    place: where a decision belongs, as two numbers that rise with the text, or None.
    """
    keys: list[tuple[int, int]] = []
    for decision in decisions:
        keys.append(place(decision) or (keys[-1] if keys else (-1, -1)))
    return [decision for _, decision in sorted(zip(keys, decisions, strict=True), key=lambda pair: pair[0])]


def fault(decision: Decision) -> str:
    """What is wrong with a decision, in a few words; nothing where it is right."""
    value, verdict = decision.value, decision.decision
    if verdict == "place":
        return "" if value and not decision.exact else "a place needs the note's id as value, and no exact"
    if verdict != "accept" and not decision.exact:
        return "there are no words that it could be about"
    return _FAULTS[verdict](value)


def _fault_of_text(value: str) -> str:
    if _UNPRINTABLE.search(value) or not unicodedata.is_normalized("NFC", value):
        return "the new text holds a line break, a control character or a letter not in normal form NFC"
    return ""


def _fault_of_language(value: str) -> str:
    try:
        TypeAdapter(Language).validate_python(value)
    except ValidationError:
        return f"{value!r} is no language tag; give one such as fr or ru-Latn"
    return ""


_FAULTS: dict[Verdict, Callable[[str], str]] = {
    "accept": lambda value: "a decision to accept has no value" if value else "",
    "text": _fault_of_text,
    "slip": lambda value: _fault_of_text(value) if value else "a slip needs its correction",
    "language": _fault_of_language,
    "name": lambda value: f"{value!r} is no kind of name; give one of {', '.join(NAMED)}" if value not in NAMED else "",
    "unclear": lambda value: (
        f"{value!r} is no reason; give one of {', '.join(REASONS)}, or none" if value and value not in REASONS else ""
    ),
}


def _decision(node: yaml.Node, path: Path) -> Decision:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{path}:{line}: expected a decision such as '- flag: rv-foreign', with {', '.join(_KEYS)}")
    values: dict[str, str] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if key.value not in _KEYS:
            raise BadInput(f"{path}:{at}: unknown key {key.value!r}; expected one of: {', '.join(_KEYS)}")
        if key.value in values:
            raise BadInput(f"{path}:{at}: {key.value!r} is given twice")
        if not isinstance(value, yaml.ScalarNode):
            raise BadInput(f"{path}:{at}: {key.value}: expected text")
        values[key.value] = value.value
    missing = [key for key in _KEYS if key not in values and key not in _OPTIONAL]
    if missing:
        raise BadInput(f"{path}:{line}: {missing[0]!r} is missing")
    if values["flag"] not in FLAGS:
        raise BadInput(f"{path}:{line}: {values['flag']!r} is no kind of flag; expected one of: {', '.join(FLAGS)}")
    verdict = next((each for each in get_args(Verdict) if each == values["decision"]), None)
    if verdict is None:
        allowed = ", ".join(get_args(Verdict))
        raise BadInput(f"{path}:{line}: decision: expected one of {allowed}, not {values['decision']!r}")
    made = Decision(**{**dict.fromkeys(_OPTIONAL, ""), **values})  # type: ignore[arg-type]
    if wrong := fault(made):
        raise BadInput(f"{path}:{line}: {wrong}")
    return made


def _block(decision: Decision) -> str:
    lines = [f"flag: {decision.flag}", f"text: {decision.text}"]
    lines += [f"{key}: {_quoted(getattr(decision, key))}" for key in ("prefix", "exact", "suffix")]
    lines.append(f"decision: {decision.decision}")
    if decision.value:
        bare = decision.decision not in ("text", "slip")
        lines.append(f"value: {decision.value if bare else _quoted(decision.value)}")
    elif decision.decision == "text":
        lines.append('value: ""')
    return "- " + "\n  ".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar, which JSON's strings are once nothing unprintable stands in them."""
    return _UNPRINTABLE.sub(lambda found: f"\\U{ord(found.group()):08x}", json.dumps(text, ensure_ascii=False))
