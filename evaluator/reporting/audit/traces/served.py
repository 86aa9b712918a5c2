"""The figures of whom bids and awards serve, and of the stages that bids reach: public counts, and no monitoring."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain

from evaluator.records.english import count_of
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import percent, pounds
from evaluator.records.results.coverage import Baseline, Concentration, Coverage
from evaluator.records.results.equality import EqualityImpact, StageFigures
from evaluator.reporting.audit.traces.figure import Cell, Figure, Part, numbers_in
from evaluator.reporting.audit.traces.traced import Traced
from evaluator.reporting.award.reach import reach
from evaluator.reporting.equality.side_by_side import RoundRow, both_pay, open_gaps, round_rows, served_rows
from evaluator.reporting.equality.tables import coverage_tables
from evaluator.reporting.equality.wording import concentration_words, stage_titles
from evaluator.reporting.shared.places import of_coverage, shaded_places
from evaluator.reporting.shared.references import ALL, numbered

WORDS = {"wards": "ward", "served-groups": "group", "outcomes": "outcome"}  # a table of the summary, and its word
COLUMN = {"ward": "wards", "group": "groups", "outcome": "outcomes"}
BASELINES, GRANTS, LAST_ROUND = "equality/baselines.toml", "equality/grants.csv", "equality/last_round.toml"


def figures_of_served(run: Traced) -> Iterator[Figure]:
    """Give the figures of stages, wards, groups and outcomes, and of what stands beside the programme."""
    impact = run.outcome.equality
    if impact is None:
        return
    yield from _stages(run, impact)
    yield from _coverage(run, impact)
    yield from _reached(run)
    yield from _beside(run, impact)
    yield from _sets(run, impact)


def _stages(run: Traced, impact: EqualityImpact) -> Iterator[Figure]:
    """Give all bids at each stage that the equality summary counts, and their money."""
    titles = stage_titles(run.outcome.criteria)
    for number, stage in enumerate(impact.totals, 1):
        bids = tuple(run.stages.get(stage.stage, ()))
        last = number == len(impact.totals)
        words = "would be awarded" if last else "ask for, over all years"
        yield Figure(
            f"stage-{number}",
            f"{titles[stage.stage]}: bids and money",
            (f"{stage.bids:,}", pounds(stage.money)),
            f"{count_of(stage.bids, 'bid')} came so far; the money is what they {words}. {_left(run, stage, bids)}",
            partial(_at_stage, run, bids, awarded=last),
            also=(stage.stage, titles[stage.stage]),
        )
    winners = sorted({run.bids[bid].organisation for bid in run.awards})
    yield Figure(
        f"{ALL}-winners",
        "Organisations with an award",
        (
            f"{impact.funded:,}",
            *((percent(Fraction(impact.funded, impact.organisations)),) if impact.organisations else ()),
        ),
        f"The organisations of the recommended bids, each once; of a consortium the lead: {', '.join(winners)}.",
        lambda: tuple(run.received_as(bid, "organisation") for bid in run.awards),
    )


def _left(run: Traced, stage: StageFigures, bids: Sequence[str]) -> str:
    """Say who is in the register and does not reach a stage; all who did not are named by their ids."""
    gone = sorted(set(run.bids) - set(bids))
    return f"{len(gone)} of {len(run.bids)} do not." if gone and stage.bids else ""


def _at_stage(run: Traced, bids: Sequence[str], *, awarded: bool) -> tuple[Part, ...]:
    if awarded:
        return tuple(map(run.awarded, bids))
    prices = ((bid, run.bids[bid].price) for bid in bids)
    return tuple(Part(bid, run.name(bid), pounds(price or 0), run.prices(bid)) for bid, price in prices)


def _coverage(run: Traced, impact: EqualityImpact) -> Iterator[Figure]:
    """Give each ward, group and outcome with every figure of its row."""
    own = {"wards": impact.wards, "served-groups": impact.groups, "outcomes": impact.outcomes}
    for table in coverage_tables(impact):
        word, rows = WORDS[table.id], own[table.id]
        refs = numbered(word, (one.name for one in rows))
        times = _times(rows) if word == "ward" else {}
        for (name, cells), one in zip(table.rows, rows, strict=True):
            bids = tuple(run.served.get(word, {}).get(name, ()))
            told = "; ".join(f"{what}: {cell}" for what, cell in zip(table.headings, cells, strict=True))
            yield Figure(
                refs[name],
                f"{table.caption}: {name}",
                tuple(dict.fromkeys((*cells, *_shares(one, rows), *filter(None, (times.get(name),))))),
                f"{told}. A bid for several counts in each, with its whole award; “counted once” divides it equally.",
                partial(_served, run, bids, COLUMN[word]),
                partial(_benchmarks, impact, word, name),
                also=(name,),
            )


def _times(rows: Sequence[Coverage]) -> Mapping[str, str]:
    """Give what stands in the tile of each place: its part of the money over its part of the residents."""
    return {one.name: one.text for one in shaded_places(of_coverage(rows))}


def _shares(one: Coverage, rows: Sequence[Coverage]) -> tuple[str, ...]:
    """Give the parts of money and residents as the report writes them."""
    whole = sum(each.divided for each in rows)
    parts = (one.divided / whole if whole else None, one.population)
    return tuple(percent(part, sign=" %") for part in parts if part is not None)


def _served(run: Traced, bids: Sequence[str], column: str) -> tuple[Part, ...]:
    """Give the bids that serve something: by the register's column, and what each is awarded."""
    return tuple(
        Part(
            bid,
            run.name(bid),
            pounds(run.awards[bid].amount) if bid in run.awards else "not recommended",
            (*run.column(bid, column, "people"), *(run.prices(bid) if bid in run.awards else ())),
        )
        for bid in bids
    )


