"""Commands about a whole bundle: bundle new-key, bundle sign, bundle check-signatures, bundle verify."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.audit.anchors import anchor_options, held_to_noted, noted_options, tell_held
from evaluator.cli.audit.ledger import of_another, read_or_fail
from evaluator.cli.audit.papers import paper_options
from evaluator.cli.programme import of_programme
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, Grouped, fail, json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaluator.cli.audit.papers import Paper
    from evaluator.files.audit.signatures import Checked, Signature
    from evaluator.records.anchors import Known

PUBLIC = re.compile(r"[0-9a-f]{64}")
PASSPHRASE = click.option(
    "--passphrase",
    envvar="EVALUATOR_PASSPHRASE",
    prompt=True,
    hide_input=True,
    help="Of the key. Asked for if not given.",
)


@click.group(cls=Grouped)
def bundle() -> None:
    """Sign a run's bundle, check who signed it, and verify it by a program apart."""


@bundle.command("new-key")
@click.option("--out", type=FOLDER, required=True, help="The file for the private key; the public one goes beside it.")
@click.option(
    "--passphrase",
    envvar="EVALUATOR_PASSPHRASE",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="Without it nobody can use the key. Asked for if not given.",
)
def new_key(out: Path, passphrase: str) -> None:
    """Make a key to sign with: a private file to keep, and a public key to give to everyone."""
    from evaluator.files.audit.run_folder import write_new
    from evaluator.files.audit.signatures import new_key as make

    if not passphrase:
        raise click.UsageError("A key needs a passphrase.")
    public_file = out.with_name(f"{out.name}.public.txt")
    if out.exists() or public_file.exists():
        raise click.UsageError(f"{out} is there already, and a key is never overwritten. Give another --out.")
    private, public = make(passphrase)
    write_new(private, out, private=True)
    write_new(f"{public}\n".encode(), public_file)
    click.echo(f"Private key: {out}. Keep it where only the signer can read it; it is never part of a bundle.")
    click.echo(f"Public key:  {public}\nPublish it where others can find it, such as in the minutes: {public_file}")


@bundle.command()
@of_programme("bundle", dated=True)
@click.option("--key", type=FOLDER, required=True, help="The private key's file.")
@click.option("--as", "role", type=click.Choice(["council", "auditor"]), required=True, help="As what you sign.")
@click.option("--name", required=True, help="Who signs: name and office.")
@click.option("--date", type=DAY, default="", help="The day of signing, such as 2026-12-01.")
@PASSPHRASE
def sign(bundle: Path, key: Path, role: str, name: str, date: str, passphrase: str) -> None:
    """Sign a bundle; a later signature covers the earlier ones. The bundle itself stays as it is.

    What is no bundle, or is not what its own sums say, is not signed. Said first is what is being signed.
    """
    from evaluator.files.audit import signatures as signing
    from evaluator.files.audit.run_folder import write_page
    from evaluator.files.read.inputs import read_once

    try:
        content, earlier = _read(bundle)
        told, _, problem = _is_what(content)
        if problem:
            fail(f"Not signed: {bundle} is no whole bundle: {problem}.")
        click.echo(f"What is signed:\n{told}")
        if any(one.problem for one in signing.check(content, earlier)):
            fail("An earlier signature does not hold, so nothing is added to it: bundle check-signatures says which.")
        signer = signing.Signature(role, name, date, "", "")
        said = [*signing.check(content, earlier), signing.Checked(signer, "")]
        if back := [*_in_order(said, content)][-1].problem:
            fail(f"Not signed: {back}.")
        made = signing.sign(content, earlier, read_once(key), passphrase, signer)
    except OSError as error:
        fail(f"{error.filename} cannot be read: {error.strerror}.")
    except signing.SigningError as error:
        fail(f"Not signed: {error}.")
    write_page(signing.beside(bundle), signing.written((*earlier, made)).decode())
    click.echo(f"Signed as {role} by {name}: {signing.beside(bundle)}. Hand it on together with the bundle.")


@bundle.command("check-signatures")
@of_programme("bundle")
@click.option(
    "--public-key",
    "keys",
    multiple=True,
    help="A public key that you trust, or the file that holds it; needed for each signer.",
)
@click.option("--ledger", type=FOLDER, help="The ledger that is to have recorded this bundle.")
@anchor_options
@JSON
def check_signatures(bundle: Path, keys: tuple[str, ...], ledger: Path | None, *, as_json: bool, **noted: Any) -> None:
    """Say who signed a bundle, whether each signature holds, and whether you gave its key as one that you trust.

    Beside that, what the bundle is: its run, seal, manifest and ledger's head, held to what was noted outside.
    """
    from dataclasses import asdict

    from evaluator.files.audit import signatures as signing

    try:
        content, found = _read(bundle)
    except OSError as error:
        fail(f"{error.filename} cannot be read: {error.strerror}.")
    except signing.SigningError as error:
        fail(f"{error}.")
    is_what, known, problem = _is_what(content)
    if ledger and not problem:
        problem = "; ".join(of_another(read_or_fail(ledger, ""), bundle))
    held = held_to_noted(known, **noted)
    trusted = {_key_said(key) for key in keys}
    checked = [(one, one.signature.public_key in trusted) for one in _in_order(signing.check(content, found), content)]
    if as_json:
        told = [{**asdict(one.signature), "problem": one.problem, "trusted": trust} for one, trust in checked]
        said = {"held_to": held.lines, "otherwise": held.problems} if held.lines or held.problems else {}
        click.echo(json_text({"schema": signing.SCHEMA, "signatures": told, **said}))
    else:
        click.echo(f"It is no whole bundle: {problem}." if problem else is_what)
        if ledger and not problem:
            click.echo(f"The ledger {ledger} recorded this run, and goes on from what the bundle holds of it.")
        tell_held(held, as_json=as_json)
        _tell(checked)
    unknown = {key for key in trusted if key not in {one.public_key for one in found}}
    for key in sorted(unknown):
        click.echo(f"Nobody signed with the key {key}.", err=True)
    wrong = unknown or not found or held.problems or problem
    sys.exit(BLOCKED if wrong or any(one.problem or not trust for one, trust in checked) else 0)


