"""Awards that were lost after the marks: reasons that compare bidders, figures that nobody considered, late sealing."""

import json
import shutil
from pathlib import Path

import pytest

from evaluator.publication.acceptance import check_version
from evaluator.records.findings.finding import Severity
from tests.unit.cli.test_considered import consider, evaluated, letters, monitored, run
from tests.unit.publication.small_criteria import put, small

CONSENSUS = "consensus.csv"
DECIDED = ("--decided-by", "R. Example", "--role", "director", "--decided", "2026-12-03")


def drafts(home: Path) -> dict[str, bool]:
    """Say of letters, notice and release of a run whether each is a draft."""
    for name in ("notice", "open"):
        shutil.rmtree(home / name, ignore_errors=True)
    bundle = home / "run" / "bundle.zip"
    notice = run("notice", bundle, "--out", home / "notice", "--json", *DECIDED)
    release = run("open-data", bundle, "--out", home / "open", "--date", "2026-12-03", "--ocid", "ocds-abc123-1")
    assert (notice.exit_code, release.exit_code) == (0, 0), notice.output + release.output
    (made,) = json.loads((home / "open" / "ocds.json").read_text("utf-8"))["releases"]
    assert {one["status"] for one in made["awards"]} == {"pending"}  # open data never says that an award was made
    return {"letters": letters(home)["draft"], "notice": json.loads(notice.stdout)["draft"]}


def test_an_award_that_nobody_considered_for_equality_leaves_everything_that_goes_out_a_draft(tmp_path: Path) -> None:
    """Equality Act 2010 s.149: due regard comes before the decision, in substance (Bracking [2013] EWCA Civ 1345)."""
    home = monitored(tmp_path)
    codes, consideration = evaluated(home)
    assert (codes, consideration["stands"]) == (["E-EQUALITY-013"], False)
    assert drafts(home) == {"letters": True, "notice": True}
    assert consider(home).exit_code == 0
    assert evaluated(home)[0] == []
    assert drafts(home) == {"letters": False, "notice": False}


@pytest.mark.parametrize("said", ["Weaker than Ottermast Youth Club on evidence.", "Less convincing than bid B1."])
def test_lancashire_care_an_agreed_reason_that_names_a_rival_is_found_before_the_letter_goes(
    tmp_path: Path, said: str
) -> None:
    """Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC): reasons were comparisons that nobody could follow."""
    home = monitored(tmp_path)
    agreed = home / "bids" / CONSENSUS
    rows = agreed.read_text("utf-8").splitlines()
    place = next(at for at, row in enumerate(rows) if row.startswith("B3,Q1,"))
    rows[place] = ",".join([*rows[place].split(",")[:3], f'"{said}"'])
    agreed.write_text("\n".join([*rows, ""]), "utf-8")
    evaluated(home)
    found = [one for one in letters(home)["findings"] if one["code"] == "N-LETTER-002"]
    assert [("B3" in one["message"], "Lancashire Care" in one["authority"]) for one in found] == [(True, True)]


def test_tns_dimarso_criteria_that_were_never_sealed_cannot_be_sealed_once_tenders_have_closed() -> None:
    """TNS Dimarso C-6/15: a seal that is thrown away and made again would hide that the method came after the bids."""
    closed = put("procurement.tenders_close", "2027-02-26T12:00")
    (one,) = check_version(small(closed), None, [], "2027-02-27")
    assert (one.code, one.severity) == ("E-PUBLISH-008", Severity.BLOCKS_AWARD)
    assert "TNS Dimarso" in one.authority
    assert check_version(small(closed), None, [], "2027-02-26") == ()
