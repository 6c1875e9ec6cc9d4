"""Markup debris to plain pieces: what was underlined, what was raised, and the text without the marks of either.

Texts that come from a recogniser carry HTML, LaTeX and broken mixtures of both. Only forms that are known are
taken away; anything else stays text, so no letter of the document is ever lost here. The scanner walks over the
text once.
"""

import html
import re
from dataclasses import dataclass

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SYMBOLS = "*†‡§¶"

_ENTITY_NAMES = "lt|gt|quot|amp|apos|nbsp"
_FUSED = re.compile(rf"\^\{{[ \t]{{0,3}}([^{{}}&\s]{{0,8}})[ \t]{{0,3}}&[ \t]{{0,3}}\}}({_ENTITY_NAMES});")
_OVERWRAPPED = re.compile(r"\^\{(\^\{[^{}\n]{0,12}\}?[ \t]{0,3}\\)\}")
_ORPHAN_ENTITY = re.compile(rf"\[&\]({_ENTITY_NAMES});")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")

_PLAIN_COMMANDS = {
    "rm", "tt", "it", "bf", "sf", "sl", "em", "tiny", "scriptsize", "footnotesize", "small", "normalsize",
    "mbox", "hbox", "text", "textrm", "texttt", "textbf", "mathrm", "mathbf", "mathtt", "mathit",
}  # fmt: skip
_UNDERLINING_COMMANDS = {"underline", "emph", "textit"}
_SIGN = re.compile(
    r"</?(?P<tag>u|i|em|ins|b|strong|sup)\s*/?>"
    r"|(?P<raise>\^\{)"
    r"|(?P<raise_one>\^(?=\d(?!\d)))"
    r"|(?P<pandoc>\^\d{1,3}\^)"
    r"|\[\^(?P<given>[^\]\s]{1,20})\]"
    r"|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<literal>\\[$%&#_{}])"
    r"|\\(?P<command>[A-Za-z]{2,14})"
    r"|(?P<sign>[${}~])",
    re.IGNORECASE,
)
_MARK = re.compile(rf"\s*(\d{{1,4}}|[{re.escape(SYMBOLS)}]{{1,3}})\s*")
_LEADING_MARK = re.compile(r"\s*(\d{1,3})(?!\d)(?=\D)")

