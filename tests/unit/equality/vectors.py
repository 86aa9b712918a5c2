"""Published statistics to test against."""

import json
from typing import Any

from tests.reference_data import REFERENCE


def vector(name: str) -> dict[str, Any]:
    """One published statistic: its inputs, what is expected and how near a result must come."""
    found = {one["id"]: one for one in json.loads((REFERENCE / "stat_vectors.json").read_text("utf-8"))}
    return dict(found[name])
