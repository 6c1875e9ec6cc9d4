"""Text that was read in the wrong encoding, such as UTF-8 taken for that of Windows: "cafÃ©".

No single character tells, for each of them stands in some language. The library ftfy (R. Speer,
https://ftfy.readthedocs.io) knows which rows of characters hardly come about otherwise, and tries whether the bytes
that they would have been make sense.
"""

from collections.abc import Iterator
from itertools import islice

from ftfy import fix_encoding
from ftfy.badness import is_bad
from lxml import etree

from pipeline.validation.parsing import Tree, line, where
from pipeline.validation.problems import Problem, Rule

RULE = Rule(
    "encoding",
    "warning",
    "read the file again in its own encoding; ftfy.fix_encoding mends what was read wrongly once",
)
_CLOSING = "”’»…—–.,;:!?)]"
_MOST = 50  # of a file; where one word is so, all are


def misread(tree: Tree, name: str) -> list[Problem]:
    """The elements whose text or attributes were surely read in the wrong encoding; at most 50. name: of the file."""
    return list(islice(_misread(tree, name), _MOST))


def _misread(tree: Tree, name: str) -> Iterator[Problem]:
    for node in tree.iter(etree.Element):
        for text in (node.text, *node.values(), *(child.tail for child in node)):
            word = _word(str(text)) if text and not text.isascii() else ""
            if word:
                message = f"{word} is {fix_encoding(word)}, read in the wrong encoding"
                yield Problem(name, line(node), where(node), RULE.id, message, RULE.help, RULE.severity)
                break


def _word(text: str) -> str:
    """The first word that was misread; empty where there is none.

    Without the marks at its end, for a capital with a tilde and a closing quotation mark may well be both.
    """
    words = (word.rstrip(_CLOSING) for word in text.split()) if is_bad(text) else ()
    return next((word for word in words if fix_encoding(word) != word), "")
