"""The tables of the evidence store: what each holds and the kind of each column, in one place for all who write it."""

from collections.abc import Mapping
from dataclasses import dataclass

SCHEMA = "evidence/1"
PLACE = {"file": "text", "sheet": "text", "cell": "text", "sha256": "text"}


@dataclass(frozen=True)
class TableOf:
    """One table: what a row of it is, and its columns with their kinds (``files.write.data_sets``)."""

    title: str
    columns: Mapping[str, str]


def _of(
    title: str, *names: str, counts: tuple[str, ...] = (), figures: tuple[str, ...] = (), place: bool = False
) -> TableOf:
    kinds = {name: "count" if name in counts else "figure" if name in figures else "text" for name in names}
    return TableOf(title, kinds | (PLACE if place else {}))


TABLES: Mapping[str, TableOf] = {
    "run": _of("a fact about the run", "what", "value"),
    "files": _of("a file as it was received", "file", "sha256", "bytes", counts=("bytes",)),
    "questions": _of(
        "a scored question of a theme", "theme", "question", "title", "answered_by", "weight", figures=("weight",)
    ),
    "scales": _of(
        "a mark of a question’s scale, with the points that it gives in a theme",
        *("theme", "question", "mark", "label", "descriptor", "points", "exact_points"),
        figures=("mark", "points"),
    ),
    "answers": _of("a bidder’s answer in a bid form, in its words", "bid", "question", "words", place=True),
    "register": _of(
        *("a filled cell of the register or of a bid form", "bid", "column_name", "received", "used", "lands_in"),
        place=True,
    ),
    "marks": _of(
        *("a mark that an evaluator gave", "evaluator", "bid_or_organisation", "question", "received", "used"),
        *("reason", "reason_for_bidder", "lands_in"),
        figures=("used",),
        place=True,
    ),
    "agreed_marks": _of(
        *("a mark that the panel agreed", "bid_or_organisation", "question", "received", "used"),
        *("reason", "reason_for_bidder", "lands_in"),
        figures=("used",),
        place=True,
    ),
    "decisions": _of(
        *("a person’s decision", "bid", "matter", "subject", "decision", "reason", "ground", "person", "date", "heard"),
        *("evidence", "associate", "recurs", "notified"),
        place=True,
    ),
    "events": _of(
        *("an event after bids came in, as it was recorded", "kind", "event", "about", "what", "before", "after"),
        *("person", "date", "reason"),
        place=True,
    ),
    "declarations": _of(
        "a declaration of interest", "evaluator", "organisation", "interest", "action", "date", place=True
    ),
    "panel": _of("a seat on the panel", "evaluator", "name", "theme", "questions", "bids", place=True),
    "scores": _of(
        *("a bid with its scores, as outcome.json says", "theme", "bid", "organisation", "name", "status"),
        *("status_reason", "price", "scored_price", "quality", "price_points", "price_index", "total", "exact_quality"),
        *("exact_price_points", "exact_total", "rank", "tied_with"),
        counts=("rank",),
        figures=("price", "quality", "price_points", "price_index", "total"),
    ),
    "steps": TableOf(
        "a step of the calculation of a bid",
        {"bid": "text", "number": "count", "rule": "text", "working": "text", "result": "text", "result_value": "text"},
    ),
    "awards": TableOf(
        "an award, with the row of the register that its price stands in",
        {"bid": "text", "theme": "text", "level": "text", "amount": "money", **PLACE},
    ),
    "award_years": TableOf("what an award pays in a year", {"bid": "text", "year": "text", "amount": "money"}),
    "not_awarded": _of("a bid without an award, and why", "bid", "theme", "reason", "explanation"),
    "rules": TableOf(
        "a published rule and what the awards come to",
        {**dict.fromkeys(("rule", "title", "subject", "least", "most", "used"), "text"), "holds": "yes"},
    ),
    "findings": _of(
        *("a finding of the run", "code", "severity", "file", "sheet", "cell", "key", "message", "remedy", "authority")
    ),
    "ledger": _of(
        *("an entry of the ledger", "number", "recorded_on", "recorded_by", "kind", "subject", "file", "before"),
        *("after", "reason", "sha256"),
        counts=("number",),
    ),
}
