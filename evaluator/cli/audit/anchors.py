"""What was noted outside, as options of the commands that hold a bundle or a ledger to it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import FOLDER, fail

if TYPE_CHECKING:
    from evaluator.records.anchors import HeldTo, Known

SUM = re.compile(r"[0-9a-f]{64}")
HEAD = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")
NOTHING = (
    "Held to nothing that was noted elsewhere: whether all of it was written anew, with a new ledger, only --seal, "
    "--head, --manifest or --timestamp can tell."
)
OPTIONS = (
    click.option("--seal", default="", metavar="SHA256", help="The seal that was noted elsewhere, to be held to."),
    click.option("--head", default="", metavar="COUNT:SHA256", help="A head of the ledger that was noted elsewhere."),
    click.option("--manifest", default="", metavar="SHA256", help="The manifest that was noted elsewhere."),
    click.option(
        "--timestamp",
        "timestamps",
        multiple=True,
        type=FOLDER,
        help="An answer of an RFC 3161 time-stamping authority; may be given several times.",
    ),
    click.option(
        "--fingerprint",
        "fingerprints",
        multiple=True,
        metavar="SHA256",
        help="Of a file as somebody returned it and kept it; may be given several times.",
    ),
    click.option("--ca", "roots", type=FOLDER, help="Root certificates (PEM) that time-stamps are checked against."),
)


def anchor_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what was noted outside; it is given ``seal, head, manifest, fingerprints``...."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def noted_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what was noted outside, without the roots that time-stamps are checked against."""
    for option in reversed(OPTIONS[:-1]):
        command = option(command)
    return command


def head_said(text: str) -> tuple[int, str] | None:
    """Read a head as it is printed; what is none is wrong use."""
    found = HEAD.fullmatch(text.strip().lower())
    if text and not found:
        raise click.UsageError("--head must be COUNT:SHA256, as it was printed when the ledger was written.")
    return (int(found[1]), found[2]) if found else None


def _sum_said(option: str, text: str) -> str:
    found = text.strip().lower()
    if found and not SUM.fullmatch(found):
        raise click.UsageError(f"{option} must be a SHA-256: 64 digits and letters from a to f.")
    return found


def held_to_noted(
    known: "Known",
    seal: str,
    head: str,
    manifest: str,
    timestamps: tuple[Path, ...],
    fingerprints: tuple[str, ...],
    roots: Path | None,
) -> "HeldTo":
    """Hold fingerprints to what was noted; files that cannot be read end the command."""
    from evaluator.files.audit.timestamps import NoRootsError, roots_of, stamp_of
    from evaluator.files.read.inputs import read_once
    from evaluator.records.anchors import Noted, held_to

    if roots and not timestamps:
        raise click.UsageError("--ca is for --timestamp.")
    try:
        trusted = roots_of(read_once(roots)) if roots else ()
        stamps = tuple(stamp_of(path.name, read_once(path), trusted) for path in timestamps)
    except OSError as error:
        fail(f"There is no file {error.filename} that can be read: {error.strerror}.")
    except NoRootsError as error:
        fail(f"{roots} cannot be used: {error}.")
    kept = tuple(_sum_said("--fingerprint", one) for one in fingerprints)
    sums = _sum_said("--seal", seal), head_said(head), _sum_said("--manifest", manifest)
    return held_to(known, Noted(*sums, stamps, kept))


def tell_held(held: "HeldTo", *, as_json: bool) -> None:
    """Say what something was held to, and first where it is otherwise."""
    if as_json:
        return
    for line in held.problems:
        click.echo(f"Otherwise than noted: {line}.")
    for line in held.lines:
        click.echo(line)
    if not held.lines and not held.problems:
        click.echo(NOTHING, err=True)
