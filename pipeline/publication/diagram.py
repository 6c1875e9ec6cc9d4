"""Diagrams as SVG, drawn here so that the same figures give the same bytes; colours are the page's style sheet's."""

from collections.abc import Sequence

from pipeline.model import Calibration

SIZE, MARGIN = 300, 44


def reliability(made: Calibration) -> str:
    """The reliability diagram: share of right readings above the probability given to them.

    A point on the diagonal means what it says; its area grows with the number of readings.
    """
    most = max((each.readings for each in made.bins), default=1)
    marks = [
        f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
        *(_tick(step / 5) for step in range(6)),
    ]
    for each in made.bins:
        share = each.right / each.readings
        told = f"{each.right} of {each.readings} right, mean probability {each.probability:.3f}"
        radius = 3 + 9 * (each.readings / most) ** 0.5
        marks.append(
            f'<circle class="point" cx="{_x(each.probability)}" cy="{_y(share)}" r="{radius:.1f}">'
            f"<title>{told}</title></circle>"
        )
    label = (
        f'<text x="{MARGIN + SIZE / 2:.1f}" y="{SIZE + 2 * MARGIN - 8}" text-anchor="middle">probability given</text>'
    )
    side = (
        f'<text transform="translate(12 {MARGIN + SIZE / 2:.1f}) rotate(-90)" text-anchor="middle">share right</text>'
    )
    return _svg(SIZE + 2 * MARGIN, SIZE + 2 * MARGIN, "Reliability of the readings", [*marks, label, side])


def bars(rows: Sequence[tuple[str, int]], title: str) -> str:
    """A bar for each row, with its number behind it."""
    most = max((count for _, count in rows), default=1) or 1
    marks = []
    for index, (label, count) in enumerate(rows):
        top, width = 8 + 26 * index, 260 * count / most
        marks.append(f'<text x="92" y="{top + 14}" text-anchor="end">{label}</text>')
        marks.append(f'<rect class="bar" x="100" y="{top}" width="{width:.1f}" height="18"/>')
        marks.append(f'<text x="{106 + width:.1f}" y="{top + 14}">{count}</text>')
    return _svg(420, 16 + 26 * len(rows), title, marks)


def _x(value: float) -> str:
    return f"{MARGIN + SIZE * value:.1f}"


def _y(value: float) -> str:
    return f"{MARGIN + SIZE * (1 - value):.1f}"


def _tick(value: float) -> str:
    lines = (
        f'<line class="grid" x1="{_x(value)}" y1="{_y(0)}" x2="{_x(value)}" y2="{_y(1)}"/>'
        f'<line class="grid" x1="{_x(0)}" y1="{_y(value)}" x2="{_x(1)}" y2="{_y(value)}"/>'
    )
    below = f'<text x="{_x(value)}" y="{SIZE + MARGIN + 18}" text-anchor="middle">{value:.1f}</text>'
    beside = f'<text x="{MARGIN - 6}" y="{float(_y(value)) + 4:.1f}" text-anchor="end">{value:.1f}</text>'
    return lines + below + beside


def _svg(width: int, height: int, title: str, marks: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{title}">{"".join(marks)}</svg>'
    )
