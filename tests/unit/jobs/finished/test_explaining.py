"""Any figure that a run prints, traced to cells: by its reference, by name, by number; and the pages of all of them."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.jobs.finished.explaining import catalogue_of, stands_of
from evaluator.jobs.finished.from_bundle import Reopened, reopen
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import pence
from evaluator.reporting.audit.traces import Catalogue
from evaluator.reporting.audit.traces.figure import Figure, is_number, numbers_in
from evaluator.reporting.audit.traces.replies import figures_of_replies
from evaluator.reporting.audit.traces.rules import concerned, counted
from evaluator.reporting.audit.traces.stands import Piece, pieces_of
from evaluator.reporting.audit.traces.traced import Replies

ROOT = Path(__file__).resolve().parents[4]
CRITERIA, BIDS = ROOT / "criteria" / "community_grants", ROOT / "sample_bids" / "community_grants"
NO_FIGURES = re.compile(  # years, versions, sums of files, sections of law and papers, ids, and the ends of axes
    r"\b20\d\d(?:-\d\d)?\b|version \S+|run-\S+|evaluator \d\S+|\b[0-9a-f]{16,}\b|SHA-256|[Ss]ections? [\d()]+|Act \d+"
    r"|Regulations \d+|regulation \d+|[A-Za-z]{2,}-\d+|\b\d+\.\d+\.\d+\b|paper[, ][\d., and]+|within \d+ days"
    r"|\d+ Made-up Row"
)


def quiet(*_: object) -> None:
    return None


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained") / "run"
    assert run("evaluate", CRITERIA, BIDS, "--out", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def again(made: Path) -> Reopened:
    return reopen((made / "bundle.zip").read_bytes(), quiet)


@pytest.fixture(scope="module")
def catalogue(again: Reopened) -> Catalogue:
    return catalogue_of(again, quiet)[0]


def figures(catalogue: Catalogue) -> tuple[Figure, ...]:
    return (*catalogue.shared, *catalogue.of_bids)


def figure(catalogue: Catalogue, ref: str) -> Figure:
    (found,) = [one for one in figures(catalogue) if one.ref == ref]
    return found


def pieces(folder: Path, *names: str) -> Iterator[Piece]:
    for name in names:
        yield from pieces_of(name, (folder / name).read_text("utf-8"))


def untraced(catalogue: Catalogue, printed: Iterator[Piece]) -> list[tuple[str, str]]:
    """Give every number of some pages that no figure has."""
    texts = {number for one in figures(catalogue) for text in (*one.texts, one.in_words) for number in numbers_in(text)}
    found = []
    for one in printed:
        if one.heading == "About this document":
            continue
        for number in sorted(numbers_in(NO_FIGURES.sub(" ", one.text))):
            if not is_number(number, texts) and not is_number(number.strip("£%"), texts):
                found.append((number, one.place))
    return found


def test_every_number_of_the_report_is_a_figure_that_ends_in_cells(catalogue: Catalogue, made: Path) -> None:
    axis = re.compile(r"^\d+%?$")  # the numbers below a picture
    told = (one for one in pieces(made, "report.html") if not axis.match(one.text.strip()) or one.row)
    assert untraced(catalogue, told) == []


def test_every_number_of_the_letters_is_a_figure_too(catalogue: Catalogue, made: Path, tmp_path: Path) -> None:
    assert run("letters", made / "bundle.zip", "--out", tmp_path / "letters", "--pages-only").exit_code == 0
    names = [path.name for path in sorted((tmp_path / "letters").glob("letter-*.html"))]
    assert len(names) > 8
    assert untraced(catalogue, pieces(tmp_path / "letters", *names)) == []


def test_every_reference_that_is_printed_leads_to_a_figure(catalogue: Catalogue, made: Path) -> None:
    known = {one.ref for one in figures(catalogue)}
    printed = [ref for one in pieces(made, "report.html", "record.html", "equality_impact.html") for ref in one.refs]
    assert len(set(printed)) > 40
    assert set(printed) <= known


def lines_told_otherwise(catalogue: Catalogue, folder: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Give each number of the table of rule costs that the reference at the head of its line does not lead to."""
    found, known = [], frozenset[str]()
    for one in pieces(folder, "report.html"):
        if any(ref.startswith("without-") for ref in one.refs):
            (ref,) = one.refs
            known = frozenset(chain.from_iterable(map(numbers_in, figure(catalogue, ref).texts)))
        elif one.heading == "What each kind of rule costs" and one.row:
            found += [(one.row, one.text, known)] * (not numbers_in(one.text) <= known)
    assert known
    return found


