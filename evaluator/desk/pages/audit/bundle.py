"""The bundle of a run: its seals, replay and verify in processes of their own, and who signed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from evaluator.desk.fields import Field
from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.pages.audit import seals, signing
from evaluator.desk.pages.results.opened import Subject, all_runs, apart, stamp_of
from evaluator.desk.pages.results.show import begin, so_far
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.signatures import beside
from evaluator.jobs.finished.runs import RunFolder
from evaluator.jobs.ledger_events import NAME, of_another

PLACE = None
REPLAY, VERIFY = "Replay", "Verify"


@dataclass(frozen=True, kw_only=True)
class BundlePage(Page):
    """A bundle as far as it can be told, and what was found when it was recomputed and verified."""

    template: ClassVar[str] = "audit/bundle.html"
    back: Link | None
    sealed: seals.Sealed
    recorded: str
    signers: tuple[tuple[seals.Signer, bool], ...]
    keys: str
    here: str
    base: str
    replayed: tuple[str, ...]
    replaying: str
    verified: tuple[str, ...]
    verifying: str
    download: str
    links: tuple[Link, ...]
    others: tuple[Link, ...]
    sign: str
    fields: tuple[Field, ...]
    new_key: str


def show(visit: Visit) -> Answer:
    """Show the bundle of a run of a programme: of the newest, or of the one that is named."""
    run = _run(visit)
    return _of_programme(visit, run, {})


def _run(visit: Visit) -> RunFolder:
    wanted = visit.query.get("run", "") or visit.form.text("run")
    found = next((one for one in all_runs(visit) if one.bundle and wanted in ("", one.name)), None)
    if found is None:
        raise Refused("There is no run with a bundle here yet. Evaluate first.", 404)
    return found


def subject_of(visit: Visit, run: RunFolder) -> Subject:
    """Give the bundle that a page of a programme is about."""
    return Subject(run.name, run.path, visit.at("ledger/bundle"))


def _of_programme(
    visit: Visit, run: RunFolder, texts: Mapping[str, str], problems: tuple[Problem, ...] = ()
) -> BundlePage:
    return page(
        visit,
        subject_of(visit, run),
        back=Link("Ledger", visit.at("ledger")),
        recorded=_recorded(visit, run),
        download=visit.at(f"runs/{run.name}/document", name="bundle.zip"),
        links=(Link("Trace any bid or number of it", visit.at(f"results/runs/{run.name}")),),
        others=tuple(
            Link(one.name, visit.at("ledger/bundle", run=one.name), here=one.name == run.name)
            for one in all_runs(visit)
            if one.bundle
        ),
        sign=visit.at("ledger/bundle/sign"),
        fields=signing.fields(texts),
        new_key=visit.at("ledger/bundle/key"),
        problems=problems,
    )


def page(visit: Visit, about: Subject, **more: Any) -> BundlePage:
    """Show a bundle, with what replay and verify came to so far."""
    place = about.bundle
    if place is None:
        raise Refused("This run was cut short and has no bundle.", 404)
    found = look(visit, place)
    replayed, replaying = so_far(visit, about, REPLAY)
    verified, verifying = so_far(visit, about, VERIFY)
    keys = visit.query.get("keys", "").strip()
    usual: dict[str, Any] = {
        **{"title": "Bundle", "back": None, "recorded": "", "download": "", "links": (), "others": ()},
        **{"sign": "", "fields": (), "new_key": ""},
    }
    return BundlePage(
        **usual | more,
        sealed=found,
        signers=seals.trusted(found.signers, keys),
        keys=keys,
        here=about.name,
        base=about.base,
        replayed=replayed or (),
        replaying=replaying,
        verified=verified or (),
        verifying=verifying,
    )


def look(visit: Visit, place: Path) -> seals.Sealed:
    """Open a bundle for its seals; one from outside in a process of its own."""
    stamps = (stamp_of(place), stamp_of(beside(place)))
    return visit.desk.kept.look(place, _sealed_apart if not visit.name else _sealed, place, stamps)


def _sealed(place: Path, _: object) -> seals.Sealed:
    return seals.sealed(place)


def _sealed_apart(place: Path, _: object) -> seals.Sealed:
    return apart(seals.sealed, place)


def _recorded(visit: Visit, run: RunFolder) -> str:
    """Say whether the programme's ledger recorded this bundle."""
    if not visit.programme.ledger.exists():
        return "The programme has no ledger."
    place = run.path / "bundle.zip"
    inside = visit.desk.kept.look(place, _inside, place, stamp_of(place))
    if inside is None:
        return ""
    ledger = visit.ledger
    strange = of_another(*inside, ledger.entries if ledger else ())
    return f"Not this one: {'; '.join(strange)}." if strange else "The programme’s ledger recorded this bundle."


def _inside(place: Path, _: object) -> tuple[bytes, bytes] | None:
    """Give the ledger and the manifest that lie in a bundle; None where it cannot be read."""
    try:
        held = bundles.unpack(bundles.bundle_bytes(place)).members
    except (OSError, bundles.UnreadableBundleError):
        return None
    return held.get(f"{bundles.LEDGER}{NAME}", b""), held[bundles.MANIFEST]


def replay(visit: Visit) -> Answer:
    """Recompute everything from a bundle of the programme."""
    return begin_on(visit, subject_of(visit, _run(visit)), REPLAY)


def verify(visit: Visit) -> Answer:
    """Check a bundle of the programme with the file that everybody can check it with."""
    return begin_on(visit, subject_of(visit, _run(visit)), VERIFY)


def begin_on(visit: Visit, about: Subject, what: str) -> Go:
    """Begin to replay or verify a bundle."""
    doing = seals.replay if what == REPLAY else seals.verify
    back = f"{about.base}?run={about.name}" if visit.name else about.base
    if about.bundle is None:
        raise Refused("This run was cut short and has no bundle.", 404)
    return begin(visit, about, what, back, doing, about.bundle, back)


def sign(visit: Visit) -> Answer:
    """Sign a bundle."""
    run = _run(visit)
    if wrong := signing.sign(visit, run):
        return _of_programme(visit, run, {key: visit.form.text(key) for key in ("role", "name", "date", "held")}, wrong)
    said = f"Signed as {visit.form.text('role')} by {visit.form.text('name')}."
    return Go(visit.at("ledger/bundle", run=run.name), said)


def signatures(visit: Visit) -> Answer:
    """Give the file of signatures."""
    return signing.signatures(visit, _run(visit))


AT = "/p/{programme}/ledger/bundle"
ROUTES = (
    get(AT, show),
    get(f"{AT}/signatures", signatures),
    post(f"{AT}/replay", replay, changes=False),
    post(f"{AT}/verify", verify, changes=False),
    post(f"{AT}/sign", sign),
)
