"""How long what is kept, as the settings say it: what is due on a day, and where it lies. No period is ours."""

from dataclasses import dataclass

from evaluator.records.office.folder import CACHE
from evaluator.records.office.paper_kinds import BID, RETURN
from evaluator.records.office.settings import Retention

# By words of an entry of the retention sheet, where such files lie in a programme. What runs keep for the next has what
# evaluators wrote, and what became of every bid.
PLACES = {
    "award": ("reports/*", "ledger.jsonl", "papers/letters*", "papers/notice"),
    "not funded": ("bids/bids", "bids/register.*", "papers/packs*", CACHE),
    "evaluators": (
        *("bids/returns", "bids/moderation.xlsx", "bids/marks.csv", "bids/consensus.csv"),
        *("papers/evaluators*", CACHE),
    ),
    "monitoring": ("bids/equality", "received/equality", "reports/*/equality.zip", "reports/equality-panel"),
    "file as it came": ("received",),
}
ORIGINALS = {  # the kinds of receipts whose originals such entries are about
    "not funded": (BID, "register"),
    "evaluators": (RETURN, "moderation", "marks"),
}


@dataclass(frozen=True)
class Due:
    """An entry of the retention sheet on a day, ``due``, ``kept`` or ``undecided``, and where its files lie."""

    entry: Retention
    state: str
    places: tuple[str, ...] = ()


def state_on(entry: Retention, day: str) -> str:
    """Say what an entry comes to on a day; what is kept until a day is kept on that day too.

    >>> [state_on(Retention("x", until), "2027-01-01") for until in ("2026-12-31", "2027-01-01", "")]
    ['due', 'kept', 'undecided']
    """
    if not entry.until:
        return "undecided"
    return "due" if entry.until < day else "kept"
