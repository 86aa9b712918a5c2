"""What the last round published, written by hand where it was not run with this software."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Published
from evaluator.records.results.chance_wording import Wording
from evaluator.records.results.last_round import GroupThen, LastRound

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
    """Take what the last round published, from a page written for it.

    Parameters
    ----------
    criteria : with this round's questions and its threshold: a smaller number is not taken, and noted.
    written : as the file has it; None without one.
    """
    if written is None:
        return None, ()
    try:
        read = _File.model_validate(_with_tuples(written))
    except ValidationError as error:
        return None, (_unusable(_problem(error)),)
    impossible = _impossible(read)
    if impossible:
        return None, (_unusable(impossible),)
    kept, notes = _kept(read, criteria)
    return LastRound(read.title, read.source, read.date, read.bids, read.awards, kept, read.synthetic), notes


def _unusable(problem: str) -> Finding:
    return finding("E-EQUALITY-010", PLACE, problem=problem)


def _problem(error: ValidationError) -> str:
    wrong = error.errors()[0]
    return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"


def _with_tuples(written: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}


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
