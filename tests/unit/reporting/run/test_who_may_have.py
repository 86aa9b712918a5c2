"""Who may have which document: everything that is made is listed, and of archives what their lists say."""

from collections.abc import Iterator

import pytest

from evaluator.records.documents import Document
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.letters import NOT_SAID
from evaluator.reporting.notice import notice
from evaluator.reporting.run.documents import documents
from evaluator.reporting.run.who_may_have import NOBODY_SAID, RunFiles, access, schedule
from tests.unit.reporting import small_outcome
from tests.unit.reporting.letters.test_letters import made as letters

RUN = RunFiles(
    documents=("report.html", "report.docx", "outcome.json", "manifest.json", "new.html"),
    inputs=("inputs/bids/register.csv", "inputs/criteria/programme.toml"),
    apart=("equality/monitoring.csv", "equality/salt.txt"),
)


def names(found: tuple[Document, ...]) -> Iterator[str]:
    for one in found:
        yield one.name
        yield from (f"{one.name.rpartition('.')[0]}.{form}" for form in one.also)


def test_somebody_said_of_every_document_of_a_run_who_may_have_it() -> None:
    found = [*names(tuple(documents(small_outcome.outcome()))), "bids/bid-A01.html", "annex.xlsx", "manifest.json"]
    assert [name for name in found if access(name) is None] == []
    assert "report.docx" in found


@pytest.mark.parametrize("command", ["letters", "disclose", "notice"])
def test_somebody_said_of_everything_that_is_made_from_a_run_who_may_have_it(command: str) -> None:
    run = small_outcome.outcome()
    found = {
        "letters": lambda: letters().documents,
        "disclose": lambda: disclosure(run),
        "notice": lambda: notice(run, None, NoticeFacts(), NOT_SAID),
    }[command]()
    assert [name for name in names(found) if access(name, command) is None] == []
    assert access("unheard-of.txt", command) is None


def test_a_document_of_which_nobody_said_it_is_listed_all_the_same() -> None:
    (row,) = (one for one in schedule(RUN, ())["run"] if "new" in one.what)
    assert (row.what, row.who) == ("new.html", NOBODY_SAID)


def test_every_document_of_the_run_is_listed_once() -> None:
    listed = "; ".join(one.what for one in schedule(RUN, ())["run"])
    assert listed == "report.docx, .html; outcome.json; manifest.json; new.html; bundle.zip; equality.zip"


def test_what_a_bundle_and_the_archive_beside_it_hold_is_said_from_their_lists() -> None:
    rows = {one.what: one for one in schedule(RUN, ())["run"]}
    assert "2 files as received" in rows["bundle.zip"].holds
    assert "no reply to the monitoring, which is in equality.zip" in rows["bundle.zip"].holds
    assert "equality/monitoring.csv and equality/salt.txt" in rows["equality.zip"].holds
    assert rows["equality.zip"].who != rows["bundle.zip"].who
    old = RunFiles(inputs=("inputs/bids/equality/monitoring.csv",), monitoring=("inputs/bids/equality/monitoring.csv",))
    (bundle,) = schedule(old, ())["run"]  # bundles of old hold it, and then it is said
    assert "replies to the monitoring too: inputs/bids/equality/monitoring.csv" in bundle.holds


def test_a_run_that_was_not_monitored_has_no_archive_of_replies() -> None:
    rows = [one.what for one in schedule(RunFiles(("report.html",), ("inputs/bids/register.csv",)), ())["run"]]
    assert rows == ["report.html", "bundle.zip"]


def test_many_pages_of_a_folder_are_counted_and_go_to_those_who_have_the_report() -> None:
    pages = tuple(f"bids/bid-B{number}.html" for number in range(130))
    (row, *_) = schedule(RunFiles(pages), ())["run"]
    assert row.what == "bids/ (130 files)"
    assert row.who == "those who decide, auditors, the file"


def test_the_restricted_edition_and_the_studies_are_listed_with_who_may_have_them() -> None:
    rows = {one.what: one for one in schedule(RUN, ())["made"]}
    assert rows["evaluator equality restricted: equality_restricted"].who == "those named on it, and nobody else"
    assert "names bids that lost" in rows["evaluator study"].holds


def test_the_index_says_of_the_run_what_its_list_says() -> None:
    (index,) = (str(one.content) for one in disclosure(small_outcome.outcome(), RUN) if one.name == "index.html")
    assert "no reply to the monitoring, which is in equality.zip" in index
    assert NOBODY_SAID in index
