"""The rules about reasons in: the data file that comes with the engine."""

import tomllib
from pathlib import Path

from evaluator.records.programme.reasons import ReasonRules

RULES = Path(__file__).resolve().parents[2] / "validation" / "reasons.toml"


def read_reason_rules(path: Path = RULES) -> ReasonRules:
    """Read the rules and words by which reasons are looked at."""
    return ReasonRules.model_validate(tomllib.loads(path.read_text("utf-8")))
