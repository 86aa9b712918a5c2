"""The criteria map: outcomes against questions, and the share of the score that rides on each; page, text and JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.documents import Json
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import ratio_text, up_to_places
from evaluator.records.programme.aims import Aim, AimShare, CriteriaMap
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.results.effective_weight import EffectiveWeight
from evaluator.records.results.outcome import Run
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render, theme_titles
from evaluator.reporting.shared.share_pictures import Axis, ShareRow, ShareRows, axis_to, share_rows

SCHEMA = "criteria-map/1"
ABOUT = ("E-CRIT-706", "E-CRIT-707", "E-CRIT-708")  # findings about aims, beside those of the area AIMS
KINDS = (("Outcome", "outcome"), ("Approach", "approach"))


def about_aims(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Choose the findings about what questions test."""
    return tuple(found for found in findings if found.code in ABOUT or found.code.startswith("E-AIMS-"))


def map_document(criteria: Criteria, fingerprint: str, made: CriteriaMap, findings: Sequence[Finding]) -> Json:
    """Give the map as JSON values: shares in percent, exact as ``p/q``."""
    return {
        "schema": SCHEMA,
        "criteria": {"reference": criteria.reference, "version": criteria.version, "fingerprint": fingerprint},
        "outcomes": [_aim(aim) for aim in made.aims if aim.kind == "outcome"],
        "approaches": [_aim(aim) for aim in made.aims if aim.kind == "approach"],
        "without_outcome": [
            {"theme": left.theme, "price": _exact(left.price), "questions": left.questions, "share": _exact(left.share)}
            for left in made.left
        ],
        "findings": findings_document(findings),
    }


def _aim(aim: Aim) -> Json:
    return {"id": aim.id, "words": aim.words, "tested": aim.tested, "themes": [_theme(share) for share in aim.shares]}


def _theme(share: AimShare) -> Json:
    shares = {"share": _exact(share.share), "divided": _exact(share.divided)}
    return {"theme": share.theme, "questions": share.questions, **shares}


def _exact(share: Fraction) -> dict[str, str]:
    return {"percent": up_to_places(share, 2), "exact": ratio_text(share)}


def percent(share: Fraction) -> str:
    """Write a share in percent, to two decimal places at most.

    >>> percent(Fraction(27, 2)), percent(Fraction(100, 3)), percent(Fraction(0))
    ('13.5 %', '33.33 %', '0 %')
    """
    return f"{up_to_places(share, 2)} %"


def map_text(criteria: Criteria, made: CriteriaMap, findings: Sequence[Finding]) -> str:
    """Write the map for the screen: what rides on each outcome and approach, theme by theme."""
    lines = [f"{criteria.title}: what rides on each outcome and approach, in percent of the score"]
    for heading, kind in KINDS:
        aims = [aim for aim in made.aims if aim.kind == kind]
        lines += ["", heading + ("s" if kind == "outcome" else "es"), *(_line(aim) for aim in aims)]
    return "\n".join([*lines, "", *(str(one) for one in findings)]).rstrip()


def _line(aim: Aim) -> str:
    tested = [f"{one.theme} {percent(one.share)} ({', '.join(one.questions)})" for one in aim.shares if one.questions]
    return f"  {aim.id}: {'; '.join(tested) or 'nothing tests it'}"


@dataclass(frozen=True)
class AimRow:
    """An outcome or approach, with what rides on it in each theme, and its words."""

    name: str
    shares: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class AimsTable:
    """All outcomes or all approaches; for outcomes also what rides on none of them in each theme, else empty."""

    heading: str
    aims: tuple[AimRow, ...]
    no_outcome: tuple[str, ...] = ()
    price: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapPage(HeadedPage):
    """The map: pictures and a table of each kind, and each theme's questions with their shares of the score."""

    template = "criteria_map.html"
    charts: Sequence[tuple[str, Sequence[ShareRows]]]
    heads: list[str]
    tables: Sequence[AimsTable]
    themes: Sequence[tuple[str, Sequence[tuple[Question, str]]]]
    findings: Sequence[Finding]


def map_page(
    criteria: Criteria,
    fingerprint: str,
    made: CriteriaMap,
    weights: Sequence[EffectiveWeight],
    findings: Sequence[Finding],
    run: Run,
) -> str:
    """Write the map as a page with pictures of each kind and the same numbers in tables."""
    titles = theme_titles(criteria)
    shares = {(weight.theme, weight.question): weight.effective for weight in weights}
    page = MapPage(
        about=about_criteria(criteria, fingerprint, run),
        charts=[(heading, drawn) for heading, kind in KINDS if (drawn := _charts(kind, made, titles))],
        heads=[f"#{title}" for title in titles.values()],
        tables=[table for heading, kind in KINDS if (table := _table(heading, kind, made)).aims],
        themes=[(theme.title, _rows(criteria, theme.id, shares)) for theme in criteria.themes],
        findings=findings,
    )
    return render(page)


def _table(heading: str, kind: str, made: CriteriaMap) -> AimsTable:
    aims = tuple(
        AimRow(aim.id.replace("_", " "), tuple(map(_share, aim.shares)), aim.words)
        for aim in made.aims
        if aim.kind == kind
    )
    if kind != "outcome":
        return AimsTable(heading, aims)
    no_outcome = tuple(percent(left.share) for left in made.left)
    return AimsTable(heading, aims, no_outcome, tuple(percent(left.price) for left in made.left))


def _share(share: AimShare) -> str:
    return f"{percent(share.share)} ({percent(share.divided)})" if share.questions else "–"


def _rows(criteria: Criteria, theme: str, shares: dict[tuple[str, str], Fraction]) -> list[tuple[Question, str]]:
    return [(asked, percent(shares.get((theme, asked.id), Fraction(0)))) for asked in criteria.questions(theme)]


def _charts(kind: str, made: CriteriaMap, titles: dict[str, str]) -> list[ShareRows]:
    """Draw, theme by theme and on one scale, a bar for each outcome or approach that the theme's questions test."""
    aims = [aim for aim in made.aims if aim.kind == kind]
    axis = axis_to(max((share.share for aim in aims for share in aim.shares), default=Fraction(0)), "%")
    drawn = (_chart(f"map-{kind}-{number}", title, number, aims, axis) for number, title in enumerate(titles.values()))
    return [one for one in drawn if one.rows]


def _chart(id: str, title: str, number: int, aims: Sequence[Aim], axis: Axis) -> ShareRows:
    tested = [(aim.id.replace("_", " "), aim.shares[number]) for aim in aims if aim.shares[number].questions]
    ordered = sorted(tested, key=lambda one: -one[1].share)
    rows = [ShareRow(label, percent(one.share), Fraction(0), one.share) for label, one in ordered]
    finding = f"{title}: most rides on {ordered[0][0]}, {percent(ordered[0][1].share)}" if ordered else title
    return share_rows(id, finding, rows, axis=axis)