_MD_BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)([^*]{1,400}?)(?<=\S)\*\*(?![\w*])")
_MD_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*(?![\w*])")
_MD_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,400}?)(?<=[^\s_])_(?![\w_])")
_MD_ESCAPE = re.compile(r"\\([*_\[\]#>`~-])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one appearance. Raised pieces are bare note marks ("12", "*")."""

    text: str
    raised: bool = False
    underlined: bool = False


def markdown_marks(text: str) -> str:
    """Markdown's emphasis in the signs that `pieces` knows: it is shown by underlining."""
    text = _MD_BOLD.sub(r"\1", text)
    for pattern in (_MD_EMPHASIS, _MD_UNDERSCORE):
        text = pattern.sub(r"<u>\1</u>", text)
    return _MD_ESCAPE.sub(r"\1", text)


def pieces(text: str) -> list[Piece]:
    """Split a block's text where its appearance changes. Line breaks stay in the text of the pieces."""
    return _Scanner(_repaired(text)).run()


def _repaired(text: str) -> str:
    """What a superscript set around too much tore apart (entities, commands) whole again; entities as characters."""
    text = _OVERWRAPPED.sub(r"\1", text)
    text = _FUSED.sub(lambda m: f"^{{{m[1]}}}{html.unescape(f'&{m[2]};')}", text)
    text = _ORPHAN_ENTITY.sub(lambda m: html.unescape(f"&{m[1]};"), text)
    return _ENTITY.sub(lambda m: _printable(html.unescape(m[0])) or m[0], text)


def _printable(text: str) -> str:
    return text if text.isprintable() or text == "\xa0" else ""


class _Scanner:
    """One walk over a text. `groups` holds, for each open brace, whether it raises and whether it underlines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.groups: list[tuple[bool, bool]] = []
        self.formulas: list[int] = []
        self.tags = {"u": 0, "sup": 0}
        self.raised_groups = 0
        self.underlined_groups = 0
        self.out: list[Piece] = []
        self.last_dollar = text.rfind("$")
        self.last_brace = text.rfind("}")

    def run(self) -> list[Piece]:
        at = 0
        while match := _SIGN.search(self.text, at):
            self._put(self.text[at : match.start()])
            at = self._sign(match)
        self._put(self.text[at:])
        return _merged(self.out)

    def _sign(self, match: re.Match[str]) -> int:
        """Act on a sign; return where to read on."""
        if match["tag"]:
            self._tag(match["tag"].lower(), match[0])
        elif match["raise"] and self.last_brace > match.start():
            self._open(True, False)
        elif match["raise_one"] and self.formulas:
            self._put_raised(self.text[match.end()])
            return match.end() + 1
        elif match["pandoc"]:
            self._put_raised(match[0].strip("^"))
        elif match["given"]:
            self.out.append(Piece(match["given"], True))
        elif match["super"]:
            self._put_raised(match["super"].translate(SUPERSCRIPTS))
        elif match["literal"]:
            self._put(match[0][1:])
        elif match["command"]:
            return self._command(match)
        elif match["sign"]:
            self._put(self._bracket(match["sign"], match.end()))
        else:
            self._put(match[0])
        return match.end()

    def _tag(self, name: str, whole: str) -> None:
        name = {"i": "u", "em": "u", "ins": "u"}.get(name, name)
        if name in self.tags:
            self.tags[name] = 0 if whole.startswith("</") else 1

    def _command(self, match: re.Match[str]) -> int:
        name = match["command"]
        end = match.end()
        follows = self.text[end : end + 1]
        if name in _UNDERLINING_COMMANDS and follows == "{":
            self._open(False, True)
            return end + 1
        if name in _PLAIN_COMMANDS and (self.formulas or self.groups or follows == "{"):
            if follows == "{":
                self._open(False, False)
                return end + 1
            return end + (follows == " ")
        self._put(match[0])
        return end

    def _bracket(self, sign: str, end: int) -> str:
        """What of a "$", "{", "}" or "~" is text."""
        if sign == "~":
            return " " if self.formulas else "~"
        if sign == "{":
            if not self.formulas:
                return "{"
            self._open(False, False)
        elif sign == "}":
            if not self.groups:
                return "}"
            self._close()
        elif self.text[end : end + 1] in set("\\^{") and end <= self.last_dollar:
            self.formulas.append(len(self.groups))
        elif self.formulas:
            depth = self.formulas.pop()
            while len(self.groups) > depth:
                self._close()
        else:
            return "$"
        return ""

    def _open(self, raised: bool, underlined: bool) -> None:
        self.groups.append((raised, underlined))
        self.raised_groups += raised
        self.underlined_groups += underlined

    def _close(self) -> None:
        raised, underlined = self.groups.pop()
        self.raised_groups -= raised
        self.underlined_groups -= underlined

    def _put(self, text: str) -> None:
        if self.raised_groups or self.tags["sup"]:
            self._put_raised(text)
        elif text:
            self.out.append(Piece(text, False, self._underlined()))

    def _put_raised(self, text: str) -> None:
        """Raise a note mark; whatever else a superscript was put around is ordinary text."""
        underlined = self._underlined()
        if mark := _MARK.fullmatch(text):
            self.out.append(Piece(mark[1], True, underlined))
        elif mark := _LEADING_MARK.match(text):
            self.out.append(Piece(mark[1], True, underlined))
            self.out.append(Piece(text[mark.end() :], False, underlined))
        elif text:
            self.out.append(Piece(text, False, underlined))

    def _underlined(self) -> bool:
        return self.underlined_groups > 0 or self.tags["u"] > 0


def _merged(out: list[Piece]) -> list[Piece]:
    """Neighbours of one appearance in one piece."""
    merged: list[list[str]] = []
    looks: list[tuple[bool, bool]] = []
    for piece in out:
        look = (piece.raised, piece.underlined)
        if looks and looks[-1] == look and not piece.raised:
            merged[-1].append(piece.text)
        else:
            merged.append([piece.text])
            looks.append(look)
    return [Piece("".join(texts), *look) for texts, look in zip(merged, looks, strict=True)]
