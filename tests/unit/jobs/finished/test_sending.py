"""What people say of what goes out: days in their order, a decision that is whole, and nothing that holds a place."""

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.finished.sending import Said
from evaluator.law import REGIMES
from tests.unit.cli.receiving import ROOT

WHOLE = Said(
    "R. Example", "Director", "2026-12-01", "2026-12-02", "2026-12-03", "https://example.org/method", "a@b.example"
)


def wrong(said: Said) -> list[str]:
    return [key for key, _ in said.problems(str.upper)]


def test_what_is_whole_and_in_order_has_nothing_wrong() -> None:
    assert wrong(WHOLE) == wrong(Said()) == []


@pytest.mark.parametrize(
    "text",
    [
        "[name]",
        "<address>",
        "{{ contact }}",
        "TBC",
        "n/a",
        "xxx",
        "Cllr ____",
        "Insert name",
        "to be confirmed",
        "??",
        ".....",
    ],
)
def test_a_text_that_only_holds_a_place_is_refused_where_it_stands(text: str) -> None:
    assert wrong(Said(contact=text)) == ["contact"]
    assert wrong(Said(decided_by=text, role="Director", decided="2026-12-01")) == ["decided_by"]


@pytest.mark.parametrize("text", ["Cllr R. O'Hara", "https://example.org/a?b=c", "Room 3, Town Hall", "Nonesuch Trust"])
def test_a_name_or_an_address_is_none_of_those(text: str) -> None:
    assert wrong(Said(contact=text, methodology=text)) == []


@pytest.mark.parametrize("missing", ["decided_by", "role", "decided"])
def test_half_a_decision_is_refused_at_what_it_lacks(missing: str) -> None:
    facts = {"decided_by": "R. Example", "role": "Director", "decided": "2026-12-01"}
    assert wrong(Said(**facts | {missing: ""})) == [missing]


def test_the_decision_comes_first_then_the_letters_then_the_notice() -> None:
    assert wrong(Said(sent="2026-12-02", notice="2026-12-01")) == ["sent"]
    late = Said("R. Example", "Director", "2026-12-05", sent="2026-12-02", notice="2026-12-03")
    assert wrong(late) == ["decided", "decided"]
    (words, _) = (text for _, text in late.problems(lambda key: f"--{key}"))
    assert words == (
        "--decided 2026-12-05 is after --sent 2026-12-02: the decision comes first, then all letters at once, then the "
        "notice."
    )


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert wrong(Said(sent="2026-02-30")) == ["sent"]
    assert wrong(Said(notice="3 May")) == ["notice"]


def test_letters_are_drafts_until_a_decision_is_said_and_no_standstill_ends_without_its_day() -> None:
    criteria = read_criteria(ROOT / "criteria" / "community_commissioning").criteria
    assert criteria is not None
    sending = Said(sent="2026-12-02").sending(criteria)
    assert sending.decided is None
    assert sending.drafts_because
    assert not sending.standstill.ends
    whole = WHOLE.sending(criteria)
    assert whole.decided is not None
    assert (whole.decided.person, whole.decided.date, whole.drafts_because) == ("R. Example", "2026-12-01", ())


@pytest.mark.parametrize("regime", REGIMES)
def test_only_under_the_regulations_of_2015_are_the_letters_the_notice_that_a_standstill_counts_from(
    regime: str,
) -> None:
    criteria = read_criteria(ROOT / "criteria" / "community_commissioning").criteria
    assert criteria is not None
    sending = Said(sent="2026-12-02").sending(criteria.model_copy(update={"regime": regime}))
    # ten days after a Wednesday are a Saturday, so it ends on the Monday after: reg 2(4) and 87(2)
    assert sending.standstill.ends == ("2026-12-14" if regime == "pcr2015" else None)
