"""RELAX NG by derivatives: says of every fault where it is, what was expected there, and goes on after it.

After James Clark, "An algorithm for RELAX NG validation" (2002). A pattern is what may come; its derivative by a
start tag, an attribute, a text or an end tag is what may come after that. Where nothing may, that is the fault, and
what might have come is the help. Derivatives are remembered, so a document costs a few table look-ups an element, and
a schema costs what documents use of it: the whole of TEI is ready in a fraction of a second.

`patterns` is the algebra, `reading` makes patterns of a schema's file, `judging` follows a document through them,
`wording` puts faults into words.
"""

from pipeline.validation.relaxng.judging import faults
from pipeline.validation.relaxng.reading import Schema, SchemaUnusable

__all__ = ["Schema", "SchemaUnusable", "faults"]
