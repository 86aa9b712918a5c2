"""Checks of stages: each can be worked out, its places are decided by what was published, and the law knows it."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.law import regime
from evaluator.publication.locations import PROGRAMME, Place, numbered
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import exact_text
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.criteria import QUESTION, Criteria, Theme


def stages_name_questions(criteria: Criteria) -> Iterator[Finding]:
    """Find questions of a stage that no theme asks, and those of two stages."""
    asked = {question.id for theme in criteria.themes for question in criteria.questions(theme.id)}
    home: dict[str, str] = {}
    for place, stage in _placed(criteria):
        for question in stage.questions:
            if question not in asked:
                yield finding("E-CRIT-180", place.key("questions"), stage=stage.id, question=question)
            elif question in home:
                facts = {"stage": stage.id, "question": question, "other": home[question]}
                yield finding("E-CRIT-181", place.key("questions"), **facts)
            home.setdefault(question, stage.id)


def stages_weigh_their_own_questions(criteria: Criteria) -> Iterator[Finding]:
    """Find weights of a stage for what is not marked in it, and those of nothing."""
    weighed = {leaf for theme in criteria.themes for leaf, weight in theme.weights.items() if weight}
    for place, stage in _placed(criteria):
        for question, weight in stage.weights.items():
            if question not in weighed.intersection(stage.questions) or not weight:
                yield finding("E-CRIT-236", place.key("weights"), stage=stage.id, question=question)


def stages_say_who_goes_on(criteria: Criteria) -> Iterator[Finding]:
    """Find stages that do not say who goes on, or say it twice over."""
    for place, stage in _placed(criteria):
        last = stage is criteria.stage[-1]
        if problem := _unsaid(stage, last=last, minimums=_has_minimums(criteria, stage)):
            yield finding("E-CRIT-182", place.key("passes"), stage=stage.id, problem=problem)


def _has_minimums(criteria: Criteria, stage: Stage) -> bool:
    """Whether every theme that asks something in a stage publishes a minimum there, by which bids go on or not."""
    asked = set(stage.questions)
    views = [theme for theme in criteria.themes if asked & theme.weights.keys()]
    passed = {one.id for theme in views for one in criteria.questions(theme.id) if one.answered == "pass_fail"}
    return bool(views) and all(
        asked & (theme.minimum_marks.keys() | (passed & theme.weights.keys()))
        or any(asked.issuperset(one.questions) and (one.minimum_points or one.minimum_percent) for one in theme.section)
        for theme in views
    )


def _unsaid(stage: Stage, *, last: bool, minimums: bool) -> str:
    least = stage.score is not None or stage.share is not None
    if stage.passes is None:
        if not last:
            return "does not say who goes on to the next stage"
        told = least or stage.number is not None
        return "gives a figure and does not say who goes on by it" if told else ""
    if stage.passes == "best" and stage.number is None:
        return "lets the best go on and does not say how many (number)"
    if stage.passes == "at_least" and not (least or minimums):
        return "lets bids go on that have enough points and does not say how many points (score, or share)"
    if stage.passes == "at_least" and stage.number is not None:
        return "lets every bid go on that has enough points, and gives a number of bids too"
    return "gives both a score and a share of the points" if stage.score is not None and stage.share is not None else ""


def last_places_are_decided(criteria: Criteria) -> Iterator[Finding]:
    """Find what is published of equal points at the last place and cannot be applied."""
    for place, stage in _placed(criteria):
        if problem := _undecided(stage):
            yield finding("E-CRIT-183", place.key("ties"), stage=stage.id, problem=problem)


def _undecided(stage: Stage) -> str:
    strange = [
        one for one in stage.tie_break if one.removeprefix(QUESTION) not in stage.questions or QUESTION not in one
    ]
    if stage.passes != "best" and (stage.ties != "all_pass" or stage.tie_break or stage.draw_seed):
        return "says what decides between equal bids at the last place, and has no last place"
    if strange:
        return f"decides by {listing(strange)}, which is no question of the stage (write question: before its id)"
    if stage.ties == "tie_break" and not stage.tie_break:
        return "says that a tie-break decides and does not say which (tie_break)"
    if stage.ties == "all_pass" and stage.tie_break:
        return 'has a tie-break that is not applied, for all equal bids pass (ties = "tie_break")'
    if stage.ties == "draw" and not stage.draw_seed:
        return "says that a draw decides and does not say by which published words (draw_seed)"
    return "has the words of a draw, and no draw decides" if stage.draw_seed and stage.ties != "draw" else ""


def scores_can_be_reached(criteria: Criteria) -> Iterator[Finding]:
    """Find stages of which a theme has no question, or too few points for the score that is asked for."""
    for place, stage in _placed(criteria):
        every = {theme.id: _available(stage, theme) for theme in criteria.themes}
        for theme, available in every.items():
            facts = {"stage": stage.id, "theme": theme, "available": exact_text(available)}
            if available and stage.score is not None and stage.score > available:
                yield finding("E-CRIT-184", place.key("score"), **facts, score=exact_text(stage.score))
            if not available and stage.passes == "best" and not stage.in_each_theme:
                yield finding(
                    "E-CRIT-185", place.key("by_theme"), stage=stage.id, problem=f"{theme} has none of its questions"
                )
        if stage.share is not None and stage.share > 100:
            yield finding(
                "E-CRIT-184", place.key("share"), stage=stage.id, theme="every theme", available="100 %", score="more"
            )


def _available(stage: Stage, theme: Theme) -> Fraction:
    weights = theme.weights | {one: weight for one, weight in stage.weights.items() if one in theme.weights}
    return sum((Fraction(weights.get(question, 0)) for question in stage.questions), Fraction(0))


def themes_are_compared_alike(criteria: Criteria) -> Iterator[Finding]:
    """Find shortlists over all themes whose themes carry different points, and those that do not say over what."""
    for place, stage in _placed(criteria):
        if stage.passes != "best" or len(criteria.themes) < 2:
            continue
        carried = {theme.id: _available(stage, theme) for theme in criteria.themes}
        if stage.by_theme is None:
            yield finding("E-CRIT-186", place.key("by_theme"), stage=stage.id, number=stage.number or 0)
        elif not stage.by_theme and all(carried.values()) and len(set(carried.values())) > 1:
            said = listing(f"{theme} {exact_text(points)}" for theme, points in carried.items())
            yield finding("E-CRIT-187", place.key("by_theme"), stage=stage.id, points=said)


def the_law_knows_stages(criteria: Criteria) -> Iterator[Finding]:
    """Find stages in a procedure of one stage, and shortlists of fewer than must be invited."""
    procedure = regime(criteria.regime).procedure_called(criteria.procurement.procedure)
    if procedure is None:
        return
    for place, stage in _placed(criteria):
        if stage.passes and procedure.one_stage:
            facts = {"stage": stage.id, "procedure": procedure.title, "provision": procedure.provision}
            yield finding("E-CRIT-188", place.key("passes"), **facts)
        if stage.passes == "best" and stage.number and stage.number < procedure.least_invited:
            least = {"number": stage.number, "least": procedure.least_invited}
            yield finding("E-CRIT-189", place.key("number"), stage=stage.id, procedure=procedure.title, **least)


def _placed(criteria: Criteria) -> Iterator[tuple[Place, Stage]]:
    return numbered(PROGRAMME, "stage", criteria.stage)
