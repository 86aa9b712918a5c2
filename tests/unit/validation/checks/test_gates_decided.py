"""What becomes of a bid by a decision on a gate of each kind, and what the law of the regime makes of it."""

import pytest

from evaluator.records.programme.conditions.gates import Gate, standing_by
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.scoring import score
from evaluator.validation import open_matters, validate
from evaluator.validation.checks.decided.gates_decided import last_day_to_notify
from tests.findings.faultless_folder import Change, Folder, all_of, decide, drop, edit, failed, publish, spoilt

FAILED = edit("register", {"bid": "A1"}, **{"gate:cover": "fail"})


def evaluated(*changes: Change) -> Evaluation:
    folder = spoilt(*changes)
    evaluation, findings = validate(folder.published(), folder.received())
    assert evaluation is not None, findings
    return evaluation


def codes(*changes: Change) -> set[str]:
    folder = spoilt(*changes)
    return {found.code for found in validate(folder.published(), folder.received())[1]}


def states(*changes: Change) -> dict[str, str]:
    folder = spoilt(*changes)
    table: ScoreTable = score(folder.published(), evaluated(*changes))
    return {bid: state for theme in table.themes for bid, state in zip(theme.bids, theme.status, strict=True)}


@pytest.mark.parametrize(
    ("kind", "on", "decision", "state"),
    [
        ("participation", "", "not_met", "disregarded"),
        ("procedural", "", "not_met", "disregarded"),
        ("minimum", "", "not_met", "disqualified"),
        ("exclusion", "mandatory", "excluded", "excluded"),
        ("exclusion", "discretionary", "excluded", "excluded"),
        ("exclusion", "debarment", "excluded", "excluded"),
        ("participation", "", "met", "ranked"),
        ("minimum", "", "register_wrong", "ranked"),
        ("exclusion", "discretionary", "not_excluded", "ranked"),
    ],
)
def test_what_a_bid_is_follows_from_the_kind_of_the_gate_and_the_decision(
    kind: str, on: str, decision: str, state: str
) -> None:
    change = failed(kind, decision, on=on, recurs="yes" if decision == "excluded" else "no")
    assert states(change) == {"A1": state, "A2": "ranked", "B1": "ranked"}


def test_who_leaves_needs_no_marks_and_sets_no_lowest_price() -> None:
    # A1 asks for 80,000.50 and A2 for 110,000.50: with A1 out, A2 asks for the least and has all 40 points.
    out = failed("minimum", "not_met")
    cheap = edit("register", {"bid": "A1"}, **{"price:2027": "20000"})
    unmarked = all_of(drop("marks", bid="A1"), drop("consensus", bid="A1"))
    folder = spoilt(out, cheap, unmarked)
    north = score(folder.published(), evaluated(out, cheap, unmarked)).themes[0]
    assert north.price_points is not None
    assert [north.price_points[at] for at in range(2)] == [0, 40]


def test_a_breach_of_procedure_may_be_let_stay_by_a_decision_of_its_own() -> None:
    forgiven = decide(matter="breach", subject="cover", reason="A page short; nobody gained by it.")
    told = {"evidence": "", "associate": "", "recurs": "", "notified": ""}
    with_columns = decide(matter="breach", subject="cover", **told)
    assert states(failed("procedural", "not_met"), with_columns)["A1"] == "ranked"
    assert states(failed("participation", "not_met"), with_columns)["A1"] == "disregarded"
    assert states(forgiven)["A1"] == "ranked"


def test_of_two_decisions_the_one_that_leaves_no_summary_counts() -> None:
    second = {"id": "hours", "title": "Hours", "question": "?", "kind": "minimum", "predicate": "…", "on_failure": "…"}
    both = all_of(publish("gate.1", second | {"source": "1"}), failed("participation", "not_met"))

    def failing_both(folder: Folder) -> None:
        for row in folder.rows("register"):
            row["gate:hours"] = "fail" if row["bid"] == "A1" else "pass"
        folder.rows("decisions").append(folder.rows("decisions")[0] | {"subject": "hours"})

    assert states(both, failing_both)["A1"] == "disregarded"


