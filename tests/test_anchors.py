"""Anchors outside: the sheet of each moment, and time-stamps made by OpenSSL's own ts command."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from tests.axe import violations
from tests.unit.portfolio.conftest import bundle_of

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
default_tsa = here
[here]
serial = {home}/serial
crypto_device = builtin
signer_cert = {home}/tsa.pem
certs = {home}/root.pem
signer_key = {home}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def authority(home: Path, days: str = "3650") -> Path:
    """Make a root and a time-stamping authority below it, by OpenSSL alone."""
    home.mkdir()
    for name, extensions in (("root", "root"), ("tsa", "stamps")):
        settings = home / f"{name}.cnf"
        settings.write_text(SETTINGS.format(name=f"{name} of a test", home=home))
        signing = ["-CA", home / "root.pem", "-CAkey", home / "root.key"] if name == "tsa" else []
        openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", home / f"{name}.key", "-days", days),
            *("-out", home / f"{name}.pem", "-config", settings, "-extensions", extensions, *signing),
        )
    (home / "serial").write_text("01")
    return home


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.fail("openssl is required here")
    return authority(tmp_path_factory.mktemp("tsa") / "one")


def stamped(tsa: Path, question: Path, answer: Path) -> Path:
    openssl("ts", "-reply", "-queryfile", question, "-out", answer, "-config", tsa / "tsa.cnf", "-section", "here")
    return answer


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "bundle.zip"
    path.write_bytes(bundle_of("minimal"))
    return path


@pytest.fixture(scope="module")
def anchor(run: Path) -> Path:
    said = call("audit", "anchor", run, "--out", run.parent / "anchor", "--date", "2026-12-01")
    assert said.exit_code == 0, said.output
    return run.parent / "anchor"


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def manifest_of(bundle: Path) -> str:
    with zipfile.ZipFile(BytesIO(bundle.read_bytes())) as archive:
        return hashlib.sha256(archive.read("manifest.json")).hexdigest()


def test_the_sheet_of_a_run_has_its_manifest_and_seal(run: Path, anchor: Path) -> None:
    told = json.loads((anchor / "anchor.json").read_text())
    assert told["manifest"] == manifest_of(run)
    page = (anchor / "anchor.html").read_text()
    assert told["manifest"] in page
    assert told["seal"] in page
    assert re.search(r'<svg[^>]* viewBox="0 0 (\d+) \1"', page)  # without it Word and PDF stretch the code
    pages = subprocess.run(["pdfinfo", anchor / "anchor.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1$", pages, re.M)


def test_the_question_is_over_the_manifest_and_openssl_reads_it(run: Path, anchor: Path) -> None:
    read = subprocess.run(
        ["openssl", "ts", "-query", "-in", anchor / "anchor.tsq", "-text"], capture_output=True, text=True, check=True
    ).stdout
    shown = read.partition("Message data:")[2].partition("Policy")[0]
    digits = "".join("".join(line[11:60].split()) for line in shown.splitlines()).replace("-", "")
    assert manifest_of(run) in digits
    assert "Hash Algorithm: sha256" in read


def test_a_token_made_by_openssl_checks(tsa: Path, run: Path, anchor: Path, tmp_path: Path) -> None:
    answer = stamped(tsa, anchor / "anchor.tsq", tmp_path / "a.tsr")
    said = call("replay", run, "--timestamp", answer, "--ca", tsa / "root.pem")
    assert said.exit_code == 0, said.output
    assert "says that the manifest existed on" in said.output
    assert "its signature holds by the roots that were given" in said.output
    without = call("replay", run, "--timestamp", answer)
    assert without.exit_code == 0
    assert "its signature was not checked" in without.output


def test_a_token_over_another_manifest_does_not_check(tsa: Path, run: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"another manifest")
    openssl("ts", "-query", "-data", tmp_path / "other", "-sha256", "-cert", "-out", tmp_path / "other.tsq")
    answer = stamped(tsa, tmp_path / "other.tsq", tmp_path / "other.tsr")
    said = call("replay", run, "--timestamp", answer, "--ca", tsa / "root.pem")
    assert said.exit_code == 1
    assert "is over something else" in said.output


def test_an_unknown_root_does_not_check(tsa: Path, run: Path, anchor: Path, tmp_path: Path) -> None:
    other = authority(tmp_path / "other")
    answer = stamped(tsa, anchor / "anchor.tsq", tmp_path / "a.tsr")
    said = call("replay", run, "--timestamp", answer, "--ca", other / "root.pem")
    assert said.exit_code == 1
    assert "its signature does not hold by the roots that were given" in said.output


def test_an_expired_root_does_not_check(run: Path, anchor: Path, tmp_path: Path) -> None:
    expired = authority(tmp_path / "expired")
    old_root(expired)
    answer = stamped(expired, anchor / "anchor.tsq", tmp_path / "a.tsr")
    said = call("replay", run, "--timestamp", answer, "--ca", expired / "old.pem")
    assert said.exit_code == 1, said.output
    assert "does not hold by the roots that were given" in said.output


def old_root(home: Path) -> None:
    """Sign the same root again for a year long past."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    key = serialization.load_pem_private_key((home / "root.key").read_bytes(), None)
    now = x509.load_pem_x509_certificate((home / "root.pem").read_bytes())
    made = x509.CertificateBuilder(now.issuer, now.subject, now.public_key(), now.serial_number)
    made = made.not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    made = made.not_valid_after(datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC))
    for one in now.extensions:
        made = made.add_extension(one.value, one.critical)
    (home / "old.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))  # type: ignore[arg-type]


def test_a_changed_token_and_what_is_none_do_not_check(tsa: Path, run: Path, anchor: Path, tmp_path: Path) -> None:
    answer = stamped(tsa, anchor / "anchor.tsq", tmp_path / "a.tsr")
    content = bytearray(answer.read_bytes())
    content[-20] ^= 1
    (tmp_path / "changed.tsr").write_bytes(content)
    (tmp_path / "none.tsr").write_bytes(b"hello")
    for name in ("changed", "none"):
        said = call("replay", run, "--timestamp", tmp_path / f"{name}.tsr", "--ca", tsa / "root.pem")
        assert said.exit_code == 1, said.output
        assert f"the time-stamp {name}.tsr does not hold" in said.output


def test_a_bundle_is_held_to_what_was_noted(run: Path, anchor: Path) -> None:
    told = json.loads((anchor / "anchor.json").read_text())
    said = call("replay", run, "--seal", told["seal"], "--manifest", told["manifest"].upper())
    assert said.exit_code == 0
    assert f"The seal is the one that was noted: {told['seal']}." in said.output
    assert f"The manifest is the one that was noted: {told['manifest']}." in said.output


@pytest.mark.parametrize("option", ["--seal", "--manifest"])
def test_another_number_than_was_noted_is_told(run: Path, option: str) -> None:
    said = call("replay", run, option, "ab" * 32)
    assert said.exit_code == 1
    assert f"Otherwise than noted: the {option[2:]} that was noted is {'ab' * 32}" in said.output


@pytest.mark.parametrize(
    ("option", "value"), [("--seal", "abc"), ("--head", "5"), ("--manifest", "x" * 64), ("--ca", "root.pem")]
)
def test_what_is_no_fingerprint_is_wrong_use(run: Path, option: str, value: str) -> None:
    assert call("replay", run, option, value).exit_code == 2


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    root = tmp_path / "programme"
    assert call("new", root).exit_code == 0
    shutil.rmtree(root / "criteria", ignore_errors=True)
    shutil.copytree(ROOT / "criteria" / "minimal", root / "criteria")
    shutil.copytree(ROOT / "sample_bids" / "minimal", root / "bids", dirs_exist_ok=True)
    said = call("evaluate", root, "--by", "A. Officer")
    assert said.exit_code == 0, said.output
    return root


def test_the_ledger_is_held_to_the_sheet_of_its_programme(tsa: Path, programme: Path, tmp_path: Path) -> None:
    said = call("audit", "anchor", programme, "--at", "marking", "--out", tmp_path / "anchor")
    assert said.exit_code == 0, said.output
    told = json.loads((tmp_path / "anchor" / "anchor.json").read_text())
    answer = stamped(tsa, tmp_path / "anchor" / "anchor.tsq", tmp_path / "a.tsr")
    checked = call(
        *("ledger", "verify", programme, "--head", told["head"], "--seal", told["seal"]),
        *("--timestamp", answer, "--ca", tsa / "root.pem"),
    )
    assert checked.exit_code == 0, checked.output
    assert f"The ledger has the head that was noted, {told['head']}." in checked.output
    count = told["head"].partition(":")[0]
    assert f"says that the ledger up to entry {count} existed on" in checked.output


def test_a_manifest_that_the_ledger_never_recorded_is_told(programme: Path) -> None:
    said = call("ledger", "verify", programme, "--manifest", "cd" * 32)
    assert said.exit_code == 1
    assert "Otherwise than noted: the manifest that was noted is" in said.output


def test_what_is_neither_programme_nor_bundle_and_what_is_changed_give_no_sheet(run: Path, tmp_path: Path) -> None:
    (tmp_path / "words.zip").write_bytes(b"hello")
    assert call("audit", "anchor", tmp_path / "words.zip", "--out", tmp_path / "a").exit_code == 3
    (tmp_path / "more.zip").write_bytes(run.read_bytes() + b"!")
    assert call("audit", "anchor", tmp_path / "more.zip", "--out", tmp_path / "a").exit_code == 3
    assert not (tmp_path / "a").exists()


def test_axe_finds_nothing_on_the_sheet(anchor: Path, tmp_path: Path) -> None:
    assert violations((anchor / "anchor.html").read_text("utf-8"), tmp_path) == []
