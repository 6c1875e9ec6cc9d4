"""Quotation marks as the page has them: a typewriter has straight ones only, a printer's page has curly ones.

The models take some straight marks for curly ones, by what the language uses. Where a page shows more straight marks
of a kind (single, double) than curly ones, it was typed, and the curly ones of that kind are misread.
"""

from dataclasses import replace

from pipeline.recognition.tesseract import Blocks

KINDS = {"'": "‘’", '"': "“”"}


def straightened(blocks: Blocks) -> Blocks:
    """The page with straight quotation marks where most of their kind are straight."""
    text = "".join(word.text for block in blocks for line in block for word in line.words)
    typed = {
        ord(curly): straight
        for straight, curlies in KINDS.items()
        if text.count(straight) > sum(text.count(curly) for curly in curlies)
        for curly in curlies
    }
    if not typed:
        return blocks
    return tuple(
        tuple(
            replace(line, words=tuple(replace(word, text=word.text.translate(typed)) for word in line.words))
            for line in block
        )
        for block in blocks
    )
