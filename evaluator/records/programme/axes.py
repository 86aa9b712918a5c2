"""The protected characteristics and the other axes, how questions about them are known, and what is said of each."""

import re
from dataclasses import dataclass
from typing import Literal

# Equality Act 2010 s.4, in its order.
PROTECTED = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)


# What the title of a published question says when it asks about a protected characteristic.
ASKED_ABOUT = {
    "age": r"\bages?\b|\bolder\b|\byoung",
    "disability": r"disab|\bdeaf",
    "gender reassignment": r"gender reassignment|gender identity|\btrans|lgbt",
    "marriage and civil partnership": r"marriage|marital|civil partner",
    "pregnancy and maternity": r"pregnan|maternity|new (parent|mother)",
    "race": r"\brac(e|ial)\b|ethnic|minoriti[sz]ed",
    "religion or belief": r"religio|belief|\bfaith",
    "sex": r"\bsex\b|\bgender\b(?! (reassignment|identity))|\bwom[ae]n|\bm[ae]n\b",
    "sexual orientation": r"sexual orientation|\blgb",
}


# Beside the protected characteristics: what councils add, and what the question about it says.
AXES = {
    "socio-economic background": r"income.{0,200}(househol|famil|people)|low income|socio-economic|poverty|depriv",
    "carers": r"\bcarers?\b|\bcaring\b|lone parent",
    "language": r"\blanguages?\b|\besol\b",
    "ward": r"\bwards?\b",
    "size of the organisation": r"\bsize\b",
    "new or established": r"\bestablished\b|\bhas existed\b|\bnew organi",
}


def asks_about(pattern: str, text: str) -> bool:
    """Whether a text speaks of what a pattern of these tables stands for."""
    return bool(re.search(pattern, text.casefold()))


@dataclass(frozen=True, slots=True)
class AxisImpact:
    """What the figures alone can say of one protected characteristic, or of another axis: evidence for people.

    Parameters
    ----------
    name : of the characteristic.
    protected : whether by the Equality Act 2010; else an axis that councils add, or that the criteria publish.
    asked : the questions of the monitoring that bear on it; empty where none does.
    groups : what can be said of each group, from the figures that are shown.
    served : whom the bids themselves say that they would serve, and what is recommended.
    residents : shares of residents, people in need or providers, each with source and date.
    impact : what the figures alone point to.
    why : in a sentence.
    """

    name: str
    protected: bool
    asked: tuple[str, ...]
    groups: tuple[str, ...]
    served: tuple[str, ...]
    residents: tuple[str, ...]
    impact: Literal["positive", "negative", "unknown"]
    why: str
