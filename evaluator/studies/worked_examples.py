"""Worked examples for the evaluation appendix: made-up bids, scored and awarded by the engine itself."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from evaluator.allocation import allocate, allocation_problem
from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria, PricePolicy, Theme, tie_break_of
from evaluator.records.programme.price.lines import awarded_sum, compared_sum
from evaluator.records.programme.price.measured import NO, YES, Measured
from evaluator.records.programme.rules import EVERY_THEME, Budget, MeritOrder
from evaluator.records.results.scores import ScoreTable
from evaluator.records.results.studies.worked_examples import AwardSet, Example, ExampleAward, ExampleBid
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids, row_marks, values_of
from evaluator.records.submissions.received import Table
from evaluator.scoring import score, steps

NAMES = ("A", "B", "C", "D", "E")
BACK = ((0, 1), (1, 0, 2), (2, 1, 0), (2, 1, 0), (0,))  # marks below the highest, question by question, over again
PLACES = (Fraction(3, 5), Fraction(3, 10), Fraction(9, 20), Fraction(9, 20), Fraction(1, 5))  # between two limits
A_YEAR = 50_000_00  # pence: a price where nothing published says what a price might be
PEOPLE = (400, 500, 450, 450, 500)
FIGURES = (10, 20)  # of what is measured, where nothing published says what a figure might be
PART = Fraction(3, 5)  # of what the ranked bids cost together is the example's budget


def worked_examples(criteria: Criteria) -> tuple[Example, ...]:
    """Work one example for every different way in which the themes score price, in the order of the themes.

    The bids are made up; everything else is the engine's own result by these criteria. The last of five bids is below a
    minimum mark where one is published, the third and fourth differ in the order of two marks only.
    """
    criteria = criteria.as_counted
    alike: dict[str, list[Theme]] = {}
    for theme in criteria.themes:
        measured = [one.id for one in criteria.measured_in(theme.id)]
        alike.setdefault(_way(criteria.price_policy(theme.id), theme) + ";".join(measured), []).append(theme)
    return tuple(_example(criteria, themes) for themes in alike.values())


def _way(policy: PricePolicy | None, theme: Theme) -> str:
    if policy is None:
        return ""
    told = policy.model_dump_json(exclude={"source", "below_mean", "below_next"})
    return f"{told} {bool(theme.price_weight)}"


def _example(criteria: Criteria, themes: list[Theme]) -> Example:
    theme = themes[0]
    evaluation = _evaluation(criteria, theme)
    scores = score(criteria, evaluation)
    bids = tuple(_scored(criteria, evaluation, scores, theme, bid) for bid in evaluation.bids)
    award = _award(criteria, evaluation, scores) if criteria.allocation and theme is criteria.themes[0] else None
    return Example(theme.id, tuple(one.id for one in themes[1:]), bids, award)


def _evaluation(criteria: Criteria, theme: Theme) -> Evaluation:
    questions = tuple(question.id for question in criteria.questions(theme.id))
    bids = tuple(_bid(criteria, theme, number) for number in range(len(NAMES)))
    marks = [place for number in range(len(NAMES)) for place in _marks(criteria, theme, questions, number)]
    made = ThemeBids(theme.id, bids, questions, b"", {}).with_cells(marks)
    return Evaluation((made,), (), (), Table({}, ()), None)


def _bid(criteria: Criteria, theme: Theme, number: int) -> Bid:
    years = max(1, len(criteria.years))
    policy = criteria.price_policy(theme.id)
    people = PEOPLE[number] if policy and policy.basis == "unit_cost" else None
    amount = _amount(policy, years, number) * (people or 1)
    first, rest = divmod(int(amount), years)
    by_year = tuple(first + (rest if year == 0 else 0) for year in range(years)) if criteria.years else ()
    name = NAMES[number]
    lines = _lines(criteria, int(amount)) if criteria.price_line else ()
    measured = tuple((one.id, _figure(one, number)) for one in criteria.measured_in(theme.id))
    seed = (criteria.tie_break.draw_seed or "example") if "draw" in criteria.tie_break.order else ""
    came = f"2027-01-11T09:0{number}" if "received" in criteria.tie_break.order else ""
    about = (name, theme.id, f"Organisation {name}", Source("example"), int(amount), by_year)
    bid = Bid(*about, people=people, measured=measured, received=came, draw_seed=seed)
    return _in_lines(criteria, bid, lines) if lines else bid


def _figure(one: Measured, number: int) -> Decimal:
    """Give a made-up figure between the published limits if there are any, or at the lines of the table in turn."""
    if one.is_yes_or_no:
        return YES if number % 2 == 0 else NO
    ends = [end for band in one.band for end in (band.at_least, band.at_most) if end is not None]
    if ends and one.method == "banded":
        return ends[number % len(ends)]
    low = one.parameters.get("lowest", one.least if one.least is not None else Decimal(FIGURES[0]))
    high = one.parameters.get("highest", one.parameters.get("budget", one.most))
    high = max(low, Decimal(FIGURES[1])) + low if high is None else high
    return low + round(Fraction(high - low) * PLACES[number])


def _lines(criteria: Criteria, amount: int) -> tuple[int, ...]:
    """Spread an amount over the lines of the price, a little more on each than on the one before."""
    whole = sum((line.times * (at + 1) for at, line in enumerate(criteria.price_line)), Fraction(0))
    return tuple(max(1, round(amount * (at + 1) / whole)) for at, _ in enumerate(criteria.price_line))


def _in_lines(criteria: Criteria, bid: Bid, paid: tuple[int, ...]) -> Bid:
    compared = compared_sum(criteria.price_line, paid)
    options = any(line.option for line in criteria.price_line)
    price = awarded_sum(criteria.price_line, paid)
    return replace(bid, price=price, lines=paid, compared=compared if options else None)


def _amount(policy: PricePolicy | None, years: int, number: int) -> Fraction:
    """Give a price on the published basis, between the published limits if there are any."""
    given = {name: Fraction(value) * 100 for name, value in policy.parameters.items()} if policy else {}
    high = given.get("highest", given.get("budget"))
    if policy is None or high is None:
        unit = (
            Fraction(A_YEAR * years, PEOPLE[0]) if policy and policy.basis == "unit_cost" else Fraction(A_YEAR * years)
        )
        return _whole_pounds(unit * (1 + PLACES[number] / 2))
    low = given.get("lowest", high / 2)
    found = low + (high - low) * PLACES[number]
    return _whole_pounds(found * years if policy.basis == "yearly" else found)


def _whole_pounds(pence: Fraction) -> Fraction:
    """Take a price to whole pounds where it is at least a pound, so that people can work with it."""
    return Fraction(round(pence / 100) * 100) if pence >= 100 else Fraction(max(1, round(pence)))


def _marks(criteria: Criteria, theme: Theme, questions: tuple[str, ...], number: int) -> list[int]:
    """Give the places on the scale of a bid's marks: as the pattern has them, but not below a minimum mark."""
    scales = [criteria.scale_for(question).marks for question in questions]
    back = BACK[number]
    orders = [sorted(range(len(scale)), key=scale.__getitem__) for scale in scales]
    wanted = [order[max(0, len(order) - 1 - back[at % len(back)])] for at, order in enumerate(orders)]
    for at, question in enumerate(questions):
        least = theme.minimum_marks.get(question)
        if least is not None and scales[at][wanted[at]] < least:
            wanted[at] = scales[at].index(least)
    if number == 3:
        _swap(criteria, theme, questions, wanted)
    if number == len(NAMES) - 1:
        _fail(criteria, theme, questions, wanted)
    return wanted


