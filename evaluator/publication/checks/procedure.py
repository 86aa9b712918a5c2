"""Checks of the procedure: rounding, moderation, minimum marks, tie-break, and the equality plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from evaluator.law import regime
from evaluator.publication.locations import PROGRAMME, in_theme, numbered, programme
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, to_places
from evaluator.records.programme.criteria import QUESTION, Criteria, Moderation, Theme, tie_break_of
from evaluator.records.programme.price.measured import MEASURED
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.procurement.keys import UNSAID
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.several_marks import left_out_each_end, said_of

LEAST_THRESHOLD = 5
MOST = 100  # percent
NEARLY_ALL = Fraction(19, 20)  # a minimum from there on leaves room for next to nothing; our yardstick


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


def marks_of_contracts_are_agreed(criteria: Criteria) -> Iterator[Finding]:
    """Find a procurement whose marks are worked out from evaluators' marks, where a panel has to agree them."""
    if criteria.moderation.combines and regime(criteria.regime).procurement:
        yield finding("E-CRIT-140", programme("moderation.method"), method=said_of(criteria.moderation))


def worked_out_keys_have_a_use(criteria: Criteria) -> Iterator[Finding]:
    """Find keys of marks that are worked out beside a method by which they are agreed, or are one person's."""
    moderation = criteria.moderation
    for key in ("trim", "on_spread", "third_counts", "missing_marks", "places", "mode"):
        if getattr(moderation, key) is not None and not moderation.combines:
            place = programme(f"moderation.{key}")
            yield finding("E-CRIT-146", place, key=f"moderation.{key}", method=moderation.method)


def marks_can_be_worked_out(criteria: Criteria) -> Iterator[Finding]:
    """Find keys by which no mark can be worked out."""
    moderation, said = criteria.moderation, said_of(criteria.moderation)
    if not moderation.combines:
        return
    if moderation.least_evaluators < 2:
        yield finding("E-CRIT-142", programme("moderation.least_evaluators"), method=said)
    for code, key, problem in (
        ("E-CRIT-141", "trim", _trim_problem(moderation)),
        ("E-CRIT-143", "on_spread", _spread_problem(moderation)),
        ("E-CRIT-144", "missing_marks", _missing_problem(moderation)),
    ):
        if problem:
            yield finding(code, programme(f"moderation.{key}"), problem=problem)
    if (moderation.places is None) != (moderation.mode is None):
        key, what = ("places", "to which place") if moderation.places is None else ("mode", "how")
        yield finding("E-CRIT-145", programme(f"moderation.{key}"), key=f"moderation.{key}", what=what)


def sums_have_no_minimum_marks(criteria: Criteria) -> Iterator[Finding]:
    """Find minimum marks beside sums of marks, or of points of a table, which are on no scale."""
    summed = criteria.moderation.method == "sum"
    for theme in criteria.themes if criteria.moderation.combines else ():
        for question in theme.minimum_marks:
            if summed and criteria.passed_or_failed(question):
                yield finding("E-CRIT-233", programme("moderation.method"), theme=theme.id, question=question)
            elif summed or criteria.scale_for(question).has_points:
                place = in_theme(theme, f"minimum_marks.{question}")
                yield finding("E-CRIT-147", place, theme=theme.id, question=question)


def _trim_problem(moderation: Moderation) -> str:
    trimmed, least = moderation.method == "trimmed_mean", moderation.least_evaluators
    if not trimmed:
        return "" if moderation.trim is None else f"nothing is left out of a {said_of(moderation)}"
    if moderation.trim is None:
        return "no trim is published"
    if not moderation.trim.strip("0.%"):
        return "a trim of nought leaves nothing out"
    cut = left_out_each_end(moderation, least)
    if 2 * cut >= max(least, 2):
        return f"with {least} evaluators, {count_of(cut, 'mark')} left out at each end leaves none"
    return "" if cut else f"with {least} evaluators a share of {moderation.trim} leaves no mark out"


def _spread_problem(moderation: Moderation) -> str:
    follows, third = moderation.on_spread, moderation.on_spread == "third_evaluator"
    if follows and moderation.spread_trigger is None:
        return f"on_spread says {follows}, and no spread_trigger says from when on"
    if third != (moderation.third_counts is not None):
        return "third_counts does not say which marks then count" if third else "third_counts goes with third_evaluator"
    if third and moderation.method not in ("mean", "median"):
        return f"a further mark would change what the {said_of(moderation)} is worked out from"
    return ""


def _missing_problem(moderation: Moderation) -> str:
    summed, how = moderation.method == "sum", moderation.missing_marks
    if how == "those_given" and summed:
        return "those_given would make a sum of fewer marks smaller"
    if how == "scaled" and not summed:
        return f"a {said_of(moderation)} does not grow with the number of marks, and nothing is to be scaled"
    if how and moderation.on_spread == "third_evaluator":
        return "with third_evaluator each answer has as many marks as least_evaluators says, or one more"
    return ""


