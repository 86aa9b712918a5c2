"""The tables of the equality impact as they are printed, row by row; one that holds no number has no rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import percent, pounds
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, EvaluatorGap, GroupLine
from evaluator.records.results.last_round import BothRounds, Rounds
from evaluator.reporting.equality.side_by_side import both_words, rate_words, then_words
from evaluator.reporting.equality.wording import (
    ABOUT,
    STAGE_TITLES,
    STEP_TITLES,
    bids_without_answer,
    compared,
    decimal_of,
    delta_words,
    in_theme,
    interval_words,
    made_up,
    matched_rows,
    matched_words,
    money_words,
    not_compared,
    nothing_in,
    parts_words,
    people,
    power_words,
    published_by_theme,
    share_of_money,
    share_of_places,
    shortfall_words,
    signed,
    whole_pounds,
)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A group's awards and money against its share of the bids received, and what is to be said of it beneath."""

    group: str
    recommended: str
    ratio: str
    bounds: str
    awards: str
    money: str
    of_awards: str
    of_money: str
    drivers: str
    incomplete: bool
    power: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a group from stage to stage; ``whole`` tells that it is all of them multiplied."""

    group: str
    step: str
    rate: str
    ratio: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """A group's awards and money against one benchmark."""

    group: str
    benchmark: str
    same_unit: bool
    share: str
    ratio: str
    awards: str
    money_ratio: str
    money: str


@dataclass(frozen=True, slots=True)
class ThemesTable:
    """Awards of bids theme by theme: a column for each group, each row with its theme, the groups' cells and all."""

    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A group's quality scores against the others of the same theme."""

    group: str
    shift: str
    interval: str
    pairs: str
    wording: str
    ranked: str
    parts: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A group's points for one criterion, against all others and against bids alike in the rest of their scores."""

    group: str
    criterion: str
    points: str
    matched: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands of one characteristic in the annex: its tables, and what is withheld of it alone."""

    impact: CharacteristicImpact
    about: str
    withheld: tuple[str, ...]
    compared: tuple[ComparedRow, ...]
    steps: tuple[StepRow, ...]
    against: tuple[AgainstRow, ...]
    by_theme: ThemesTable | None
    scores: tuple[ScoreRow, ...]
    criteria: tuple[CriterionRow, ...]
    not_compared: str


def section(impact: EqualityImpact, one: CharacteristicImpact, themes: Mapping[str, str]) -> Section:
    """Give what stands of a characteristic; ``themes`` has the themes' titles by id."""
    said_once = withheld_from_several(impact)
    return Section(
        impact=one,
        about=ABOUT[one.about],
        withheld=tuple(sentence for sentence in one.withheld if sentence not in said_once),
        compared=tuple(_compared(line, impact.money_unit) for line in compared(one)),
        steps=tuple(row for line in compared(one) if _has_steps(line) for row in _steps(line)),
        against=tuple(_against(one, impact.money_unit)),
        by_theme=_by_theme(one, themes),
        scores=tuple(_scores(one)),
        criteria=tuple(
            CriterionRow(group, f"{part.title} ({part.criterion})", signed(part.points, 2), matched_words(part))
            for group, part in matched_rows(one)
        ),
        not_compared=not_compared(one),
    )


def withheld_from_several(impact: EqualityImpact) -> tuple[str, ...]:
    """Give what is withheld from several characteristics in the same words, to be said once."""
    times = Counter(sentence for one in impact.characteristics for sentence in one.withheld)
    return tuple(sentence for sentence, number in times.items() if number > 1)


def _compared(line: GroupLine, unit: int) -> ComparedRow:
    first, last = line.figures[0].bids, line.figures[-1].bids
    low, high = line.bounds or (None, None)
    return ComparedRow(
        group=line.group,
        recommended="no bids" if line.rate is None else f"{last} of {first} ({percent(line.rate)})",
        ratio=_or_none(line.ratio),
        bounds="" if low is None or high is None else f"{decimal_of(low)} to {decimal_of(high)} by who is unknown",
        awards="none" if line.shortfall is None else shortfall_words(line.shortfall),
        money=_money(line.money_shortfall, unit),
        of_awards=line.wording.value if line.wording else "",
        of_money=line.money_wording.value if line.money_wording else "",
        drivers=" ".join(line.drivers),
        incomplete=line.incomplete,
        power=power_words(line),
    )


