"""Checks of the procedure: rounding, moderation, minimum marks, tie-break, and the equality plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from evaluator.law import regime
from evaluator.publication.locations import PROGRAMME, in_theme, numbered, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, exact_text, to_places
from evaluator.records.programme.criteria import QUESTION, Criteria, Theme, tie_break_of
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.procurement.keys import UNSAID
from evaluator.records.programme.scales import Scale

LEAST_THRESHOLD = 5
MOST = 100  # percent


def totals_can_be_optimised(criteria: Criteria) -> Iterator[Finding]:
    """Find unrounded totals, which have no common last place, given to an optimiser that adds whole numbers."""
    optimised = criteria.allocation is not None and criteria.allocation.method == "optimise"
    if optimised and criteria.rounding.point == "display":
        yield finding("E-CRIT-501", programme("rounding.point"))


def awards_can_rest_on_totals(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose method gives no points, in a programme that divides one budget by points."""
    for theme in criteria.themes if criteria.allocation else ():
        policy = criteria.price_policy(theme.id)
        if policy and policy.method in METHODS and METHODS[policy.method].gives != "points":
            yield finding("E-CRIT-502", programme("allocation"), theme=theme.id, method=policy.method)


def moderation_fits_the_panel(criteria: Criteria) -> Iterator[Finding]:
    """Find a rule for one evaluator that asks for several, and a consensus of one."""
    moderation = criteria.moderation
    place = programme("moderation.least_evaluators")
    if moderation.method == "one_evaluator" and moderation.least_evaluators > 1:
        yield finding("E-CRIT-503", place, count=moderation.least_evaluators)
    if moderation.method == "consensus" and moderation.least_evaluators < 2:
        yield finding("E-CRIT-504", place)


def spread_trigger_can_work(criteria: Criteria) -> Iterator[Finding]:
    """Find a consensus without a published spread that must be talked about, and a spread that no marks can have."""
    trigger = criteria.moderation.spread_trigger
    widest = max(max(scale.marks) - min(scale.marks) for scale in criteria.scales)
    place = programme("moderation.spread_trigger")
    if criteria.moderation.method == "consensus" and trigger is None and regime(criteria.regime).procurement:
        yield finding("E-CRIT-505", place)
    if trigger is not None and not 0 < trigger <= widest:
        yield finding("E-CRIT-506", place, trigger=decimal_text(trigger), widest=decimal_text(widest))


def minimum_marks_can_be_given(criteria: Criteria) -> Iterator[Finding]:
    """Find minimum marks of questions that the theme does not score, and those that are not on the scale."""
    for theme in criteria.themes:
        asked = {question.id for question in criteria.questions(theme.id)}
        for name, mark in theme.minimum_marks.items():
            place = in_theme(theme, f"minimum_marks.{name}")
            if name not in asked:
                yield finding("E-CRIT-507", place, theme=theme.id, question=name)
            if name in asked and not _rises(criteria.scale_for(name)):
                yield finding("E-CRIT-137", place, question=name)
            if mark not in criteria.scale_for(name).marks:
                yield finding("E-CRIT-508", place, question=name, mark=decimal_text(mark))


def _rises(scale: Scale) -> bool:
    """Whether a higher mark counts more."""
    table = sorted(zip(scale.marks, scale.counts, strict=True)) if scale.has_points else []
    return all(less < more for (_, less), (_, more) in pairwise(table))


def minimum_quality_can_be_reached(criteria: Criteria) -> Iterator[Finding]:
    """Find a quality floor above everything that there is."""
    for theme in criteria.themes:
        if theme.minimum_quality is not None and theme.minimum_quality > 100:
            floor = decimal_text(theme.minimum_quality)
            yield finding("E-CRIT-509", in_theme(theme, "minimum_quality"), theme=theme.id, floor=floor)


def minimums_leave_room(criteria: Criteria) -> Iterator[Finding]:
    """Find minimums that only a bid with every point there is can reach."""
    for theme in criteria.themes:
        if theme.minimum_quality == MOST:
            yield finding("E-CRIT-967", in_theme(theme, "minimum_quality"), key="minimum_quality", value="100%")
    if criteria.allocation and criteria.allocation.minimum_score == criteria.whole:
        value = exact_text(criteria.whole)
        yield finding("E-CRIT-967", programme("allocation.minimum_score"), key="minimum_score", value=value)


