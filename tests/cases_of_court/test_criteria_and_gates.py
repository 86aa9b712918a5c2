"""Awards that were lost over criteria and gates: each situation is built as inputs, and is prevented or caught.

What marks and reasons were lost over stands beside this file. The facts are from the project's notes on the law.
"""

from pathlib import Path

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.jobs.papers import issue
from evaluator.publication import check, seal
from evaluator.publication.acceptance import check_version
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.accepted import Version
from tests.cases_of_court.test_marks_and_reasons import agreed, evaluated, told
from tests.findings.faultless_folder import Change as FolderChange
from tests.findings.faultless_folder import Folder, all_of, decide
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill
from tests.unit.cli.panel_on_disk import seal as seal_folder
from tests.unit.publication.small_criteria import Change, both, put, small

WORDS, _ = read_check_words()
GATE = """
[[gate]]
id = "cover"
title = "Insurance"
question = "Are you insured?"
kind = "{kind}"
predicate = "Pass: public liability cover of at least £2,000,000 is in force on 1 April 2027. Otherwise: fail."
on_failure = "The council writes to the bidder, which has 5 working days to answer; the head of service decides."
source = "ITT 8"
"""
WAIVED = {"matter": "failed_gate", "subject": "cover", "reason": "Insured since, so we let it go.", "ground": ""}


def found(*changes: Change) -> list[Finding]:
    return list(check(small(*changes), words=WORDS))


def codes(*changes: Change) -> list[str]:
    return [one.code for one in found(*changes)]


def programme(home: Path, kind: str, *changes: FolderChange) -> None:
    """Lay a sealed programme with one gate in a folder, with bids of which A1 fails it, marked and agreed."""

    def answers(folder: Folder) -> None:
        for row in folder.rows("register"):
            row["gate:cover"] = "fail" if row["bid"] == "A1" else "pass"

    criteria = criteria_folder(home / "criteria")
    with (criteria / "programme.toml").open("a", encoding="utf-8") as file:
        file.write(GATE.format(kind=kind))
    seal_folder(criteria)
    bids = bids_folder(home / "bids", answers, *changes)
    for name, content in issue(criteria, bids, 5).files.items():
        (home / name).write_bytes(content)
        if name in ("E1.xlsx", "E2.xlsx"):
            fill(home / name, bids / "returns" / name)
    agreed(home)


def states(home: Path) -> dict[str, str]:
    table = evaluated(home).scores
    assert table is not None
    return {bid: state for one in table.themes for bid, state in zip(one.bids, one.status, strict=True)}


def test_energysolutions_a_failed_condition_cannot_be_waived(tmp_path: Path) -> None:
    """EnergySolutions v NDA [2016] EWHC 1988 (TCC): the winner had failed thresholds and should have been out."""
    programme(tmp_path, "participation", decide(**WAIVED))
    outcome = evaluated(tmp_path)
    (one,) = (one for one in outcome.findings if one.code == "E-DEC-013")
    assert (one.severity, str(one.source)) == (Severity.BLOCKS_AWARD, "decisions.csv D2")
    assert "s.19(3)(a)" in one.authority
    assert outcome.scores is None


def test_energysolutions_a_failed_condition_that_nobody_decided_on_stops_the_award(tmp_path: Path) -> None:
    programme(tmp_path, "participation")
    assert told(evaluated(tmp_path)) == ["E-GATE-003"]
    assert evaluated(tmp_path).scores is None


@pytest.mark.parametrize(("kind", "state"), [("participation", "disregarded"), ("minimum", "disqualified")])
def test_energysolutions_a_failed_threshold_takes_the_bid_out_and_leaves_no_price_behind(
    tmp_path: Path, kind: str, state: str
) -> None:
    programme(tmp_path, kind, decide(**WAIVED | {"decision": "not_met", "ground": "Gate: insurance, ITT 8"}))
    assert states(tmp_path) == {"A1": state, "A2": "ranked", "B1": "ranked"}


def test_mears_a_threshold_that_is_published_nowhere_but_in_a_question_is_found() -> None:
    """Mears v Leeds [2011] EWHC 1031 (TCC): thresholds and weights of sub-criteria that bidders were not told."""
    said = "What need do you meet? An answer with a mark below 2 fails, and the bid is not ranked."
    assert codes(put("common.0.text", said)) == ["E-CRIT-520"]
    published = codes(
        put("common.0.text", said), put("themes.0.minimum_marks.C1", "2"), put("themes.1.minimum_marks.C1", "2")
    )
    assert set(published) == {"E-CRIT-978"}  # a note: beside that mark, the minimum of quality keeps nobody out


def test_mears_weights_within_a_question_are_found() -> None:
    (one,) = found(put("common.0.text", "What need do you meet? Local roots count double."))
    assert one.code == "E-CRIT-117"
    assert "Mears" in one.authority


