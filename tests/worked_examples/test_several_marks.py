"""Several evaluators' marks made one: published figures, a referee of a few lines, and a whole job by each method."""

import json
import statistics
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.files.audit.verifier import verify_marks
from evaluator.records.programme.criteria import Moderation
from evaluator.records.submissions.several_marks import one_mark
from evaluator.scoring import score
from evaluator.validation import validate
from tests.findings.faultless_folder import add, all_of, drop, publish, spoilt, without_table
from tests.office import recalculate
from tests.small_grant import AWARD, MARKS, evaluated, ran, write_grant

EXAMPLES = json.loads((Path(__file__).parents[1] / "reference" / "several_marks.json").read_text("utf-8"))
KEYS = ("method", "trim", "places", "mode", "missing_marks")


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["id"] for one in EXAMPLES])
def test_a_published_figure_comes_out(example: Mapping[str, Any]) -> None:
    rule = Moderation(least_evaluators=2, source="1", **{key: example[key] for key in KEYS if key in example})
    marks = [Decimal(mark) for mark in example["marks"]]
    assert one_mark(rule, marks, example.get("usual", 0)).value == Fraction(example["expected"])


def referee(rule: Mapping[str, Any], marks: list[int]) -> Fraction:
    """Work a mark out from the document alone, by counting and not by slicing."""
    own = sorted(marks)
    if rule["method"] == "trimmed_mean":
        share = rule["trim"].endswith("%")
        times = len(own) * int(rule["trim"][:-1]) // 100 if share else int(rule["trim"])
        for _ in range(times):
            own.remove(min(own))
            own.remove(max(own))
    if rule.get("third_counts") == "closest" and len(own) > 2:
        gaps = own[1] - own[0], own[-1] - own[-2]
        out = {0: None, 1: own[0], -1: own[-1]}[(gaps[0] > gaps[1]) - (gaps[0] < gaps[1])]
        own = [mark for at, mark in enumerate(own) if mark != out or at != own.index(out)]
    if rule["method"] == "median":
        return Fraction(statistics.median(map(Fraction, own)))
    whole = Fraction(sum(own))
    return whole if rule["method"] == "sum" else whole / len(own)


RULES = (
    {"method": "mean"},
    {"method": "median"},
    {"method": "sum"},
    {"method": "trimmed_mean", "trim": "1"},
    {"method": "trimmed_mean", "trim": "20%"},
    {"method": "mean", "on_spread": "third_evaluator", "third_counts": "closest"},
    {"method": "median", "on_spread": "third_evaluator", "third_counts": "closest"},
)


@given(st.sampled_from(RULES), st.lists(st.integers(0, 10), min_size=3, max_size=9), st.randoms(use_true_random=False))
def test_the_engine_the_verifier_and_a_referee_agree_whatever_the_order(rule, marks, dice) -> None:
    marks = marks[:3] if "third_counts" in rule else marks
    moderation = Moderation(least_evaluators=2, source="1", **rule)
    expected = referee(rule, marks)
    assert verify_marks.made({**rule, "least_evaluators": 2}, sorted(map(Fraction, marks)), len(marks)) == expected
    dice.shuffle(marks)
    made = one_mark(moderation, [Decimal(mark) for mark in marks])
    assert made.value == expected
    assert sorted((*made.counted, *made.left_out)) == sorted(marks)