def test_a_reference_beside_a_line_leads_to_the_figures_of_that_line(catalogue: Catalogue, made: Path) -> None:
    assert lines_told_otherwise(catalogue, made) == []


def test_references_are_unlike_one_another(catalogue: Catalogue) -> None:
    refs = [one.ref for one in figures(catalogue)]
    assert len(refs) == len(set(refs))


def ends_in_cells(one: Figure) -> bool:
    return any(str(cell.source) for cell in (*one.ends_in(), *(cell for part in one.rests_on() for cell in part.cells)))


def test_every_figure_ends_in_cells_unless_nothing_was_counted(catalogue: Catalogue) -> None:
    without = [one.ref for one in figures(catalogue) if not ends_in_cells(one)]
    nothing = [one.ref for one in figures(catalogue) if set(one.texts) <= {"0", "£0"} or one.ref == "all-gaps"]
    assert set(without) <= set(nothing), without


def test_the_cells_of_the_register_hold_what_is_said_of_them(catalogue: Catalogue, made: Path) -> None:
    members = bundles.unpack((made / "bundle.zip").read_bytes()).members
    rows = list(csv.reader(io.StringIO(members["inputs/bids/register.csv"].decode("utf-8-sig"))))
    looked = 0
    for one in catalogue.shared:
        for cell in (*one.ends_in(), *(cell for part in one.rests_on() for cell in part.cells)):
            if cell.source.file == "register.csv" and cell.source.column and not cell.what.startswith("row of"):
                assert rows[cell.source.row - 1][ord(cell.source.column) - ord("A")] == cell.text, cell
                looked += 1
    assert looked > 200


def test_money_is_the_sum_of_the_awards_that_it_rests_on(catalogue: Catalogue) -> None:
    for one in catalogue.shared:
        if re.fullmatch(r"(T\d+|all)-(Y\d+|money)", one.ref):
            parts = [pence(part.value) or 0 for part in one.rests_on()]
            assert pence(one.texts[0]) == sum(parts), one.ref


def test_what_awards_come_to_under_a_rule_is_the_sum_of_those_that_are_named(catalogue: Catalogue) -> None:
    outcome, looked = catalogue.run.outcome, set()
    rules = {rule.id: rule for rule in outcome.criteria.rules}
    assert outcome.allocation is not None
    for check in outcome.allocation.checks:
        rule = rules[check.rule]
        awards = concerned(catalogue.run, rule, check)
        if rule.traits.counts == "money":
            assert sum(pence(counted(catalogue.run, rule, one)) or 0 for one in awards) == pence(check.used), check
        elif rule.traits.counts == "awards" and check.used.isdigit():
            assert len(awards) == int(check.used), check
        elif rule.traits.counts == "hours":
            hours = [counted(catalogue.run, rule, one).removesuffix(" hours") for one in awards]
            assert sum(map(Fraction, hours)) == Fraction(check.used.removesuffix(" hours")), check
        else:
            continue
        looked.add(rule.kind)
    assert len(looked) > 2


def test_the_bids_behind_a_place_or_stage_are_as_many_as_are_printed(catalogue: Catalogue) -> None:
    told = json.loads(json.dumps(catalogue.run.printed["equality"]))
    for at, stage in enumerate(told["totals"], 1):
        one = figure(catalogue, f"stage-{at}")
        assert (one.texts[0], len(one.rests_on())) == (f"{stage['bids']:,}", stage["bids"])
    for word, rows in (("ward", told["wards"]), ("group", told["groups"])):
        for at, row in enumerate(rows, 1):
            parts = figure(catalogue, f"{word}-{at}").rests_on()
            funded = [part for part in parts if part.value != "not recommended"]
            assert (len(parts), len(funded)) == (row["bids"], row["awards"]), row["name"]


