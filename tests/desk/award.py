"""A small programme that has come as far as an award, whose bidders and evaluators wrote what is hostile to a page."""

import csv
import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.audit.ledger_file import append
from evaluator.files.read.criteria.folder import SEAL, read_criteria, seal_bytes
from evaluator.publication import seal
from evaluator.records.ledger import Event
from tests.desk.served import ROOT

NAME = "minimal_with_price"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NAMES = {
    "B1": f"Lanternkeel {SCRIPT}",
    "B2": '"><svg onload=alert(1)> Ottermast & Sons',
    "B3": "Fennelreach {{ 7*7 }} {% raw %}",
    "B4": "Copperlock </title></textarea> ‮Kitchen",
}
REASON = f"Every part is there with detail and evidence. {SCRIPT} 'onmouseover='alert(1)"
MARKUP = ("<script>alert", "<img src=x", "<svg onload", "</title></textarea>", "'onmouseover='", "49 {% raw")
SECRET = "Mostly zebras"  # a reply, which no page may show
PLAN = f"""
[equality]
threshold = 1
source = "Invented."

[[equality.characteristic]]
id = "led_by"
title = "Led by"
about = "led_by"
values = ["{SECRET}", "Mostly women"]
source = "Invented."

[[gate]]
id = "insurance"
title = "Insurance {SCRIPT}"
question = "Is the organisation insured?"
kind = "participation"
predicate = "Cover of at least £1 million."
on_failure = "A person decides."
source = "Invented."
"""


def run(*words: object) -> None:
    """Call a command, which has to end well."""
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def programme(root: Path) -> Path:
    """Write the programme: sealed criteria, four bids of which one failed a condition, marks, replies and a ledger."""
    criteria = Path(shutil.copytree(ROOT / "criteria" / NAME, root / "criteria"))
    (criteria / SEAL).unlink()
    words = (criteria / "programme.toml").read_text("utf-8")
    (criteria / "programme.toml").write_text(words + PLAN, "utf-8")
    published = read_criteria(criteria).criteria
    assert published is not None, read_criteria(criteria).findings
    (criteria / SEAL).write_bytes(seal_bytes(seal(published, "2026-09-01")))
    bids = Path(shutil.copytree(ROOT / "sample_bids" / NAME, root / "bids"))
    (bids / "README.md").unlink(missing_ok=True)
    _register(bids / "register.csv")
    _reasons(bids / "consensus.csv")
    (bids / "equality").mkdir()
    replies = f"organisation,led_by\nLanternkeel Neighbours,{SECRET}\nOttermast Youth Club,Mostly women\n"
    (bids / "equality" / "monitoring.csv").write_text(replies, "utf-8")
    (bids / "equality" / "salt.txt").write_text("a salt that nobody could guess, long enough", "utf-8")
    append(root / "ledger.jsonl", lambda _: [Event("opened", f"Warm rooms {SCRIPT}")], "Sam Lee, officer", "2026-09-01")
    return root


def _register(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row |= {"name": NAMES[row["bid"]], "gate:insurance": "fail" if row["bid"] == "B3" else "pass"}
    _write(path, rows)


def _reasons(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["reason"] = REASON
    _write(path, rows)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def decided(root: Path) -> None:
    """Let a person decide on the condition that was not met."""
    columns = "bid,matter,subject,decision,reason,ground,person,date,heard"
    row = f"B3,failed_gate,insurance,not_met,It let its cover lapse. {SCRIPT},ITT 5,A. Head,2026-10-20,Asked once."
    (root / "bids" / "decisions.csv").write_text(f"{columns}\n{row}\n", "utf-8")


def evaluated(root: Path) -> str:
    """Make a run by the command, and give its name."""
    run("evaluate", root, "--by", "Sam Lee, officer")
    named = [
        json.loads(line)["subject"]
        for line in (root / "ledger.jsonl").read_text("utf-8").splitlines()
        if '"run"' in line
    ]
    return str(named[-1])
