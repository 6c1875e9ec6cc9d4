"""The documentation lists every rule, with its severity and its help."""

from pathlib import Path

from pipeline.validation.catalogue import all_rules

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "validation.md"


def test_the_documentation_lists_every_rule() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    rows = [line for line in text[text.index("## The rules") :].splitlines() if line.startswith("| `")]
    assert rows == [f"| `{rule.id}` | {rule.severity} | {rule.help} |" for rule in all_rules()]
