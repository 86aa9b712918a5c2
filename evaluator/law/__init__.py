"""The law as dated data, a file for each regime, and what follows from it: periods, what is owed, who may be cited."""

from evaluator.law.authorities import Authority, authorities, cited, provision, under
from evaluator.law.regimes import COMMON, REGIMES, Owed, Regime, Threshold, regime
from evaluator.law.standstill import Standstill, days_between, later_by, left_out, standstill
from evaluator.law.texts import TEXTS, Text

__all__ = [
    "COMMON",
    "REGIMES",
    "TEXTS",
    "Authority",
    "Owed",
    "Regime",
    "Standstill",
    "Text",
    "Threshold",
    "authorities",
    "cited",
    "days_between",
    "later_by",
    "left_out",
    "provision",
    "regime",
    "standstill",
    "under",
]
