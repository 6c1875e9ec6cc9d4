"""The damage model: makes of a gold TEI file the imperfect text that an earlier automatic reading left of it.

Such a text has no page breaks: blocks of text follow each other in page order, a page's body, then its foot notes,
one block a line. `order` moves, drops and doubles words, `letters` changes them, `marks` writes note references,
note labels and underlines in the forms that a layout model leaves, `existing` puts it all together.
"""

from pipeline.evaluation.damage.existing import Damaged, damage
from pipeline.evaluation.damage.rates import Event, Rates

__all__ = ["Damaged", "Event", "Rates", "damage"]