def _swap(criteria: Criteria, theme: Theme, questions: tuple[str, ...], marks: list[int]) -> None:
    """Exchange two marks of questions of one weight, one of the tie-break's if possible: the quality stays the same."""
    first = [tie_break_of(entry)[1] or entry for entry in criteria.tie_break.order]
    pairs = sorted(combinations(range(len(questions)), 2), key=lambda pair: questions[pair[0]] not in first)
    for one, two in pairs:
        free = not {questions[one], questions[two]} & set(theme.minimum_marks)
        free = free and criteria.scale_for(questions[one]) == criteria.scale_for(questions[two])
        if free and theme.weights[questions[one]] == theme.weights[questions[two]] and marks[one] != marks[two]:
            marks[one], marks[two] = marks[two], marks[one]
            return


def _fail(criteria: Criteria, theme: Theme, questions: tuple[str, ...], marks: list[int]) -> None:
    """Take a mark below its minimum, the first of the theme's that has one."""
    for at, question in enumerate(questions):
        least = theme.minimum_marks.get(question)
        scale = criteria.scale_for(question).marks
        below = [mark for mark in scale if least is not None and mark < least]
        if below:
            marks[at] = scale.index(max(below))
            return


def _scored(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, theme: Theme, bid: Bid) -> ExampleBid:
    (bids,), (table,) = evaluation.themes, scores.themes
    row = table.bids.index(bid.id)
    ranked = table.status[row] == "ranked"
    marks = (mark for mark in row_marks(values_of(criteria, bids), bids, row) if mark is not None)
    return ExampleBid(
        bid=bid.id,
        marks=tuple(zip(bids.questions, marks, strict=True)),
        price=bid.price,
        people=bid.people,
        status=table.status[row],
        reason=table.reasons[row],
        quality=table.quality[row],
        price_points=table.price_points[row] if ranked and table.price_points else None,
        index=table.index[row] if ranked and table.index else None,
        total=table.totals[row] if ranked else None,
        rank=table.ranks[row],
        tied_with=tuple(other for tie in table.ties if bid.id in tie for other in tie if other != bid.id),
        steps=steps(criteria, evaluation, scores, theme.id, bid.id),
    )


