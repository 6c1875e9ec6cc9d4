"""The xml:id of everything: unique in the document, and names as XML allows them."""

import re


class Identifiers:
    """Hands out identifiers; the first to ask for one gets it, later ones get a number behind it."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """An identifier that is `wanted`, made an XML name, or the nearest free one."""
        name = xml_name(wanted)
        while name in self._taken:
            count = self._counts.get(wanted, 1) + 1
            self._counts[wanted] = count
            name = f"{xml_name(wanted)}-{count}"
        self._taken.add(name)
        return name


def xml_name(text: str) -> str:
    """`text` with what an xml:id cannot hold replaced by hyphens."""
    name = re.sub(r"[^\w.-]", "-", text)
    return name if re.match(r"[^\W\d]", name) else f"x{name}"


def calendar_id(name: str) -> str:
    """The xml:id of a calendar that the header describes."""
    return f"calendar-{name}"


def certainty_level(certainty: float) -> str:
    """TEI's @cert for a probability: high from 0.9, medium from 0.6, else low."""
    return "high" if certainty >= 0.9 else "medium" if certainty >= 0.6 else "low"
