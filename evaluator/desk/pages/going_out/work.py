"""Long work on what goes out, each in a process of its own: it writes what the commands write, into the same places."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluator.desk.processes import Say
from evaluator.desk.work import Ended
from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
from evaluator.files.audit.run_folder import land, rendered
from evaluator.files.read.programme import Programme
from evaluator.jobs.finished.sending import Said
from evaluator.jobs.keeping import Keeping
from evaluator.records.english import count_of
from evaluator.records.findings.finding import block_award
from evaluator.records.results.outcome import status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from evaluator.jobs.finished.from_bundle import Reopened
    from evaluator.jobs.finished.release import Asked
    from evaluator.records.results.notice_facts import NoticeFacts

RECOMMENDED = "award_recommended"
NOTHING_YET = "No award is recommended in this run, so nothing can go out yet."


class _HeldUpError(Exception):
    """Nothing was written; each argument is a sentence that says why."""


def letters(report: Say, bundle: Path, out: Path, said: Said, pages_only: bool, back: str) -> Ended:
    """Write every bidder's letter, as the command ``letters`` does."""
    from evaluator.jobs.finished.sending import CAN_BE_TOLD, write_letters
    from evaluator.reporting.letters import MARK

    try:
        _need_room(out, MARK)
        made = write_letters(_reopened(bundle, report, CAN_BE_TOLD), said, report, pages_only=pages_only)
    except _HeldUpError as held:
        return Ended(held.args, good=False)
    if block_award(made.findings):
        stands = [str(one) for one in made.findings if block_award([one])]
        return Ended(("No letter was written. Mend this first:", *stands), good=False)
    land(made.files, out, private=True)
    number = count_of(sum(name.endswith(".html") for name in made.files) - 1, "letter")
    look = f" {count_of(len(made.findings), 'note')} on their words to look at first." if made.findings else ""
    return Ended((f"{number} in papers/{out.name}.{look}",), (("See the letters", back),))


def disclosure(report: Say, bundle: Path, out: Path, back: str) -> Ended:
    """Write the pack of what may go to anyone, as the command ``disclose`` does."""
    from evaluator.reporting.disclosure import MARK
    from evaluator.reporting.disclosure import disclosure as pack

    try:
        _need_room(out, MARK)
        again = _reopened(bundle, report)
    except _HeldUpError as held:
        return Ended(held.args, good=False)
    report("Writing what may go to anyone")
    land(rendered(pack(again.outcome, again.held)), out)
    return Ended((f"The pack is in papers/{out.name}.",), (("See who may have what", back),))


def release(
    report: Say,
    bundle: Path,
    programme: Programme,
    asked: "Asked",
    browser: "Mapping[str, bytes] | None",
    kept: Keeping,
    back: str,
) -> Ended:
    """Write all that goes out, and tell the ledger, as ``release`` does.

    Parameters
    ----------
    browser : what the public site checks with in a browser, empty for a site without that; None where none is wanted.
    """
    from evaluator.jobs.finished.from_bundle import with_cases
    from evaluator.jobs.finished.release import MARK, for_anyone, public_site, released_events, stands_in_the_way
    from evaluator.jobs.finished.release import release as released
    from evaluator.reporting.site import MANIFEST

    out, pages_at = programme.papers / "release", programme.papers / "site"
    try:
        _need_room(out, MARK)
        _need_room(pages_at, MANIFEST)
        again = _reopened(bundle, report)
        terms = asked.terms(again.outcome.criteria)
        decided = terms.sending.decided.date if terms.sending.decided else ""
        if held := stands_in_the_way(again, decided):
            return Ended(("Nothing was released.", *(f"{one}." for one in held)), good=False)
        made = released(with_cases(again, report), terms)
        if block_award(made.findings):
            return Ended(("Nothing was released. Mend this first:", *map(str, made.findings)), good=False)
        report("Writing into the folder" if browser is None else "Writing the public site")
        pages = {} if browser is None else public_site(again, terms.facts, browser, for_anyone(again, made))
        land(made.files, out, private=True)
        if pages:
            land(pages, pages_at)
        kept.append(lambda _: released_events(again.outcome.run.name, made, pages))
    except _HeldUpError as held_up:
        return Ended(held_up.args, good=False)
    where = ", and the site in papers/site. Put that whole folder on a web server" if pages else ""
    says = [f"It is in papers/release{where}."]
    says += [] if terms.sending.decided else ["The letters are drafts: no decision is recorded yet."]
    return Ended(tuple(says), (("See who may have what", back),))


def brought(files: "Mapping[str, Path]") -> dict[str, Any]:
    """Read the files that came along with a release, by what each is; a text says why one cannot be used."""
    return {name: READERS[name](path) for name, path in files.items()}


def _facts(path: Path) -> "NoticeFacts | str":
    """Read what people add to a notice."""
    from evaluator.files.read.notice_facts import UnreadableFactsError, read_notice_facts

    try:
        return read_notice_facts(path)
    except UnreadableFactsError as error:
        return str(error)


def _pyodide(path: Path) -> dict[str, bytes] | str:
    """Read Python for browsers, as npm gives it."""
    from evaluator.files.read.pyodide import NoPyodideError, unpacked

    try:
        return unpacked(path.read_bytes())
    except NoPyodideError as error:
        return str(error)


READERS: "Mapping[str, Callable[[Path], Any]]" = {"facts": _facts, "pyodide": _pyodide}


def _reopened(bundle: Path, report: Say, wanted: tuple[str, ...] = (RECOMMENDED,)) -> "Reopened":
    """Work a run out again from its bundle; one that is not whole, or came to nothing that is wanted, holds all up."""
    from evaluator.jobs.finished.from_bundle import reopen

    try:
        again = reopen(bundle_bytes(bundle), report)
    except (OSError, UnreadableBundleError) as error:
        raise _HeldUpError(f"The bundle cannot be read: {error}.") from None
    if again.problems:
        raise _HeldUpError("The bundle is not as it was closed, so nothing is said from it.", *again.problems)
    if status(again.outcome) not in wanted:
        raise _HeldUpError(NOTHING_YET)
    return again


def _need_room(folder: Path, mark: str) -> None:
    """Refuse a folder that holds something else than what was written there before."""
    if folder.exists() and not (folder / mark).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise _HeldUpError(f"papers/{folder.name} holds something else already. Move that out of the way first.")
