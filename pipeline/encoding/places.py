"""Where spans stand: which of many meet one, and which hold one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.model import Span


class Places:
    """Spans found by where they stand."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in spans), default=0)

    def meeting(self, other: Span) -> list[Span]:
        """Those that share a character with `other`, in order."""
        first, last = bisect_right(self._starts, other.start - self._longest - 1), bisect_left(self._starts, other.end)
        return [span for span in self._spans[first:last] if span.end > other.start]


def holds(outer: Span, inner: Span) -> bool:
    """Whether `inner` leaves `outer` nowhere."""
    return outer.start <= inner.start and inner.end <= outer.end
