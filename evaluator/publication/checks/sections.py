"""Checks of sections: what a group of questions is published to carry, and what it really carries."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.weights import effective_weights
from evaluator.publication.locations import Place, in_theme, numbered
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, exact_text, ratio_text, to_places, up_to_places
from evaluator.records.programme.conditions.minimums import PointMinimum
from evaluator.records.programme.criteria import QUALITY, Criteria, Section, Theme


def sections_carry_what_they_say(criteria: Criteria) -> Iterator[Finding]:
    """Find sections whose questions together carry another share of the greatest total than is published.

    A weight that is given to every question of a section, instead of being divided among them, multiplies the section
    by the number of its questions. Questions that only admit to a later stage are no part of the total, and carry what
    their weights are of it.
    """
    effective = _effective(criteria)
    aside = {leaf for stage in criteria.stage if not stage.counts for leaf in stage.questions}
    for theme, place, section in _sections(criteria):
        carried = sum((effective.get((theme.id, leaf), Fraction(0)) for leaf in section.questions), Fraction(0))
        whole = criteria.whole_of(theme.id)
        if whole and aside.issuperset(section.questions):
            beside = sum((Fraction(theme.weights.get(leaf, 0)) for leaf in section.questions), Fraction(0))
            carried = 100 * beside / whole
        if carried * whole != 100 * Fraction(section.weight) and whole:
            published = 100 * Fraction(section.weight) / whole
            facts = {"published": up_to_places(published, 2), "effective": short(carried)}
            leaves = count_of(len(section.questions), "question")
            yield finding("E-CRIT-113", place.key("weight"), theme=theme.id, section=section.id, leaves=leaves, **facts)


def shares_within_sections_agree(criteria: Criteria) -> Iterator[Finding]:
    """Find questions whose published share of their section is not what their weight is of it."""
    for theme, place, section in _sections(criteria):
        weights = {leaf: Fraction(theme.weights.get(leaf, 0)) for leaf in section.questions}
        together = sum(weights.values())
        for leaf, share in section.shares.items():
            real = 100 * weights.get(leaf, Fraction(0)) / together if together else Fraction(0)
            if real != Fraction(share):
                facts = {"share": decimal_text(share), "effective": short(real)}
                where = place.key(f"shares.{leaf}")
                yield finding("E-CRIT-114", where, theme=theme.id, section=section.id, leaf=leaf, **facts)


def sections_hold_every_question_once(criteria: Criteria) -> Iterator[Finding]:
    """Find questions in two sections, in a section without a weight of their own, or in none while others are."""
    for theme in criteria.themes:
        home: dict[str, str] = {}
        for place, section in _placed(theme):
            for leaf in section.questions:
                problem = _problem(theme, home, leaf)
                home.setdefault(leaf, section.id)
                if problem:
                    facts = {"section": section.id, "leaf": leaf, "problem": problem}
                    yield finding("E-CRIT-115", place.key("questions"), theme=theme.id, **facts)
        if theme.section:
            place = Place(f"themes/{theme.id}.toml")
            unweighted = {one.id for one in criteria.questions(theme.id) if one.answered != "marked"}
            missing = [leaf for leaf in theme.weights if leaf not in home and leaf not in unweighted]
            yield from (finding("E-CRIT-116", place.key("section"), theme=theme.id, leaf=leaf) for leaf in missing)


def minimums_can_be_reached(criteria: Criteria) -> Iterator[Finding]:
    """Find minimums of points, of a section or of all questions, of more than there is."""
    for theme in criteria.themes:
        asked = tuple(question.id for question in criteria.questions(theme.id) if question.id in theme.weights)
        counted = criteria.counted(theme.id).weights
        for one in theme.point_minimums(asked):
            weights = counted if one.name == QUALITY else theme.weights  # a section may lie in a stage that only admits
            available = sum((Fraction(weights[leaf]) for leaf in one.questions), Fraction(0))
            above_the_whole = one.name == QUALITY and (one.percent or 0) > 100  # told as that
            if not one.met(available, available) and not above_the_whole:
                wanted = f"{'more than ' * one.beyond}{exact_text(one.least(available))}"
                facts = {"what": one.title, "wanted": wanted, "most": exact_text(available)}
                yield finding("E-CRIT-130", in_theme(theme, _key(theme, one)), theme=theme.id, **facts)


def minimums_lie_in_one_stage_or_none(criteria: Criteria) -> Iterator[Finding]:
    """Find sections with a minimum of which a part only admits: nothing says which points are held to it."""
    for stage in (one for one in criteria.stage if not one.counts):
        for theme, place, section in _sections(criteria):
            least = section.minimum_points if section.minimum_points is not None else section.minimum_percent
            own = set(section.questions)
            if least is not None and own & set(stage.questions) and not own <= set(stage.questions):
                facts = {"section": section.id, "stage": stage.id}
                yield finding("E-CRIT-234", place.key("questions"), theme=theme.id, **facts)


def _key(theme: Theme, one: PointMinimum) -> str:
    end = "_percent" if one.points is None else "_points"
    if one.name == QUALITY:
        return "minimum_quality" + end * (one.points is not None)
    number = next(at for at, section in enumerate(theme.section, 1) if section.id == one.name)
    return f"section[{number}].minimum{end}"


def what_must_be_exceeded_has_a_minimum(criteria: Criteria) -> Iterator[Finding]:
    """Find names of minimums that must be exceeded, of which none is published, and those that no mark can exceed."""
    for theme in criteria.themes:
        asked = tuple(question.id for question in criteria.questions(theme.id) if question.id in theme.weights)
        known = {one.name for one in theme.point_minimums(asked)} | set(theme.minimum_marks)
        for name in theme.more_than:
            if name not in known:
                yield finding("E-CRIT-131", in_theme(theme, "more_than"), theme=theme.id, name=name)
            least = theme.minimum_marks.get(name)
            if least is not None and least >= criteria.scale_for(name).highest:
                facts = {"question": name, "mark": decimal_text(least)}
                yield finding("E-CRIT-132", in_theme(theme, f"minimum_marks.{name}"), **facts)


def _problem(theme: Theme, home: dict[str, str], leaf: str) -> str:
    if leaf in home:
        return f"it is in the section {home[leaf]} as well"
    return "" if leaf in theme.weights else "it has no weight in the theme"


def _sections(criteria: Criteria) -> Iterator[tuple[Theme, Place, Section]]:
    for theme in criteria.themes:
        for place, section in _placed(theme):
            yield theme, place, section


def _placed(theme: Theme) -> Iterator[tuple[Place, Section]]:
    return numbered(f"themes/{theme.id}.toml", "section", theme.section)


def _effective(criteria: Criteria) -> dict[tuple[str, str], Fraction]:
    """Give what each leaf carries in percent; where weights do not add up, its share of what they add up to."""
    return {(one.theme, one.question): one.effective for one in effective_weights(criteria)}


def short(value: Fraction) -> str:
    """Write a percentage with one decimal, and exactly where that says less.

    >>> short(Fraction(1400, 17)), short(Fraction(25, 2)), short(Fraction(4225, 100))
    ('82.4 (exactly 1400/17)', '12.5', '42.3 (exactly 169/4)')
    """
    text = to_places(value, 1)
    return text if Fraction(text) == value else f"{text} (exactly {ratio_text(value)})"