def minimums_keep_somebody_out(criteria: Criteria) -> Iterator[Finding]:
    """Find two minimums for one thing, of which one keeps out nobody whom the other lets through."""
    for theme in criteria.themes:
        if theme.minimum_quality is None:
            continue
        by_marks = _quality_of_minimum_marks(criteria, theme)
        if theme.minimum_marks and Fraction(theme.minimum_quality) <= by_marks:
            floor = f"{decimal_text(theme.minimum_quality)} %"
            there = f"the minimum marks alone come to {to_places(by_marks, 1)} %"
            yield finding(
                "E-CRIT-978", in_theme(theme, "minimum_quality"), key="minimum_quality", value=floor, there=there
            )
    policy = criteria.allocation
    needed = [(policy.minimum_of(theme.id), _least_quality(criteria, theme)) for theme in criteria.themes if policy]
    if needed and all(least is not None and 0 < least <= points for least, points in needed):
        there = f"quality alone must come to {to_places(min(points for _, points in needed), 1)} points"
        value = f"{decimal_text(needed[0][0] or Decimal(0))} points"
        yield finding(
            "E-CRIT-978", programme("allocation.minimum_score"), key="minimum_score", value=value, there=there
        )


def _least_quality(criteria: Criteria, theme: Theme) -> Fraction:
    """Give the points of quality that a bid has at the least whose price is scored."""
    share = max(Fraction(theme.minimum_quality or 0), _quality_of_minimum_marks(criteria, theme))
    return share * (criteria.whole - theme.price_weight) / 100


def _quality_of_minimum_marks(criteria: Criteria, theme: Theme) -> Fraction:
    """Give the share of the quality points, in percent, that a bid has which just reaches every minimum mark."""
    asked = {question.id: Fraction(theme.weights.get(question.id, 0)) for question in criteria.questions(theme.id)}
    whole, reached = sum(asked.values(), Fraction(0)), Fraction(0)
    for name, mark in theme.minimum_marks.items():
        scale = criteria.scale_for(name)
        if name in asked and scale.greatest:
            reached += asked[name] * scale.count_of(mark) / scale.greatest
    return 100 * reached / whole if whole else Fraction(0)


def tie_break_is_understood(criteria: Criteria) -> Iterator[Finding]:
    """Find tie-breaks that the engine does not know, or that look at a question which some theme does not ask."""
    for number, entry in enumerate(criteria.tie_break.order, start=1):
        place = programme(f"tie_break.order[{number}]")
        name = entry.removeprefix(QUESTION)
        if not entry.startswith(QUESTION):
            if tie_break_of(entry)[0] == "question":
                yield finding("E-CRIT-510", place, entry=entry)
            continue
        for theme in criteria.themes:
            if name not in {question.id for question in criteria.questions(theme.id)}:
                yield finding("E-CRIT-511", place, question=name, theme=theme.id)


def tie_break_says_each_thing_once(criteria: Criteria) -> Iterator[Finding]:
    """Find tie-breaks that decide nothing: none at all, or one that was already tried."""
    order = criteria.tie_break.order
    if not order:
        yield finding("E-CRIT-512", programme("tie_break.order"))
    for number, entry in enumerate(order):
        if entry in order[:number]:
            yield finding("E-CRIT-513", programme(f"tie_break.order[{number + 1}]"), entry=entry)


def tie_break_is_finished(criteria: Criteria) -> Iterator[Finding]:
    """Find a tie-break that stops after one step, or that some theme passes over from first to last."""
    order = criteria.tie_break.order
    questions = [entry.removeprefix(QUESTION) for entry in order if entry.startswith(QUESTION)]
    for theme in criteria.themes if order and len(questions) == len(order) else ():
        if not {question.id for question in criteria.questions(theme.id)} & set(questions):
            yield finding("E-CRIT-518", programme("tie_break.order"), theme=theme.id)
            return
    if len(order) == 1 and regime(criteria.regime).procurement:
        yield finding("E-CRIT-514", programme("tie_break.order"), entry=order[0])


def marks_are_moderated(criteria: Criteria) -> Iterator[Finding]:
    """Find programmes in which one person's mark decides, and nobody else looks at it."""
    if criteria.moderation.method == "one_evaluator":
        yield finding("E-CRIT-517", programme("moderation.method"))