def test_a_name_an_id_and_a_reference_find_the_same_thing(catalogue: Catalogue) -> None:
    theme = catalogue.run.outcome.criteria.themes[0]
    asked = [catalogue.asked(words).figures for words in (theme.id, theme.title, theme.title.upper(), "T1", "t1")]
    assert [tuple(one.ref for one in its) for its in asked] == [("T1",)] * 5
    assert catalogue.asked("nothing of that name").figures == ()
    assert "all-money" in catalogue.asked("all-mony").near


def test_a_word_that_fits_several_things_is_asked_back(catalogue: Catalogue) -> None:
    lead = next(bid for bid in catalogue.run.bids.values())
    same = [bid.id for bid in catalogue.run.bids.values() if bid.name == lead.name]
    found = catalogue.asked(lead.name)
    assert found.which == (() if len(same) == 1 else tuple(f"bid:{id}" for id in same))
    assert catalogue.asked(f"bid:{lead.id}").bid == lead.id


def test_a_number_is_found_wherever_it_is_printed(catalogue: Catalogue, made: Path) -> None:
    whole = figure(catalogue, "all-money").texts[0]
    found = run("explain", made / "bundle.zip", "--number", whole, "--json")
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert "all-money" in [one["ref"] for one in told["figures"]]
    assert any("all-money" in one["references"] for one in told["stands_in"])
    assert all(is_number(whole, numbers_in(one["text"])) for one in told["stands_in"])
    assert catalogue.with_number("£123,456,789") == ()


def test_one_command_gives_the_figure_its_working_and_its_cells(made: Path, tmp_path: Path) -> None:
    found = run("explain", made / "bundle.zip", "T1-money", "--html", tmp_path / "page.html")
    assert found.exit_code == 0, found.output
    assert "register.csv" in found.stdout
    assert "It stands in" in found.stdout
    assert "report.html, In short" in found.stdout
    assert "T1-money" in (tmp_path / "page.html").read_text("utf-8")
    bid = json.loads((made / "outcome.json").read_text("utf-8"))["themes"][0]["bids"][0]["bid"]
    assert run("explain", made / "bundle.zip", bid).stdout.startswith(f"{bid} ·")


@pytest.mark.parametrize("words", [(), ("T1", "--number", "3"), ("--all",), ("T1", "--out", "x"), ("nonsuch",)])
def test_half_a_question_is_wrong_use(made: Path, words: tuple[str, ...]) -> None:
    assert run("explain", made / "bundle.zip", *words).exit_code == 2


