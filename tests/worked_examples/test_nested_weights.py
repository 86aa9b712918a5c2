"""Published rounds whose weights were given to every sub-criterion, rebuilt as criteria: refused, with what they carry.

UK government "Assess" (communitiesuk/funding-service-pre-award at a869b52): the weight of a criterion is applied to
each of its sub-criteria, so unequal numbers of these change what each criterion carries. Computed by hand from the
mapping files' displayed weights and numbers of sub-criteria.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluator.publication import check
from evaluator.records.numbers import fixed, rounded
from evaluator.records.programme.criteria import Criteria
from tests.unit.publication.small_criteria import put, small

ROUNDS = {
    "CYP round 1": ((35, 40, 15, 10), (1, 7, 1, 1), ("10.3", "82.4", "4.4", "2.9")),
    "NSTF round 2": ((15, 40, 15, 15, 15), (2, 6, 2, 1, 1), ("9.1", "72.7", "9.1", "4.5", "4.5")),
    "COF round 2": ((30, 30, 30, 10), (3, 4, 2, 1), ("32.1", "42.9", "21.4", "3.6")),
    "DPIF rounds 2 to 4": ((50, 50), (2, 3), ("40.0", "60.0")),
}


def rebuilt(displayed: tuple[int, ...], counts: tuple[int, ...], divided: bool = False) -> Criteria:
    """One theme with a section for each criterion; each question has its criterion's weight, or its part of it."""
    leaves = {at: [f"Q{at}-{n}" for n in range(1, count + 1)] for at, count in enumerate(counts, 1)}
    shown = dict(enumerate(displayed, 1))
    theme = small().themes[0].model_dump(mode="json", exclude={"rule", "minimum_marks", "question", "price"})
    question = small().themes[0].question[0].model_dump(mode="json")
    weights = {
        leaf: str(Decimal(shown[at]) / (len(names) if divided else 1)) for at, names in leaves.items() for leaf in names
    }
    ids = [leaf for names in leaves.values() for leaf in names]
    sections: list[Mapping[str, Any]] = [
        {"id": f"S{at}", "title": f"Criterion {at}", "weight": str(shown[at]), "questions": names, "source": "4"}
        for at, names in leaves.items()
    ]
    one = theme | {
        "minimum_quality": None,
        "weights": weights,
        "section": sections,
        "question": [question | {"id": leaf, "title": leaf, "text": f"What do you say on {leaf}?"} for leaf in ids],
    }
    return small(put("price", None), put("allocation", None), put("common", []), put("themes", [one]))


@pytest.mark.parametrize("name", ROUNDS)
def test_a_weight_given_to_every_question_of_a_section_is_refused_with_what_it_carries(name: str) -> None:
    displayed, counts, effective = ROUNDS[name]
    found = [one for one in check(rebuilt(displayed, counts)) if one.code == "E-CRIT-113"]
    together = sum(weight * count for weight, count in zip(displayed, counts, strict=True))
    exactly = [Fraction(100 * weight * count, together) for weight, count in zip(displayed, counts, strict=True)]
    assert tuple(fixed(rounded(one, 1), 1) for one in exactly) == effective
    for place, (weight, carries, exact) in enumerate(zip(displayed, effective, exactly, strict=True), 1):
        (one,) = [one for one in found if one.source.key == f"section[{place}].weight"]
        assert f"the section S{place} is published with {weight} %" in one.message
        assert f"carry {carries}" in one.message
        assert one.severity.value == "blocks_award"
        assert exact == Fraction(carries) or f"(exactly {exact.numerator}/{exact.denominator})" in one.message


def test_a_round_with_its_weights_divided_among_the_questions_is_not() -> None:
    """30 among 3, 30 among 4, 30 among 2 and 10 alone are 10, 7.5, 15 and 10 each."""
    displayed, counts, _ = ROUNDS["COF round 2"]
    found = check(rebuilt(displayed, counts, divided=True))
    assert [one.code for one in found if one.code.startswith("E-CRIT-11")] == []


def test_shares_within_sections_multiply_out_to_the_published_weights() -> None:
    """University of California, nested weights: 75 % quality of 20, 25, 30 and 25 is 15, 18.75, 22.5 and 18.75."""
    shares = {"C1": "20", "C2": "25", "N1": "30", "N2": "25"}
    second = small().themes[0].question[0].model_dump(mode="json") | {
        "id": "N2",
        "text": "And what else do they learn?",
    }
    section = {"id": "quality", "title": "Quality", "weight": "75", "questions": list(shares), "shares": shares}
    price = {"id": "price", "title": "Price", "weight": "25", "questions": ["price"], "source": "4"}
    published = {"C1": "15", "C2": "18.75", "N1": "22.5", "N2": "18.75", "price": "25"}

    def codes(weights: Mapping[str, str]) -> set[str]:
        question = [small().themes[0].question[0].model_dump(mode="json"), second]
        criteria = small(
            put("themes.0.question", question),
            put("themes.0.weights", dict(weights)),
            put("themes.0.section", [section | {"source": "4"}, price]),
        )
        return {one.code for one in check(criteria) if "E-CRIT-113" <= one.code <= "E-CRIT-116"}

    assert codes(published) == set()
    assert codes(published | {"C1": "16", "C2": "17.75"}) == {"E-CRIT-114"}
    assert codes(published | {"N1": "23.5", "price": "24"}) == {"E-CRIT-113", "E-CRIT-114"}
