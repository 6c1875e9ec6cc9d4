"""Nothing lost, nothing added: the edition's words counted against those of the reading and the collation."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.model import Column, Reading, Rereading, Witness
from pipeline.validation.parsing import TEI, Element, Tree, local

_NOT_TEXT = frozenset(("fw", "rdg", "corr", "supplied"))
_BLOCKS = frozenset(("div", "head", "p", "l", "lg", "list", "item", "listBibl", "titlePage", "titlePart", "cit"))


def reading_words(reading: Reading) -> Counter[str]:
    """How often each word with a letter or digit stands in the reading."""
    return _counted(reading.texts.values())


def edition_words(tree: Tree) -> Counter[str]:
    """The same of the edition, each note by itself: without page furniture, rejected readings and what was supplied.

    Where the editor gave a reading of their own (lem with resp), the first rdg is what the witnesses made.
    """
    texts: list[str] = []
    for text in tree.getroot().iterchildren(f"{{{TEI}}}text"):
        _collect(text, texts)
    return _counted(texts)


def unplaced(columns: Iterable[Column], reading: Reading) -> list[str]:
    """Chosen readings with a letter that no part of the reading comes from, and that are no page furniture."""
    placed = {origin.column for origins in reading.origins.values() for origin in origins}
    furniture = {word for piece in reading.furniture for word in piece.content.split()}
    return [
        column.text
        for index, column in enumerate(columns)
        if index not in placed and any(map(str.isalpha, column.text)) and not set(column.text.split()) <= furniture
    ]


def invented(
    columns: Iterable[Column], witnesses: Mapping[str, Witness], rereadings: Iterable[Rereading] = ()
) -> list[str]:
    """Chosen readings whose letters and digits no witness has at that place, nor any second look at its lines.

    What an editor decided is none.
    """
    tokens = {siglum: witness.tokens() for siglum, witness in witnesses.items()}
    looks = {
        (each.page, each.line): [_letters("".join(word.text for word in look.words)) for look in each.looks]
        for each in rereadings
    }

    def stands(column: Column) -> bool:
        wanted = _letters(column.text)
        for siglum, (start, end) in column.readings.items():
            read = tokens[siglum][start:end]
            if wanted == _letters("".join(token.text for token in read)):
                return True
            lines = {(token.page or "", token.line or "") for token in read}
            if any(wanted in look for line in lines for look in looks.get(line, ())):
                return True
        return not wanted

    return [column.text for column in columns if column.witness in tokens and not stands(column)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _collect(node: Element, texts: list[str]) -> None:
    """Add the text of `node`, and before it those of the notes inside, to `texts`."""
    pieces: list[str] = []

    def walk(inner: Element) -> None:
        pieces.append(inner.text or "")
        for child in inner:
            if isinstance(child.tag, str):
                name = local(child)
                if name == "note":
                    _collect(child, texts)
                elif _is_given(child):
                    for note in child.iter(f"{{{TEI}}}note"):
                        _collect(note, texts)
                elif name not in _NOT_TEXT or (name == "rdg" and _is_given(child.getprevious())):
                    border = " " if name in _BLOCKS or child.get("rend") == "block" else ""
                    pieces.append(border)
                    walk(child)
                    pieces.append(border)
            pieces.append(child.tail or "")

    walk(node)
    texts.append("".join(pieces))


def _is_given(node: Element | None) -> bool:
    """Whether a reading is the editor's own."""
    return node is not None and local(node) == "lem" and node.get("resp") is not None


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split() if any(map(str.isalnum, word)))
