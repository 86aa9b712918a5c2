"""The bank holidays that the law's data lists are those of the package that lists them for every year."""

import pytest
from holidays import country_holidays

from evaluator.law.texts import load
from evaluator.law.working_days import _day, _listed

USUAL = load("bank_holidays")["usual"]


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_days_are_those_of_the_package(name):
    part, year = name.split("-")
    days = dict(_day(int(year), one) for one in USUAL[name].split(" | "))
    assert days == dict(
        sorted((day, str(title)) for day, title in country_holidays("GB", part, years=int(year)).items())
    )


def test_a_year_that_is_not_listed_is_asked_of_the_package():
    assert "ENG-2050" not in USUAL
    assert "Christmas Day" in _listed("ENG", 2050).values()
