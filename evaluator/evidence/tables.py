"""Every mark, reason, price, decision, declaration, rule and award of a run as rows, each with its place.

``received`` is a value as it stood in its cell, ``used`` as it was taken, ``lands_in`` the figure that it goes into.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.findings.finding import Source
from evaluator.records.ledger import Entry
from evaluator.records.numbers import decimal_text, exact_text, plain_decimal, ratio_text, to_places
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Values
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.received import Received, Table

Row = dict[str, Any]
Tables = dict[str, list[Row]]
SPACE = " \t\r\n"
ABOUT = ("bid", "theme", "evaluator", "about")  # what an event can be about
FIGURES = ("price", "people", "hours", "small")  # columns of a register that can decide
TEXTS = {  # the columns of tables that are texts throughout, as received
    "decisions": (
        *("bid", "matter", "subject", "decision", "reason", "ground", "person", "date", "heard"),
        *("evidence", "associate", "recurs", "notified"),
    ),
    "declarations": ("evaluator", "organisation", "interest", "action", "date"),
    "panel": ("evaluator", "name", "theme", "questions", "bids"),
}


@dataclass(frozen=True)
class Held:
    """What evidence is gathered from: a run worked out again, what it says of itself, and its files' sums.

    Parameters
    ----------
    told : ``outcome.json`` of the bundle.
    sums : SHA-256 of every input by its name below the folder of bids or of criteria.
    steps : gives the steps to a bid's score, by theme and bid.
    """

    outcome: Outcome
    received: Received
    told: Json
    manifest: Mapping[str, Any]
    sums: Mapping[str, str]
    sizes: Mapping[str, int]
    ledger: Sequence[Entry]
    steps: Callable[[str, str], Iterable[Step]]


def tables_of(held: Held) -> Tables:
    """Give every table of the evidence store by its name, each row by its columns."""
    criteria, received = held.outcome.criteria, held.received
    return {
        "run": list(_run(held)),
        "files": [
            {"file": name, "sha256": digest, "bytes": held.sizes[name]} for name, digest in sorted(held.sums.items())
        ],
        "questions": list(_questions(criteria)),
        "scales": list(_scales(criteria)),
        "answers": list(_answers(held)),
        "register": list(_register(held)),
        "marks": list(_marks(held, received.marks, counts=criteria.moderation.method == "one_evaluator")),
        "agreed_marks": list(_marks(held, received.consensus, counts=True)),
        **{name: list(_texts(held, table, TEXTS[name])) for name, table in _tables(received)},
        "events": list(_events(held)),
        "scores": list(_scores(held)),
        "steps": list(_steps(held)),
        "awards": list(_awards(held)),
        "award_years": list(_award_years(held.told)),
        "not_awarded": [
            {key: str(one[key]) for key in ("bid", "theme", "reason", "explanation")}
            for one in _allocation(held.told).get("not_awarded", ())
        ],
        "rules": list(_rules(held.told)),
        "findings": [{key: str(value or "") for key, value in one.items()} for one in held.told["findings"]],
        "ledger": list(_ledger(held.ledger)),
    }


def _tables(received: Received) -> tuple[tuple[str, Table | None], ...]:
    return ("decisions", received.decisions), ("declarations", received.interests), ("panel", received.panel)


def _allocation(told: Json) -> Json:
    found: Json = told.get("allocation") or {}
    return found


def _place(held: Held, source: Source) -> Row:
    return {
        "file": source.file,
        "sheet": source.sheet,
        "cell": source.cell,
        "sha256": held.sums.get(source.file, ""),
    }


def _run(held: Held) -> Iterator[Row]:
    criteria = held.outcome.criteria
    facts = {
        "run": held.manifest.get("run"),
        "date": held.manifest.get("date"),
        "status": held.told["status"],
        "reference": criteria.reference,
        "title": criteria.title,
        "authority": criteria.authority,
        "regime": criteria.regime,
        "version": criteria.version,
        "seal": held.told["criteria"]["seal"],
        "criteria as used (SHA-256)": held.told["criteria"]["fingerprint"],
        "evaluator that made it": held.manifest.get("made_with", {}).get("bid-evaluator"),
        "total score": _allocation(held.told).get("total_score"),
        "cost": _allocation(held.told).get("cost"),
    }
    yield from ({"what": what, "value": "" if value is None else str(value)} for what, value in facts.items())


def _questions(criteria: Criteria) -> Iterator[Row]:
    for theme in criteria.themes:
        for question in criteria.questions(theme.id):
            yield {
                "theme": theme.id,
                "question": question.id,
                "title": question.title,
                "answered_by": question.scope,
                "weight": decimal_text(theme.weights[question.id]) if question.id in theme.weights else "",
            }


def _scales(criteria: Criteria) -> Iterator[Row]:
    """Give what each mark earns: the weight of its question × what it counts ÷ the most that one counts."""
    for theme in criteria.themes:
        for question in (one.id for one in criteria.questions(theme.id) if one.id in theme.weights):
            scale = criteria.scale_for(question)
            for mark, points in zip(scale.mark, Values.of(scale).points(theme.weights[question]), strict=True):
                yield {
                    "theme": theme.id,
                    "question": question,
                    "mark": decimal_text(mark.mark),
                    "label": mark.label,
                    "descriptor": mark.descriptor,
                    "points": to_places(points, 2),
                    "exact_points": ratio_text(points),
                }


def _answers(held: Held) -> Iterator[Row]:
    table = held.received.answers
    columns = {key: _column(table, key) for key in ("bid", "question", "answer")}
    for row, bid in enumerate(columns["bid"]):
        assert table is not None  # it has this row
        said = {"bid": bid, "question": columns["question"][row], "words": columns["answer"][row]}
        yield {**said, **_place(held, table.source(row, "answer"))}


def _events(held: Held) -> Iterator[Row]:
    """Give every event with what it is about; a correction with what stood there and what counts instead."""
    for kind, table in held.received.events.items():
        for row in range(len(table)):
            told = {key: text.strip(SPACE) for key, text in table.row(row).items()}
            yield {
                "kind": kind,
                "event": told.get("event", ""),
                "about": next((told[key] for key in ABOUT if told.get(key)), ""),
                "what": told.get("column", ""),
                "before": told.get("old", ""),
                "after": told.get("new", ""),
                **{key: told.get(key, "") for key in ("person", "date", "reason")},
                **_place(held, table.source(row)),
            }


def _register(held: Held) -> Iterator[Row]:
    """Give every cell of the register; a consortium's or a bidder's free words among them."""
    table = held.received.register
    for row, bid in enumerate(_column(table, "bid")):
        for key in table.columns if table is not None else ():
            if table is None or not (text := table.columns[key][row]).strip(SPACE):
                continue
            number = plain_decimal(text)
            yield {
                "bid": bid,
                "column_name": key,
                "received": text,
                "used": decimal_text(number) if number is not None else text.strip(SPACE),
                "lands_in": _lands(key, bid),
                **_place(held, table.source(row, key)),
            }


def _lands(key: str, bid: str) -> str:
    """Say what a figure of the register goes into."""
    name = key.partition(":")[0]
    if name == "gate":
        return f"whether {bid} is admitted"
    return f"scored price and awards of {bid}" if name == "price" else f"rules on {bid}" if name in FIGURES else ""


def _marks(held: Held, table: Table | None, *, counts: bool) -> Iterator[Row]:
    """Give every mark of a table, whether it counts or stands beneath an agreed one."""
    organisations = {bid.organisation for bid in held.outcome.evaluation.bids} if held.outcome.evaluation else set()
    columns = {key: _column(table, key) for key in ("bid", "question", "evaluator", "mark", "reason", "for_bidder")}
    for row, about in enumerate(columns["bid"]):
        assert table is not None  # it has this row
        question, mark = columns["question"][row], plain_decimal(columns["mark"][row])
        whole = f"every bid of {about}" if about in organisations else about
        yield {
            "evaluator": columns["evaluator"][row],
            "bid_or_organisation": about,
            "question": question,
            "received": table.columns["mark"][row] if "mark" in table.columns else "",
            "used": decimal_text(mark) if mark is not None else "",
            "reason": columns["reason"][row],
            "reason_for_bidder": columns["for_bidder"][row],
            "lands_in": f"quality of {whole}" if counts else f"agreed mark of {about} for {question}",
            **_place(held, table.source(row, "mark")),
        }


def _column(table: Table | None, key: str) -> Sequence[str]:
    if table is None:
        return ()
    return [text.strip(SPACE) for text in table.columns[key]] if key in table.columns else [""] * len(table)


def _texts(held: Held, table: Table | None, keys: Sequence[str]) -> Iterator[Row]:
    columns = {key: _column(table, key) for key in keys}
    for row in range(len(table) if table is not None else 0):
        assert table is not None  # it has this row
        yield {**{key: column[row] for key, column in columns.items()}, **_place(held, table.source(row))}


def _scores(held: Held) -> Iterator[Row]:
    names = {one.id: one.name for one in held.outcome.evaluation.bids} if held.outcome.evaluation else {}
    for theme in held.told["themes"]:
        for bid in theme["bids"]:
            figures = ("price", "scored_price", "quality", "price_points", "total")
            exact = ("exact_quality", "exact_price_points", "exact_total")
            yield {
                "theme": theme["id"],
                "bid": bid["bid"],
                "organisation": bid["organisation"],
                "name": names.get(bid["bid"], ""),
                "status": bid["status"],
                "status_reason": bid["status_reason"],
                **{key: bid.get(key) for key in (*figures, *exact)},
                "price_index": bid.get("index"),
                "rank": bid["rank"],
                "tied_with": ", ".join(bid["tied_with"]),
            }


def _steps(held: Held) -> Iterator[Row]:
    for theme in held.told["themes"]:
        for bid in theme["bids"]:
            for number, step in enumerate(held.steps(theme["id"], bid["bid"]), 1):
                result = step.result
                yield {
                    "bid": bid["bid"],
                    "number": number,
                    "rule": step.rule,
                    "working": step.working,
                    "result": f"{result.numerator}/{result.denominator}",
                    "result_value": exact_text(result),
                }


def _awards(held: Held) -> Iterator[Row]:
    table = held.received.register
    rows = {bid: row for row, bid in enumerate(_column(table, "bid"))}
    prices = [key for key in (table.columns if table is not None else ()) if key.partition(":")[0] == "price"]
    for award in _allocation(held.told).get("awards", ()):
        assert table is not None  # what is awarded stands in it
        place = _place(held, table.source(rows[award["bid"]], prices[0] if prices else ""))
        yield {**{key: award[key] for key in ("bid", "theme", "level", "amount")}, **place}


def _award_years(told: Json) -> Iterator[Row]:
    for award in _allocation(told).get("awards", ()):
        yield from ({"bid": award["bid"], "year": year, "amount": paid} for year, paid in award["by_year"].items())


def _rules(told: Json) -> Iterator[Row]:
    for rule in _allocation(told).get("rules", ()):
        keys = ("rule", "title", "subject", "least", "most", "used")
        yield {**{key: str(rule[key]) for key in keys}, "holds": bool(rule["holds"])}


def _ledger(entries: Sequence[Entry]) -> Iterator[Row]:
    for one in entries:
        event = one.event
        yield {
            "number": one.number,
            "recorded_on": one.when,
            "recorded_by": one.who,
            "kind": event.kind,
            "subject": event.subject,
            "file": event.file,
            "before": event.before,
            "after": event.after,
            "reason": event.reason,
            "sha256": one.hash,
        }