def test_lianakis_experience_of_the_bidder_is_found_among_the_criteria_and_the_case_is_persuasive_only() -> None:
    """Lianakis C-532/06: experience and resources of tenderers select, and do not award."""
    told = put("themes.0.question.0.text", "Which contracts of this size has your company held, with which turnover?")
    (one,) = (one for one in found(told) if one.code == "E-CRIT-705")
    assert one.authority.startswith("Procurement Act 2023 s.23(2)(a), (5)(c)")
    assert "Lianakis C-532/06 is persuasive only" in one.authority
    (one,) = (one for one in found(told, put("regime", "pcr2015")) if one.code == "E-CRIT-705")
    assert one.authority.startswith("Lianakis C-532/06: selection is not award")


NEW_WEIGHTS = both(put("version", "1.1"), put("themes.0.weights.N1", "40"), put("themes.0.weights.price", "30"))
VERSION = Version(
    version="1.1",
    date="2027-03-01",
    replaces="1.0",
    what="The plan of the north carries 40.",
    why="The panel thought it better.",
    legal_footing="Procurement Act 2023, section 31",
    told="All who had tendered, by message.",
)


def test_tns_dimarso_weights_changed_after_tenders_closed_are_not_sealed_again() -> None:
    """TNS Dimarso C-6/15: a method of evaluation settled later may not alter criteria or weights."""
    before = seal(small(), "2027-01-11")
    late = check_version(small(NEW_WEIGHTS), before, [VERSION], "2027-03-01")
    assert [(one.code, one.severity) for one in late if one.code == "E-PUBLISH-008"] == [
        ("E-PUBLISH-008", Severity.BLOCKS_AWARD)
    ]
    unsaid = check_version(small(NEW_WEIGHTS), before, [], "2027-02-01")
    assert [one.code for one in unsaid] == ["E-PUBLISH-005"]


def test_tns_dimarso_weights_changed_without_sealing_stop_the_evaluation(tmp_path: Path) -> None:
    programme(tmp_path, "participation", decide(**WAIVED | {"decision": "register_wrong"}))
    theme = tmp_path / "criteria" / "themes" / "north.toml"
    theme.write_text(theme.read_text("utf-8").replace('C1 = "50"\nC2 = "20"', 'C1 = "20"\nC2 = "50"'), "utf-8")
    assert "E-SEAL-002" in told(evaluated(tmp_path))
    seal_folder(tmp_path / "criteria")  # again, as if it had been so all along: the marks were given by other weights
    assert "E-TEMPLATE-001" in told(evaluated(tmp_path))
    assert evaluated(tmp_path).scores is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("themes.0.question.0.good_answer", "A robust, credible plan."), "E-CRIT-702"),
        (put("scale.mark.2.descriptor", "The answer is robust and credible."), "E-CRIT-210"),
        (put("gate.0.predicate", "Pass: robust, credible cover is held."), "E-CRIT-302"),
    ],
)
def test_healthcare_at_home_robust_and_credible_is_what_no_two_tenderers_read_alike(change: Change, code: str) -> None:
    """Healthcare at Home v Common Services Agency [2014] UKSC 49: what a reasonable, diligent tenderer understands."""
    (one,) = (one for one in found(change) if one.code == code)
    assert '"robust"' in one.message


def test_optima_a_trivial_breach_excludes_nobody_by_itself() -> None:
    """Optima v DWP, Court of Appeal, 14 February 2025: an exclusion for a trivial breach was disproportionate."""
    said = "A bid over the page limit will be rejected automatically."
    (one,) = (one for one in found(put("gate.0.on_failure", said)) if one.code == "E-CRIT-307")
    assert "Optima" in one.authority


def test_optima_whoever_decides_can_let_a_trivial_breach_pass_with_reasons(tmp_path: Path) -> None:
    breach = decide(matter="breach", subject="cover", reason="One page over; nobody gained by it.", ground="ITT 8")
    not_met = decide(**WAIVED | {"decision": "not_met", "ground": "ITT 8"})
    programme(tmp_path, "procedural", all_of(not_met, breach))
    assert states(tmp_path)["A1"] == "ranked"


@pytest.mark.parametrize(
    "said",
    [
        "Pass: at least 50% of the 80 points. A bid needs more than 40 of 80 points.",
        "Pass: a score of at least 50%. Fail: 40 points of 80 or fewer.",
    ],
)
def test_at_least_half_and_more_than_40_of_80_are_two_answers_at_exactly_40(said: str) -> None:
    """Tower Hamlets' Local Community Fund, 2019: appendix and scoring sheet fell apart at exactly half."""
    (one,) = (one for one in found(put("gate.0.predicate", said)) if one.code == "E-CRIT-305")
    assert one.severity is Severity.BLOCKS_AWARD


def test_at_least_half_in_one_place_and_more_than_40_of_80_in_another_fall_apart() -> None:
    half = put("gate.0.predicate", "Pass: the quality score is at least 50% of the quality points.")
    more = put("themes.0.summary", "To be funded, the quality score must be more than 40 of 80 quality points.")
    torn = [one for one in found(half, more) if one.code == "E-CRIT-306"]
    # Once against the words of the gate, and once against the published minimum of the theme, which is 50%.
    assert len(torn) == 2
    assert all("At exactly 50%" in one.message for one in torn)
    same = put("themes.0.summary", "To be funded, the quality score must be at least 40 of 80 quality points.")
    assert "E-CRIT-306" not in codes(half, same)
