"""Signing a bundle: a key that is made on this computer, and the signature that stands beside the bundle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.fields import Field
from evaluator.desk.page import Page, Problem
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post
from evaluator.files.account import home
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import signatures as signing
from evaluator.files.audit.run_folder import unused, write_page
from evaluator.files.read.inputs import read_once
from evaluator.jobs.finished.runs import RunFolder
from evaluator.jobs.keeping import today
from evaluator.records.dates import HOW, read_day
from evaluator.records.texts import visible

PLACE = None
ROLES = (("council", "The council, that it is its own", ""), ("auditor", "An auditor, that it was looked at", ""))
MOST_KEY = 20_000  # bytes of a file that may be a key
SHORTEST = 12  # characters of a passphrase
PRIVATE, PUBLIC = ".pem", ".public.txt"


@dataclass(frozen=True, kw_only=True)
class KeyPage(Page):
    """The keys of this account, and the form that makes another."""

    template: ClassVar[str] = "audit/key.html"
    here: str
    back: str
    folder: str
    keys: tuple[tuple[str, str], ...]  # the name of each file, and its public key
    shortest: int


def keys_there() -> dict[str, str]:
    """Give the public key of each private key of this account, by the name of its file."""
    folder = home() / "keys"
    try:
        found = sorted(path for path in folder.iterdir() if path.name.endswith(PRIVATE) and path.is_file())
    except OSError:
        return {}
    return {path.name: _public(path) for path in found}


def _public(key: Path) -> str:
    try:
        return key.with_name(key.name.removesuffix(PRIVATE) + PUBLIC).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def show(visit: Visit) -> Answer:
    """Show which keys there are, and where they lie."""
    return _page(visit)


def _page(visit: Visit, problems: tuple[Problem, ...] = ()) -> KeyPage:
    return KeyPage(
        title="A key to sign with",
        here=visit.at("ledger/bundle/key"),
        back=visit.at("ledger/bundle"),
        folder=visible(str(home() / "keys")),
        keys=tuple(keys_there().items()),
        shortest=SHORTEST,
        problems=problems,
    )


def make(visit: Visit) -> Answer:
    """Make a key, locked with a passphrase that is kept nowhere."""
    passphrase, again = visit.form.text("passphrase"), visit.form.text("again")
    if len(passphrase) < SHORTEST:
        return _page(visit, (Problem(f"Give a passphrase of at least {SHORTEST} characters.", "passphrase"),))
    if again != passphrase:
        return _page(visit, (Problem("The two are not the same. Type both anew.", "again"),))
    private, public = signing.new_key(passphrase)
    path = unused(home() / "keys" / f"signing-key{PRIVATE}")
    write_page(path, private, private=True)
    write_page(path.with_name(path.name.removesuffix(PRIVATE) + PUBLIC), f"{public}\n")
    return Go(visit.at("ledger/bundle/key"), f"{path.name} is made.")


def fields(texts: Mapping[str, str]) -> tuple[Field, ...]:
    """Give the fields of a signature, with the keys of this account to choose from."""
    keys = [(name, f"{name}, public key {public[:12]}…", "") for name, public in keys_there().items()]
    chosen = texts.get("held", keys[-1][0] if keys else "")
    other = ("", "Another, whose file is chosen below", "")
    held = Field("held", "The key", "list", chosen, "", (*keys, other))
    return (
        Field("role", "You sign as", "one_of", texts.get("role", ""), "", ROLES),
        Field("name", "Who signs", "text", texts.get("name", ""), "Name and office."),
        Field("date", "On what day", "date", texts.get("date", today())),
        *((held,) if keys else ()),
    )


def sign(visit: Visit, run: RunFolder) -> tuple[Problem, ...]:
    """Sign the bundle of a run, and give what stands against it; key and passphrase are used once and kept nowhere."""
    form = visit.form
    key, date = _key(visit), read_day(form.text("date"))
    if wrong := tuple(_wrong(visit, key, date)):
        return wrong
    signer = signing.Signature(form.text("role"), form.text("name"), date or "", "", "")
    try:
        _signed(run.path / "bundle.zip", key, form.text("passphrase"), signer)
    except signing.SigningError as error:
        return (Problem(f"Not signed: {error}.", "held" if form.text("held") else "key"),)
    return ()


def _key(visit: Visit) -> bytes:
    """Give the private key that was chosen; nothing where there is none, or it is too large to be one."""
    name = visit.form.text("held")
    sent = next(iter(visit.form.files("key")), None)
    path = home() / "keys" / name if name in keys_there() else sent.path if sent else None
    return read_once(path) if path is not None and path.stat().st_size <= MOST_KEY else b""


def _wrong(visit: Visit, key: bytes, date: str | None) -> Iterator[Problem]:
    if visit.form.text("role") not in {role for role, _, _ in ROLES}:
        yield Problem("Say as what you sign.", "role")
    if not visit.form.text("name"):
        yield Problem("Give who signs: name and office.", "name")
    if not date:
        yield Problem(f"Give a day that exists. {HOW}.", "date")
    if not key:
        yield Problem("Choose the file of your private key.", "key")
    if not visit.form.text("passphrase"):
        yield Problem("Give the passphrase of the key.", "passphrase")


def _signed(place: Path, key: bytes, passphrase: str, signer: signing.Signature) -> None:
    """Add a signature beside a bundle, over it and every signature before; one that does not hold is not added to.

    Raises
    ------
    SigningError
        Where the key cannot be used, or an earlier signature does not hold.
    """
    content, beside = bundles.bundle_bytes(place), signing.beside(place)
    earlier = signing.read(bundles.bundle_bytes(beside)) if beside.exists() else ()
    if any(one.problem for one in signing.check(content, earlier)):
        raise signing.SigningError("an earlier signature does not hold, so nothing is added to it")
    made = signing.sign(content, earlier, key, passphrase, signer)
    write_page(beside, signing.written((*earlier, made)))


def signatures(visit: Visit, run: RunFolder) -> Answer:
    """Give the file of signatures, to be handed on together with the bundle."""
    beside = signing.beside(run.path / "bundle.zip")
    if not beside.is_file():
        raise Refused("Nobody has signed it.", 404)
    return visit.attached(beside)


ROUTES = (get("/p/{programme}/ledger/bundle/key", show), post("/p/{programme}/ledger/bundle/key", make))