def equality_is_planned(criteria: Criteria) -> Iterator[Finding]:
    """Find programmes that do not say what the equality summary will show, or that would show too small numbers.

    A single contract without rules of award has too few bidders for a summary; of a grant whose day and value are not
    said either, only how it is marked is told.
    """
    plan = criteria.equality
    marking_alone = not regime(criteria.regime).procurement and criteria.procurement == UNSAID
    if plan is None and not marking_alone and (criteria.allocation is not None or len(criteria.themes) > 1):
        yield finding("E-CRIT-801", programme("equality"))
    elif plan is not None and plan.few is None and plan.threshold < LEAST_THRESHOLD:
        yield finding("E-CRIT-802", programme("equality.threshold"), threshold=plan.threshold)
    if plan is not None and not plan.characteristic:
        yield finding("E-CRIT-804", programme("equality.characteristic"))


def monitoring_answers_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find monitoring questions with no answers to choose from, or with one of them twice."""
    axes = criteria.equality.characteristic if criteria.equality else ()
    for place, axis in numbered(PROGRAMME, "equality.characteristic", axes):
        if len({value.casefold() for value in axis.values}) < max(2, len(axis.values)):
            yield finding("E-CRIT-803", place.key("values"), characteristic=axis.id)


def groupings_are_nested(criteria: Criteria) -> Iterator[Finding]:
    """Find ladders of which a rung leaves a reply out, has it twice, or parts what the rung above put together."""
    axes = criteria.equality.characteristic if criteria.equality else ()
    for place, axis in numbered(PROGRAMME, "equality.characteristic", axes):
        above: tuple[tuple[str, ...], ...] = tuple((value,) for value in axis.values)
        for number, rung in enumerate(axis.ladder, start=1):
            problem = _rung_problem(above, tuple(rung.groups.values()))
            if problem:
                facts = {"title": axis.title, "rung": rung.name, "problem": problem}
                yield finding("E-EQUALITY-100", place.key(f"ladder[{number}].groups"), **facts)
                break
            above = tuple(rung.groups.values())


def _rung_problem(above: Sequence[tuple[str, ...]], groups: Sequence[tuple[str, ...]]) -> str:
    """Say what is wrong with a rung beside the one above it; empty where nothing is."""
    listed = [value for group in groups for value in group]
    known = [value for group in above for value in group]
    strangers = [value for value in listed if value not in known]
    if strangers:
        return f"“{strangers[0]}” is no reply that the question offers"
    twice = [value for value in known if listed.count(value) != 1]
    if twice:
        return f"“{twice[0]}” is {'in no group' if twice[0] not in listed else 'in two groups'}"
    own = {value: at for at, group in enumerate(groups) for value in group}
    parted = [group for group in above if len({own[value] for value in group}) > 1]
    if parted:
        return f"it parts “{parted[0][0]}” and what the finer grouping put together with it"
    return "it puts nothing together" if len(groups) >= len(above) else ""


def equality_rule_can_be_kept(criteria: Criteria) -> Iterator[Finding]:
    """Find bands out of order, a margin that the lowest band cannot keep, and levels and names that mean nothing."""
    plan = criteria.equality
    if plan is None:
        return
    if list(plan.bands) != sorted(set(plan.bands)):
        yield finding("E-EQUALITY-101", programme("equality.bands"))
    few = plan.few if plan.few is not None else plan.threshold
    if plan.margin is not None and plan.margin + 1 >= few:
        yield finding("E-EQUALITY-102", programme("equality.margin"), margin=plan.margin, few=few)
    if plan.alpha is not None and not 0 < plan.alpha < 1:
        yield finding("E-EQUALITY-103", programme("equality.alpha"), alpha=plan.alpha)
    asked = {axis.id for axis in plan.characteristic}
    for name in sorted(set(plan.primary) - asked):
        yield finding("E-EQUALITY-104", programme("equality.primary"), name=name)
    words = [
        (f"equality.characteristic[{number}].words", word, to in axis.values)
        for number, axis in enumerate(plan.characteristic, start=1)
        for word, to in axis.words.items()
    ]
    for key, word, known in words:
        if not known:
            yield finding("E-EQUALITY-105", programme(key), word=word)