@given(st.lists(st.integers(0, 10), min_size=2, max_size=8))
def test_every_mark_but_a_sum_lies_within_the_marks_and_moves_with_all_of_them(marks: list[int]) -> None:
    for method in ("mean", "median"):
        rule = Moderation(method=method, least_evaluators=2, source="1")
        value = one_mark(rule, [Decimal(mark) for mark in marks]).value
        assert min(marks) <= value <= max(marks)
        assert one_mark(rule, [Decimal(mark + 1) for mark in marks]).value == value + 1


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(RULES[:5]), st.randoms(use_true_random=False))
def test_quality_points_follow_from_the_marks_by_any_method(rule: Mapping[str, Any], dice: Random) -> None:
    folder = spoilt(all_of(*(publish(f"moderation.{key}", value) for key, value in rule.items())))
    folder.tables |= {"consensus": None, "panel": None}
    publish("moderation.declarations_required", False)(folder)
    folder.rows("marks").extend({**row, "evaluator": "E3"} for row in folder.rows("marks") if row["evaluator"] == "E1")
    told: dict[tuple[str, str], list[int]] = {}
    for row in folder.rows("marks"):
        mark = dice.randint(0, 5)
        row["mark"] = str(mark)
        told.setdefault((row["bid"], row["question"]), []).append(mark)
    evaluation, findings = validate(folder.published(), folder.received())
    assert evaluation is not None, findings
    most = 15 if rule["method"] == "sum" else 5
    for theme in score(folder.published(), evaluation).themes:
        own = "N1" if theme.theme == "north" else "S1"
        for at, bid in enumerate(theme.bids):
            organisation = {"A1": "O1", "A2": "O2", "B1": "O1"}[bid]
            parts = ((30, (bid, "C1")), (10, (organisation, "C2")), (20, (bid, own)))
            expected = sum(weight * referee(rule, told[about]) / most for weight, about in parts)
            assert theme.quality[at] == expected


def test_a_recused_evaluator_leaves_the_others_marks_as_published() -> None:
    folder = spoilt(
        all_of(
            publish("moderation.method", "mean"),
            publish("moderation.least_evaluators", 1),
            publish("moderation.missing_marks", "those_given"),
            without_table("consensus"),
            add("interests", {"evaluator": "E2"}, organisation="O2", action="recused"),
            drop("marks", evaluator="E2", bid="A2"),
            drop("marks", evaluator="E2", bid="O2"),
        )
    )
    evaluation, findings = validate(folder.published(), folder.received())
    assert [one.code for one in findings] == ["E-MARK-051"]
    assert evaluation is not None
    assert evaluation.worked_out["A2", "C1"].usual == 2
    assert evaluation.worked_out["A2", "C1"].counted == (4,)


