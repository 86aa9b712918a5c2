"""Figures to test against that stand outside the repository; a test that needs one skips where they are not there."""

import json
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[3] / ".." / "shared" / "reference" / "stat_vectors.json"


def vector(name: str) -> dict[str, Any]:
    if not REFERENCE.exists():
        pytest.skip("the reference figures (../shared/reference/stat_vectors.json) are not here")
    found = {one["id"]: one for one in json.loads(REFERENCE.read_text(encoding="utf-8"))}
    return dict(found[name])
