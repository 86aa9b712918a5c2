"""The figures of the programme and of each theme: bids, awards, money by year, the line, and what else stands first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.criteria import Theme
from evaluator.records.results.outcome import status
from evaluator.reporting.audit.traces.figure import Cell, Figure, Part, numbers_in
from evaluator.reporting.audit.traces.traced import Traced
from evaluator.reporting.award.first_page import first_page
from evaluator.reporting.award.money import Amount, ThemeMoney, limits_on, money_by_theme
from evaluator.reporting.award.picture import CLOSE, behind, picture
from evaluator.reporting.award.robustness import options, robust_sentences
from evaluator.reporting.shared.bid_rows import Row, ThemeRows
from evaluator.reporting.shared.references import ALL


def figures_of_programme(run: Traced) -> Iterator[Figure]:
    """Give the figures of the whole, then those of each theme, then what the report tells of the division."""
    yield from _bids(run)
    yield from _themes(run)
    if run.outcome.allocation is not None:
        yield from _money(run)
        yield from _lines(run)
        yield from _division(run)
    yield from _for_people(run)


def _bids(run: Traced) -> Iterator[Figure]:
    """Give the bids received by what became of them, and the bidders."""
    bids = run.bids.values()
    sentences = first_page(run.outcome, run.views).sentences
    told = sentences[0] if sentences else ""
    yield Figure(
        f"{ALL}-bids",
        "Bids received, and what became of them",
        (f"{len(bids):,}", *sorted(numbers_in(told))),
        f"A row of the register for each bid. {told}",
        lambda: tuple(_state(run, bid) for bid in run.bids),
    )
    bidders: dict[str, list[str]] = {}
    for bid in bids:
        bidders.setdefault(bid.organisation, []).append(bid.id)
    yield Figure(
        f"{ALL}-bidders",
        "Bidders",
        (f"{len(bidders):,}",),
        "The organisations that bid, each once; of a consortium the lead.",
        lambda: tuple(run.received_as(bid, "organisation") for its in bidders.values() for bid in its),
    )


def _state(run: Traced, bid: str) -> Part:
    """Give a bid with what became of it: its place in the register, and people's decisions."""
    row = run.rows.get(bid)
    state = "received" if row is None else row.status.replace("_", " ")
    below = run.marks(bid) if row is not None and row.status == "below_minimum" else ()
    place = Cell(f"row of {bid}", bid, run.bids[bid].source)
    return Part(bid, run.name(bid), state, (place, *run.decisions(bid), *below))


def _themes(run: Traced) -> Iterator[Figure]:
    for view in run.views:
        ref, title = run.themes[view.theme.id], view.theme.title
        funded = [row.bid.id for row in view.rows if row.award]
        counts = (len(view.rows), len(view.ranked), len(funded))
        words = f"{count_of(counts[0], 'bid')}, {counts[1]} ranked, {counts[2]} recommended."
        source = run.published_at("theme", view.theme.id)
        yield Figure(
            ref,
            title,
            tuple(f"{count:,}" for count in counts),
            f"Its questions, weights and limits are published in {source}. {words}",
            partial(_ranking, run, view),
            also=(view.theme.id, title),
        )
        if run.outcome.allocation is not None:
            yield _funded(run, ref, f"Bids recommended in {title}", funded)


def _ranking(run: Traced, view: ThemeRows) -> tuple[Part, ...]:
    rest = (row for row in view.rows if not row.rank)
    return tuple(run.scored(row.bid.id) for row in (*view.ranked, *rest))


def _funded(run: Traced, ref: str, name: str, funded: Iterable[str]) -> Figure:
    bids = tuple(funded)
    words = "Each with its award; why it is funded, and others are not: the reference of the bid."
    return Figure(f"{ref}-funded", name, (f"{len(bids):,}",), words, lambda: tuple(map(run.awarded, bids)))


def _money(run: Traced) -> Iterator[Figure]:
    """Give the money by theme and year beside its limits, and that of the whole."""
    told = money_by_theme(run.outcome)
    yield _funded(run, ALL, "Bids recommended", run.awards)
    for theme, own in zip(run.outcome.criteria.themes, told.themes, strict=True):
        yield from _by_year(run, run.themes[theme.id], own, told.years, theme)
    yield from _by_year(run, ALL, told.together, told.years, None)


