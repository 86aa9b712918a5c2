"""A bundle's bytes follow from its contents, and any byte that is changed is noticed."""

import contextlib
import io
import random
import zipfile

import pytest

from evaluator.files.audit.bundle import UnreadableBundleError, manifest, pack, sums, uncompressed, unpack

MEMBERS = {"inputs/bids/register.csv": b"bid,theme\nB1,T1\n", "outputs/outcome.json": b'{"schema": "outcome/1"}\n'}


def bundle(members: dict[str, bytes] | None = None) -> bytes:
    held = members or MEMBERS
    return pack(manifest({"run": "run-1"}, sums(held)), held)


def test_a_bundle_opens_without_problems_and_packs_to_the_same_bytes() -> None:
    opened = unpack(bundle())
    assert opened.problems == ()
    assert {name: opened.members[name] for name in MEMBERS} == MEMBERS
    assert bundle(dict(reversed(MEMBERS.items()))) == bundle()


def test_every_single_byte_that_is_flipped_is_noticed() -> None:
    whole = bundle()
    dice = random.Random(7)
    for position in range(len(whole)):
        spoiled = bytearray(whole)
        spoiled[position] ^= 1 << dice.randrange(8)
        with contextlib.suppress(UnreadableBundleError):
            assert unpack(bytes(spoiled)).problems, position


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b + b"\0", lambda b: b"\0" + b])
def test_a_bundle_cut_or_lengthened_is_noticed(spoil) -> None:
    with contextlib.suppress(UnreadableBundleError):
        assert unpack(spoil(bundle())).problems


def test_a_file_added_changed_or_taken_out_is_named() -> None:
    listed = manifest({"run": "run-1"}, sums(MEMBERS))
    changed = {**MEMBERS, "outputs/outcome.json": b"{}", "inputs/extra": b""}
    del changed["inputs/bids/register.csv"]
    assert unpack(pack(listed, changed)).problems == (
        "inputs/bids/register.csv is missing",
        "inputs/extra was added",
        "outputs/outcome.json was changed",
    )


def test_what_is_no_bundle_is_refused() -> None:
    with pytest.raises(UnreadableBundleError):
        unpack(b"not a bundle")


@pytest.mark.parametrize("name", ["inputs/../../x.txt", "/x.txt", "inputs/..\\x.txt", "C:/x.txt"])
def test_no_name_in_a_bundle_leads_out_of_its_folder(name: str) -> None:
    with pytest.raises(UnreadableBundleError, match="leads out of the bundle"):
        unpack(bundle({name: b"x"}))


def archived(compression: int, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compressed_member_is_refused_before_it_is_inflated(
    compression: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archived(compression, **{"manifest.json": b"0" * 1_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a member was inflated"))
    with pytest.raises(UnreadableBundleError, match="a file in it is compressed"):
        unpack(content)


def test_members_that_share_their_bytes_to_hold_more_than_the_archive_are_refused() -> None:
    content = archived(zipfile.ZIP_STORED, a=b"0" * 1_000)
    directory, end = content.rindex(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    entry = content[directory:end]
    last = bytearray(content[end:])
    last[8:12] = (3).to_bytes(2, "little") * 2
    last[12:16] = (3 * len(entry)).to_bytes(4, "little")
    with pytest.raises(UnreadableBundleError, match="larger than itself"):
        unpack(content[:directory] + 3 * entry + bytes(last))


def test_more_files_than_any_bundle_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluator.files.audit.bundle.MOST_MEMBERS", 2)
    with pytest.raises(UnreadableBundleError, match="more than 2 files"):
        unpack(bundle())


def test_a_bundle_whose_files_stand_in_another_order_is_noticed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle())) as archive, zipfile.ZipFile(buffer, "w") as other:
        for entry in reversed(archive.infolist()):
            other.writestr(entry, archive.read(entry))
    assert unpack(buffer.getvalue()).problems == ("the archive around the files was changed",)


def test_a_workbook_is_compared_apart_from_its_compression_and_from_nothing_else() -> None:
    def zipped(method: int, **entry: object) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as book:
            info = zipfile.ZipInfo("xl/workbook.xml", (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in entry.items():
                setattr(info, key, value)
            book.writestr(info, b"<x/>" * 400, compresslevel=method)
        return buffer.getvalue()

    fast, small = zipped(1), zipped(9)
    assert uncompressed("a.xlsx", fast) == uncompressed("a.xlsx", small)
    others = (fast + b"\n", b"\n" + fast, zipped(1, comment=b"x"), zipped(1, external_attr=7))
    assert all(uncompressed("a.xlsx", other) != uncompressed("a.xlsx", fast) for other in others)
    dice = random.Random(3)
    with zipfile.ZipFile(io.BytesIO(fast)) as book:
        start = 30 + len("xl/workbook.xml")
        packed = range(start, start + book.infolist()[0].compress_size)
    for position in sorted(set(range(len(fast))) - set(packed)):
        spoiled = bytearray(fast)
        spoiled[position] ^= 1 << dice.randrange(8)
        assert uncompressed("a.xlsx", bytes(spoiled)) != uncompressed("a.xlsx", fast), position
