"""Checks of sections: what a group of questions is published to carry, and what it really carries."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.weights import effective_weights
from evaluator.publication.locations import Place, numbered
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, ratio_text, to_places
from evaluator.records.programme.criteria import Criteria, Section, Theme


def sections_carry_what_they_say(criteria: Criteria) -> Iterator[Finding]:
    """Find sections whose questions together carry another share of the greatest total than is published.

    A weight that is given to every question of a section, instead of being divided among them, multiplies the section
    by the number of its questions.
    """
    effective = _effective(criteria)
    for theme, place, section in _sections(criteria):
        carried = sum((effective.get((theme.id, leaf), Fraction(0)) for leaf in section.questions), Fraction(0))
        if carried != Fraction(section.weight):
            facts = {"published": decimal_text(section.weight), "effective": short(carried)}
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
            missing = [leaf for leaf in theme.weights if leaf not in home]
            yield from (finding("E-CRIT-116", place.key("section"), theme=theme.id, leaf=leaf) for leaf in missing)


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
    """Give what each leaf carries; where the weights do not add up to 100, its share of what they add up to."""
    return {(one.theme, one.question): one.effective for one in effective_weights(criteria)}


def short(value: Fraction) -> str:
    """Write a percentage with one decimal, and exactly where that says less.

    >>> short(Fraction(1400, 17)), short(Fraction(25, 2)), short(Fraction(4225, 100))
    ('82.4 (exactly 1400/17)', '12.5', '42.3 (exactly 169/4)')
    """
    text = to_places(value, 1)
    return text if Fraction(text) == value else f"{text} (exactly {ratio_text(value)})"
