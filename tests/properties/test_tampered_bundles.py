"""Whatever is changed in a bundle is noticed: a byte, a cell, a file; and once sums are made right, the figures."""

import csv
import hashlib
import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.verifier import verify
from evaluator.jobs import evaluate as jobs
from evaluator.jobs.finished.replay import replay

ROOT = Path(__file__).resolve().parents[2]
SCORE_DATA = ("data/", "inputs/", "outputs/outcome.json", bundles.MANIFEST, bundles.CLOSING)
Members = dict[str, bytes]
Cell = tuple[str, str, int, int]  # file, sheet, row, column


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def sample(bundle: Path) -> Members:
    return dict(bundles.unpack(bundle.read_bytes()).members)


@pytest.fixture(scope="module")
def small() -> Members:
    made = jobs.evaluate(ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal", "equality", "", quiet)
    assert made.outcome is not None
    assert made.outcome.scores is not None
    return dict(bundles.unpack(made.files[jobs.BUNDLE]).members)


def zipped(members: Members, *, compressed: bool = False) -> bytes:
    """Zip members as a bundle is zipped, whatever its manifest says of them."""
    last = {name: members[name] for name in (bundles.MANIFEST, bundles.CLOSING) if name in members}
    inner = {name: content for name, content in sorted(members.items()) if name not in last}
    return bundles._zipped({**inner, **last}, compressed=compressed)


def sums_made_right(members: Members) -> bytes:
    """Close a bundle again over changed members, so that every sum is right."""
    facts = {key: each for key, each in json.loads(members[bundles.MANIFEST]).items() if key != "files"}
    inner = {name: content for name, content in members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    return bundles.pack(bundles.manifest(facts, bundles.sums(inner)), inner)


def a_byte(members: Members, dice: random.Random) -> tuple[str, Members]:
    name = dice.choice(sorted(name for name, content in members.items() if content))
    content = bytearray(members[name])
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return name, {**members, name: bytes(content)}


def a_file(members: Members, dice: random.Random) -> tuple[str, Members]:
    name = dice.choice(sorted(members))
    other = dice.choice(sorted(set(members) - {name}))
    taken_out = {each: content for each, content in members.items() if each != name}
    ways: list[Members] = [
        {**members, name: members[name] + b"\n"},
        {**members, name: b""},
        {**members, name: members[other]},
        {**members, f"{name}.old": members[name]},
        {**taken_out, f"{name}x": members[name]},
    ]
    changed = dice.choice([*ways, taken_out] if name not in (bundles.MANIFEST, bundles.CLOSING) else ways[:2])
    return name, changed if changed != members else {**members, name: members[name] + b"x"}


def a_cell(members: Members, dice: random.Random) -> tuple[str, Members]:
    name = dice.choice(sorted(name for name in members if name.endswith((".xlsx", ".csv"))))
    return name, {**members, name: (_workbook_cell if name.endswith(".xlsx") else _csv_cell)(members[name], dice)}


def _workbook_cell(content: bytes, dice: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    filled = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    cell = dice.choice(filled)
    cell.value = f"{cell.value}1" if dice.random() < 0.5 else 7
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _csv_cell(content: bytes, dice: random.Random) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode())))
    row = dice.randrange(len(rows))
    column = dice.randrange(len(rows[row]))
    rows[row][column] += "1"
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


WAYS: tuple[Callable[[Members, random.Random], tuple[str, Members]], ...] = (a_byte, a_cell, a_file)


def replay_notices(whole: bytes) -> bool:
    """Whether opening a bundle, which is the first thing that a replay does, finds anything."""
    try:
        return bool(bundles.unpack(whole).problems)
    except bundles.UnreadableBundleError:
        return True