def _benchmarks(impact: EqualityImpact, of: str, name: str) -> tuple[Cell, ...]:
    found = [one for one in impact.baselines if one.of == of]
    shares = ((one, dict(one.shares).get(name)) for one in found)
    return tuple(
        Cell(f"{one.title} ({one.source})", percent(share, places=1), Source(BASELINES, key=f"{one.of}.{one.kind}"))
        for one, share in shares
        if share is not None
    )


def _reached(run: Traced) -> Iterator[Figure]:
    """Give what the report says of places and groups as a whole: the titles of its pictures."""
    for picture in reach(run.outcome).pictures:
        column = "wards" if picture.id == "reach-wards" else "groups"
        yield Figure(
            f"{ALL}-{column}",
            picture.title,
            tuple(sorted(numbers_in(picture.title))),
            f"{picture.title}. The share of a place or group is that of the bids that name it which are recommended.",
            partial(_served, run, tuple(run.bids), column),
        )


def _beside(run: Traced, impact: EqualityImpact) -> Iterator[Figure]:
    """Give what the summary lays beside the programme: how money is spread, other programmes, the last round, gaps."""
    everybody = tuple(run.awards)
    for number, one in enumerate(impact.concentration, 1):
        words = concentration_words(one, impact)
        parts, ends = partial(_served, run, everybody, one.of), partial(_spread_beside, impact, one)
        name = f"How the money is spread among {one.of}"
        yield Figure(f"spread-{number}", name, tuple(sorted(numbers_in(words))), words, parts, ends)
    for number, each in enumerate(impact.baselines, 1):
        shares = tuple(f"{group} {percent(share, places=1)}" for group, share in each.shares)
        words = f"From outside the programme, as it was written down: {each.source}, {each.date}."
        yield Figure(
            f"baseline-{number}", each.title, shares, words, ends_in=partial(_baseline, each), in_words=each.source
        )
    if impact.grants:
        yield _grants(impact)
    yield from _overlaps(run, impact)
    for column, covered in (("wards", impact.wards), ("groups", impact.groups)):
        words = both_pay(covered, column.removesuffix("s"))
        yield Figure(
            f"{ALL}-both-{column}",
            f"{column.capitalize()} that both programmes pay for",
            tuple(sorted(numbers_in(words))),
            words,
            partial(_served, run, everybody, column),
            partial(_of_grants, impact, ""),
        )
    yield from _rounds(impact)
    for number, (gap, whom) in enumerate(open_gaps(impact), 1):
        words = f"{gap}: {whom}."
        parts = partial(_served, run, tuple(run.bids), "groups")
        yield Figure(f"gap-{number}", gap, tuple(sorted(numbers_in(words))), words, parts)
    yield Figure(f"{ALL}-gaps", "What is not known", (str(len(impact.gaps)),), " ".join(impact.gaps))


