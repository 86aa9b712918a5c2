"""The sample, as many times as large as asked: each bid again under another name, its price a little up or down.

Run by hand: ``python -m benchmarks.enlarged TIMES FOLDER`` writes ``FOLDER/criteria``, sealed, and ``FOLDER/bids``.
Marks, reasons and declarations are the sample's own, so scores are as fine as they come; budgets, hours and numbers of
awards grow with the bids.
"""

import csv
import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from evaluator.files.read.bids.folder import read_bids, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria, write_seal
from evaluator.publication import seal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Table

ROOT = Path(__file__).resolve().parents[1]
NAME = "community_commissioning"
# Limits and floors of money, hours and awards; in the programme, what one organisation may have stays.
LIMITS = re.compile(r'^(limit|least|most) = ("?)(\d+)"?$', re.MULTILINE)
TABLES = {
    "register": "register.csv",
    "marks": "marks.csv",
    "consensus": "consensus.csv",
    "panel": "panel.csv",
    "interests": "declarations.csv",
    "decisions": "decisions.csv",
}
FOR_ALL = ("panel",)  # tables that name no bid
# What another bid has of its own, made from the sample's and the number of the copy.
OWN = dict.fromkeys(("bid", "organisation", "identifier"), "{}-{}") | {
    **dict.fromkeys(("name", "address"), "{} {}"),
    "email": "{1}{0}",
}
WORKED_OUT = ("hours",)  # from the price, by the published formula
PENCE, NEAR = 100, 200  # a price moves by so many ten thousandths at most


def enlarge(times: int, folder: Path) -> tuple[Path, Path]:
    """Write the criteria and the bids, and give their folders."""
    criteria, bids = folder / "criteria", folder / "bids"
    shutil.copytree(ROOT / "criteria" / NAME, criteria)
    shutil.copytree(ROOT / "sample_bids" / NAME / "equality", bids / "equality")
    for left in ("monitoring.xlsx", "consideration.toml"):
        (bids / "equality" / left).unlink()
    (criteria / "seal.json").unlink()
    for path in (criteria / "programme.toml", *(criteria / "themes").iterdir()):
        path.write_text(LIMITS.sub(lambda found: _wider(found, times), path.read_text("utf-8")), "utf-8")
    read = read_criteria(criteria).criteria
    assert read is not None
    write_seal(criteria, seal(read, "2026-08-24"))
    _write_bids(read, times, bids)
    return criteria, bids


def _wider(found: re.Match[str], times: int) -> str:
    name, quote, number = found.groups()
    return found[0] if name == "limit" and not quote else f"{name} = {quote}{int(number) * times}{quote}"


def _write_bids(criteria: Criteria, times: int, bids: Path) -> None:
    sample = ROOT / "sample_bids" / NAME
    received = read_bids(sample, criteria)
    for name, file in TABLES.items():
        _write(getattr(received, name), bids / file, 1 if name in FOR_ALL else times)
    _write(read_monitoring(sample, criteria)[0], bids / "equality" / "monitoring.csv", times)


def _write(table: Table | None, path: Path, times: int) -> None:
    assert table is not None
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(table.columns)
        out.writerows(_rows(table, times))


def _rows(table: Table, times: int) -> Iterator[list[str]]:
    rows = [table.row(at) for at in range(len(table))]
    for copy in range(times):
        for row in rows:
            dice = random.Random(f"{row.get('bid', '')} {copy}")
            if copy == 0 or row.get("organisation") != "*":
                yield [_again(key, text, copy, dice) for key, text in row.items()]


def _again(key: str, text: str, copy: int, dice: random.Random) -> str:
    """Give a cell of a later copy: names are told apart by its number, and each year's price moves by some pence."""
    if not copy or not text:
        return text
    if key in OWN:
        return OWN[key].format(text, copy)
    if key in WORKED_OUT:
        return ""
    if key.startswith("price:"):
        pence = round(float(text) * PENCE)
        return f"{(pence + pence * dice.randint(-NEAR, NEAR) // 10_000) / PENCE:.2f}"
    return text


if __name__ == "__main__":
    print(*enlarge(int(sys.argv[1]), Path(sys.argv[2])))
