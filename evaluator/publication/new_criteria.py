"""New criteria: an empty programme that explains itself, or one composed of the library's questions."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from evaluator.records.numbers import ratio_decimal
from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.programme.written.files import written
from evaluator.records.programme.written.library import Area, Library

COMMON_POINTS, OWN_POINTS, PRICE_POINTS = 40, 35, 25
DRAFT = "Draft from the starter library, to be replaced by where the theme was decided."
BLANK = {"id": "Q1", "title": "", "text": "", "good_answer": "", "purpose": "", "source": ""}
EMPTY_THEME = {"id": "theme1", "title": "", "source": "", "weights": {"Q1": "75", PRICE: "25"}, "question": [BLANK]}


def compose(library: Library, areas: Sequence[Area]) -> Criteria:
    """Compose a programme with a theme for each area; without areas, one empty theme that is to be filled in.

    Its gates are those to start from and those about exclusions. In each theme the common questions carry 40 points in
    their published ratios, its own 35, and price 25.
    """
    gates = [*library.start["gate"], *(written(gate) for gate in library.exclusions.gate)]
    start = library.start | {"gate": gates}
    if not areas:
        return Criteria.model_validate(start | {"themes": [EMPTY_THEME]})
    outcomes = library.start["outcomes"] | {area.outcome: f"{area.title}: {area.words}" for area in areas}
    themes = [_theme(library, area) for area in sorted(areas, key=lambda area: area.id)]
    return Criteria.model_validate(start | {"outcomes": outcomes, "common": library.common, "themes": themes})


def _theme(library: Library, area: Area) -> dict[str, Any]:
    return {
        "id": area.id,
        "title": area.title,
        "summary": f"{area.words}.",
        "tier": "medium",
        "outcomes": [area.outcome],
        "source": DRAFT,
        "weights": _weights(library, area),
        "minimum_quality": "50%",
        "question": [written(question) for question in area.question],
    }


def _weights(library: Library, area: Area) -> dict[str, str]:
    """Share out the points: the common questions' by their ratios, the theme's own evenly, the rest on the first."""
    relative = {question.id: Fraction(question.relative_weight or 1) for question in library.common}
    common = {name: COMMON_POINTS * share / sum(relative.values()) for name, share in relative.items()}
    each, rest = divmod(OWN_POINTS, len(area.question))
    own = {question.id: Fraction(each + (0 if number else rest)) for number, question in enumerate(area.question)}
    weights = common | own | {PRICE: Fraction(PRICE_POINTS)}
    return {name: ratio_decimal(weight.numerator, weight.denominator) for name, weight in weights.items()}