def _spread_beside(impact: EqualityImpact, one: Concentration) -> tuple[Cell, ...]:
    wanted = (one.of.removesuffix("s"), one.benchmark)
    found = (each for each in impact.baselines if (each.of, each.kind) == wanted)
    return tuple(chain.from_iterable(map(_baseline, found)))


def _baseline(one: Baseline) -> tuple[Cell, ...]:
    return (Cell(one.title, "", Source(BASELINES, key=f"{one.of}.{one.kind}")),)


def _overlaps(run: Traced, impact: EqualityImpact) -> Iterator[Figure]:
    for one in impact.overlaps:
        name = one.organisation
        its = tuple(id for id in run.awards if name in (run.bids[id].organisation, *run.bids[id].members))
        yield Figure(
            f"both-{name}",
            f"{name}: funded here and by another programme",
            (pounds(one.money), pounds(one.grants)),
            "Its awards here, as lead or member, added up; its awards there are rows of the table of other programmes.",
            partial(_served, run, its, "organisation"),
            partial(_of_grants, impact, name),
        )


def _grants(impact: EqualityImpact) -> Figure:
    texts = (str(len(impact.grants)), pounds(sum(one.amount for one in impact.grants)))
    words = "The awards of other programmes that lie beside the bids, added up."
    return Figure("grants", "Awards of other programmes", texts, words, ends_in=partial(_of_grants, impact, ""))


def _of_grants(impact: EqualityImpact, organisation: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{one.programme} to {one.organisation}", pounds(one.amount), Source(GRANTS, row=row))
        for row, one in enumerate(impact.grants, 2)
        if organisation in ("", one.organisation)
    )


def _rounds(impact: EqualityImpact) -> Iterator[Figure]:
    for number, row in enumerate(round_rows(impact.last_round, impact) if impact.last_round else (), 1):
        words = (
            f"The last round said: {row.last}; {row.said}. What this round prints is under the question’s reference."
        )
        ends = partial(_then, number, row)
        yield Figure(
            f"last-{number}", f"Last round: {row.group}", tuple(sorted(numbers_in(row.last))), words, ends_in=ends
        )


def _then(number: int, row: RoundRow) -> tuple[Cell, ...]:
    return (Cell(row.group, row.last, Source(LAST_ROUND, key=f"group[{number}]")),)


def _sets(run: Traced, impact: EqualityImpact) -> Iterator[Figure]:
    """Give what each set of awards would serve, ward by ward and group by group."""
    for number, (kind, name, counts) in enumerate(served_rows(impact), 1):
        titles = [one.title for one in impact.candidates]
        told = "; ".join(f"{title}: {count}" for title, count in zip(titles, counts, strict=True))
        column = {"ward": "wards", "group": "groups"}.get(kind, "small")
        everybody = run.served.get(kind, {}).get(name, ()) if kind in COLUMN else tuple(run.bids)
        differences = {f"{count - counts[0]:+d}".lstrip("+-") for count in counts}
        yield Figure(
            f"set-{number}",
            f"{name}: awards in each set that was worked out",
            tuple(dict.fromkeys((*map(str, counts), *sorted(differences)))),
            f"{told}. Which bids each set funds stands under the references that begin with “method-”.",
            partial(_served, run, tuple(everybody), column),
        )
