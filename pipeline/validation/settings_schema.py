"""schemas/edition.schema.json, with which editors of edition.yaml complete and check it.

Made from the settings themselves:

    python -m pipeline.validation.settings_schema
"""

import json
from pathlib import Path

from pipeline.model import write_bytes
from pipeline.settings import settings_schema

PATH = Path(__file__).parents[2] / "schemas" / "edition.schema.json"


def settings_schema_text() -> str:
    """The JSON Schema as it stands in the file."""
    return json.dumps(settings_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_bytes(PATH, settings_schema_text().encode())