def _or_none(value: Fraction | None) -> str:
    return "none" if value is None else decimal_of(value)


def _money(shortfall: int | None, unit: int) -> str:
    return "withheld" if shortfall is None else money_words(shortfall, unit)


def _has_steps(line: GroupLine) -> bool:
    """Whether the steps say more than the success rate: several stages are shown, or parts of the ask."""
    part = line.share_of_ask
    return line.rate is not None and (len(line.steps) > 1 or (part is not None and part.ratio not in (None, 1)))


def _steps(line: GroupLine) -> Iterator[StepRow]:
    for step in line.steps:
        words = f"{STAGE_TITLES[step.start]}, then {STEP_TITLES[step.end]}{' (lowest)' if step.widest else ''}"
        rate = "none" if step.rate is None else percent(step.rate)
        yield StepRow(line.group, words, rate, _or_none(step.ratio))
    part = line.share_of_ask
    if part:
        words = "Recommended, then the part of its ask that it would get"
        yield StepRow(line.group, words, "none" if part.rate is None else percent(part.rate), _or_none(part.ratio))
    if line.ratio is not None:
        whole = decimal_of(line.ratio if line.whole is None else line.whole)
        yield StepRow(line.group, "The whole: all its steps multiplied", "", whole, whole=True)


def _against(impact: CharacteristicImpact, unit: int) -> Iterator[AgainstRow]:
    """Give the groups that are held against more than the bids received, which another table has."""
    for line in compared(impact):
        for part in line.against if len(line.against) > 1 else ():
            yield AgainstRow(
                group=line.group,
                benchmark=part.title,
                same_unit=part.same_unit,
                share=percent(part.share),
                ratio=_or_none(part.ratio),
                awards=shortfall_words(part.shortfall),
                money_ratio="withheld" if part.money_ratio is None else decimal_of(part.money_ratio),
                money=_money(part.money_shortfall, unit),
            )


def _by_theme(impact: CharacteristicImpact, themes: Mapping[str, str]) -> ThemesTable | None:
    lines = published_by_theme(impact)
    if not lines:
        return None
    rows = tuple(
        (
            themes.get(one.theme, one.theme),
            tuple(in_theme(line, one.theme) for line in lines),
            f"{one.all_awards} of {one.all_bids}",
        )
        for one in lines[0].themes
    )
    return ThemesTable(tuple(line.group for line in lines), rows)


def _scores(impact: CharacteristicImpact) -> Iterator[ScoreRow]:
    for line in compared(impact):
        score = line.score
        if score:
            yield ScoreRow(
                group=line.group,
                shift=signed(score.shift),
                interval=interval_words(score.interval),
                pairs=f"{delta_words(score.delta)} ({score.magnitude})",
                wording=score.wording.value,
                ranked=score.ranked.value,
                parts=parts_words(score),
            )


