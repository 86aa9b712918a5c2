"""A signature covers the bundle, the signer and the signatures before it; nothing of the bundle changes."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.signatures import Signature, SigningError, beside, check, new_key, read, sign, written
from tests.unit.files.audit.random_programmes import outcome, packed

BUNDLE = b"PK any bytes that stand for a bundle"
COUNCIL = Signature("council", "A. Officer, Head of Procurement", "2027-01-15", "", "")
AUDITOR = Signature("auditor", "B. Auditor", "2027-02-01", "", "")


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, bytes]:
    return new_key("one")[0], new_key("two")[0]


@pytest.fixture(scope="module")
def signed(keys: tuple[bytes, bytes]) -> tuple[Signature, Signature]:
    first = sign(BUNDLE, (), keys[0], "one", COUNCIL)
    return first, sign(BUNDLE, (first,), keys[1], "two", AUDITOR)


def problems(bundle: bytes, signatures: tuple[Signature, ...]) -> list[bool]:
    return [bool(one.problem) for one in check(bundle, signatures)]


def test_two_signatures_hold_and_survive_their_file(signed: tuple[Signature, Signature]) -> None:
    assert problems(BUNDLE, read(written(signed))) == [False, False]


def test_a_changed_bundle_breaks_both(signed: tuple[Signature, Signature]) -> None:
    assert problems(BUNDLE + b"\n", signed) == [True, True]


@pytest.mark.parametrize("change", [{"name": "Someone else"}, {"date": "2026-01-01"}, {"role": "auditor"}])
def test_a_changed_signer_breaks_the_signature_and_those_that_cover_it(
    change: dict[str, str], signed: tuple[Signature, Signature]
) -> None:
    assert problems(BUNDLE, (replace(signed[0], **change), signed[1])) == [True, True]


def test_another_key_put_in_its_place_does_not_hold(signed: tuple[Signature, Signature]) -> None:
    stolen = replace(signed[0], public_key=signed[1].public_key)
    assert problems(BUNDLE, (stolen,)) == [True]
    assert problems(BUNDLE, (replace(signed[0], signature="zz"),)) == [True]


def test_an_auditors_signature_does_not_hold_without_the_councils(signed: tuple[Signature, Signature]) -> None:
    assert problems(BUNDLE, (signed[1],)) == [True]


def test_a_wrong_passphrase_or_no_key_is_refused(keys: tuple[bytes, bytes]) -> None:
    for key, passphrase in ((keys[0], "wrong"), (b"no key", "one")):
        with pytest.raises(SigningError, match="cannot be opened"):
            sign(BUNDLE, (), key, passphrase, COUNCIL)
    with pytest.raises(SigningError, match="cannot be read"):
        read(b"{}")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["bundle", *map(str, words)], catch_exceptions=False)


def test_the_commands_make_a_key_sign_twice_and_check(tmp_path: Path) -> None:
    bundle, whole = tmp_path / "bundle.zip", packed(outcome(1))
    bundle.write_bytes(whole)
    public = {}
    for who, role in (("council", "council"), ("auditor", "auditor")):
        made = run("new-key", "--out", tmp_path / f"{who}.key", "--passphrase", who)
        assert made.exit_code == 0, made.output
        public[who] = (tmp_path / f"{who}.key.public.txt").read_text().strip()
        words = ["--as", role, "--name", who.title(), "--date", "2027-01-15", "--passphrase", who]
        said = run("sign", bundle, "--key", tmp_path / f"{who}.key", *words)
        assert (said.exit_code, said.output.splitlines()[1]) == (0, "run       run-1")
    assert bundle.read_bytes() == whole
    assert "PRIVATE" not in beside(bundle).read_text()
    both = ("--public-key", public["council"], "--public-key", public["auditor"])
    found = run("check-signatures", bundle, *both)
    assert found.exit_code == 0, found.output
    assert found.output.count("holds") == 2
    manifest = hashlib.sha256(bundles.unpack(whole).members["manifest.json"]).hexdigest()
    assert f"manifest  {manifest}" in found.output
    assert run("check-signatures", bundle, *both, "--manifest", manifest).exit_code == 0
    other = run("check-signatures", bundle, *both, "--manifest", "ab" * 32)
    assert (other.exit_code, "the manifest that was noted is abab" in other.output) == (1, True)
    by_file = ("--public-key", tmp_path / "council.key.public.txt", "--public-key", public["auditor"])
    assert run("check-signatures", bundle, *by_file).exit_code == 0
    assert run("check-signatures", bundle, "--public-key", "the council's").exit_code == 2
    alone = run("check-signatures", bundle, "--public-key", public["council"])
    assert (alone.exit_code, "a key that you did not name" in alone.output) == (1, True)
    assert run("check-signatures", bundle, *both, "--public-key", "ab" * 32).exit_code == 1
    bundle.write_bytes(whole + b"x")
    spoiled = run("check-signatures", bundle, *both, "--json")
    assert (spoiled.exit_code, spoiled.output.count("does not fit")) == (1, 2)
    again = ["--as", "council", "--name", "X", "--date", "2027-01-16", "--passphrase", "council"]
    assert run("sign", bundle, "--key", tmp_path / "council.key", *again).exit_code == 3
    assert run("new-key", "--out", tmp_path / "council.key", "--passphrase", "x").exit_code == 2
    beside(bundle).unlink()
    assert run("check-signatures", bundle).exit_code == 1


def test_a_signature_dated_before_the_run_or_before_the_one_it_covers_is_told(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    opened = bundles.unpack(packed(outcome(1)))
    held = {name: each for name, each in opened.members.items() if not name.startswith("manifest.")}
    facts = {key: each for key, each in opened.manifest.items() if key != "files"}
    bundle.write_bytes(bundles.pack(bundles.manifest({**facts, "date": "2027-01-10"}, bundles.sums(held)), held))
    private, public = new_key("a")
    (tmp_path / "a.key").write_bytes(private)
    words = ("--key", tmp_path / "a.key", "--as", "council", "--name", "A", "--passphrase", "a", "--date")
    early = run("sign", bundle, *words, "2027-01-09")
    assert (early.exit_code, "it is dated before the run of 2027-01-10" in early.output) == (3, True)
    assert run("sign", bundle, *words, "2027-01-15").exit_code == 0
    again = run("sign", bundle, *words, "2027-01-14")
    assert "it is dated before the signature that it covers of 2027-01-15" in again.output
    back = sign(bundle.read_bytes(), (), private, "a", Signature("council", "A", "2026-12-31", "", ""))
    beside(bundle).write_bytes(written((back,)))  # whoever holds the key can sign with any date
    found = run("check-signatures", bundle, "--public-key", public)
    assert (found.exit_code, "it is dated before the run of 2027-01-10" in found.output) == (1, True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"any bytes", "it is not a whole bundle"),
        (packed(outcome(1)) + b"x", "the archive around the files was changed"),
    ],
)
def test_what_is_no_bundle_or_fails_its_own_sums_is_not_signed(content: bytes, why: str, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(content)
    run("new-key", "--out", tmp_path / "a.key", "--passphrase", "a")
    words = ("--as", "council", "--name", "A", "--date", "2027-01-15", "--passphrase", "a")
    said = run("sign", bundle, "--key", tmp_path / "a.key", *words)
    assert (said.exit_code, why in said.output, beside(bundle).exists()) == (3, True, False)