def test_the_pages_of_all_lead_to_one_another(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "all"
    assert run("explain", made / "bundle.zip", "--all", "--out", out).exit_code == 0
    names = {path.name for path in out.iterdir()}
    bids = [
        bid["bid"]
        for theme in json.loads((made / "outcome.json").read_text("utf-8"))["themes"]
        for bid in theme["bids"]
    ]
    assert {f"bid-{bid}.html" for bid in bids} <= names
    for path in out.glob("*.html"):
        links = re.findall(r'href="([^"#]+)"', path.read_text("utf-8"))
        assert set(links) <= names, path.name
    again = run("explain", made / "bundle.zip", "--all", "--out", out)
    assert (again.exit_code, "not empty" in again.output) == (2, True)


# Replies to the equality monitoring


def test_a_figure_of_replies_is_what_was_printed_and_ends_at_every_reply_to_its_question(
    catalogue: Catalogue, again: Reopened, made: Path
) -> None:
    archive = (made / "equality.zip").read_bytes()
    found, problems = catalogue_of(again, quiet, archive)
    assert problems == ()
    closed, opened = ([one for one in its.shared if one.ref.startswith("repl")] for its in (catalogue, found))
    assert [one.texts for one in closed] == [one.texts for one in opened]
    monitoring = bundles.unpack(archive, stored=True).members["inputs/bids/equality/monitoring.csv"]
    rows = len(monitoring.decode().splitlines()) - 1
    for one in opened:
        if one.ref.startswith("reply-"):
            assert len(one.ends_in()) == rows
            assert {cell.text for cell in one.ends_in()} == {""}
    assert all(cell.source.row == 0 for one in closed for cell in one.ends_in())  # the file alone


def test_of_groups_nothing_is_told_but_what_is_printed_not_even_to_whoever_opens_the_archive(
    catalogue: Catalogue,
) -> None:
    """Both groups end at the same three cells without a value, so nothing tells whose reply is whose, or how many."""
    group = {
        "group": "Yes",
        "values": ["Yes"],
        "organisations": {"least": 32, "most": 32},
        "funded": {"least": 0, "most": 9},
    }
    other = {**group, "group": "No", "values": ["No", "Not any more"], "funded": None}
    asked = {
        "id": "led_by_sex",
        "title": "Led by women",
        "public_statement": "too_little_to_tell",
        "grouping": "",
        "why": "",
    }
    asked |= {"band_width": 5, "own_groups": True, "groups": [group, other], "no_answer": {"least": 4, "most": 4}}
    cells = tuple(Source("equality/monitoring.xlsx", "Replies", row, "C") for row in (2, 3, 4))
    run = replace(
        catalogue.run,
        printed={"equality": {"characteristics": [asked], "level": "1/620", "few": 3}},
        replies=(Replies("led_by_sex", cells, ("equality/monitoring.xlsx",)),),
    )
    found = {one.ref: one for one in figures_of_replies(run)}
    assert found["reply-1-1"].texts == ("32", "9 or fewer")
    assert found["reply-1-2"].texts == ("32", "not shown")
    assert found["reply-1-0"].texts == ("4",)
    for one in found.values():
        assert [str(cell.source) for cell in one.ends_in()] == [
            f"equality/monitoring.xlsx Replies!C{row}" for row in (2, 3, 4)
        ]
        assert {cell.text for cell in one.ends_in()} == {""}
        assert one.rests_on() == ()
    said = {number for one in found.values() for number in numbers_in(one.working)}
    assert said <= {"32", "9", "4", "5", "1", "2", "620", "0"}


def test_an_archive_of_another_run_is_refused(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "equality.zip"
    held = bundles.unpack((made / "equality.zip").read_bytes(), stored=True)
    facts = {key: value for key, value in held.manifest.items() if key != "files"} | {"bundle": "0" * 64}
    members = {
        name: content for name, content in held.members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)
    }
    other.write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(members)), members))
    found = run("explain", made / "bundle.zip", "reply-1", "--equality", other)
    assert (found.exit_code, "closed with another bundle" in found.output) == (3, True)


def test_the_pages_of_a_run_are_read_as_they_were_bound(again: Reopened) -> None:
    stands = stands_of(again)
    assert any(one.place.startswith("report.html, In short") for one in stands.references(["all-bids"]))


# The sample: 130 bids, with monitoring


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Evaluate the sample in a process of its own; give its run, and the processor time that it took."""
    folder = tmp_path_factory.mktemp("sample") / "run"
    return folder, spent("demo", "--out", folder)


def spent(*words: object) -> float:
    """Run a command, and give the seconds of processor time that it and its own processes took."""
    import resource  # not on Windows, where the slow tests are not run

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "evaluator", *map(str, words)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.slow
def test_the_pages_of_all_take_less_than_two_evaluations_of_the_sample(
    sample: tuple[Path, float], tmp_path: Path
) -> None:
    folder, evaluating = sample
    assert spent("explain", folder / "bundle.zip", "--all", "--out", tmp_path / "all") < 2 * evaluating
    assert len(list((tmp_path / "all").glob("bid-*.html"))) == 130


@pytest.mark.slow
def test_of_the_sample_every_number_and_reference_of_the_first_pages_is_traced(sample: tuple[Path, float]) -> None:
    folder, _ = sample
    found, _ = catalogue_of(reopen((folder / "bundle.zip").read_bytes(), quiet), quiet)
    known = {one.ref for one in figures(found)}
    told = list(pieces(folder, "report.html", "equality_impact.html", "record.html"))
    assert {ref for one in told for ref in one.refs} <= known
    axis = re.compile(r"^\d+%?$")
    labels = ("£10,000", "310,300", "7(7)")  # in the names of groups and of a source
    figures_told = (
        one
        for one in told
        if one.document != "record.html"
        and not axis.match(one.text.strip())
        and not any(label in one.text for label in labels)
        and not one.heading.startswith(("Outcomes", "Aims", "Annex"))
    )
    assert untraced(found, figures_told) == []
    assert lines_told_otherwise(found, folder) == []
