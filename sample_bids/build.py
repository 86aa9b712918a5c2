"""Make the synthetic bids again: ``python -m sample_bids.build [--seal] [--consider]``.

Everything that it writes is committed; a test builds it anew and compares. ``--seal`` also seals the criteria, which is
only right after a change that is meant as a new version. ``--consider`` gives the consideration of the equality figures
the sum of those that the sample has now, which is only right once its text has been read beside them.
"""

import json
import sys
import tomllib
from pathlib import Path

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.equality import consideration
from evaluator.publication import seal
from evaluator.records.programme.criteria import Criteria
from sample_bids.building import community_grants, minimal, mistakes, monitoring, sheets
from sample_bids.building.panel import NAMES
from sample_bids.building.sample import Sample, make_sample
from sample_bids.mending import LIST, write_planted

ROOT = Path(__file__).resolve().parent.parent
CRITERIA = ROOT / "criteria"
PROGRAMME = "community_commissioning"
SPOILED = "with_mistakes"
GRANTS = "community_grants"
SEALED = (PROGRAMME, GRANTS, "minimal", "minimal_with_price")
PUBLISHED = "2026-09-01"
BESIDE = ("baselines.toml", "grants.csv", "last_round.toml", "salt.txt")  # beside the monitoring; by hand
CONSIDERATION = "consideration.toml"  # of the good set's figures: those of the other set are different


def criteria_of(programme: str) -> Criteria:
    """Read criteria that must be sound; ValueError if they are not."""
    read = read_criteria(CRITERIA / programme)
    if read.criteria is None:
        raise ValueError("\n".join(map(str, read.findings)))
    return read.criteria


def seal_criteria() -> None:
    """Write the seal of every set of criteria."""
    for programme in SEALED:
        made = seal(criteria_of(programme), PUBLISHED).model_dump(by_alias=True)
        text = json.dumps(made, indent=2, sort_keys=True) + "\n"
        (CRITERIA / programme / "seal.json").write_text(text, "utf-8", newline="\n")


def consider_again() -> None:
    """Write the consideration of the sample's equality figures again, with their sum as it is now."""
    by_hand = ROOT / "sample_bids" / "building" / CONSIDERATION
    told = tomllib.loads(by_hand.read_text("utf-8"))
    said = (told["person"], told["date"], told["text"])
    _, written = consideration(CRITERIA / PROGRAMME, ROOT / "sample_bids" / PROGRAMME, said, print)
    by_hand.write_bytes(written)


def files_of(sample: Sample) -> dict[str, bytes]:
    """Make every file of the sample, by path."""
    books = {
        "register.xlsx": sheets.register(sample),
        "moderation.xlsx": sheets.moderation(sample),
        "declarations.xlsx": sheets.declarations(sample),
        "decisions.xlsx": sheets.decisions(sample),
        "equality/monitoring.xlsx": monitoring.monitoring(sample),
        **{f"returns/{evaluator}.xlsx": sheets.evaluator_return(sample, evaluator) for evaluator in NAMES},
    }
    return {name: workbook_bytes(book) for name, book in books.items()}


def build(folder: Path) -> None:
    """Write all sample bids into a folder."""
    sample = make_sample(criteria_of(PROGRAMME))
    good = files_of(sample)
    for name, content in good.items():
        _write(folder / PROGRAMME / name, content)
    desk = mistakes.plant(good)
    for name, content in desk.written().items():
        _write(folder / SPOILED / name, content)
    write_planted(desk.planted, folder / SPOILED / LIST)
    for programme in (PROGRAMME, SPOILED):
        for name in BESIDE:
            _write(folder / programme / "equality" / name, (Path(__file__).parent / "building" / name).read_bytes())
    considered = (Path(__file__).parent / "building" / CONSIDERATION).read_bytes()
    _write(folder / PROGRAMME / "equality" / CONSIDERATION, considered)
    in_csv = {
        GRANTS: community_grants.community_grants(),
        "minimal": minimal.minimal(),
        "minimal_with_price": minimal.minimal_with_price(),
    }
    for programme, texts in in_csv.items():
        for name, text in texts.items():
            _write(folder / programme / name, text.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    if "--seal" in sys.argv[1:]:
        seal_criteria()
    build(ROOT / "sample_bids")
    if "--consider" in sys.argv[1:]:
        consider_again()
        build(ROOT / "sample_bids")
