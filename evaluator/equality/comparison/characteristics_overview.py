"""Each protected characteristic and each other axis: what is known of it from every side, and where figures point.

Only what is shown elsewhere is used. People complete it: figures can point somewhere, and conclude nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.records.numbers import percent, pounds, rounded
from evaluator.records.programme.axes import ASKED_ABOUT, AXES, PROTECTED, AxisImpact
from evaluator.records.results.coverage import Baseline, Coverage
from evaluator.records.results.equality import REPLIES, CharacteristicImpact, GroupLine, Wording

LIMB_A = "Section 149(7): marriage and civil partnership counts for the first aim of the duty alone."
KINDS = {"population": "of residents", "need": "of people in need", "providers": "of local providers"}
NOT_ASKED = REPLIES[2]
Found = list[tuple[CharacteristicImpact, GroupLine]]
Pointing = tuple[Literal["positive", "negative", "unknown"], str]


@dataclass(frozen=True)
class Known:
    """All that an axis can draw on, as it is shown."""

    impacts: tuple[CharacteristicImpact, ...]
    groups: tuple[Coverage, ...]
    wards: tuple[Coverage, ...]
    baselines: tuple[Baseline, ...]
    monitored: bool


@dataclass(frozen=True)
class _Axis:
    name: str
    pattern: str
    protected: bool

    def named_by(self, text: str) -> bool:
        """Whether a text is about the axis."""
        return bool(re.search(self.pattern, text.casefold()))

    def asked_by(self, one: CharacteristicImpact) -> bool:
        """Whether a question is about the axis as a whole; of a protected characteristic, if it is about people."""
        return self.named_by(one.title) and not (self.protected and one.about == "organisation")


def characteristics_overview(known: Known) -> tuple[AxisImpact, ...]:
    """Give the nine protected characteristics, the axes that councils add, and then every other published question."""
    named = [_Axis(name, ASKED_ABOUT[name], protected=True) for name in PROTECTED]
    named += [_Axis(name, pattern, protected=False) for name, pattern in AXES.items()]
    rest = [one for one in known.impacts if not any(axis.asked_by(one) for axis in named)]
    named += [_Axis(one.title, f"^{re.escape(one.title.casefold())}$", protected=False) for one in rest]
    return tuple(_impact(axis, known) for axis in named)


def _impact(axis: _Axis, known: Known) -> AxisImpact:
    found = list(_lines(axis, known))
    points, why = _points(known, found)
    return AxisImpact(
        name=axis.name,
        protected=axis.protected,
        asked=tuple(dict.fromkeys(one.title for one, _ in found)),
        groups=tuple(_said(title, lines) for title, lines in _by_question(found)),
        served=tuple(_served(axis, known)),
        residents=tuple(_residents(axis, known, found)),
        impact=points,
        why=f"{why} {LIMB_A}" if axis.name.startswith("marriage") else why,
    )


def _lines(axis: _Axis, known: Known) -> Iterator[tuple[CharacteristicImpact, GroupLine]]:
    """Give the groups that bear on an axis: all of a question about it, and those that are named after it elsewhere."""
    for one in known.impacts:
        whole, people = axis.asked_by(one), one.about != "organisation"
        for line in one.lines:
            if line.kind == "group" and (whole or (people and axis.named_by(line.group))):
                yield one, line


def _by_question(found: Found) -> Iterator[tuple[str, list[GroupLine]]]:
    """Put the groups under their questions; one that nobody was asked has none to speak of."""
    for one in dict.fromkeys(one.id for one, _ in found):
        its = [(question, line) for question, line in found if question.id == one]
        if not _nobody_asked(its[0][0]):
            yield its[0][0].title, [line for _, line in its]


def _said(title: str, lines: list[GroupLine]) -> str:
    return f"{title}: {'; '.join(map(_of_group, lines))}"


def _of_group(line: GroupLine) -> str:
    """Say of a group what is shown: its bids and awards, and the wording."""
    wording = (line.wording or Wording.NOT_SHOWN).value.lower()
    received, recommended = line.figures[0].bids, line.figures[-1].bids
    if received is None:
        return f"{line.group} – {wording}"
    numbers = count_of(received, "bid") + ("" if recommended is None else f", {recommended:,} recommended")
    return f"{line.group} – {numbers}, {wording}"


def _points(known: Known, found: Found) -> Pointing:
    """Say where the figures alone point, and why."""
    if not known.monitored:
        return "unknown", "There is no monitoring data."
    if not found:
        return "unknown", "Not asked: no question of the monitoring bears on it."
    if all(_nobody_asked(one) for one, _ in found):
        return "unknown", "No data: no organisation was asked."
    return _differing(found) or ("unknown", _why_unknown([line for _, line in found]))


def _differing(found: Found) -> Pointing | None:
    """Say which groups have less or more than their share by more than chance would often give."""
    fewer, more = ([line.group for _, line in found if _differs(line, sign)] for sign in (1, -1))
    said = [f"less than its share went to {', '.join(fewer)}"] if fewer else []
    said += [f"more than its share went to {', '.join(more)}"] if more else []
    if not said:
        return None
    text = f"Beyond what chance would often give, {' and '.join(said)}. Not a finding of discrimination."
    return ("negative" if fewer else "positive"), text


def _differs(line: GroupLine, sign: int) -> bool:
    """Whether chance is unlikely to explain that a group has less (1) or more (-1) in awards or money."""
    unlikely = Wording.UNLIKELY_CHANCE
    awards = line.wording is unlikely and (line.shortfall or 0) * sign > 0
    money = line.money_wording is unlikely and (line.money_shortfall or 0) * sign > 0
    return awards or money


def _why_unknown(lines: list[GroupLine]) -> str:
    shown = [line for line in lines if line.wording not in (None, Wording.NOT_SHOWN)]
    if not shown:
        return "Asked, but the numbers are too small to be shown or compared."
    if any(line.wording is Wording.COULD_BE_CHANCE for line in shown):
        return "There are differences that chance could explain; with so few bids real ones are easily missed."
    return "Too few bids to tell."


def _nobody_asked(one: CharacteristicImpact) -> bool:
    """Whether every bid stands under not asked."""
    counts = {line.group: line.figures[0].bids for line in one.lines}
    return bool(counts.get(NOT_ASKED)) and sum(count or 0 for count in counts.values()) == counts[NOT_ASKED]


def _served(axis: _Axis, known: Known) -> Iterator[str]:
    """Say of the people whom the bids name what is recommended for them; of wards, how many have an award."""
    if axis.name == "ward" and known.wards:
        empty = [one.name for one in known.wards if not one.awards]
        none = f"; none in {', '.join(empty)}" if empty else ""
        yield f"{len(known.wards) - len(empty)} of {count_of(len(known.wards), 'ward')} named have an award{none}"
    for one in known.groups:
        if axis.named_by(one.name):
            money = f" ({pounds(100 * rounded(one.divided / 100, 0))}, each award counted once)"
            yield f"{one.name}: {count_of(one.bids, 'bid')}, {one.awards:,} recommended{money if one.awards else ''}"


def _residents(axis: _Axis, known: Known, found: Found) -> Iterator[str]:
    """Give the shares from outside that are about the axis, or about its groups, with source and date."""
    whole = {one.id for one, _ in found if axis.asked_by(one)} | {axis.name}
    groups = {(one.id, line.group) for one, line in found}
    for base in known.baselines:
        shares = [(name, share) for name, share in base.shares if base.of in whole or (base.of, name) in groups]
        if shares and base.of != "ward":
            made_up = "synthetic; " if base.synthetic else ""
            listed = ", ".join(f"{name} {percent(share, places=1)}" for name, share in shares)
            yield f"{base.title}: {listed} {KINDS[base.kind]} ({made_up}{base.source}; {spoken_date(base.date)})"
