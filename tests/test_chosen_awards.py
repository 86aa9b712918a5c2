"""A whole job of a grants panel: a draw, a sum that the panel set, what was left, a choice, and all that follows."""

import csv
import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from tests.small_grant import AWARD, evaluated, write_grant

ROOT = Path(__file__).parents[1]
TERMS = """
[tie_break]
order = ["received", "draw"]
draw_source = "The main numbers of the lottery of 3 March 2027, in rising order."
source = "4"

[allocation]
method = "priority"
source = "4"

[[allocation.rule]]
id = "M1"
kind = "budget"
title = "The money"
limit = "10000"
source = "4"

[[allocation.rule]]
id = "W1"
kind = "reserve_list"
title = "Reserve"
theme = "*"
length = 2
source = "4"

[amounts]
by_rank = ["100%", "90%", "80%"]
panel = true
rest = "offered"
round_to = "50"
least_useful = "500"
source = "4"

[[amounts.tranche]]
when = "on signing"
share = "60%"

[[amounts.tranche]]
when = "after the first report"
share = "40%"

[final_choice]
who = "The grants panel."
when = "At its meeting after the ranks are known."
ranks = 4
points = "40"
source = "4"

[[final_choice.ground]]
id = "spread"
text = "The money would otherwise reach one neighbourhood only."

[[final_choice.ground]]
id = "overlap"
text = "Another grant of this council already pays for the same work."
"""
BIDS = {  # what each asks, its mark on every question, and when it came
    "B1": (5000, 5, "2027-02-20 10:00"),
    "B2": (4000, 4, "2027-02-20 11:00"),
    "B3": (3000, 4, "2027-02-20 11:00"),
    "B4": (2500, 3, "2027-02-21 09:00"),
    "B5": (2000, 3, "2027-02-22 09:00"),
}
DECISIONS = (
    ("all", "draw", "7 11 19 24 33 41", "drawn", "It stands on the results page.", "4", "A. Clerk", "2027-03-04", ""),
    ("B1", "panel_sum", "", "set", "Another fund pays the van.", "4", "Panel", "2027-03-08", "4500"),
    ("B1", "final_choice", "", "do_not_fund", "The youth fund pays it.", "overlap", "Cllr Ash", "2027-03-09", ""),
    ("B5", "final_choice", "", "fund", "Nothing else is in the east.", "spread", "Cllr Ash", "2027-03-09", ""),
)


