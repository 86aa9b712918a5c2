"""Each protected characteristic and each other axis: what is known of it from every side, and where figures point.

Only what is shown elsewhere is used. People complete it: figures can point somewhere, and conclude nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evaluator.records.dates import spoken_date
from evaluator.records.english import agreeing, count_of
from evaluator.records.numbers import percent, pounds, rounded
from evaluator.records.programme.axes import ASKED_ABOUT, AXES, PROTECTED, AxisImpact, asks_about
from evaluator.records.results.coverage import Baseline, Coverage
from evaluator.records.results.equality import CharacteristicImpact, PublicGroup

LIMB_A = "Section 149(7): marriage and civil partnership counts for the first aim of the duty alone."
KINDS = {"population": "of residents", "need": "of people in need", "providers": "of local providers"}
NO_SIGN = "No sign of a difference beyond chance."
TOO_LITTLE = "Too little to tell."
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
        return asks_about(self.pattern, text)

    def asked_by(self, one: CharacteristicImpact) -> bool:
        """Whether a question is about the axis as a whole; of a protected characteristic, if it is about people."""
        return self.named_by(one.title) and not (self.protected and one.about == "organisation")

    def bears_on(self, one: CharacteristicImpact) -> bool:
        """Whether a question is about the axis, or has a group that is."""
        return self.asked_by(one) or bool(self.groups(one))

    def groups(self, one: CharacteristicImpact) -> tuple[PublicGroup, ...]:
        """Give the groups of a question that are about the axis: all of them, or those that are named after it."""
        if self.asked_by(one):
            return one.groups
        people = one.about != "organisation"
        return tuple(group for group in one.groups if people and any(map(self.named_by, group.values)))


def characteristics_overview(known: Known) -> tuple[AxisImpact, ...]:
    """Give the nine protected characteristics, the axes that councils add, and then every other published question."""
    named = [_Axis(name, ASKED_ABOUT[name], protected=True) for name in PROTECTED]
    named += [_Axis(name, pattern, protected=False) for name, pattern in AXES.items()]
    rest = [one for one in known.impacts if not any(axis.asked_by(one) for axis in named)]
    named += [_Axis(one.title, f"^{re.escape(one.title.casefold())}$", protected=False) for one in rest]
    return tuple(_impact(axis, known) for axis in named)


def _impact(axis: _Axis, known: Known) -> AxisImpact:
    asked = [one for one in known.impacts if axis.bears_on(one)]
    points, why = _points(axis, known, asked)
    return AxisImpact(
        name=axis.name,
        protected=axis.protected,
        asked=tuple(one.title for one in asked),
        groups=tuple(f"{one.title}: {'; '.join(map(_of_group, axis.groups(one)))}" for one in asked if one.groups),
        served=tuple(_served(axis, known)),
        residents=tuple(_residents(axis, known, asked)),
        impact=points,
        why=f"{why} {LIMB_A}" if axis.name.startswith("marriage") else why,
    )


def _of_group(group: PublicGroup) -> str:
    """Say of a group what is printed: its organisations, and those with an award."""
    organisations = f"{group.group} – {group.organisations.words} {agreeing(group.organisations.most, 'organisation')}"
    return organisations if group.funded is None else f"{organisations}, {group.funded.words} with an award"


def _points(axis: _Axis, known: Known, asked: list[CharacteristicImpact]) -> Pointing:
    """Say where the figures alone point, and why."""
    if not known.monitored:
        return "unknown", "There is no monitoring data."
    if not asked:
        return "unknown", "Not asked: no question of the monitoring bears on it."
    if all(one.public_statement == "not_asked" for one in asked):
        return "unknown", "No data: no organisation was asked."
    return _differing(axis, asked) or ("unknown", _why_unknown(axis, asked))


def _differing(axis: _Axis, asked: list[CharacteristicImpact]) -> Pointing | None:
    """Say which groups have less or more awards than chance would often give."""
    bearing = [(one, {group.group for group in axis.groups(one)}) for one in asked]
    found = [differs for one, names in bearing for differs in one.differing if differs.group in names]
    fewer, more = ([one.group for one in found if one.way == way] for way in ("fewer", "more"))
    said = [
        f"{way} awards than like organisations went to {', '.join(names)}"
        for way, names in (("fewer", fewer), ("more", more))
        if names
    ]
    if not said:
        return None
    text = f"Beyond what chance would often give, {' and '.join(said)}. Not a finding of discrimination."
    return ("negative" if fewer else "positive"), text


def _why_unknown(axis: _Axis, asked: list[CharacteristicImpact]) -> str:
    whole = [one for one in asked if axis.asked_by(one)]
    if whole and all(one.public_statement == "no_sign" for one in whole):
        return NO_SIGN
    return TOO_LITTLE


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


def _residents(axis: _Axis, known: Known, asked: list[CharacteristicImpact]) -> Iterator[str]:
    """Give the shares from outside that are about the axis, or about its groups, with source and date."""
    for base in known.baselines:
        its = [one for one in asked if one.is_asked_by(base)]
        taken = any(one.is_asked_by(base) for one in known.impacts)
        whole = any(map(axis.asked_by, its)) or (base.of == axis.name and not taken)
        named = {value for one in its for group in axis.groups(one) for value in group.values}
        shares = [(name, share) for name, share in base.shares if whole or name in named]
        if shares and base.of != "ward":
            made_up = "synthetic; " if base.synthetic else ""
            listed = ", ".join(f"{name} {percent(share, places=1)}" for name, share in shares)
            yield f"{base.title}: {listed} {KINDS[base.kind]} ({made_up}{base.source}; {spoken_date(base.date)})"
