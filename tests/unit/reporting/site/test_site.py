"""The public site: it names the awards and nobody else, works from a folder, and can be checked by anyone."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.run_folder import land, rendered
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.jobs.finished.release import Released, for_anyone, public_site
from evaluator.records.programme.procurement.area import Boundaries, Ward
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import site
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.site import SiteFacts
from evaluator.reporting.site.pages import BUNDLE_VERIFIERS
from tests.unit.reporting.shared.test_ward_map import square

FACTS = SiteFacts("2027-06-10", "ocds-abc123-1", "Write to awards@example.org.")


@pytest.fixture(scope="module")
def files(reopened: reopening.Reopened) -> Mapping[str, bytes]:
    return made(reopened)


def made(reopened: reopening.Reopened) -> Mapping[str, bytes]:
    """Make the site with what of its run may go to anyone."""
    pack = rendered(disclosure(reopened.outcome, reopened.held))
    documents = for_anyone(reopened, Released({f"disclosure/{name}": content for name, content in pack.items()}, ()))
    return public_site(reopened, FACTS, {"pyodide.mjs": b"export const nothing = 0;"}, documents)


@pytest.fixture
def outcome(reopened: reopening.Reopened) -> Outcome:
    return reopened.outcome


class Links(HTMLParser):
    """Every address that a page names, and every element that runs or draws something."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.addresses += [text for name in ("href", "src") if (text := told.get(name))]
        self.inline += (tag == "script" and "src" not in told) or tag == "style" or "style" in told
        self.inline += any(name.startswith("on") for name in told)


def links(page: bytes) -> Links:
    found = Links()
    found.feed(page.decode())
    return found


