"""What could be done and what it would cost, as text, as a document for machines, and as a page with a chart."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import fixed, pounds, ratio_decimal, ratio_text, to_places
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.mitigation import Driver, Floor, Mitigation
from evaluator.reporting.shared.pages import HeadedPage, about, render
from evaluator.reporting.shared.share_pictures import Slope, Step, frontier

UNITS = {"wards": "Number of ", "group": "Awards for ", "small_share": "Part of the money for "}
ONLY_INFORMATION = (
    "For information only. These floors were not published before bids came in, so no award may be changed by them now."
    " What may be done now, and what only when criteria are published next time, is said of each option."
)


def mitigation_document(study: Mitigation) -> dict[str, object]:
    """Give the study as JSON values; points and pounds are exact decimal texts."""
    unit = study.score_unit
    return {
        "schema": "mitigation/1",
        "for_information_only": True,
        "total_score": ratio_decimal(study.published, unit),
        "cost": fixed(study.cost, 2),
        "floors": [
            {
                "kind": one.kind,
                "floor": one.words,
                "reached_without_it": one.reached,
                "status": one.status,
                "total_score": None if one.score is None else ratio_decimal(one.score, unit),
                "lost_score": None if one.score is None else ratio_decimal(study.published - one.score, unit),
                "money_moved": None if one.score is None else fixed(one.moved, 2),
                "funded_instead": list(one.gained),
                "displaced": list(one.displaced),
            }
            for one in study.floors
        ],
        "drivers": [
            {
                "whose": one.whose,
                "bids": one.bids,
                "awards": one.awards,
                "kept_out": [{"requirement": words, "bids": own, "of": all_} for words, own, all_ in one.kept_out],
                "lowest_points": [{"criterion": title, "points": ratio_text(gap)} for title, gap in one.points],
                "all_points": ratio_text(one.whole),
            }
            for one in study.drivers
        ],
        "requirements": [asdict(one) for one in study.requirements],
        "options": [asdict(one) for one in study.options],
    }


def mitigation_text(study: Mitigation) -> str:
    """Say what each floor would have cost, a line each, and what people can do."""
    return "\n".join(_lines(study))


def _lines(study: Mitigation) -> Iterator[str]:
    yield f"Total score of the recommended awards: {ratio_decimal(study.published, study.score_unit)}."
    yield ONLY_INFORMATION
    for one in study.floors:
        yield f"  {one.words} (now {one.reached}): {cost_words(study, one)}"
    yield "Requirements that kept bids out:"
    for need in study.requirements:
        yield f"  {need.words}: {need.bids}, of them {need.small} of small organisations"
    yield "What drives each gap (quality points beside other bids of the same theme):"
    for one_driver in study.drivers:
        out, points = driver_words(one_driver)
        yield f"  {one_driver.whose} ({one_driver.awards} of {count_of(one_driver.bids, 'bid')}): {out}; {points}"
    for when, title in (("now", "May be done now"), ("next time", "Only next time")):
        yield f"{title}:"
        yield from (f"  {option.words}. {option.why}" for option in study.options if option.when == when)


def cost_words(study: Mitigation, floor: Floor) -> str:
    """Say what a floor would have cost in score, money and bids, or that no set of awards reaches it."""
    if floor.score is None:
        return (
            "no set of awards keeps all rules"
            if floor.status == "infeasible"
            else "not proven within the work that is allowed"
        )
    lost = study.published - floor.score
    score = f"{ratio_decimal(lost, study.score_unit)} points fewer" if lost else "no points fewer"
    bids = f"{count_of(len(floor.displaced), 'bid')} displaced and {len(floor.gained)} funded instead"
    return f"{score}; {pounds(floor.moved)} moved; {bids}"


@dataclass(frozen=True, kw_only=True)
class MitigationPage(HeadedPage):
    """The study with its words: each floor with what it would have cost, each driver with what stood in the way."""

    template = "study_mitigation.html"
    study: Mitigation
    published: str
    only_information: str
    frontiers: Sequence[Slope]
    floors: Sequence[tuple[Floor, str]]
    drivers: Sequence[tuple[Driver, str, str]]


def mitigation_html(study: Mitigation, outcome: Outcome) -> str:
    """Write the study as one page, with a frontier for each measure: what is lost against how high the floor is."""
    page = MitigationPage(
        about=about(outcome),
        study=study,
        published=ratio_decimal(study.published, study.score_unit),
        only_information=ONLY_INFORMATION,
        frontiers=tuple(frontiers(study)),
        floors=[(one, cost_words(study, one)) for one in study.floors],
        drivers=[(one, *driver_words(one)) for one in study.drivers],
    )
    return render(page)


def frontiers(study: Mitigation) -> Iterator[Slope]:
    """Give a frontier for each measure that has a floor which some set of awards reaches, each to its own scale."""
    solved: dict[str, list[Floor]] = {}
    for one in study.floors:
        if one.score is not None:
            solved.setdefault(one.whose, []).append(one)
    ordered = sorted(solved.items(), key=lambda item: item[1][0].kind == "group")
    for at, (whose, floors) in enumerate(ordered, 1):
        steps = list(_steps(study, floors))
        first, last = steps[0], steps[-1]
        title = f"{UNITS[floors[0].kind]}{whose}: {last.name} instead of {first.name} costs {last.words} points"
        yield frontier(f"frontier-{at}", title, steps)


def _steps(study: Mitigation, floors: list[Floor]) -> Iterator[Step]:
    mark = "%" if floors[0].kind == "small_share" else ""
    have = floors[0].have
    yield Step(have, Fraction(0), f"{decimal_of(have)}{mark}", "0", published=True)
    for one in floors:
        lost = study.published - (one.score or 0)
        words = ratio_decimal(lost, study.score_unit)
        yield Step(
            one.level, Fraction(lost, study.score_unit), f"{decimal_of(one.level)}{mark}", words, published=False
        )


def decimal_of(value: Fraction) -> str:
    """Write a level: whole where it is whole, else to one place.

    >>> decimal_of(Fraction(20)), decimal_of(Fraction(85, 4))
    ('20', '21.3')
    """
    return str(value.numerator) if value.denominator == 1 else to_places(value, 1)


def driver_words(one: Driver) -> tuple[str, str]:
    """Say which requirements kept a group's bids out, and on which criteria its bids earned least beside the others."""
    out = "; ".join(f"{words}: {own} of its bids, {every} of all" for words, own, every in one.kept_out)
    points = "; ".join(f"{title} {to_places(gap, 2)}" for title, gap in one.points)
    whole = to_places(one.whole, 2)
    return out or "none kept one of its bids out", f"{points or 'none lower'} (all criteria together {whole})"
