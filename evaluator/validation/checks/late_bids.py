"""Checks of when bids came: one that came after the published closing time opens a matter for a person."""

from collections.abc import Iterator

from evaluator.records.dates import read_moment, spoken_moment
from evaluator.records.findings.finding import Finding
from evaluator.validation.coded_columns import words
from evaluator.validation.context import View
from evaluator.validation.row_findings import Facts, at_rows, shown

LATE = "late"  # the matter of a decision on it
RECEIVED = "received"  # the column of the register


def arrivals_are_read(view: View) -> Iterator[Finding]:
    """Find what is no day and time of arrival, and a day alone where the time decides."""
    close, table = view.criteria.procurement.tenders_close, view.offers.table
    if not close:
        return
    told = words(table, RECEIVED)
    wrong = [row for row, text in enumerate(told) if text and not _told(text, close)]

    def facts(row: int) -> Facts:
        return {"bid": view.offers.ids[row], "shown": shown(told[row]), "close": spoken_moment(close)}

    yield from at_rows("E-LATE-002", table, wrong, RECEIVED, facts)


def late_bids_are_decided(view: View) -> Iterator[Finding]:
    """Find bids that came after the closing time and about which no person has decided."""
    late = late_bids(view)
    close = spoken_moment(view.criteria.procurement.tenders_close)

    def facts(row: int) -> Facts:
        return {"bid": view.offers.ids[row], "received": spoken_moment(late[row]), "close": close}

    yield from at_rows("E-LATE-001", view.offers.table, sorted(late), RECEIVED, facts)


def late_bids(view: View) -> dict[int, str]:
    """Give the rows of the bids that came late and about which nobody has decided, each with when it came."""
    close = view.criteria.procurement.tenders_close
    decided = {bid for bid, _ in view.decided(LATE)} | set(view.left)
    arrivals = enumerate(words(view.offers.table, RECEIVED)) if close else ()
    told = ((row, _told(text, close)) for row, text in arrivals)
    return {row: moment for row, moment in told if moment > close and view.offers.ids[row] not in decided}


def _told(text: str, close: str) -> str:
    """Give when a bid came; empty where that cannot be told, or a day alone does not say on which side it lies."""
    moment = read_moment(text) or ""
    return "" if moment == close[:10] else moment