EXPOSES = {
    "mean": "one evaluator who marks sternly, or generously, moves every mark that they give",
    "median": "two evaluators who mark alike decide, however far off the others are, and with an even number the mark "
    "lies between two that were given",
    "trimmed_mean": "the marks at both ends do not count, however good their reasons",
    "sum": "one evaluator who marks sternly, or generously, moves every sum; and sums compare only where all answers "
    "have as many marks",
}


def worked_out_marks_are_understood(criteria: Criteria) -> Iterator[Finding]:
    """Tell what a mark that is worked out exposes to, where nothing is done about marks far apart, or lost ones."""
    moderation = criteria.moderation
    if moderation.combines and not regime(criteria.regime).procurement:
        place, exposes = programme("moderation.method"), EXPOSES[moderation.method]
        if moderation.spread_trigger is None or moderation.on_spread is None:
            yield finding("E-CRIT-148", place, method=said_of(moderation), exposes=exposes)
        if moderation.missing_marks is None and moderation.on_spread != "third_evaluator":
            yield finding("E-CRIT-149", programme("moderation.missing_marks"))


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
    """Find minimums that only a bid with nearly every point there is can reach."""
    for theme in criteria.themes:
        floor = theme.minimum_quality
        if floor is not None and NEARLY_ALL * MOST <= floor <= MOST:
            value = f"{decimal_text(floor)}%"
            yield finding("E-CRIT-967", in_theme(theme, "minimum_quality"), key="minimum_quality", value=value)
        for name, mark in theme.minimum_marks.items():
            scale = criteria.scale_for(name)
            if (
                mark == scale.highest and len(scale.mark) > 2 and name not in theme.more_than
            ):  # of two marks the higher may be what is asked for
                key = f"minimum_marks.{name}"
                yield finding("E-CRIT-967", in_theme(theme, key), key=key, value=decimal_text(mark))
    least = criteria.allocation.minimum_score if criteria.allocation else None
    if least is not None and any(NEARLY_ALL * whole <= least <= whole for whole in criteria.wholes):
        value = decimal_text(least)
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
    return share * (criteria.whole_of(theme.id) - theme.price_weight) / 100


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
        kind, name = tie_break_of(entry)
        if kind == "measured":
            lacks = [
                theme.id for theme in criteria.themes if name not in {m.id for m in criteria.measured_in(theme.id)}
            ]
            yield from (finding("E-CRIT-165", place, measured=name, theme=theme) for theme in lacks)
            continue
        if not entry.startswith(QUESTION):
            if kind == "question":
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
    """Find a tie-break that stops after one mark, or that some theme passes over from first to last.

    Bids of one total and one quality, or of one price, differ in nothing by which they could be told apart.
    """
    order = criteria.tie_break.order
    leaves = [entry.partition(":")[2] for entry in order if entry.startswith((QUESTION, MEASURED))]
    for theme in criteria.themes if order and len(leaves) == len(order) else ():
        asked = {one.id for one in criteria.questions(theme.id)} | {one.id for one in criteria.measured_in(theme.id)}
        if not asked & set(leaves):
            yield finding("E-CRIT-518", programme("tie_break.order"), theme=theme.id)
            return
    if len(order) == 1 and order[0] not in ("quality", "lower_price") and regime(criteria.regime).procurement:
        yield finding("E-CRIT-514", programme("tie_break.order"), entry=order[0])


def marks_are_moderated(criteria: Criteria) -> Iterator[Finding]:
    """Find programmes in which one person's mark decides, and nobody else looks at it."""
    if criteria.moderation.method == "one_evaluator":
        yield finding("E-CRIT-517", programme("moderation.method"))


def equality_is_planned(criteria: Criteria) -> Iterator[Finding]:
    """Find programmes that do not say what the equality summary will show, or that would show too small numbers.

    Where nothing is said of the procurement, that is told with all else that is not said of it, and of a grant not.
    """
    plan = criteria.equality
    law, said = regime(criteria.regime), criteria.procurement != UNSAID
    if no_equality_is_planned(criteria) and (said or (law.procurement and not law.sets_procedures)):
        yield finding("E-CRIT-801", programme("equality"))
    elif plan is not None and plan.few is None and plan.threshold < LEAST_THRESHOLD:
        yield finding("E-CRIT-802", programme("equality.threshold"), threshold=plan.threshold)
    if plan is not None and not plan.characteristic:
        yield finding("E-CRIT-804", programme("equality.characteristic"))


def no_equality_is_planned(criteria: Criteria) -> bool:
    """Whether money is divided among themes, and nothing says what those who decide will see of whom it reaches."""
    return criteria.equality is None and len(criteria.themes) > 1


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
