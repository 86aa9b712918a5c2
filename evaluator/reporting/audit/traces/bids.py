"""The figures of each bid: every mark, its points, quality, price, total, rank, award, and how far it was from one."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import chain

from evaluator.records.english import agreeing, count_of
from evaluator.records.numbers import exact_text, pounds, to_places
from evaluator.records.results.scores import Step
from evaluator.records.submissions.several_marks import mark_text
from evaluator.reporting.audit.traces.figure import Cell, Figure, Part, numbers_in
from evaluator.reporting.audit.traces.traced import Traced
from evaluator.reporting.award.annex import money_of, points_of
from evaluator.reporting.award.picture import behind
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text
from evaluator.reporting.shared.provenance import AnswerTrace

ENDS = {"lowest": min, "highest": max}


def figures_of_bids(run: Traced) -> Iterator[Figure]:
    """Give the figures of every scored bid, bid by bid."""
    for view in run.views:
        for row in view.rows:
            yield from _answers(run, view, row)
            yield from _scores(run, view, row)
            yield from _money(run, view, row)


def _answers(run: Traced, view: ThemeRows, row: Row) -> Iterator[Figure]:
    """Give each answer's mark, with its points and those available, and each mark that it rests on."""
    points = dict(zip(view.questions, row.points, strict=True))
    weights = dict(zip(view.questions, row.weights, strict=True))
    rounding, bid = run.outcome.criteria.rounding, row.bid.id
    for answer in run.answers.get(bid, ()):
        question = answer.question.id
        if answer.counts is None or question not in points:
            continue
        mark, available = mark_text(answer.counts.mark), exact_text(weights[question])
        earned = score_text(points[question], rounding)
        at = run.published_at("weight", f"{view.theme.id} {question}")
        yield Figure(
            f"{bid}-{question}",
            f"{question} {answer.question.title}: {run.name(bid)}",
            (mark, earned, available, *(mark_text(one.mark) for one in answer.rests_on)),
            f"Mark {mark} earns {earned} of {available} points; the weight is published ({at}). {_how(answer)}",
            ends_in=partial(run.marks, bid, question),
            in_words=f"{answer.counts.reason} {answer.counts.told} {_worth(run, question, weights[question])}",
        )


def _worth(run: Traced, question: str, weight: Fraction) -> str:
    """Write what a mark more is worth, which letters tell."""
    return exact_text(weight / run.outcome.criteria.scale_for(question).greatest)


def _how(answer: AnswerTrace) -> str:
    counts, number = answer.counts, len(answer.rests_on)
    if counts is None or not number:
        return "It is the mark of one evaluator."
    return f"{counts.made}." if counts.made else f"The panel agreed it on {count_of(number, 'mark')}."


def _scores(run: Traced, view: ThemeRows, row: Row) -> Iterator[Figure]:
    """Give quality, points or index for price, total and rank."""
    rounding, bid = run.outcome.criteria.rounding, row.bid.id
    steps = {step.rule: step for step in run.steps(bid)}
    quality, price = sum(row.weights, Fraction(0)), exact_text(Fraction(view.theme.price_weight or 0))
    if row.quality is not None:
        text = f"{score_text(counted_part(row.quality, rounding), rounding)} of {exact_text(quality)}"
        words = _words(steps, "quality") or "The points of its answers added up."
        yield Figure(f"{bid}-quality", f"Quality of {run.name(bid)}", (text,), words, ends_in=partial(run.marks, bid))
    given = row.index if view.indexed else row.price_points
    if given is not None:
        asked = () if row.scored_price is None else (f"£{to_places(row.scored_price, 2)}",)
        yield Figure(
            f"{bid}-price-points",
            f"{'Index' if view.indexed else 'Price points'} of {run.name(bid)}",
            (f"{score_text(counted_part(given, rounding), rounding)}{'' if view.indexed else f' of {price}'}", *asked),
            _words(steps, "price"),
            ends_in=partial(_prices, run, view, row, steps),
        )
    if row.total is not None:
        text, words = score_text(row.total, rounding), _words(steps, "total")
        text += "" if view.indexed else f" of {exact_text(quality + Fraction(price))}"
        yield Figure(f"{bid}-total", f"Total of {run.name(bid)}", (text,), words, ends_in=partial(run.score, bid))
    if row.rank:
        yield _rank(run, view, row)


