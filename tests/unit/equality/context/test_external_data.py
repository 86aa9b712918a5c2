"""Benchmarks, another programme's awards, and deletions: what is taken, and what is noted."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluator.equality import after_deletion, read_external_data, without_deleted
from evaluator.records.submissions.received import Block, ReceivedExternalData, Table
from tests.unit.equality.small_programmes import criteria, monitoring

RESIDENTS = {
    "kind": "population",
    "of": "women_led",
    "title": "Residents",
    "source": "Census 2021",
    "date": "2021-03-21",
    "total": 310300,
    "numbers": {"Yes": 155150},
}


def table(keys: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    letters = dict(zip(keys, "ABCDEF", strict=False))
    block = Block("equality/grants.csv", "", range(2, 2 + len(rows)), letters)
    return Table({key: [row[at] for row in rows] for at, key in enumerate(keys)}, (block,))


def notes(written: dict[str, object]) -> list[tuple[str, str]]:
    _, found = read_external_data(criteria(), ReceivedExternalData(baselines=written))
    return [(one.code, one.message) for one in found]


def test_numbers_with_a_total_and_percents_become_exact_shares() -> None:
    percents = RESIDENTS | {"percents": {"No": "22.9%"}}
    external, found = read_external_data(criteria(), ReceivedExternalData({"baseline": [percents]}))
    assert found == ()
    assert external.baselines[0].shares == (("No", Fraction(229, 1000)), ("Yes", Fraction(1, 2)))


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"source": None}, "E-EQUALITY-006", "baseline.0.source"),
        ({"kind": "guess"}, "E-EQUALITY-006", "baseline.0.kind"),
        ({"total": None}, "E-EQUALITY-006", "has numbers and no total"),
        ({"percents": {"Yes": Decimal("0.2")}}, "E-EQUALITY-006", "percentage in quotes"),
        ({"of": "led_by_woman"}, "E-EQUALITY-009", "“led_by_woman”"),
    ],
)
def test_a_benchmark_that_cannot_be_used_is_a_note(change: dict[str, object], code: str, words: str) -> None:
    written = {key: value for key, value in (RESIDENTS | change).items() if value is not None}
    ((found, message),) = notes({"baseline": [written]})
    assert found == code
    assert words in message


def test_no_benchmarks_and_no_grants_are_no_trouble() -> None:
    external, found = read_external_data(criteria(), ReceivedExternalData())
    assert (external.baselines, external.grants, found) == ((), (), ())


def test_awards_of_another_programme_are_read_and_an_amount_that_is_none_is_noted() -> None:
    keys = ("programme", "organisation", "amount", "wards")
    grants = table(keys, ("Small grants", "O1", "£1,200.50", "Bow; Poplar"), ("Small grants", "O2", "12k", ""))
    external, (note,) = read_external_data(criteria(), ReceivedExternalData(grants=grants))
    assert [(one.organisation, one.amount, one.wards) for one in external.grants] == [
        ("O1", 1200_50, ("Bow", "Poplar"))
    ]
    assert (note.code, note.source.cell) == ("E-EQUALITY-007", "C3")


def test_a_reply_that_comes_in_again_after_its_deletion_is_not_counted_and_noted() -> None:
    deletions = table(("organisation", "what"), ("O1", "all"), ("O2", "women_led"), ("O3", "another"))
    kept, found = without_deleted(monitoring([("O1", "Yes"), ("O2", "No"), ("O3", "Yes")]), deletions)
    assert kept is not None
    assert kept.columns["women_led"] == ["", "", "Yes"]
    assert [(one.code, one.source.cell) for one in found] == [("E-EQUALITY-008", "A2"), ("E-EQUALITY-008", "A3")]
    assert "Yes" not in found[0].message
    assert without_deleted(None, deletions) == (None, ())


def test_a_deletion_takes_a_row_or_one_reply() -> None:
    rows = [{"organisation": "O1", "a": "Yes", "b": "No"}, {"organisation": "O2", "a": "Yes", "b": ""}]
    assert after_deletion(rows, "O1", "all") == ([rows[1]], 2)
    assert after_deletion(rows, "O1", "a") == ([{"organisation": "O1", "a": "", "b": "No"}, rows[1]], 1)
    assert after_deletion(rows, "O9", "all") == (rows, 0)
    assert after_deletion(rows, "O2", "b") == (rows, 0)
