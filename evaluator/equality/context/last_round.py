"""Last round beside this one: only what both have published is set side by side, and added up round by round.

A group whose awards this round withholds does not appear, whatever the last round said of it; and nothing here rests on
a number that is not shown. So the two together tell nothing that each does not tell by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pydantic import Field, ValidationError

from evaluator.equality.comparison.comparisons import Comparison, awards_test, wording_of
from evaluator.equality.statistics.chance import Four, false_discovery
from evaluator.equality.statistics.stratified import Stratified
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Published
from evaluator.records.results.equality import CharacteristicImpact, GroupLine, StageFigures, Wording
from evaluator.records.results.last_round import BothRounds, GroupThen, LastRound, Rounds

PLACE = Source("equality/last_round")


class _Group(Published):
    question: str
    group: str
    bids: int = Field(ge=1)
    awards: int = Field(ge=0)
    wording: str = ""


class _File(Published):
    title: str
    source: str
    date: str
    synthetic: bool = False
    bids: int = Field(ge=1)
    awards: int = Field(ge=0)
    group: tuple[_Group, ...] = ()


def read_last_round(
    criteria: Criteria, written: Mapping[str, Any] | None
) -> tuple[LastRound | None, tuple[Finding, ...]]:
    """Take what the last round published, from a page written for it or from an earlier run's ``outcome.json``.

    Parameters
    ----------
    criteria : with this round's questions and its threshold: a smaller number is not taken, and noted.
    written : as the file has it; None without one.
    """
    if written is None:
        return None, ()
    try:
        read = _File.model_validate(_of_run(written) if "schema" in written else _with_tuples(written))
    except (ValidationError, LookupError, TypeError, ValueError) as error:
        return None, (_unusable(_problem(error)),)
    impossible = _impossible(read)
    if impossible:
        return None, (_unusable(impossible),)
    kept, notes = _kept(read, criteria)
    return LastRound(read.title, read.source, read.date, read.bids, read.awards, kept, read.synthetic), notes


def _unusable(problem: str) -> Finding:
    return finding("E-EQUALITY-010", PLACE, problem=problem)


def _problem(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it is a run’s outcome, but not one with the public edition of an equality impact"
    wrong = error.errors()[0]
    return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"


def _with_tuples(written: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}


def _of_run(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Take what an earlier run shows of each group; KeyError or ValueError where it has nothing of the kind."""
    impact, criteria, run = outcome["equality"], outcome["criteria"], outcome["run"]
    if impact["edition"] != "public":
        raise ValueError("not the public edition")
    groups = (
        {"question": one["id"], "group": line["group"], "wording": line["wording"] or ""} | _ends(line["stages"])
        for one in impact["characteristics"]
        for line in one["lines"]
        if line["kind"] == "group"
    )
    return {
        "title": f"{criteria['reference']}, version {criteria['version']}",
        "source": f"outcome.json of that run, awards {impact['version'][:16]}",
        "date": run.get("date", "not dated"),
        **_ends(impact["totals"]),
        "group": tuple(one for one in groups if one["bids"] and one["awards"] is not None),
    }


def _ends(stages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"bids": stages[0]["bids"], "awards": stages[-1]["bids"]}


def _impossible(read: _File) -> str:
    """Name what cannot be so, or give an empty text."""
    if read.awards > read.bids:
        return "it has more awards than bids"
    seen: dict[str, list[_Group]] = {}
    for one in read.group:
        seen.setdefault(one.question, []).append(one)
        if one.awards > one.bids or read.bids - one.bids < read.awards - one.awards:
            return f"“{one.group}” of {one.question} has numbers that cannot stand beside all bids and awards"
        if one.wording and one.wording not in set(Wording):
            return f"“{one.group}” of {one.question} has a wording that is none of the four"
    for question, groups in seen.items():
        if len({one.group for one in groups}) < len(groups):
            return f"{question} has a group twice"
        if sum(one.bids for one in groups) > read.bids or sum(one.awards for one in groups) > read.awards:
            return f"the groups of {question} add up to more than all bids or awards"
    return ""