def test_every_link_leads_to_a_file_of_the_site_and_none_elsewhere(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        found = links(content)
        assert found.inline == 0 or name.startswith("downloads/"), name  # what is downloaded stands alone
        for address in found.addresses:
            if address.startswith(("#", "data:")):
                continue
            folder = Path("/site", name).parent
            led = (folder / unquote(address.partition("#")[0])).resolve().relative_to("/site").as_posix()
            assert led in files, (name, address)


def test_it_names_the_funded_and_nobody_else(files: Mapping[str, bytes], outcome: Outcome) -> None:
    assert outcome.evaluation is not None
    assert outcome.allocation is not None
    funded = {award.bid for award in outcome.allocation.awards}
    bids = outcome.evaluation.bids
    made_by = {one for bid in bids if bid.id in funded for one in (bid.organisation, *bid.members)}
    theirs = made_by | {bid.name for bid in bids if bid.organisation in made_by}
    others = {bid.name for bid in bids} - theirs | {bid.id for bid in bids if bid.id not in funded}
    people = set(outcome.evaluation.marks.columns.get("evaluator", ()))
    for name, content in files.items():
        if name.endswith((".html", ".json", ".csv")) and not name.startswith(("downloads/rules", "data/criteria")):
            text = content.decode()
            assert not [one for one in (*others, *people) if re.search(rf"\b{re.escape(one)}\b", text)], name
    assert all(any(f"award-{bid}.html" in name for name in files) for bid in funded)


def test_its_sums_are_those_of_the_run(files: Mapping[str, bytes], outcome: Outcome) -> None:
    assert outcome.allocation is not None
    told = json.loads(files["data/awards.json"])
    assert sum(award["pence"] for award in told["awards"]) == outcome.allocation.cost
    assert f"£{outcome.allocation.cost // 100:,}" in files["index.html"].decode()


def test_the_same_run_gives_the_same_bytes(files: Mapping[str, bytes], reopened: reopening.Reopened) -> None:
    assert made(reopened) == files
    assert {"downloads/public.html", "downloads/equality_impact.html"} < set(files)


def check(folder: Path, *bundle: Path) -> tuple[int, str]:
    """Run the site's own checker in a Python of its own, as a reader would."""
    line = [sys.executable, "-I", *map(str, (folder / "check" / "check_site.py", folder, *bundle))]
    run = subprocess.run(line, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_anyone_can_check_the_site_with_python_alone(files: Mapping[str, bytes], tmp_path: Path) -> None:
    land(files, tmp_path / "site")
    code, text = check(tmp_path / "site")
    assert (code, "Not so" in text) == (0, False), text
    assert "58 awards" in text
    assert "Not checked: whether these are the run's awards" in text


def forged_site(files: Mapping[str, bytes], name: str, old: str, new: str) -> Mapping[str, bytes]:
    """Change a file of the site, and list it with its new sum."""
    assert old in files[name].decode(), old
    other = {**files, name: files[name].decode().replace(old, new, 1).encode()}
    return other | {site.MANIFEST: site.manifest({one: its for one, its in other.items() if one != site.MANIFEST})}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("index.html", "", "", "awards and open data are those of bundle.zip"),
        ("data/awards.json", '"run": "run-', '"run": "run-0', "the site is of run-0"),
        ("data/awards.json", '"bid": "', '"bid": "X', "the run recommends no award"),
        ("data/criteria.json", '"places":2', '"places":3', "or of other criteria"),
        ("downloads/ocds.json", '"relatedBid": "', '"relatedBid": "X', "ocds.json gives X"),
    ],
)
def test_with_the_bundle_it_holds_awards_and_open_data_to_the_run_though_every_sum_was_written_anew(
    files: Mapping[str, bytes], bundle: Path, tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    land(forged_site(files, name, old, new), tmp_path / "site")
    code, text = check(tmp_path / "site", bundle)
    assert (code, told in text) == (0 if name == "index.html" else 1, True), text
    assert "was changed" not in text


def test_awards_that_add_up_and_are_not_those_of_the_run_are_told_by_its_bundle(
    files: Mapping[str, bytes], bundle: Path, tmp_path: Path
) -> None:
    told, released = (json.loads(files[name]) for name in ("data/awards.json", "downloads/ocds.json"))
    paid = released["releases"][0]["awards"][0]
    paid["value"]["amount"] += 1
    award = next(one for one in told["awards"] if len(one["by_year"]) > 1)
    first, second = [*award["by_year"]][:2]
    award["by_year"][first] -= 100
    award["by_year"][second] += 100
    shifted = {**files, "data/awards.json": json.dumps(told).encode()}
    shifted["downloads/ocds.json"] = json.dumps(released).encode()
    del shifted[site.MANIFEST]
    land(shifted | {site.MANIFEST: site.manifest(shifted)}, tmp_path / "site")
    assert check(tmp_path / "site")[0] == 0
    code, text = check(tmp_path / "site", bundle)
    assert (code, f"the years of {award['bid']} in awards.json are not those of the run" in text) == (1, True)
    assert (
        f"downloads/ocds.json gives {paid['relatedBid']} £{paid['value']['amount']:,}.00; the run recommends £" in text
    )
    (tmp_path / "no.zip").write_bytes(b"no archive")
    assert "cannot be read as an audit bundle" in check(tmp_path / "site", tmp_path / "no.zip")[1]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("index.html", "58 awards", "59 awards", "index.html was changed"),
        ("data/criteria.json", '"places":2', '"places":3', "the seal is"),
        ("data/awards.json", '"2027-28": 8477000', '"2027-28": 958477000', "is more than the"),
        ("data/awards.json", '"pence": 34940000', '"pence": 34940001', "do not add up"),
    ],
)
def test_a_site_that_was_changed_does_not_agree(
    files: Mapping[str, bytes], tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    assert old in files[name].decode(), old
    land({**files, name: files[name].decode().replace(old, new, 1).encode()}, tmp_path / "site")
    code, text = check(tmp_path / "site")
    assert code == 1
    assert told in text


def test_a_file_that_is_gone_is_missed(files: Mapping[str, bytes], tmp_path: Path) -> None:
    land({key: content for key, content in files.items() if key != "ask.html"}, tmp_path / "site")
    assert "ask.html is missing" in check(tmp_path / "site")[1]


def test_without_a_python_for_browsers_the_check_page_says_how_to_check(reopened: reopening.Reopened) -> None:
    page = public_site(reopened, FACTS, {})["check.html"].decode()
    assert "check.js" not in page
    assert "python3 verify.py bundle.zip" in page


def test_the_award_notice_is_summed_up_where_the_law_asks_for_one(
    files: Mapping[str, bytes], reopened: reopening.Reopened
) -> None:
    """Of 130 tenders in 5 lots 129 were assessed and 58 are awarded; nobody's but the authority's name stands there."""
    page = files["notice.html"].decode()
    rows = re.findall(
        r'<td class="n" data-label="[^"]*">([^<]*)</td>|<td data-label="[^"]*" class="n">([^<]*)</td>', page
    )
    told = [one or other for one, other in rows]
    assert [sum(map(int, told[at::4])) for at in range(3)] == [130, 129, 58]
    assert reopened.outcome.allocation is not None
    pounds = sum(int(text[1:].replace(",", "").partition(".")[0]) for text in told[3::4])
    assert pounds == reopened.outcome.allocation.cost // 100
    for name in ("index.html", "ask.html"):
        assert 'href="notice.html"' in files[name].decode()
    assert "notice.html" in files["sitemap.txt"].decode().split()
    grant = reopened.outcome.criteria.model_copy(update={"regime": "grant"})
    other = public_site(replace(reopened, outcome=replace(reopened.outcome, criteria=grant)), FACTS, {})
    assert "notice.html" not in other
    assert b"notice.html" not in other["index.html"] + other["ask.html"] + other["sitemap.txt"]


def test_the_money_is_told_ward_by_ward_and_adds_up(files: Mapping[str, bytes], outcome: Outcome) -> None:
    page = files["money.html"].decode()
    assert "in the order of the alphabet: this is not a map" in page
    part = page.partition("Awards that name each ward")[2].partition("</table>")[0]
    money = [int(text.replace(",", "")) for text in re.findall(r">£([\d,]+)</td>", part)]
    assert outcome.allocation is not None
    assert abs(sum(money) - outcome.allocation.cost // 100) <= len(money)


def test_with_boundaries_the_site_draws_a_map(reopened: reopening.Reopened) -> None:
    drawn = Boundaries(
        (Ward("Bow East", (square(0, 0),)), Ward("Bow West", (square(1000, 0),))), "A survey", degrees=False
    )
    made = public_site(replace(reopened, outcome=replace(reopened.outcome, boundaries=drawn)), FACTS, {})
    page = made["money.html"].decode()
    assert "A map of the wards." in page
    assert "Boundaries: A survey." in page
    assert page.count('<path d="M') == 2


def test_the_browser_is_given_every_file_that_checks_a_bundle() -> None:
    script = (Path(site.__file__).parent / "assets" / "worker.js").read_text("utf-8")
    parts = re.findall(r'"(_?\w*)"', script.partition("const VERIFY = [")[2].partition("]")[0])
    assert tuple(f"verify{part}.py" for part in parts) == BUNDLE_VERIFIERS
    assert set(bundles.VERIFIERS) == set(BUNDLE_VERIFIERS)
