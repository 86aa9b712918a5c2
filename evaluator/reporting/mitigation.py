"""What could be done and what it would cost, as text, as a document for machines, and as a page with a chart."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction

from evaluator.records.mitigation import Floor, Mitigation
from evaluator.records.numbers import fixed, pounds, ratio_decimal
from evaluator.records.outcome import Outcome
from evaluator.reporting.charts import Bar, bar_chart, cut
from evaluator.reporting.pages import counted, render

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
    for when in ("now", "next time"):
        yield f"May be done {when}:"
        yield from (f"  {option.words}. {option.why}" for option in study.options if option.when == when)


def cost_words(study: Mitigation, floor: Floor) -> str:
    """Say what a floor would have cost in score, money and bids, or that no set of awards reaches it."""
    if floor.score is None:
        return "no set of awards keeps all rules" if floor.status == "infeasible" else "not proven in the time limit"
    lost = study.published - floor.score
    score = f"{ratio_decimal(lost, study.score_unit)} points fewer" if lost else "no points fewer"
    bids = f"{counted(len(floor.displaced), 'bid')} displaced and {len(floor.gained)} funded instead"
    return f"{score}; {pounds(floor.moved)} moved; {bids}"


def mitigation_html(study: Mitigation, outcome: Outcome) -> str:
    """Write the study as one page, with the frontier of the small organisations' share as a chart."""
    solved = [one for one in study.floors if one.score is not None]
    bars = [
        Bar(
            cut(one.words.removeprefix("at least ")),
            (Fraction(study.published - (one.score or 0), study.score_unit),),
            ratio_decimal(study.published - (one.score or 0), study.score_unit),
        )
        for one in solved
    ]
    description = (
        "A bar for each floor with the points that it would have cost; the table that follows has the numbers."
    )
    return render(
        "study_mitigation.html",
        outcome,
        study=study,
        published=ratio_decimal(study.published, study.score_unit),
        only_information=ONLY_INFORMATION,
        chart=bar_chart(
            "frontier", "Points that each floor (at least so much) would have cost", description, ("points lost",), bars
        ),
        rows=[(one, cost_words(study, one)) for one in study.floors],
    )
