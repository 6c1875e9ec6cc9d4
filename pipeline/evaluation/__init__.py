"""Evaluation: how good an edition is, measured against gold, and the means to make gold worth measuring against.

`score` compares an edition with a gold TEI file (recensio evaluate), `calibration` the probabilities of its readings.
`typescript` draws the pages that a gold file describes as scans, `damage` makes the imperfect existing text of it, and
`sample` does both for a folder of scans/.
"""

from pipeline.evaluation.calibration import calibrate
from pipeline.evaluation.score import Scores, evaluate, report

__all__ = ["Scores", "calibrate", "evaluate", "report"]