def reply_rows(impact: EqualityImpact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give each characteristic's bids of each kind without an answer, where one other than nought may be shown."""
    return tuple(
        (one.title, bids_without_answer(impact, one))
        for one in impact.characteristics
        if any(line.kind == "unknown" and line.figures[0].bids for line in one.lines)
    )


def title_of(impact: EqualityImpact, of: str) -> str:
    """Give the title of the question that a benchmark is of; anything else that it is of, such as ward, as it is."""
    return next((one.title for one in impact.characteristics if one.id == of), of)


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The wards, groups or outcomes that bids and awards serve; each row has its name and a cell for each heading."""

    id: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    nothing_in: str


def coverage_tables(impact: EqualityImpact) -> tuple[CoverageTable, ...]:
    """Give a table each for wards, groups and outcomes, where any bid names one."""
    found = (
        ("wards", "Wards", impact.wards, "ward"),
        ("served-groups", "Groups served", impact.groups, "group"),
        ("outcomes", "Outcomes", impact.outcomes, ""),
    )
    return tuple(_coverage(impact, id, caption, covered, of) for id, caption, covered, of in found if covered)


def _coverage(impact: EqualityImpact, id: str, caption: str, covered: Sequence[Coverage], of: str) -> CoverageTable:
    columns = tuple(_columns(impact, covered, of))
    rows = zip((one.name for one in covered), zip(*(cells for _, cells in columns), strict=True), strict=True)
    return CoverageTable(id, caption, tuple(heading for heading, _ in columns), tuple(rows), nothing_in(covered))


def _columns(impact: EqualityImpact, covered: Sequence[Coverage], of: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each column with its heading; people, other programmes and benchmarks only where there are any."""
    yield "Bids", tuple(str(one.bids) for one in covered)
    yield "Bids for it alone", tuple(str(one.bids_only) for one in covered)
    yield "Awards", tuple(str(one.awards) for one in covered)
    yield "Awards for it alone", tuple(str(one.awards_only) for one in covered)
    yield "Money of these awards", tuple(pounds(one.money) for one in covered)
    yield "Money counted once", tuple(whole_pounds(one.divided) for one in covered)
    yield "Of the money", tuple(_share(share_of_money(one, covered), "none") for one in covered)
    if any(one.people for one in covered):
        yield "People, funded of all", tuple(f"{people(one.places)} of {people(one.people)}" for one in covered)
        yield "Of the people", tuple(_share(share_of_places(one, covered), "none") for one in covered)
    if impact.grants:
        yield "Other programme", tuple(whole_pounds(one.grants) for one in covered)
    if any(one.population is not None for one in covered):
        shares = tuple(_share(one.population, "not known") for one in covered)
        yield f"Of residents{made_up(impact, of, 'population')}", shares
    if any(one.need is not None for one in covered):
        shares = tuple(_share(one.need, "not known") for one in covered)
        yield f"Of people in need{made_up(impact, of, 'need')}", shares


def _share(share: Fraction | None, without: str) -> str:
    return without if share is None else percent(share)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A group in the last round and in this one: bids that had an award, and what can be said of them."""

    group: str
    last: str
    last_wording: str
    this: str
    this_wording: str
    both: str


@dataclass(frozen=True, slots=True)
class RoundsTable:
    """The last round beside this one: group by group, and all bids of each."""

    rows: tuple[RoundRow, ...]
    all_last: str
    all_this: str


def rounds_table(rounds: Rounds, impact: EqualityImpact) -> RoundsTable:
    """Give the last round beside this one."""
    bids, awards = impact.totals[0].bids or 0, impact.totals[-1].bids or 0
    rows = tuple(_round(one) for one in rounds.lines)
    return RoundsTable(rows, rate_words(rounds.awards, rounds.bids), rate_words(awards, bids))


def _round(one: BothRounds) -> RoundRow:
    last, last_wording = then_words(one)
    return RoundRow(
        group=f"{one.title}: {one.group}",
        last=last,
        last_wording=last_wording,
        this=rate_words(one.awards, one.bids),
        this_wording=one.wording.value if one.wording else "",
        both=both_words(one),
    )


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    """How far an evaluator's marks on a group's bids lie from those of the rest of the panel."""

    evaluator: str
    group: str
    bids: int
    difference: str
    wording: str


def evaluator_rows(gaps: Sequence[EvaluatorGap]) -> tuple[EvaluatorRow, ...]:
    """Give a row for each difference."""
    return tuple(
        EvaluatorRow(
            evaluator=one.evaluator,
            group=f"{one.characteristic}: {one.group}",
            bids=one.answers,
            difference=signed(one.difference, 2),
            wording=one.wording.value,
        )
        for one in gaps
    )