# Q1 weighs 60 and Q2 40 of marks up to 5. B1 has 3, 4, 4 and 2, 5, 3; B2 has 5, 4, 3 and 4, 4, 4; B3 has 1, 2, 2 and
# 3, 3, 2.
WHOLE = {
    "mean": ('method = "mean"\nleast_evaluators = 3', {"B1": "212/3", "B2": "80/1", "B3": "124/3"}),
    "median": ('method = "median"\nleast_evaluators = 3', {"B1": "72/1", "B2": "80/1", "B3": "48/1"}),
    "trimmed_mean": (
        'method = "trimmed_mean"\ntrim = 1\nleast_evaluators = 3',
        {"B1": "72/1", "B2": "80/1", "B3": "48/1"},
    ),
    "sum": ('method = "sum"\nleast_evaluators = 3', {"B1": "212/3", "B2": "80/1", "B3": "124/3"}),
    # 11/3 is 3.7, 10/3 is 3.3, 5/3 is 1.7 and 8/3 is 2.7
    "rounded": (
        'method = "mean"\nleast_evaluators = 3\nplaces = 1\nmode = "half_up"',
        {"B1": "354/5", "B2": "80/1", "B3": "42/1"},
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_job_scores_as_worked_by_hand_and_its_bundle_verifies(name: str, tmp_path: Path) -> None:
    moderation, expected = WHOLE[name]
    run = evaluated(*write_grant(tmp_path, moderation))
    assert {bid["bid"]: bid["exact_quality"] for bid in run.bids} == expected
    assert run.verified == "All that was checked agrees."


def test_the_bars_of_a_sum_reach_to_the_highest_sum(tmp_path: Path) -> None:
    run = evaluated(*write_grant(tmp_path, WHOLE["sum"][0], award=AWARD))
    page = (run.path / "bids" / "bid-B1.html").read_text("utf-8")
    assert "The bar is its mark, of 15" in page
    assert "--own:73%;--theme:62%" in page  # 11 of 15, and 28 of 45


def test_a_mark_that_somebody_changed_in_the_bundle_is_told(tmp_path: Path) -> None:
    run = evaluated(*write_grant(tmp_path, WHOLE["mean"][0]))
    bids = json.loads(run.file("data/bids.json"))
    bids["themes"][0]["bids"][0]["given"]["Q1"][0] = "4"
    criteria = json.loads(run.file("data/criteria.json"))
    told = list(verify_marks.marks_made(criteria, bids, Fraction, lambda *_: 0))
    assert told == ["B1: the mark on Q1 is 11/3, and by the evaluators' marks it comes to 4."]


def test_missing_marks_are_worked_with_as_published_and_told(tmp_path: Path) -> None:
    marks = {**MARKS, "B1": {"Q1": ("3", "4", ""), "Q2": ("2", "5", "")}}
    given_rule = 'method = "mean"\nleast_evaluators = 2\nmissing_marks = "those_given"'
    run = evaluated(*write_grant(tmp_path / "given", given_rule, marks))
    assert {bid["bid"]: bid["exact_quality"] for bid in run.bids}["B1"] == "70/1"  # 3.5 of both
    assert [one["code"] for one in run.outcome["findings"]] == ["E-MARK-051"]
    scaled = 'method = "sum"\nleast_evaluators = 2\nmissing_marks = "scaled"'
    run = evaluated(*write_grant(tmp_path / "scaled", scaled, marks))
    assert run.bids[0]["marks"] == {"Q1": "10.5", "Q2": "10.5"}  # 7 of two, times 3 ÷ 2
    assert run.verified == "All that was checked agrees."


def test_the_moderation_workbook_brings_back_reasons_and_letters_tell_them(tmp_path: Path) -> None:
    moderation = 'method = "mean"\nleast_evaluators = 3\nspread_trigger = 3\non_spread = "discussed"'
    criteria, bids = write_grant(tmp_path, moderation, award=AWARD)
    ran("publish", criteria, "--date", "2026-09-01")
    ran("moderate", criteria, bids, "--out", bids / "moderation.xlsx")
    book = openpyxl.load_workbook(bids / "moderation.xlsx")
    sheet = book["Consensus main"]
    (headings,) = [row for row in sheet.iter_rows(values_only=True) if "State" in row]
    made, reason, told = (headings.index(name) for name in ("Mark that counts", "Reason", "Reason for the bidder"))
    for row in sheet.iter_rows(min_row=10):
        assert str(row[made].value).startswith("=AVERAGE(")
        row[reason].value = f"The evaluators talked about {row[2].value} and kept their marks, as it leaves room."
        row[told].value = f"Your answer to {row[2].value} says who does what; it leaves open by when."
    book.save(bids / "moderation.xlsx")
    ran("evaluate", criteria, bids, "--out", tmp_path / "run")
    ran("letters", tmp_path / "run" / "bundle.zip", "--out", tmp_path / "letters", "--pages-only")
    letter = (tmp_path / "letters" / "letter-B1.html").read_text("utf-8")
    assert "It is the mean of 3, 4 and 4: 3.67 (exactly 11/3). Your answer to Q1 says who does what" in letter
    assert "kept their marks" not in letter


def test_a_letter_without_reasons_for_the_bidder_gives_the_evaluators_own_with_nobody_named(tmp_path: Path) -> None:
    criteria, bids = write_grant(tmp_path, WHOLE["median"][0], award=AWARD)
    run = evaluated(criteria, bids)
    ran("letters", run.path / "bundle.zip", "--out", tmp_path / "letters", "--pages-only")
    letter = (tmp_path / "letters" / "letter-B3.html").read_text("utf-8")
    assert "It is the median of 1, 2 and 2: 2. (1) What B3 says of Q1 is clear" in letter


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_the_live_workbook_works_every_mark_out_again(name: str, tmp_path: Path) -> None:
    run = evaluated(*write_grant(tmp_path, WHOLE[name][0]))
    path = run.path / "results.xlsx"
    formulas, engine = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    formulas.save(path)  # without the values that were saved with it
    (found,) = recalculate(path)
    live = openpyxl.load_workbook(found, data_only=True)
    sheets = ("Marks worked out", "Main")
    cells = [(one, cell.coordinate) for one in sheets for row in formulas[one].iter_rows() for cell in row]
    compared = 0
    for sheet, at in cells:
        said, comes = engine[sheet][at].value, live[sheet][at].value
        if str(formulas[sheet][at].value).startswith("=") and isinstance(said, int | float):
            assert comes == pytest.approx(said), (sheet, at)
            compared += 1
    assert compared > 30
