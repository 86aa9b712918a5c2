"""The outcome for machines: one JSON document of exact decimal texts, the same bytes for the same inputs.

Neither clock nor run name stands in it. Themes are ordered by id and bids by id, one to a line, whatever order they
came in. A number that was not published to be rounded is given rounded for the eye and exactly beside it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from json.encoder import encode_basestring
from operator import getitem

from evaluator.records.documents import Json
from evaluator.records.numbers import exact_text, ratio_text
from evaluator.records.programme.criteria import Criteria, PricePolicy, Rounding
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.results.outcome import Outcome, status
from evaluator.records.results.scores import Numbers, ThemeScores
from evaluator.records.submissions.evaluation import Bid, ThemeBids
from evaluator.records.submissions.events import NO_EVENTS
from evaluator.records.submissions.stages import StageLine, StageResult
from evaluator.reporting.award.robustness import firmness_documents
from evaluator.reporting.equality import equality_document
from evaluator.reporting.shared.events import events_document
from evaluator.reporting.shared.figures import (
    mark_texts,
    pounds_text,
    scored_price_text,
    unmarked_bids,
    writer,
)
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.studies.allocation import allocation_document
from evaluator.reporting.studies.counterfactuals import case_document

SCHEMA = "outcome/1"
TO_COME = ("cases", "robustness", "rule_costs", "equality")  # what is worked out after the awards
NONE = ("null", "null")

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def outcome_json(outcome: Outcome, *, to_come: bool = False) -> str:
    """Write the outcome as one JSON document that ends with a line break; it says where more is ``to_come``."""
    parts = {
        "schema": encode(SCHEMA),
        "run": encode({"engine": outcome.run.engine}),
        **({"to_come": encode(TO_COME)} if to_come else {}),
        "criteria": encode(_criteria(outcome)),
        "status": encode(status(outcome)),
        **({"stage": encode(outcome.stage)} if outcome.stage else {}),
        **_stages(outcome),
        "themes": _lines(_themes(outcome)),
        "allocation": encode(allocation_document(outcome.allocation) if outcome.allocation else None),
        **_events(outcome),
        **_cases(outcome),
        **{key: encode(study) for key, study in firmness_documents(outcome.firmness).items()},
        "equality": encode(equality_document(outcome.equality) if outcome.equality else None),
        "findings": _lines(map(encode, findings_document(outcome.findings))),
    }
    return "{\n" + ",\n".join(f'"{key}":{text}' for key, text in parts.items()) + "\n}\n"


def _stages(outcome: Outcome) -> dict[str, str]:
    """Give what each stage came to that is over, a line a bid; nothing where the criteria have none."""
    return {"stages": _lines(map(_stage, outcome.stages))} if outcome.criteria.stage else {}


def _stage(result: StageResult) -> str:
    bids = _lines(encode(_in_stage(line)) for line in result.lines)
    return f'{{"id":{encode(result.stage)},"sealed":{encode(result.sha256 or None)},"bids":{bids}}}'


def _in_stage(line: StageLine) -> Json:
    return {
        "bid": line.bid,
        "theme": line.theme,
        "points": exact_text(line.points),
        "exact_points": f"{line.points.numerator}/{line.points.denominator}",
        "available": exact_text(line.available),
        "passed": line.passed,
        "reason": line.reason,
    }


def _events(outcome: Outcome) -> dict[str, str]:
    """Give what happened after bids came in, a line an event; nothing where nothing did."""
    events = outcome.evaluation.events if outcome.evaluation else NO_EVENTS
    return {"events": _lines(map(encode, events_document(events)))} if events else {}


def _cases(outcome: Outcome) -> dict[str, str]:
    """Give what would have changed each decision, a line a bid; nothing where it was not worked out."""
    cases = outcome.allocation.cases if outcome.allocation else ()
    return {"cases": _lines(encode(case_document(case)) for case in cases)} if cases else {}


def _lines(texts: Iterable[str]) -> str:
    lines = ",\n".join(texts)
    return f"[\n{lines}\n]" if lines else "[]"


def _criteria(outcome: Outcome) -> Json:
    seal = outcome.seal.sha256 if outcome.seal else None
    criteria = outcome.criteria
    return {
        "reference": criteria.reference,
        "version": criteria.version,
        "seal": seal,
        "fingerprint": outcome.fingerprint,
    }


def _themes(outcome: Outcome) -> Iterator[str]:
    if outcome.evaluation is None:
        return
    scores = {scored.theme: scored for scored in outcome.scores.themes} if outcome.scores else {}
    titles = {theme.id: theme.title for theme in outcome.criteria.themes}
    for theme in sorted(outcome.evaluation.themes, key=lambda t: t.theme):
        bids = _lines(_bids(outcome.criteria, theme, scores.get(theme.theme)))
        yield f'{{"id":{encode(theme.theme)},"title":{encode(titles[theme.theme])},"bids":{bids}}}'


def _bids(criteria: Criteria, theme: ThemeBids, scored: ThemeScores | None) -> Iterator[str]:
    """Write each bid: column by column, since a column's texts repeat, and there may be a hundred thousand of them."""
    priced = _money(bid.price for bid in theme.bids)
    columns: dict[str, Iterable[str]] = {
        "bid": (encode_basestring(bid.id) for bid in theme.bids),
        "organisation": (encode_basestring(bid.organisation) for bid in theme.bids),
        "marks": _marks(criteria, theme),
        "price": priced,
        "scored_price": _scored_prices(criteria.price_policy(theme.theme), theme.bids, priced),
        **(_results(criteria, theme, scored) if scored else _unscored(theme)),
    }
    row = ",".join(f'"{key}":%s' for key in columns)
    more = (
        f',"measured":{encode(_measured(bid, at, scored))}' if bid.measured else "" for at, bid in enumerate(theme.bids)
    )
    return map(f"{{{row}%s}}".__mod__, zip(*columns.values(), more, strict=True))