def verify_notices(whole: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            return any(found for _, found in verify.differences({n: archive.read(n) for n in archive.namelist()}))
    except Exception:  # as its main does: it ends in a sentence that it cannot be checked
        return True


def tampered(members: Members, seeds: range) -> Iterator[tuple[str, bytes]]:
    for seed in seeds:
        dice = random.Random(seed)
        name, changed = WAYS[seed % len(WAYS)](members, dice)
        yield f"{seed}: {name}", zipped(changed)


def both_notice(members: Members, seeds: range) -> None:
    for what, whole in tampered(members, seeds):
        assert replay_notices(whole), what
        assert verify_notices(whole), what


def test_a_byte_a_cell_or_a_file_that_was_changed_is_noticed(sample: Members, small: Members) -> None:
    both_notice(small, range(60))
    both_notice(sample, range(60, 66))


@pytest.mark.slow
def test_a_thousand_changed_bytes_cells_and_files_are_all_noticed(sample: Members) -> None:
    both_notice(sample, range(1000, 2000))


def forged(members: Members, seeds: range) -> Iterator[tuple[str, bytes]]:
    for seed in seeds:
        dice = random.Random(seed)
        told = {name: each for name, each in members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
        name, changed = WAYS[seed % len(WAYS)](told, dice)
        yield f"{seed}: {name}", sums_made_right({**changed, bundles.MANIFEST: members[bundles.MANIFEST]})


def found_by_a_whole_replay(members: Members, seeds: range) -> None:
    for what, whole in forged(members, seeds):
        try:
            assert replay(whole, quiet).differences, what
        except bundles.UnreadableBundleError:
            continue


def test_a_bundle_that_was_closed_again_after_a_change_does_not_replay(small: Members) -> None:
    found_by_a_whole_replay(small, range(9))


@pytest.mark.slow
def test_a_hundred_bundles_that_were_closed_again_after_a_change_do_not_replay(small: Members) -> None:
    found_by_a_whole_replay(small, range(2000, 2100))


def figures(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk to every text and number of a document."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from figures(each, (*path, key))
    elif value is not None:
        yield path


def put(document: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        document = document[key]
    document[path[-1]] = value


@pytest.mark.parametrize("key", ["marks", "price", "by_year", "weights", "parameters"])
def test_score_data_that_was_changed_before_every_sum_was_made_right_is_noticed_by_verify(
    key: str, sample: Members
) -> None:
    file = "data/criteria.json" if key in ("weights", "parameters") else "data/bids.json"
    document = json.loads(sample[file])
    places = [path for path in figures(document) if key in path and path[-1] not in ("method", "source")]
    dice = random.Random(len(key))
    for path in dice.sample(places, min(len(places), 6)):
        spoiled = json.loads(sample[file])
        put(spoiled, path, {"marks": "1.5"}.get(key, "17.17"))
        members = {**sample, file: json.dumps(spoiled, ensure_ascii=False, separators=(",", ":")).encode()}
        assert verify_notices(sums_made_right(members)), path


@pytest.mark.parametrize("fact", ["run", "status", "until", "date", "criteria"])
def test_a_manifest_that_tells_other_facts_of_the_run_does_not_replay(fact: str, small: Members) -> None:
    listed = json.loads(small[bundles.MANIFEST])
    listed[fact] = {"reference": "X"} if fact == "criteria" else "allocation" if fact == "until" else "2026-01-01"
    inner = {name: each for name, each in small.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    files = bundles.sums(inner)
    whole = bundles.pack(bundles.manifest({k: v for k, v in listed.items() if k != "files"}, files), inner)
    assert replay(whole, quiet).differences


Entry = tuple[str, bytes]


def archive(entries: list[Entry], comment: bytes = b"", **header: Any) -> bytes:
    """Zip entries in this order, with whatever else stands in each header."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as made:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in entries:
            entry = zipfile.ZipInfo(name, header.get("date", bundles.TIME))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.extra, entry.compress_type = header.get("extra", b""), header.get("method", zipfile.ZIP_STORED)
            made.writestr(entry, content)
        made.comment = comment
    return buffer.getvalue()


ANOTHER = archive([("outputs/report.html", b"You won.")])
AROUND: dict[str, Callable[[list[Entry], bytes], bytes]] = {  # the archive's files, and its bytes
    "a comment": lambda files, _: archive(files, comment=b"x"),
    "an extra field": lambda files, _: archive(files, extra=b"\x99\x99\x02\x00ab"),
    "compressed in another way": lambda files, _: archive(files, method=zipfile.ZIP_BZIP2),
    "bytes before": lambda _, whole: b"#!/bin/sh\n" + whole,
    "bytes after": lambda _, whole: whole + b"x",
    "another archive before": lambda _, whole: ANOTHER + whole,
    "another archive after": lambda _, whole: whole + ANOTHER,
    "a name twice, first": lambda files, _: archive([(files[0][0], b"x"), *files]),
    "a name twice, last": lambda files, _: archive([*files, (files[0][0], b"x")]),
    "a name in capitals": lambda files, _: archive([*files, (files[0][0].upper(), b"x")]),
    "a name with another alphabet's letter": lambda files, _: archive([*files, ("d\u0430ta/bids.json", b"x")]),
    "a folder": lambda files, _: archive([*files, ("inputs/bids/returns/", b"")]),
    "a name that leads out": lambda files, _: archive([*files, ("inputs/../verify.py", b"x")]),
}
ORDERLY: dict[str, Callable[[list[Entry], bytes], bytes]] = {  # says nothing else to anyone: replay alone minds
    "another time": lambda files, _: archive(files, date=(2020, 1, 1, 0, 0, 0)),
    "another order": lambda files, _: archive(files[::-1]),
}


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("what", [*AROUND, *ORDERLY])
def test_whatever_is_changed_around_the_files_is_noticed(
    what: str, compressed: bool, small: Members, tmp_path: Path
) -> None:
    whole = {**AROUND, **ORDERLY}[what](list(small.items()), zipped(small, compressed=compressed))
    assert replay_notices(whole)
    (tmp_path / "bundle.zip").write_bytes(whole)
    assert verify.main([str(tmp_path / "bundle.zip")]) == int(what in AROUND)


def test_the_same_files_archived_again_are_the_same_bundle(small: Members) -> None:
    assert archive(list(small.items())) == zipped(small)
    assert not replay_notices(zipped(small))


@pytest.mark.parametrize("name", [bundles.MANIFEST, "outputs/outcome.json", "data/bids.json", "data/criteria.json"])
def test_a_table_that_says_a_thing_twice_is_noticed_because_readers_differ(
    name: str, small: Members, tmp_path: Path
) -> None:
    first = small[name].index(b'"')
    key = small[name][first : small[name].index(b":", first)]
    twice = {**small, name: small[name].replace(key, key + b":{}," + key, 1)}
    if name == bundles.MANIFEST:
        twice[bundles.CLOSING] = (hashlib.sha256(twice[name]).hexdigest() + "\n").encode()
        whole = zipped(twice)
        assert replay_notices(whole)
    else:
        whole = sums_made_right(twice)
    (tmp_path / "bundle.zip").write_bytes(whole)
    assert verify.main([str(tmp_path / "bundle.zip")]) == 1


ADDED = ("outputs/letter.html", "outputs/REPORT.html", "data/x.json", "README.txt", "inputs/bids/x.txt", "inputs/x/y")


@pytest.mark.parametrize("name", ADDED)
def test_a_file_that_was_added_before_the_bundle_was_closed_again_does_not_replay(name: str, small: Members) -> None:
    assert replay(sums_made_right({**small, name: b"You won."}), quiet).differences


@pytest.mark.parametrize("fact", [{"schema": "manifest/2"}, {"margins": 0}, {"margins": None}, {"more": "x"}])
def test_a_manifest_of_another_form_does_not_replay(fact: dict[str, Any], small: Members) -> None:
    listed = {**json.loads(small[bundles.MANIFEST]), **fact}
    whole = sums_made_right({**small, bundles.MANIFEST: json.dumps(listed).encode()})
    assert replay(whole, quiet).differences
