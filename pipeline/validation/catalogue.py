"""Every rule by its identifier: most stand in edition.sch, those of reading, the grammar and the sources here."""

from pipeline.validation import misreading
from pipeline.validation.problems import Rule
from pipeline.validation.schematron import rules as schematron_rules

_READING = (
    Rule("readable", "error", "the file can be read"),
    Rule("size", "error", "the file is not larger than 200 MB"),
    Rule("well-formed", "error", "the file is well-formed XML"),
    Rule("doctype", "error", "there is no DOCTYPE, which can hide other files"),
)
_GRAMMAR = (
    Rule("schema-element", "error", "every element is one of the schema's"),
    Rule("schema-place", "error", "every element stands where it may"),
    Rule("schema-attribute", "error", "every attribute is one that the element may have"),
    Rule("schema-value", "error", "every value is in the list, or in the form, that is asked"),
    Rule("schema-missing", "error", "no element or attribute is missing"),
    Rule("text-outside-block", "error", "text stands in paragraphs, headings, lines and entries, nowhere else"),
)
_RULES = (
    Rule("rules", "error", "the rules can be applied; where they cannot, the document is no TEI, or a rule is wrong"),
)
_SOURCES = (
    Rule("nothing-lost", "error", "the edition holds the words of the reading, no more and no fewer"),
    Rule("nothing-invented", "error", "every chosen reading stands in a witness"),
    Rule("nothing-dropped", "warning", "every chosen reading of the collation stands in the edition"),
)


def all_rules() -> list[Rule]:
    """The rules that validate and a build ask about, in the order in which they do."""
    return [*_READING, *_GRAMMAR, *_RULES, *schematron_rules(), misreading.RULE, *_SOURCES]
