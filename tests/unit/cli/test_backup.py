"""A programme comes back from its backup whole or not at all, and a forged one writes nothing."""

import hashlib
import json
import stat
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.ledger_file import append, read_ledger
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.ledger import Event
from evaluator.records.office.folder import CACHE
from evaluator.records.office.settings import Retention, Settings
from evaluator.reporting.office.settings_workbook import settings_workbook
from tests.unit.cli.receiving import criteria_of, csv_file, files_of, form, made_return, programme_at, receive, run

Members = dict[str, bytes]


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    root = programme_at(tmp_path / "Größe und Ziel")
    post = tmp_path / "post"
    post.mkdir()
    form(root, post / "a.xlsx", "O1")
    made_return(post / "b.xlsx", "E01")
    plan = criteria_of(root).equality
    assert plan is not None
    csv_file(post / "m.csv", ("organisation", plan.characteristic[0].id), ("O1", "yes"))
    assert receive(root, post).exit_code == 0
    run_folder = root / "reports" / "run"
    run_folder.mkdir()
    (run_folder / "report.html").write_text("<p>Report</p>", "utf-8")
    (run_folder / "equality.zip").write_bytes(b"replies of 4711")
    return root


def backed_up(programme: Path, *words: object) -> Path:
    out = programme.parent / "backup.zip"
    done = run("backup", programme, "--out", out, *words)
    assert done.exit_code == 0, done.output
    return out


def restored(file: Path) -> tuple[int, str, Path]:
    out = file.parent / "again"
    done = run("restore", file, "--out", out)
    return done.exit_code, done.output, out


def test_a_programme_comes_back_as_it_was_without_the_monitoring(programme: Path) -> None:
    code, said, out = restored(backed_up(programme))
    before = {name: text for name, text in files_of(programme).items() if "equality" not in name.split("/")[-1]
              and "/equality/" not in name}  # fmt: skip
    assert code == 0
    assert files_of(out) == before
    assert "monitoring is not in this backup" in said
    assert read_ledger(out / "ledger.jsonl").findings == ()
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in programme.iterdir())


def test_the_monitoring_goes_along_only_where_that_was_asked_and_stays_private(programme: Path) -> None:
    file = backed_up(programme, "--with-equality")
    _, _, out = restored(file)
    assert files_of(out) == files_of(programme)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_no_reply_is_in_a_backup_without_the_monitoring(programme: Path) -> None:
    content = backed_up(programme).read_bytes()
    for name, secret in files_of(programme).items():
        if "/equality/" in name or name.endswith("equality.zip"):
            assert secret not in content, name
            assert hashlib.sha256(secret).hexdigest().encode() not in content


def test_the_same_folder_gives_the_same_bytes_and_so_does_what_came_back(programme: Path) -> None:
    first = backed_up(programme).read_bytes()
    _, _, out = restored(programme.parent / "backup.zip")
    for root, name in ((programme, "two.zip"), (out, "three.zip")):
        assert run("backup", root, "--out", programme.parent / name).exit_code == 0
        assert (programme.parent / name).read_bytes() == first


def opened(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def closed(members: Members, **facts: object) -> bytes:
    """Close a backup anew, with every sum right, as somebody would who wants it to be taken."""
    told = {**json.loads(members[bundles.MANIFEST]), **facts}
    del told["files"]
    inner = {name: text for name, text in members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    return bundles.pack(bundles.manifest(told, bundles.sums(inner)), inner)


def added(name: str, text: bytes = b"x") -> Callable[[Members], Members]:
    return lambda members: {**members, name: text}


def cut_ledger(members: Members) -> Members:
    name = "programme/ledger.jsonl"
    return {**members, name: b"\n".join(members[name].split(b"\n")[:-2]) + b"\n"}


FORGED: dict[str, Callable[[Members], Members]] = {
    "out of the folder": added("programme/../../evil.txt"),
    "from the root": added("/etc/evil"),
    "of a drive": added("C:/evil.txt"),
    "with backslashes": added("programme/..\\..\\evil.txt"),
    "beside the programme": added("elsewhere/evil.txt"),
    "a device": added("programme/bids/con.csv"),
    "a stream": added("programme/bids/register.csv:hidden"),
    "with a dot at its end": added("programme/bids/x."),
    "an empty part": added("programme//x"),
    "a control character": added("programme/bids/a\u202eb"),
    "in other capitals": added("programme/Ledger.jsonl"),
    "a file that is a folder": added("programme/bids/receipts.csv/x"),
    "a ledger that was cut": cut_ledger,
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_backup_is_refused_and_nothing_is_written(programme: Path, what: str) -> None:
    file = backed_up(programme)
    file.write_bytes(closed(FORGED[what](opened(file))))
    there = files_of(programme.parent)
    code, said, out = restored(file)
    assert code == 1, said
    assert not out.exists()
    assert files_of(programme.parent) == there
    assert "was not restored" in said


def with_entry(file: Path, name: str, text: bytes, how: int = zipfile.ZIP_STORED, mode: int = 0o100644) -> None:
    with zipfile.ZipFile(file, "a", how) as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, text, how)


def test_a_link_a_bomb_a_duplicate_and_what_was_added_are_refused(programme: Path) -> None:
    file = backed_up(programme)
    whole = file.read_bytes()
    for name, text, how, mode in (
        ("programme/bids/link", b"/etc/passwd", zipfile.ZIP_STORED, 0o120777),
        ("programme/bids/bomb", b"0" * 50_000_000, zipfile.ZIP_DEFLATED, 0o100644),
        ("programme/bids/receipts.csv", b"other", zipfile.ZIP_STORED, 0o100644),
        ("programme/bids/new.csv", b"new", zipfile.ZIP_STORED, 0o100644),
    ):
        file.write_bytes(whole)
        with pytest.warns(UserWarning, match="Duplicate") if "receipts" in name else nullcontext():
            with_entry(file, name, text, how, mode)
        code, said, out = restored(file)
        assert (code, out.exists()) == (1, False), (name, said)


def test_no_changed_byte_of_a_backup_is_taken(programme: Path) -> None:
    file = backed_up(programme)
    whole = file.read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        code, _, out = restored(file)
        assert (code, out.exists()) == (1, False), at


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"hello", bytes(1000)])
def test_what_is_no_backup_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    code, said, out = restored(tmp_path / "x.zip")
    assert code == 1
    assert "was not restored" in said
    assert not out.exists()


