"""A bid that is withdrawn leaves a programme as if it had never come: no score, rank or award rests on it."""

import io
import zipfile
from dataclasses import replace

import pytest

from evaluator.files.audit.verifier import verify
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import NO_MARK, Decision, ThemeBids
from tests.unit.files.audit.random_programmes import LATER, METHODS, PLACE, decided, outcome, packed

SEEDS = (*range(2 * len(METHODS)), *range(LATER, LATER + 40))  # each price method twice, then later kinds of rule
GONE = "withdrawn"


def _first(made: Outcome) -> tuple[str, str]:
    """Name the best bid of a theme, on whose price and quality most rests; where none is ranked, the first."""
    assert made.scores is not None
    themes = [theme for theme in made.scores.themes if theme.bids]
    best = [(theme.theme, theme.bids[theme.ranks.index(1)]) for theme in themes if 1 in theme.ranks]
    return (*best, (themes[0].theme, themes[0].bids[0]))[0]


def _withdrawn(theme: ThemeBids, bid: str) -> ThemeBids:
    """Withdraw a bid, and take away what is missing of one that was withdrawn early: its price and marks."""
    at, width = [one.id for one in theme.bids].index(bid), len(theme.questions)
    bids = tuple(replace(one, price=None, by_year=()) if one.id == bid else one for one in theme.bids)
    marks = theme.marks[: at * width] + bytes([NO_MARK % 256]) * width + theme.marks[(at + 1) * width :]
    left = Decision(bid, GONE, "", GONE, "Other funding.", "", "The chair", "2026-11-01", "", PLACE, standing=GONE)
    return replace(theme, bids=bids, marks=marks, disregarded={**theme.disregarded, bid: left})


def _without(theme: ThemeBids, bid: str) -> ThemeBids:
    at, width = [one.id for one in theme.bids].index(bid), len(theme.questions)
    marks = theme.marks[: at * width] + theme.marks[(at + 1) * width :]
    return replace(theme, bids=theme.bids[:at] + theme.bids[at + 1 :], marks=marks)


def _results(made: Outcome, bid: str) -> list[tuple[object, ...]]:
    assert made.scores is not None
    return [
        (
            *(name, theme.status[at], theme.ranks[at], theme.quality[at], theme.totals[at]),
            theme.price_points[at] if theme.price_points else None,
            theme.index[at] if theme.index else None,
        )
        for theme in made.scores.themes
        for at, name in enumerate(theme.bids)
        if name != bid
    ]


def _awards(made: Outcome) -> object:
    allocation = made.allocation
    assert allocation is not None
    funded = sorted((one.bid, one.amount, one.level) for one in allocation.awards)
    return allocation.status, funded, allocation.total_score


@pytest.mark.parametrize("seed", SEEDS)
def test_a_withdrawn_bid_leaves_the_programme_as_if_it_had_never_come(seed: int) -> None:
    made = outcome(seed)
    assert made.evaluation is not None
    theme, bid = _first(made)

    def changed(how: object) -> Outcome:
        assert made.evaluation is not None
        assert callable(how)
        themes = tuple(how(one, bid) if one.theme == theme else one for one in made.evaluation.themes)
        return decided(made.criteria, replace(made.evaluation, themes=themes))

    withdrawn, never = changed(_withdrawn), changed(_without)
    assert _results(withdrawn, bid) == _results(never, bid)
    if never.allocation is not None:  # a rule that names the bid has nothing to name where it never came
        assert _awards(withdrawn) == _awards(never)
    with zipfile.ZipFile(io.BytesIO(packed(withdrawn))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert [line for _, found in verify.differences(files) for line in found] == []
