"""The kinds of papers that can come in, by the names that people say them with, and where each is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MONITORING, EVENTS, CRITERIA = "monitoring", "events", "criteria"
RETURN, BID, PAPER = "return", "bid", "paper"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper that can come in: its words, and where a file of each ending is filed, from the programme on.

    A place with ``{}`` is one of many, named by whom or what the paper is of. A kind without places is kept and logged,
    and nothing reads it.
    """

    words: str
    places: Mapping[str, str] = field(default_factory=dict)


def _table(stem: str, csv: str = "") -> dict[str, str]:
    return {".xlsx": f"bids/{stem}.xlsx", ".csv": f"bids/{csv or stem}.csv"}


KINDS: Mapping[str, PaperKind] = {
    "register": PaperKind("the register of bids", _table("register")),
    BID: PaperKind("a bid on the bid form", {".xlsx": "bids/bids/{}.xlsx"}),
    RETURN: PaperKind("an evaluator's marks", {".xlsx": "bids/returns/{}.xlsx"}),
    "marks": PaperKind("the marks of all evaluators in one table", {".csv": "bids/marks.csv"}),
    "moderation": PaperKind("the agreed marks", _table("moderation", "consensus")),
    "declarations": PaperKind("the declarations of interest and the panel", _table("declarations")),
    "panel": PaperKind("the panel", {".csv": "bids/panel.csv", ".toml": "bids/panel.toml"}),
    "decisions": PaperKind("people's decisions", _table("decisions")),
    EVENTS: PaperKind("corrections, withdrawals, clarifications and other events", {".xlsx": "bids/events.xlsx"}),
    MONITORING: PaperKind("the equality monitoring", _table("equality/monitoring")),
    "grants": PaperKind("another programme's awards", _table("equality/grants")),
    CRITERIA: PaperKind("the criteria workbook", {".xlsx": "criteria/criteria.xlsx"}),
    "ocds": PaperKind("open data of a procurement (OCDS)"),
    PAPER: PaperKind("a paper that nothing reads: kept, and on record"),
}