@bundle.command("verify")
@of_programme("bundle")
@noted_options
@paper_options
def verify_bundle(
    bundle: Path, timestamps: tuple[Path, ...], fingerprints: tuple[str, ...], *, paper: "Paper | None", **noted: str
) -> None:
    """Run verify.py over a bundle: this evaluator's own, which shares no code with it, never the one in the bundle."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.finished.working_papers import verified, verifier_paper

    words = [word for option, text in noted.items() if text for word in (f"--{option}", text)]
    words += [word for path in timestamps for word in ("--timestamp", str(path))]
    words += [word for each in fingerprints for word in ("--fingerprint", each)]
    found = verified(bundle, words)
    click.echo(found.told.rstrip("\n"))
    if paper:
        try:
            paper.land(verifier_paper(found, bundle_bytes(bundle), paper.signed))
        except (OSError, UnreadableBundleError) as error:
            fail(f"No paper was written: {bundle} cannot be read as an audit bundle: {error}")
    sys.exit(found.code)


def _is_what(content: bytes) -> "tuple[str, Known, str]":
    """Say what a bundle is, by the four things that people note, and why it is no whole bundle; empty where it is."""
    from evaluator.files.audit.bundle import LEDGER, UnreadableBundleError, unpack
    from evaluator.files.audit.ledger_file import ledger_of
    from evaluator.jobs.finished.anchoring import known_of_bundle
    from evaluator.jobs.ledger_events import NAME
    from evaluator.records.anchors import Known

    try:
        opened = unpack(content)
        known = known_of_bundle(content)
    except UnreadableBundleError as error:
        return "", Known(), str(error)
    ledger = opened.members.get(f"{LEDGER}{NAME}")
    broken = ledger_of(NAME, ledger, opened.members.get(f"{LEDGER}{NAME}.head")).findings if ledger else ()
    count = max(known.heads, default=0)
    head = f"{count}:{known.heads[count]}" if count else "no ledger in this bundle"
    seal = (known.seals or ("none",))[-1]
    told = f"run       {opened.manifest.get('run')}\nseal      {seal}\nmanifest  {known.manifests[0]}\nhead      {head}"
    return told, known, "; ".join([*opened.problems[:3], *(f"its ledger, {one}" for one in broken[:1])])


def _in_order(checked: "Iterable[Checked]", content: bytes) -> "Iterator[Checked]":
    """Add where a signature that fits is dated before the run that it is over, or before the one that it covers."""
    from dataclasses import replace

    from evaluator.files.audit.bundle import UnreadableBundleError, unpack

    try:
        last, what = str(unpack(content).manifest.get("date") or ""), "the run"
    except UnreadableBundleError:
        last, what = "", ""
    for one in checked:
        date = one.signature.date
        back = bool(date and last and date < last)
        yield replace(one, problem=f"it is dated before {what} of {last}") if back and not one.problem else one
        last, what = (date, "the signature that it covers") if date > last else (last, what)


def _key_said(text: str) -> str:
    """Read a public key as it is printed, or the file that ``new-key`` wrote it into."""
    from evaluator.files.read.inputs import read_once

    key = text.strip().lower()
    if not PUBLIC.fullmatch(key) and Path(text).is_file():
        key = read_once(Path(text)).decode("utf-8", "replace").strip().lower()
    if not PUBLIC.fullmatch(key):
        raise click.UsageError(f"--public-key {text} is neither a key, of 64 digits and letters a to f, nor its file.")
    return key


def _tell(checked: "list[tuple[Checked, bool]]") -> None:
    if not checked:
        click.echo("The bundle is not signed.")
    for one, known in checked:
        who = f"{one.signature.role}, {one.signature.name}, {one.signature.date}"
        if one.problem:
            click.echo(f"DOES NOT HOLD  {who}: {one.problem}.")
        else:
            trust = (
                "with a key that you trust"
                if known
                else f"with a key that you did not name: {one.signature.public_key}"
            )
            click.echo(f"holds          {who}, {trust}.")


def _read(path: Path) -> "tuple[bytes, tuple[Signature, ...]]":
    from evaluator.files.audit import signatures as signing
    from evaluator.files.audit.bundle import bundle_bytes

    place = signing.beside(path)
    return bundle_bytes(path), signing.read(bundle_bytes(place)) if place.exists() else ()