def call(*words: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def write(path: Path, head: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programme, published and evaluated."""
    root = tmp_path_factory.mktemp("panel")
    criteria = Path(shutil.copytree(ROOT / "criteria" / "minimal", root / "criteria"))
    (criteria / "seal.json").unlink()
    text = (criteria / "programme.toml").read_text("utf-8").replace('"below_threshold"', '"grant"')
    (criteria / "programme.toml").write_text(text[: text.index("[tie_break]")] + TERMS, "utf-8")
    (root / "bids").mkdir()
    register = [(bid, "main", f"Group {bid}", ask, when) for bid, (ask, _, when) in BIDS.items()]
    write(root / "bids" / "register.csv", "bid,theme,organisation,price,received", register)
    marks = [
        (bid, f"Q{at}", "E01", mark, f"Part {at} of what {bid} would do is set out with its figures.")
        for bid, (_, mark, _) in BIDS.items()
        for at in range(1, 6)
    ]
    write(root / "bids" / "marks.csv", "bid,question,evaluator,mark,reason", marks)
    heads = "bid,matter,subject,decision,reason,ground,person,date,sum"
    write(root / "bids" / "decisions.csv", heads, list(DECISIONS))
    call("publish", criteria, "--date", "2027-01-10")
    call("evaluate", criteria, root / "bids", "--out", root / "run")
    return root


def shown(path: Path) -> str:
    text = re.sub(r"(?s)<style.*?</style>|<[^>]+>", " ", path.read_text("utf-8"))
    return " ".join(unescape(text).split())


def test_the_awards_by_rank_and_as_chosen_by_hand(root: Path) -> None:
    """Ranks: B1 100, then B3 and B2 80 by the draw, B4 and B5 60 by arrival.

    By rank: B1 its £4,500; B3 90 % of £3,000 = £2,700; B2 80 % of £4,000 would be £3,200, and £2,800 are left. The
    panel leaves B1 out for B5, which is offered 80 % of £2,000.
    """
    told = json.loads((root / "run" / "outcome.json").read_text("utf-8"))
    ranks = {bid["bid"]: bid["rank"] for bid in told["themes"][0]["bids"]}
    assert ranks == {"B1": 1, "B3": 2, "B2": 3, "B4": 4, "B5": 5}
    choice = told["allocation"]["choice"]
    assert _sums(choice["by_rank"]) == {"B1": "4500.00", "B2": "2800.00", "B3": "2700.00"}
    assert _sums(told["allocation"]) == {"B2": "2800.00", "B3": "2700.00", "B5": "1600.00"}
    assert (choice["gained"], choice["lost"]) == (["B5"], ["B1"])
    assert choice["over_first"] == [{"theme": "main", "first": ["B1"], "instead": ["B2", "B3", "B5"]}]
    award = next(one for one in told["allocation"]["awards"] if one["bid"] == "B5")
    assert [one["amount"] for one in award["payments"]] == ["960.00", "640.00"]
    assert [one["code"] for one in told["findings"] if one["code"].startswith("E-ALLOC")] == ["E-ALLOC-043"]


def _sums(allocation: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {award["bid"]: award["amount"] for award in allocation["awards"]}


def test_report_record_letters_and_public_edition_say_that_rank_1_is_passed_over(root: Path) -> None:
    passed = "passes over the bid that is ranked first"
    for page in ("report.html", "record.html"):
        assert passed in shown(root / "run" / page)
        assert "Nothing else is in the east." in shown(root / "run" / page)
    bundle = root / "run" / "bundle.zip"
    call("letters", bundle, "--pages-only", "--out", root / "letters")
    lost = shown(root / "letters" / "letter-B1.html")
    assert "By rank it would have been funded. On 9 March 2027" in lost
    won = shown(root / "letters" / "letter-B5.html")
    assert "people chose it after the ranks were known" in won
    assert "It is paid in 2 tranches: £960 on signing; £640 after the first report." in won
    assert "people chose, on published grounds, to award 1 application of your theme that ranks below yours" in shown(
        root / "letters" / "letter-B4.html"
    )
    call("disclose", bundle, "--out", root / "pack")
    public = shown(root / "pack" / "public.html")
    assert passed in public
    assert "Group B1" not in public
    assert "The youth fund" not in public


def test_the_bundle_verifies_replays_and_explains(root: Path) -> None:
    verify = ROOT / "evaluator" / "files" / "audit" / "verifier" / "verify.py"
    bundle = root / "run" / "bundle.zip"
    found = subprocess.run([sys.executable, "-I", "-S", verify, bundle], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    assert "Identical" in call("replay", bundle).output
    told = call("explain", bundle, "B2").output
    assert "tie_break: draw" in told
    assert "70% of £4,000, by its rank, its score, the panel or what was left" in told


def test_a_study_says_that_it_is_of_the_ranks_alone(root: Path) -> None:
    assert (
        "this study is of the awards by rank alone" in call("study", "margins", root / "criteria", root / "bids").output
    )


def test_the_workbook_of_the_criteria_holds_all_of_it(root: Path) -> None:
    call("criteria", "to-workbook", root / "criteria", "--out", root / "c.xlsx")
    call("criteria", "to-toml", root / "c.xlsx", "--out", root / "back")
    assert "nothing changed" in call("criteria", "diff", root / "criteria", root / "back").output


def test_a_whole_job_in_which_all_have_the_same_share_of_their_ask_verifies(tmp_path: Path) -> None:
    """Three ask £10,000 each of £20,000: two thirds, which is £6,666.66, rounded down to tens."""
    cut = '\n[amounts]\npro_rata = true\nround_to = "10"\nsource = "Guidance, 7"\n'
    run = evaluated(*write_grant(tmp_path, 'method = "mean"\nleast_evaluators = 3', award=AWARD + cut))
    assert [one["amount"] for one in run.outcome["allocation"]["awards"]] == ["6660.00"] * 3
    assert run.verified == "All that was checked agrees."
