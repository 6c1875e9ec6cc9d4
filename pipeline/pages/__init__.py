"""Pages: the scans to page images that can be recognised, and what the image alone tells.

Reads the scans that edition.yaml names (PNG, JPEG, TIFF, JPEG 2000, PDF). Writes, for every page, pages/<page>.png (in
even light, level, large enough, freed of noise, rules and underlines) and pages/<page>.marks.json (where those lines
were), then pages/<batch>.json, the list of a batch's pages.
"""

from pipeline.pages.images import check_headers
from pipeline.pages.marks import Marks
from pipeline.pages.preparing import prepare
from pipeline.pages.sources import PageSource, batches, inputs, page_sources, within

__all__ = ["Marks", "PageSource", "batches", "check_headers", "inputs", "page_sources", "prepare", "within"]