def _words(steps: Mapping[str, Step], about: str) -> str:
    """Tell the steps about something, each with its exact result."""
    found = (step for rule, step in steps.items() if about in rule and not rule.startswith("tie_break"))
    return " ".join(f"{step.rule}: {step.working} = {exact_text(step.result)}." for step in found)


def _prices(run: Traced, view: ThemeRows, row: Row, steps: Mapping[str, Step]) -> tuple[Cell, ...]:
    """Give the cells of a bid's price, and of the prices of others on which its points rest."""
    known = {one.bid.id: one.scored_price for one in view.ranked if one.scored_price is not None}
    names = {rule.removeprefix("price statistic: ") for rule in steps if rule.startswith("price statistic: ")}
    others = set(known) if names - set(ENDS) else {ENDS[name](known, key=lambda id: known[id]) for name in names}
    own = run.prices(row.bid.id)
    return (*own, *chain.from_iterable(run.prices(other) for other in sorted(others - {row.bid.id})))


def _rank(run: Traced, view: ThemeRows, row: Row) -> Figure:
    bid, number = row.bid.id, len(view.ranked)
    above = [one.bid.id for one in view.ranked if (one.rank or 0) < (row.rank or 0)]
    gap = behind(view, row)
    far = "" if gap is None else score_text(gap, run.outcome.criteria.rounding)
    told = f" It is {far} points behind the last of its theme that is recommended." if far else ""
    words = f"{len(above)} of the {count_of(number, 'ranked bid')} {agreeing(len(above), 'has', 'have')} a better rank."
    return Figure(
        f"{bid}-rank",
        f"Rank of {run.name(bid)}",
        (str(row.rank), str(number), *filter(None, (far,))),
        words + told,
        lambda: tuple(map(run.scored, above)),
        partial(run.score, bid),
    )


def _money(run: Traced, view: ThemeRows, row: Row) -> Iterator[Figure]:
    """Give what a bid asked and is awarded, year by year, and what alone would have turned its case."""
    bid, years = row.bid, run.outcome.criteria.years
    if bid.price is not None:
        people = () if bid.people is None else (f"{bid.people:,}",)
        texts = (pounds(bid.price), *map(pounds, bid.by_year), *people)
        words = f"What the register says{'; the years added up' if bid.by_year else ''}."
        name = f"Asked by {run.name(bid.id)}"
        yield Figure(f"{bid.id}-price", name, texts, words, ends_in=partial(run.prices, bid.id))
    if row.award:
        by_year = "; ".join(f"{year} {pounds(paid)}" for year, paid in zip(years, row.award.by_year, strict=False))
        texts = (pounds(row.award.amount), *map(pounds, row.award.by_year))
        words = f"{row.award.level} of what it asked. {by_year}".rstrip()
        yield Figure(
            f"{bid.id}-award", f"Awarded to {run.name(bid.id)}", texts, words, ends_in=partial(run.score, bid.id)
        )
    yield from _turned(run, view, row)


def _turned(run: Traced, view: ThemeRows, row: Row) -> Iterator[Figure]:
    bid, allocation = row.bid.id, run.outcome.allocation
    case = next((one for one in (allocation.cases if allocation else ()) if one.bid == bid), None)
    if case is None and row.refusal is None:
        return
    told = " ".join((row.refusal.explanation if row.refusal else "", *(case.needed if case else ()))).strip()
    figures = {points_of(case).lstrip("+−"), money_of(case).partition(" ")[0]} - {"–"}
    ranked = [one.bid.id for one in view.ranked]

    def parts() -> tuple[Part, ...]:
        return tuple(map(run.scored, ranked))

    yield Figure(
        f"{bid}-turned",
        f"What stood in the way of {run.name(bid)}, and what would have turned it",
        (*sorted(figures), *sorted(numbers_in(told))),
        f"{told} This is no sum of cells: the awards were worked out again with one thing changed.",
        parts,
        partial(run.score, bid),
    )
