"""The hours of managing a contract come from what is published, whatever the register says."""

from decimal import Decimal

import pytest

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.contract_management import ContractManagement
from evaluator.reporting.appendix.statements import hours_statements
from evaluator.validation import validate
from tests.findings.faultless_folder import Folder, publish
from tests.unit.publication.small_criteria import SMALL

FORMULA = {"for_contract": "4", "for_visit": "4", "for_report": "2", "for_money": "4", "source": "Cabinet, 9.2"}
TIER = {"id": "small", "title": "Small", "monitoring": 4, "visits": 2, "source": "4"}


def with_formula(**keys: object) -> Criteria:
    themes = [{**theme, "tier": "small"} for theme in SMALL["themes"]]
    return Criteria.model_validate({**SMALL, "themes": themes, "tier": [TIER], "contract_management": FORMULA | keys})


@pytest.mark.parametrize(
    ("price", "hours"),
    [
        (90_000_00, "38.0"),  # 4 + 2 x 4 + 4 x 2 + 4 x 45,000 / 10,000 a year
        (0, "20.0"),
        (50_249_99, "30.0"),  # 20 + 10.049998 is 30.049998
        (50_250_00, "30.1"),  # 20 + 10.05 is 30.05, and a half goes up
    ],
)
def test_hours_are_those_of_the_tier_and_of_the_average_yearly_price_rounded_once(price: int, hours: str):
    assert with_formula().management_hours("north", price) == Decimal(hours)


def test_a_theme_without_a_tier_has_neither_visits_nor_reports():
    bare = Criteria.model_validate({**SMALL, "contract_management": FORMULA})
    assert bare.management_hours("north", 20_000_00) == Decimal("8.0")


def test_without_a_formula_no_hours_are_worked_out():
    assert Criteria.model_validate(SMALL).management_hours("north", 90_000_00) is None


def test_places_are_those_published():
    formula = ContractManagement(for_money="1", places=0, source="9")
    assert [str(formula.hours(0, 0, price, 1)) for price in (14_999_99, 15_000_00)] == ["1", "2"]


def test_the_formula_counts_and_not_an_empty_register():
    folder = Folder()
    publish("contract_management", {"for_contract": "12.5", "source": "9"})(folder)
    for row in folder.rows("register"):
        row["hours"] = ""
    evaluation, _ = validate(folder.published(), folder.received())
    assert evaluation is not None
    assert {bid.hours for theme in evaluation.themes for bid in theme.bids} == {Decimal("12.5")}


def test_the_appendix_says_the_formula_in_one_sentence():
    ((_, said),) = hours_statements(with_formula())
    assert said == (
        "The hours that managing a contract takes in a year are worked out, not typed in: 4 for the contract; 4 for "
        "each visit in a year; 2 for each monitoring report in a year; 4 for each £10,000 of the average yearly "
        "price, added up and rounded once to 1 decimal place, a half up. Visits and reports are those of the theme's "
        "tier. Source: Cabinet, 9.2"
    )
    assert not list(hours_statements(Criteria.model_validate(SMALL)))
