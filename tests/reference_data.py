"""Published figures to test against; ``reference/README.md`` says where each comes from."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent / "reference"


def example(name: str) -> tuple[Any, Any]:
    """Inputs and expected numbers of one published scoring example, decimals exact."""
    read = json.loads((REFERENCE / "worked_examples.json").read_text("utf-8"), parse_float=Decimal)
    found = {one["id"]: one for one in read}
    return found[name]["inputs"], found[name]["expected"]