@pytest.mark.parametrize("regime", ["pa2023", "pa2023_light_touch", "pcr2015", "psr2023"])
@pytest.mark.parametrize("kind", ["participation", "minimum"])
def test_nobody_admits_a_bid_over_an_unmet_condition(regime: str, kind: str) -> None:
    assert codes(publish("regime", regime), failed(kind, "admit")) == {"E-DEC-013"}


def test_admit_stays_a_word_for_gates_without_a_kind_and_is_none_for_those_with_one() -> None:
    admitted = decide(matter="failed_gate", subject="cover", decision="admit")
    assert states(FAILED, admitted)["A1"] == "ranked"
    assert codes(FAILED, decide(matter="failed_gate", subject="cover", decision="met")) == {"E-DEC-002"}
    assert codes(failed("procedural", "admit")) == {"E-DEC-002"}
    assert codes(publish("regime", "grant"), failed("participation", "admit")) == {"E-DEC-002"}


def test_words_of_a_decision_are_read_as_people_write_them() -> None:
    assert states(failed("minimum", "Not met"))["A1"] == "disqualified"


def test_where_the_register_was_mended_after_all_nothing_is_said_of_it() -> None:
    assert (
        codes(failed("participation", "register_wrong"), edit("register", {"bid": "A1"}, **{"gate:cover": "pass"}))
        == set()
    )


@pytest.mark.parametrize(
    ("on", "decision", "recurs", "wrong"),
    [
        ("mandatory", "excluded", "no", True),
        ("mandatory", "excluded", "yes", False),
        ("mandatory", "not_excluded", "yes", True),
        ("mandatory", "not_excluded", "no", False),
        ("discretionary", "not_excluded", "yes", False),  # excludable: may be disregarded (s.26)
        ("discretionary", "excluded", "", True),
        ("debarment", "excluded", "", False),  # the list decides
    ],
)
def test_whether_it_recurs_agrees_with_the_exclusion(on: str, decision: str, recurs: str, *, wrong: bool) -> None:
    told = failed("exclusion", decision, on=on, recurs=recurs, notified="2026-11-02")
    assert ("E-DEC-017" in codes(told)) is wrong


def test_the_minister_is_told_within_30_days_beginning_with_the_day() -> None:
    assert last_day_to_notify("2026-11-12") == "11 December 2026"
    assert last_day_to_notify("2026-02-01") == "2 March 2026"
    assert last_day_to_notify("2026-02-30") == ""


def test_a_replaced_associate_is_to_be_notified_though_nobody_was_excluded() -> None:
    kept = failed("exclusion", "not_excluded", on="discretionary", recurs="no", associate="O7, replaced by O8")
    assert codes(kept) == {"E-DEC-019"}
    assert codes(publish("regime", "psr2023"), kept) == set()


@pytest.mark.parametrize(
    ("kind", "on", "choices"),
    [
        ("participation", None, ("met", "not_met", "register_wrong")),
        ("exclusion", "debarment", ("excluded", "not_excluded", "register_wrong")),
        (None, None, ("admit", "disregard")),
    ],
)
def test_a_matter_that_waits_offers_the_words_of_its_gate(kind: str, on: str, choices: tuple[str, ...]) -> None:
    published = [publish("gate.0.kind", kind)] if kind else []
    folder = spoilt(FAILED, *published, *([publish("gate.0.ground", on)] if on else []))
    to_decide, _ = open_matters(folder.published(), folder.received())
    assert to_decide is not None
    assert [(one.subject, one.choices) for one in to_decide.waiting] == [("cover", choices)]


def test_a_gate_without_a_kind_leaves_no_trace_in_what_is_sealed() -> None:
    gate = {"id": "g", "title": "G", "question": "?", "predicate": "…", "on_failure": "…", "source": "1"}
    assert Gate.model_validate(gate).model_dump(mode="json") == gate
    assert standing_by("not_met", Gate.model_validate(gate)) == ""