def _money(pence: Iterable[int | None]) -> list[str]:
    return ["null" if one is None else f'"{pounds_text(one)}"' for one in pence]


def _scored_prices(policy: PricePolicy | None, bids: Sequence[Bid], priced: list[str]) -> list[str]:
    """Write the scored prices; where whole prices are compared, they stand there already."""
    if policy and policy.basis == "whole_life" and all(bid.compared is None for bid in bids):
        return priced
    return [encode(scored_price_text(policy, bid)) for bid in bids]


def _measured(bid: Bid, at: int, scored: ThemeScores | None) -> Json:
    """Give the figure of each measured criterion of a bid's theme, and the exact points that it earned, if any."""
    counts = bool(scored and scored.ranks[at])
    return {
        name: {
            "figure": ratio_text(Fraction(value)),
            "points": ratio_text(scored.measured[name][at]) if scored and counts else None,
        }
        for name, value in bid.measured
        if scored is None or name in scored.measured
    }


def _marks(criteria: Criteria, theme: ThemeBids) -> Iterator[str]:
    """Write each bid's marks as texts by question; null where a disregarded bid was not marked.

    What a question and one of its marks come to is written once: they are most of the document.
    """
    texts = mark_texts(criteria, theme)
    written = [
        [f"{encode(question)}:{encode(text)}" for text in own]
        for question, own in zip(theme.questions, texts, strict=True)
    ]
    cells, width = theme.cells, len(theme.questions)
    for at in range(len(theme.bids)):
        yield f"{{{','.join(map(getitem, written, cells[at * width : (at + 1) * width]))}}}"


def _unscored(theme: ThemeBids) -> dict[str, Iterable[str]]:
    decisions = [theme.disregarded.get(bid.id) for bid in theme.bids]
    return {
        "status": _repeated(one.standing if one else "admitted" for one in decisions),
        "status_reason": _repeated(one.reason if one else "" for one in decisions),
    }


def _repeated(values: Iterable[str]) -> Iterator[str]:
    """Write a column of which few values differ."""
    return map(cache(encode_basestring), values)


def _without_index(criteria: Criteria, scored: ThemeScores) -> set[str]:
    """Name the bids without quality, where the price method divides by it."""
    policy = criteria.price_policy(scored.theme)
    if scored.index is None or policy is None or not METHODS[policy.method].needs_quality:
        return set()
    counts = criteria.rounding.part
    return {bid for row, bid in enumerate(scored.bids) if counts(scored.quality[row]) <= 0}


def _results(criteria: Criteria, theme: ThemeBids, scored: ThemeScores) -> dict[str, Iterable[str]]:
    """Write what each bid scored: rounded as published, and exactly as ``p/q``; null for what it has not got."""
    unmarked, without = set(unmarked_bids(theme)), _without_index(criteria, scored)
    ranked = list(map(bool, scored.ranks))
    counts = [rank and bid not in without for bid, rank in zip(scored.bids, ranked, strict=True)] if without else ranked
    quality = _pairs(scored.quality, criteria.rounding, [bid not in unmarked for bid in scored.bids])
    points = _pairs(scored.price_points, criteria.rounding, ranked)
    total = _pairs(scored.totals, criteria.rounding, counts)
    return {
        "status": _repeated(scored.status),
        "status_reason": _repeated(scored.reasons),
        "quality": quality[0],
        "exact_quality": quality[1],
        "price_points": points[0],
        "exact_price_points": points[1],
        "index": _pairs(scored.index, criteria.rounding, counts)[1],
        "total": total[0],
        "exact_total": total[1],
        "rank": (str(rank) if rank else "null" for rank in scored.ranks),
        "tied_with": _tied_with(scored),
    }


def _pairs(numbers: Numbers | None, rounding: Rounding, there: Iterable[bool]) -> tuple[Sequence[str], Sequence[str]]:
    """Write a column rounded and a column exact; null where a bid has no number."""
    if numbers is None:
        nothing = ["null" for _ in there]
        return nothing, nothing
    write = writer(rounding)
    columns = zip(map(int, numbers.numerators), map(int, numbers.denominators), there, strict=True)
    pairs = [write(top, bottom) if own else NONE for top, bottom, own in columns]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _tied_with(scored: ThemeScores) -> Iterator[str]:
    """List for each bid the others that every published tie-break left equal to it."""
    tied: dict[str, str] = {}
    for group in scored.ties:
        ids = list(map(encode_basestring, group))
        tied |= {bid: f"[{','.join((*ids[:at], *ids[at + 1 :]))}]" for at, bid in enumerate(group)}
    return (tied.get(bid, "[]") for bid in scored.bids)
