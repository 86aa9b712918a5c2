"""A bundle's bytes follow from its contents, and any byte that is changed is noticed."""

import contextlib
import io
import random
import zipfile

import pytest

from evaluator.files.audit.bundle import LEVEL, UnreadableBundleError, manifest, pack, sums, uncompressed, unpack

MEMBERS = {"inputs/bids/register.csv": b"bid,theme\nB1,T1\n", "outputs/outcome.json": b'{"schema": "outcome/1"}\n'}


ROWS = b"".join(b"<p>Bid B%03d has %d points.</p>\n" % (at, at * 7919 % 1009) for at in range(400))
LARGE = {**MEMBERS, "outputs/report.html": ROWS, "outputs/record.html": ROWS[::-1]}


def bundle(members: dict[str, bytes] | None = None, *, compressed: bool = False) -> bytes:
    held = members or MEMBERS
    return pack(manifest({"run": "run-1"}, sums(held)), held, compressed=compressed)


def test_a_bundle_opens_without_problems_and_packs_to_the_same_bytes() -> None:
    opened = unpack(bundle())
    assert opened.problems == ()
    assert {name: opened.members[name] for name in MEMBERS} == MEMBERS
    assert bundle(dict(reversed(MEMBERS.items()))) == bundle()


@pytest.mark.parametrize("whole", [bundle(), bundle(LARGE, compressed=True)], ids=["stored", "compressed"])
def test_every_single_byte_that_is_flipped_is_noticed(whole: bytes) -> None:
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


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_compressed_in_another_way_is_refused_before_it_is_inflated(
    compression: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archived(compression, **{"manifest.json": b"0" * 1_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a member was inflated"))
    with pytest.raises(UnreadableBundleError, match="a file in it is compressed in a way"):
        unpack(content)


def test_a_file_that_inflates_to_more_than_a_bundle_s_can_is_refused_before_it_is_inflated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = archived(zipfile.ZIP_DEFLATED, **{"manifest.json": b"0" * 1_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a member was inflated"))
    with pytest.raises(UnreadableBundleError, match="larger than any bundle's"):
        unpack(content)


def test_an_archive_that_is_never_compressed_is_refused_where_it_is() -> None:
    assert unpack(bundle(LARGE), stored=True).problems == ()
    with pytest.raises(UnreadableBundleError, match="a file in it is compressed, which"):
        unpack(bundle(LARGE, compressed=True), stored=True)


def test_a_compressed_bundle_is_smaller_and_says_the_same() -> None:
    packed = bundle(LARGE, compressed=True)
    assert packed == bundle(dict(reversed(LARGE.items())), compressed=True)
    assert len(packed) * 4 < len(bundle(LARGE))
    assert unpack(packed) == unpack(bundle(LARGE))


def packed_by_another(level: int, *, only: str = "", after: bytes = b"") -> bytes:
    """Compress a bundle's files, or one of them, as another machine might; ``after`` stands behind each stream."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle(LARGE, compressed=True))) as ours, zipfile.ZipFile(buffer, "w") as made:
        for entry in ours.infolist():
            made.writestr(entry, ours.read(entry), compresslevel=level if only in entry.filename else LEVEL)
            if after:
                made.fp.write(after)  # type: ignore[union-attr]
                made.filelist[-1].compress_size += len(after)
                made.start_dir = made.fp.tell()  # type: ignore[union-attr]
    return buffer.getvalue()


def test_the_compression_of_another_machine_is_no_change() -> None:
    other = packed_by_another(1)
    assert other != bundle(LARGE, compressed=True)
    assert unpack(other).problems == ()


def test_one_file_that_was_compressed_again_is_noticed() -> None:
    assert unpack(packed_by_another(1, only="report")).problems == ("the archive around the files was changed",)


def test_bytes_behind_what_is_compressed_are_noticed() -> None:
    told = unpack(packed_by_another(1, after=b"hidden")).problems
    assert told == ("the archive around the files was changed",)


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