def test_a_backup_is_written_over_nothing_and_not_into_the_programme(programme: Path) -> None:
    file = backed_up(programme)
    append(programme / "ledger.jsonl", lambda _: [Event("opened", "More")], "S", "2026-12-01")
    assert run("backup", programme, "--out", file).exit_code == 2
    assert run("backup", programme, "--out", programme / "papers" / "b.zip").exit_code == 2
    assert run("backup", programme, "--out", programme.parent / "b.tar").exit_code == 2
    assert run("restore", file, "--out", programme).exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_is_left_out_and_said(programme: Path) -> None:
    (programme / "papers" / "link.txt").symlink_to("/etc/passwd")
    done = run("backup", programme, "--out", programme.parent / "b.zip")
    assert done.exit_code == 1
    assert "papers/link.txt was left out" in done.output
    assert "programme/papers/link.txt" not in opened(programme.parent / "b.zip")


def test_a_ledger_that_does_not_verify_is_backed_up_and_said(programme: Path) -> None:
    lines = (programme / "ledger.jsonl").read_text("utf-8").replace("Sam Lee", "Tam Lee", 1)
    (programme / "ledger.jsonl").write_text(lines, "utf-8")
    done = run("backup", programme, "--out", programme.parent / "b.zip")
    assert done.exit_code == 1
    assert "E-LEDGER-001" in done.output
    code, said, out = restored(programme.parent / "b.zip")
    assert code == 1
    assert "E-LEDGER-001" in said
    assert (out / "ledger.jsonl").read_text("utf-8") == lines


KEPT = (
    Retention("Evaluators’ workbooks and agreed marks", "2027-06-30", "Six months after the last challenge"),
    Retention("The equality monitoring (bids/equality, equality.zip)", "2027-01-31", "Schedule 4"),
    Retention("Bids that were not funded"),
)


def test_what_is_to_be_destroyed_is_told_with_its_places_and_nothing_is_destroyed(programme: Path) -> None:
    book = settings_workbook(Settings(title="Grants", retention=KEPT))
    (programme / "settings.xlsx").write_bytes(workbook_bytes(book))
    before = files_of(programme)
    done = run("retention", programme, "--date", "01/02/2027", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert [(one["state"], one["until"]) for one in told["entries"]] == [
        ("kept", "2027-06-30"), ("due", "2027-01-31"), ("undecided", ""),
    ]  # fmt: skip
    marks, monitoring, bids = (one["places"] for one in told["entries"])
    digest = hashlib.sha256((programme / "bids" / "returns" / "E01.xlsx").read_bytes()).hexdigest()
    assert marks == ["bids/returns", f"received/{digest}.xlsx"]
    assert monitoring == ["bids/equality", "received/equality", "reports/run/equality.zip"]
    assert "bids/bids" in bids
    said = run("retention", programme, "--date", "2027-02-01").stdout
    assert "to be destroyed: it was kept until 31 January 2027. Because: Schedule 4." in said
    assert "Nothing was deleted." in said
    assert files_of(programme) == before


def test_without_settings_the_command_says_where_to_write_them(programme: Path) -> None:
    said = run("retention", programme, "--date", "2027-02-01").stdout
    assert "Fill in the sheet Retention of settings.xlsx" in said
    assert "no periods by default" in said


def test_what_runs_keep_for_the_next_is_named_with_the_marks_and_is_in_no_backup(programme: Path) -> None:
    (programme / "settings.xlsx").write_bytes(
        workbook_bytes(settings_workbook(Settings(title="Grants", retention=KEPT)))
    )
    before = files_of(programme)
    (programme / CACHE).mkdir()
    (programme / CACHE / "awards-1.kept").write_text("what became of every bid", "utf-8")
    marks, monitoring, bids = json.loads(run("retention", programme, "--date", "2027-02-01", "--json").stdout)[
        "entries"
    ]
    assert [CACHE in one["places"] for one in (marks, monitoring, bids)] == [True, False, True]
    _, _, out = restored(backed_up(programme, "--with-equality"))
    assert files_of(out).keys() == before.keys()
