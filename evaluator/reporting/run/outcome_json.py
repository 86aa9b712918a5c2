"""The outcome for machines: one JSON document of exact decimal texts, the same bytes for the same inputs.

Neither clock nor run name stands in it. Themes are ordered by id and bids by id, one to a line, whatever order they
came in. A number that was not published to be rounded is given rounded for the eye and exactly beside it.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, islice, repeat
from json.encoder import encode_basestring
from operator import getitem, is_not
from struct import calcsize
from typing import Any

import numpy as np

from evaluator.records.documents import Json
from evaluator.records.numbers import exact_text, ratio_text
from evaluator.records.programme.criteria import Criteria, PricePolicy, Rounding
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.results.outcome import Outcome, status
from evaluator.records.results.scores import Numbers, ThemeScores
from evaluator.records.submissions.evaluation import Bid, ThemeBids, column
from evaluator.records.submissions.events import NO_EVENTS
from evaluator.records.submissions.stages import StageLine, StageResult
from evaluator.reporting.award.robustness import firmness_documents
from evaluator.reporting.equality import equality_document
from evaluator.reporting.shared.events import events_document
from evaluator.reporting.shared.figures import (
    mark_texts,
    money_texts,
    scored_price_text,
    unmarked_bids,
    written,
)
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.studies.allocation import allocation_document
from evaluator.reporting.studies.counterfactuals import case_document

SCHEMA = "outcome/1"
TO_COME = ("cases", "robustness", "rule_costs", "equality")  # what is worked out after the awards
TOGETHER = (4, 2, 1)  # questions whose marks are written as one text: of four there are a few thousand different ones
AT_ONCE = 500  # pieces that are put together before they are encoded: as many bids are half a megabyte
UNSIGNED: dict[int, Any] = {calcsize(form): form for form in "BHIQ"}  # forms of whole numbers in memory, by their bytes

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def outcome_json(outcome: Outcome, *, to_come: bool = False) -> bytes:
    """Write the outcome as a JSON document in UTF-8 that ends with a line break; it says where more is ``to_come``."""
    parts: dict[str, str | Iterable[str]] = {
        "schema": encode(SCHEMA),
        "run": encode({"engine": outcome.run.engine}),
        **({"to_come": encode(TO_COME)} if to_come else {}),
        "criteria": encode(_criteria(outcome)),
        "status": encode(status(outcome)),
        **({"stage": encode(outcome.stage)} if outcome.stage else {}),
        **_stages(outcome),
        "themes": _themes(outcome),
        "allocation": encode(allocation_document(outcome.allocation) if outcome.allocation else None),
        **_events(outcome),
        **_cases(outcome),
        **{key: encode(study) for key, study in firmness_documents(outcome.firmness).items()},
        "equality": encode(equality_document(outcome.equality) if outcome.equality else None),
        "findings": _lines(map(encode, findings_document(outcome.findings))),
    }
    pieces: list[Iterable[str]] = []
    for key, text in parts.items():
        pieces += [(",\n" if pieces else "{\n", f'"{key}":'), (text,) if isinstance(text, str) else text]
    return b"".join(_in_blocks(chain(chain.from_iterable(pieces), ("\n}\n",))))


def _in_blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    """Put pieces together while they are at hand: copies of a long document take as long as its numbers."""
    waiting = iter(pieces)
    while block := list(islice(waiting, AT_ONCE)):
        yield "".join(block).encode()


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


def _themes(outcome: Outcome) -> Iterable[str]:
    """Write the themes in pieces."""
    scores = {scored.theme: scored for scored in outcome.scores.themes} if outcome.scores else {}
    titles = {theme.id: theme.title for theme in outcome.criteria.themes}
    themes = sorted(outcome.evaluation.themes, key=lambda theme: theme.theme) if outcome.evaluation else ()
    if not themes:
        return ("[]",)
    pieces: list[Iterable[str]] = []
    for theme in themes:
        start = f'{{"id":{encode(theme.theme)},"title":{encode(titles[theme.theme])},"bids":'
        pieces += [(",\n" if pieces else "[\n", start), _bids(outcome.criteria, theme, scores.get(theme.theme)), ("}",)]
    return chain(chain.from_iterable(pieces), ("\n]",))


def _bids(criteria: Criteria, theme: ThemeBids, scored: ThemeScores | None) -> Iterable[str]:
    """Write the bids in pieces: column by column, since texts of a column repeat, and there may be a hundred thousand.

    A piece holds what it is called and the comma before it.
    """
    if not theme.bids:
        return ("[]",)
    priced = money_texts(column(theme.bids, "price"))
    scored_prices = _scored_prices(criteria.price_policy(theme.theme), theme.bids, priced)
    names = zip(column(theme.bids, "id"), column(theme.bids, "organisation"), strict=True)
    write = encode_basestring
    columns: list[Iterable[str]] = [
        [f'{{"bid":{write(bid)},"organisation":{write(organisation)}' for bid, organisation in names],
        *_marks(criteria, theme),
        [f',"price":{one},"scored_price":{other}' for one, other in zip(priced, scored_prices, strict=True)],
        *(_results(criteria, theme, scored) if scored else [_unscored(theme)]),
        _ends(theme.bids, scored),
    ]
    return chain(("[\n",), map("".join, zip(*columns, strict=True)), ("\n]",))


def _ends(bids: Sequence[Bid], scored: ThemeScores | None) -> list[str]:
    """Write what ends the line of each bid: the figures of what is measured, where there are any."""
    ends = ["},\n"] * (len(bids) - 1) + ["}"]
    if not any(column(bids, "measured")):
        return ends
    return [
        f',"measured":{encode(_measured(bid, at, scored))}{ends[at]}' if bid.measured else ends[at]
        for at, bid in enumerate(bids)
    ]


def _scored_prices(policy: PricePolicy | None, bids: Sequence[Bid], priced: Sequence[str]) -> Sequence[str]:
    """Write the scored prices; where whole prices are compared, they stand there already."""
    if policy and policy.basis == "whole_life" and not any(map(is_not, column(bids, "compared"), repeat(None))):
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


class _Marks(dict[int, str]):
    """The marks of a few questions, by their places as these lie in memory: what many bids have is written once."""

    def __init__(self, written: Sequence[Sequence[str]], form: Any, around: tuple[str, str]) -> None:
        self.written, self.form, self.around = written, form, around

    def __missing__(self, together: int) -> str:
        start, end = self.around
        size = len(self.written) * calcsize(self.form)
        places = memoryview(together.to_bytes(size, sys.byteorder)).cast(self.form)
        self[together] = f"{start}{','.join(map(getitem, self.written, places))}{end}"
        return self[together]


def _marks(criteria: Criteria, theme: ThemeBids) -> Iterator[list[str]]:
    """Write each bid's marks as texts by question, some questions at a time; null where it was not marked."""
    texts = mark_texts(criteria, theme)
    written = [
        [f"{encode(question)}:{encode(text)}" for text in own]
        for question, own in zip(theme.questions, texts, strict=True)
    ]
    if not written:
        yield [',"marks":{}'] * len(theme.bids)
        return
    step = next(number for number in TOGETHER if len(written) % number == 0)
    places = memoryview(theme.marks).cast(UNSIGNED[step * theme.cells.itemsize]).tolist()
    for at in range(0, len(written), step):
        around = ("," if at else ',"marks":{', "" if at + step < len(written) else "}")
        known = _Marks(written[at : at + step], theme.cells.format, around)
        yield list(map(known.__getitem__, places[at // step :: len(written) // step]))


def _unscored(theme: ThemeBids) -> list[str]:
    decisions = [theme.disregarded.get(bid) for bid in column(theme.bids, "id")]
    return _standing([(one.standing, one.reason) if one else ("admitted", "") for one in decisions])


def _standing(said: Iterable[tuple[str, str]]) -> list[str]:
    """Write what each bid is, and why; few of these differ."""
    written = cache(lambda one: f',"status":{encode_basestring(one[0])},"status_reason":{encode_basestring(one[1])}')
    return list(map(written, said))


def _without_index(criteria: Criteria, scored: ThemeScores) -> set[str]:
    """Name the bids without quality, where the price method divides by it."""
    policy = criteria.price_policy(scored.theme)
    if scored.index is None or policy is None or not METHODS[policy.method].needs_quality:
        return set()
    counts = criteria.rounding.part
    return {bid for row, bid in enumerate(scored.bids) if counts(scored.quality[row]) <= 0}


def _results(criteria: Criteria, theme: ThemeBids, scored: ThemeScores) -> list[Iterable[str]]:
    """Write what each bid scored: rounded as published, and exactly as ``p/q``; null for what it has not got."""
    unmarked, without = set(unmarked_bids(theme)), _without_index(criteria, scored)
    ranked = list(map(bool, scored.ranks))
    counts = [rank and bid not in without for bid, rank in zip(scored.bids, ranked, strict=True)] if without else ranked
    marked = [bid not in unmarked for bid in scored.bids] if unmarked else [True] * len(ranked)
    return [
        _standing(zip(scored.status, scored.reasons, strict=True)),
        _both("quality", scored.quality, criteria.rounding, marked),
        _both("price_points", scored.price_points, criteria.rounding, ranked),
        _index(scored.index, counts),
        _both("total", scored.totals, criteria.rounding, counts),
        [f',"rank":{rank or "null"},"tied_with":[' for rank in scored.ranks],
        *_tied_with(scored),
        ["]"] * len(ranked),
    ]


def _both(name: str, numbers: Numbers | None, rounding: Rounding, there: Sequence[bool]) -> Sequence[str]:
    """Write a column rounded and exact; null where a bid has no number."""
    none = f',"{name}":null,"exact_{name}":null'
    if numbers is None:
        return [none] * len(there)
    texts = written(name, rounding, numbers)
    return texts if all(there) else [text if own else none for text, own in zip(texts, there, strict=True)]


def _index(numbers: Numbers | None, there: Sequence[bool]) -> list[str]:
    """Write a column of indexes, which are published exact alone."""
    if numbers is None:
        return [',"index":null'] * len(there)
    return [f',"index":"{ratio_text(numbers[at])}"' if own else ',"index":null' for at, own in enumerate(there)]


def _tied_with(scored: ThemeScores) -> tuple[list[str], list[str]]:
    """List for each bid the others that share its rank, since every published tie-break left them equal to it.

    All groups are written one after the other; a bid's list is what stands in its group before its own id, and after.
    """
    ranks = np.array(scored.ranks, dtype=np.int64)
    rows = np.argsort(ranks, kind="stable")
    starts = np.flatnonzero(np.diff(ranks[rows], prepend=-1))
    sizes = np.diff(starts, append=len(rows))
    sizes[ranks[rows[starts]] == 0] = 1  # bids without a rank share nothing
    every, of_each = np.repeat(sizes > 1, np.diff(starts, append=len(rows))), sizes[sizes > 1]
    rows, last = rows[every], np.repeat(np.cumsum(of_each) - 1, of_each)
    written = [encode_basestring(scored.bids[row]) for row in rows.tolist()]
    lengths = np.fromiter(map(len, written), np.int64, len(written))
    ends = np.cumsum(lengths + 1) - 1
    own = ends - lengths
    places = np.zeros((4, len(ranks)), dtype=np.int64)
    first = last + 1 - np.repeat(of_each, of_each)
    places[:, rows] = own[first], own - (last == np.arange(len(rows))), ends + 1, ends[last]
    text = ",".join(written)
    before, until, after, end = places.tolist()
    return (
        [text[start:stop] for start, stop in zip(before, until, strict=True)],
        [text[start:stop] for start, stop in zip(after, end, strict=True)],
    )
