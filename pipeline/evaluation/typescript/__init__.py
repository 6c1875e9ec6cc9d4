"""The typescript maker: draws the pages that a gold TEI file describes, as scans with the faults of scans.

`flow` says what stands on each page, `setting` breaks it into typed lines and gives them their places, `draw`
puts the characters on paper, `degrade` scans the paper. What was typed is known exactly, so every stage that
reads scans can be measured.
"""

from pipeline.evaluation.typescript.draw import DrawnPage, draw
from pipeline.evaluation.typescript.look import Look

__all__ = ["DrawnPage", "Look", "draw"]