def _kept(read: _File, criteria: Criteria) -> tuple[tuple[GroupThen, ...], tuple[Finding, ...]]:
    """Leave out, with a note, groups that this round does not ask for and numbers that may not be shown."""
    plan = criteria.equality
    offered = {(one.id, group) for one in (plan.characteristic if plan else ()) for group in one.values}
    threshold = plan.threshold if plan else 1
    kept, notes = [], []
    for one in read.group:
        facts = {"group": one.group, "question": one.question}
        if (one.question, one.group) not in offered:
            notes.append(finding("E-EQUALITY-011", PLACE, **facts))
        elif _smallest(one, read) < threshold:
            notes.append(finding("E-EQUALITY-012", PLACE, threshold=threshold, **facts))
        else:
            said = Wording(one.wording) if one.wording else None
            kept.append(GroupThen(one.question, one.group, one.bids, one.awards, said))
    return tuple(kept), tuple(notes)


def _smallest(one: _Group, read: _File) -> int:
    """Give the smallest of the group's awards, its other bids, and all bids but its own."""
    return min(one.awards, one.bids - one.awards, read.bids - one.bids)


def with_last_round(
    last: LastRound | None, impacts: Sequence[CharacteristicImpact], totals: Sequence[StageFigures]
) -> Rounds | None:
    """Set what the last round published beside the groups that this round shows; None without a last round.

    Parameters
    ----------
    last : what it published.
    impacts : the characteristics of this round, as they are shown.
    totals : all bids at each stage, public.
    """
    if last is None or not totals:
        return None
    then = {(one.question, one.group): one for one in last.groups}
    shown = [_line(one, line, then) for one in impacts for line in one.lines if _is_shown(line)]
    tables = [_tables(line, last, totals) if line.then else [] for line in shown]
    tests = [awards_test(strata) if strata else None for strata in tables]
    counted = [at for at, test in enumerate(tests) if test and test.possible]
    adjusted = dict(zip(counted, false_discovery([_p(tests[at]) for at in counted]), strict=True))
    lines = tuple(
        _with(line, strata, test, adjusted.get(at))
        for at, (line, strata, test) in enumerate(zip(shown, tables, tests, strict=True))
    )
    withheld = tuple(one.title for one in impacts if not any(map(_is_shown, one.lines)))
    about = (last.title, last.source, last.date, last.synthetic, last.bids, last.awards)
    return Rounds(*about, lines, withheld, len(counted))


def _is_shown(line: GroupLine) -> bool:
    return line.kind == "group" and bool(line.figures[0].bids) and line.figures[-1].bids is not None


def _line(one: CharacteristicImpact, line: GroupLine, then: Mapping[tuple[str, str], GroupThen]) -> BothRounds:
    bids, awards = line.figures[0].bids or 0, line.figures[-1].bids or 0
    return BothRounds(one.id, one.title, line.group, bids, awards, line.wording, then.get((one.id, line.group)))


def _tables(line: BothRounds, last: LastRound, totals: Sequence[StageFigures]) -> list[Four]:
    """Give a two-by-two table for each round: the group and all others, with an award and without."""
    return list(_each(line, last, totals)) if line.then else []


def _each(line: BothRounds, last: LastRound, totals: Sequence[StageFigures]) -> Iterator[Four]:
    assert line.then is not None  # the caller looks
    now = (line.bids, line.awards, totals[0].bids or 0, totals[-1].bids or 0)
    for bids, awards, all_bids, all_awards in ((line.then.bids, line.then.awards, last.bids, last.awards), now):
        others = all_awards - awards
        yield [[awards, bids - awards], [others, all_bids - bids - others]]


def _p(test: Comparison | None) -> Fraction:
    return test.p if test else Fraction(1)


def _with(line: BothRounds, tables: Sequence[Four], test: Comparison | None, p: Fraction | None) -> BothRounds:
    if test is None:
        return line
    said = (line.question, line.title, line.group, line.bids, line.awards, line.wording, line.then)
    return BothRounds(*said, Stratified(tables).shortfall, wording_of(p, test))