def _by_year(run: Traced, ref: str, own: ThemeMoney, years: tuple[str, ...], theme: Theme | None) -> Iterator[Figure]:
    awards = [id for id, award in run.awards.items() if theme is None or award.theme == theme.id]
    for at, (year, amount) in enumerate(zip(years, own.years, strict=True)):
        name, ends = f"{own.title}: money in {year}", partial(_limits, run, theme, (year,))
        yield _amount(f"{ref}-Y{at + 1}", name, amount, _awarded(run, awards, at), ends)
    name, ends = f"{own.title}: money in all", partial(_limits, run, theme, (None, *years))
    yield _amount(f"{ref}-money", name, own.all_years, _awarded(run, awards, None), ends)


def _awarded(run: Traced, bids: Sequence[str], at: int | None) -> Callable[[], tuple[Part, ...]]:
    return lambda: tuple(run.awarded(bid, at) for bid in bids)


def _amount(
    ref: str,
    name: str,
    amount: Amount,
    parts: Callable[[], tuple[Part, ...]],
    ends: Callable[[], tuple[Cell, ...]],
) -> Figure:
    limit = () if amount.limit is None else tuple(filter(None, (amount.share, pounds(amount.limit))))
    part = f" It is {' of the published limit of '.join(limit)}, rounded down." if limit else ""
    return Figure(ref, name, (pounds(amount.awarded), *limit), f"The awards, added up.{part}", parts, ends)


def _limits(run: Traced, theme: Theme | None, years: Sequence[str | None]) -> tuple[Cell, ...]:
    """Give the rules that limit a theme's money, or all of it, in some years."""
    found = chain.from_iterable(limits_on(run.outcome.criteria, theme, year) for year in years)
    return tuple(Cell(f"limit of {rule.id}", pounds(limit), run.published_at("rule", rule.id)) for rule, limit in found)


def _lines(run: Traced) -> Iterator[Figure]:
    """Give where the line falls in each theme, and who misses it by little."""
    ranked = [view for view in run.views if view.ranked]
    told = picture(run.outcome, run.views)
    for view, line in zip(ranked, told.lines, strict=True):
        ends = [row for row in (line.lowest, line.next) if row is not None]
        yield Figure(
            f"{run.themes[view.theme.id]}-line",
            f"{view.theme.title}: the last recommended, the best that is not, and the gap between them",
            (line.lowest_total, line.next_total, line.between),
            f"{line.lowest_total} and {line.next_total} are {line.between} apart. Bids passed over stand above it.",
            partial(_scored, run, ends),
        )
    close = [row for view in ranked if not view.indexed for row in view.ranked if _close(view, row)]
    over = [run.rows[one.bid] for one in (run.outcome.allocation.passed_over if run.outcome.allocation else ())]
    yield Figure(
        f"{ALL}-close",
        "Bids that miss the line of their theme by a point or less, and bids passed over",
        tuple(sorted(numbers_in(f"{told.finding} {told.closest}"))),
        f"{told.finding}. {told.closest}".strip(),
        partial(_scored, run, [*close, *over]),
    )


def _scored(run: Traced, rows: Iterable[Row]) -> tuple[Part, ...]:
    return tuple(run.scored(row.bid.id) for row in rows)


def _close(view: ThemeRows, row: Row) -> bool:
    gap = behind(view, row)
    return gap is not None and gap <= CLOSE


def _every(run: Traced) -> tuple[Part, ...]:
    """Give every ranked bid: what is solved rests on all of them."""
    return _scored(run, (row for view in run.views for row in view.ranked))