def _award(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable) -> ExampleAward | None:
    """Let the published method of award decide among the example's bids, with a budget as the only rule."""
    (table,) = scores.themes
    ranked = [bid for bid, status in zip(evaluation.bids, table.status, strict=True) if status == "ranked"]
    pounds = int(PART * sum(bid.price or 0 for bid in ranked)) // 100
    if criteria.allocation is None or not pounds:
        return None
    rule = Budget(id="example", kind="budget", limit=Decimal(pounds), source="made up")
    order = _order(criteria)
    policy = criteria.allocation.model_copy(update={"rule": (rule, *order)})
    themes = tuple(theme.model_copy(update={"rule": ()}) for theme in criteria.themes)
    alone = criteria.model_copy(update={"allocation": policy, "themes": themes})
    allocation = allocate(allocation_problem(alone, evaluation, scores))
    awarded = tuple(sorted(award.bid for award in allocation.awards))
    totals = dict(zip(table.bids, _worth(scores), strict=True))
    sets = _sets(ranked, totals, pounds * 100, policy.minimum_score) if policy.method == "optimise" else []
    if order:
        ranks = dict(zip(table.bids, table.ranks, strict=True))
        sets = [one for one in sets if _goes_down(one, ranked, totals, policy.minimum_score, ranks)]
    refused = tuple(bid.id for bid in evaluation.bids if bid.id not in awarded)
    name = order[0].id if order else ""
    return ExampleAward(pounds * 100, name, awarded, refused, tuple(sets), len(allocation.tied))


def _order(criteria: Criteria) -> tuple[MeritOrder, ...]:
    """Give the rule of merit order for the example, where one rule alone holds for its theme and has no exception.

    The grounds that rest on other rules are left out with those rules.
    """
    first = criteria.themes[0].id
    found = [rule for rule in criteria.rules if isinstance(rule, MeritOrder) and rule.theme in (EVERY_THEME, first)]
    if len(found) != 1 or found[0].unaffordable != "stop" or found[0].max_gap or found[0].bands:
        return ()
    return (found[0].model_copy(update={"theme": EVERY_THEME, "passes_over": ()}),)


def _goes_down(
    one: AwardSet, ranked: list[Bid], totals: dict[str, Fraction], least: Decimal | None, ranks: dict[str, int]
) -> bool:
    """Whether a set holds every bid that is ranked better than one of its own."""
    worst = max(ranks[bid] for bid in one.bids)
    better = {bid.id for bid in _allowed(ranked, totals, least) if ranks[bid.id] < worst}
    return better <= set(one.bids)


def _worth(scores: ScoreTable) -> Iterator[Fraction]:
    """Give what each bid is worth to the award: its total, or its quality where the method gives an index."""
    (table,) = scores.themes
    numbers = table.quality if table.index is not None else table.totals
    return (numbers[row] for row in range(len(table.bids)))


def _sets(ranked: list[Bid], totals: dict[str, Fraction], budget: int, least: Decimal | None) -> list[AwardSet]:
    allowed = _allowed(ranked, totals, least)
    found = (
        AwardSet(tuple(bid.id for bid in some), sum((totals[bid.id] for bid in some), Fraction(0)), _cost(some))
        for size in range(1, len(allowed) + 1)
        for some in combinations(allowed, size)
    )
    return sorted((one for one in found if one.cost <= budget), key=lambda one: (-one.total, one.cost, one.bids))


def _allowed(ranked: list[Bid], totals: dict[str, Fraction], least: Decimal | None) -> list[Bid]:
    return [bid for bid in ranked if least is None or totals[bid.id] >= least]


def _cost(bids: tuple[Bid, ...]) -> int:
    return sum(bid.price or 0 for bid in bids)