def _division(run: Traced) -> Iterator[Figure]:
    """Give what the report tells of the division as a whole: its score, other methods, rules left out, firmness."""
    allocation = run.outcome.allocation
    if allocation is None:
        return
    every = partial(_every, run)
    score = ratio_decimal(allocation.total_score, allocation.score_unit)
    words = "The totals of all recommended bids added up, as the published aim counts them."
    funded = [run.rows[bid] for bid in run.awards]
    yield Figure(f"{ALL}-score", "Total score of the awards", (score,), words, partial(_scored, run, funded))
    for one in allocation.methods:
        points = ratio_decimal(one.score, allocation.score_unit)
        counts = (one.awards, one.wards, len(one.gained), len(one.lost))
        method = one.method.replace("_", " ")
        working = (
            f"The same bids and rules, divided by this method{' as published' if one.published else ''}. It funds as "
            f"well: {', '.join(one.gained) or 'none'}. It does not fund: {', '.join(one.lost) or 'none'}. {one.note}"
        )
        texts = (pounds(one.cost), points, *map(str, counts))
        yield Figure(
            f"method-{one.method}".replace("_", "-"),
            f"The method “{method}”",
            texts,
            working.rstrip(),
            every,
            also=(method,),
        )
    if cost := options(run.outcome).order_cost:
        yield Figure("order-cost", "What the order of merit costs", tuple(sorted(numbers_in(cost))), cost, every)
    yield from _studied(run, every)
    if allocation.tied:
        sets = "; ".join(", ".join(one) for one in allocation.tied)
        told = f"Sets of awards that are equal by every published objective and tie-break: {sets}."
        yield Figure(f"{ALL}-equal", "Equal sets of awards", (str(len(allocation.tied)),), told, every)


def _studied(run: Traced, every: Callable[[], tuple[Part, ...]]) -> Iterator[Figure]:
    """Give what the run found when it asked how firm its awards are; its own studies are told as it printed them."""
    sentences = [*robust_sentences(run.outcome)]
    words = "Each decision was worked out again with other points; “evaluator study margins” tells of every one."
    if sentences:
        name, figures = "Decisions that few points turn", tuple(sorted(numbers_in(sentences[0])))
        yield Figure(f"{ALL}-turned", name, figures, f"{sentences[0]} {words}", every)
    stay = (run.printed.get("robustness") or {}).get("stay")
    if stay:
        figures = tuple(str(stay[key]) for key in ("average", "least", "most", "draws"))
        told = "; ".join(f"{key}: {stay[key]}" for key in ("draws", "average", "least", "most"))
        words = f"{told}. Marks and weights were drawn anew from the published seed; “replay” draws them again."
        yield Figure(f"{ALL}-stay", "Awards that stay under other marks and weights", figures, words, every)
    costs = (run.printed.get("rule_costs") or {}).get("costs") or ()
    kinds = sorted((one for one in costs if one["change"] == "family"), key=_as_the_report_lists)
    for number, one in enumerate(kinds, 1):
        rules, gain = ", ".join(one["rules"]), str(one["gain"] or "")
        words = f"The awards were worked out again without {rules}, and all else as published; “replay” does so again."
        figures = tuple(filter(None, (str(one["total_score"] or ""), gain.lstrip("-"))))
        yield Figure(f"without-{number}", f"Total score without {rules}", figures, words, every)


def _as_the_report_lists(cost: Json) -> tuple[bool, Fraction]:
    """Put the largest gain or loss first, as the report's table does whose lines are numbered."""
    return cost["total_score"] is None, -abs(Fraction(cost["gain"] or 0))


def _for_people(run: Traced) -> Iterator[Figure]:
    """Give the decisions that people took, and the findings, each with its place."""
    decided = [one for its in run.decided.values() for one in its]
    yield Figure(
        f"{ALL}-decisions",
        "Decisions that people took on bids",
        (f"{len(decided):,}",),
        "A row for each in what people decided.",
        ends_in=lambda: tuple(
            Cell(f"{one.matter.replace('_', ' ')} of {one.bid}, by {one.person}", one.decision, one.source)
            for one in decided
        ),
    )
    findings = run.printed.get("findings") or ()
    by_severity = Counter(one["severity"].replace("_", " ") for one in findings)
    told = "; ".join(f"{words}: {number}" for words, number in by_severity.items()) or "none"
    yield Figure(
        f"{ALL}-findings",
        "Findings",
        tuple(str(number) for number in (len(findings), *by_severity.values())),
        f"The run came to {status(run.outcome).replace('_', ' ')}. {told}.",
        ends_in=lambda: tuple(map(_finding, findings)),
    )


def _finding(one: Json) -> Cell:
    letters = one["cell"].rstrip("0123456789")
    row = int(one["cell"].removeprefix(letters) or 0)
    return Cell(f"{one['code']}: {one['message']}", "", Source(one["file"], one["sheet"], row, letters, one["key"]))
