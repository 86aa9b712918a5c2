"""A release: letters, disclosure, open data and notice of one run together, and the public site of its awards."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import PurePosixPath

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.run_folder import rendered
from evaluator.jobs.finished.from_bundle import Reopened, held_back, letters, notice
from evaluator.jobs.finished.sending import Said
from evaluator.publication import canonical, effective_weights
from evaluator.publication.restated import restated
from evaluator.records.documents import Document, Json
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Event
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import findings_document
from evaluator.reporting.appendix import Issued, appendix
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.letters import Sending
from evaluator.reporting.notice import told_of
from evaluator.reporting.open_data import grants_360, outcome_ocds
from evaluator.reporting.run.who_may_have import EVERYONE, access
from evaluator.reporting.shared.pages import provenance
from evaluator.reporting.site import MANIFEST, VERIFIERS, SiteFacts, manifest, site
from evaluator.studies.worked_examples import worked_examples

SCHEMA = "release/1"
MARK = "release.json"  # every folder of a release has one


@dataclass(frozen=True)
class Released:
    """What goes out, by the name of its folder and file; ``findings`` are about the letters."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Terms:
    """What a release says that no run knows.

    Parameters
    ----------
    sending : who decided, and on what days it goes out.
    facts : what the site says that no run knows.
    prefix : the registered prefix of a publisher of grants.
    added : what people add to the notice.
    pages_only : whether letters are written without Word and PDF files.
    """

    sending: Sending
    facts: SiteFacts
    prefix: str = ""
    added: NoticeFacts = field(default_factory=NoticeFacts)
    pages_only: bool = False


@dataclass(frozen=True)
class Asked:
    """What people say of a release: what goes out and when, and what site, open data and notice say beside that."""

    said: Said
    date: str
    address: str = ""
    ocid: str = ""
    prefix: str = ""
    added: NoticeFacts = field(default_factory=NoticeFacts)
    pages_only: bool = False

    def terms(self, criteria: Criteria) -> Terms:
        """Give it as a release of a run under these criteria has it."""
        sending = self.said.sending(criteria)
        decided = f"the {sending.decided.role} on {sending.decided.spoken}" if sending.decided else ""
        facts = SiteFacts(self.date, self.ocid, self.said.contact, decided, self.address)
        return Terms(sending, facts, self.prefix, self.added, self.pages_only)


def stands_in_the_way(again: Reopened, decided: str = "") -> tuple[str, ...]:
    """Say what keeps a run from being released: criteria without a seal, or equality figures nobody considered."""
    unsealed = () if again.outcome.seal else ("The criteria of this run are not sealed",)
    return (*unsealed, *held_back(again, decided))


def release(again: Reopened, terms: Terms) -> Released:
    """Make all that goes out of a run that has awards, each part in a folder of its own, and a list with their sums."""
    made = letters(again, terms.sending)
    written = (replace(one, also=()) for one in made.documents) if terms.pages_only else made.documents
    outcome = again.outcome
    parts = {
        "letters": rendered(written),
        "disclosure": rendered(disclosure(outcome, again.held)),
        "open-data": _open_data(outcome, terms),
    }
    if told_of(outcome.criteria):
        parts["notice"] = rendered(notice(again, terms.added, terms.sending))
    files = {f"{part}/{name}": content for part, held in parts.items() for name, content in held.items()}
    listed = json.dumps(_listed(outcome, terms, files, made.findings), ensure_ascii=False, indent=2) + "\n"
    return Released({**files, MARK: listed.encode()}, made.findings)


def _open_data(outcome: Outcome, terms: Terms) -> dict[str, bytes]:
    date = terms.facts.date
    files = {"ocds.json": outcome_ocds(outcome, date, terms.facts.ocid).encode()}
    if outcome.criteria.regime == "grant":
        files["360giving.json"] = grants_360(outcome, date, terms.prefix).encode()
    return files


def _listed(outcome: Outcome, terms: Terms, files: Mapping[str, bytes], findings: tuple[Finding, ...]) -> Json:
    """List what went out: when, decided by whom, and every file with its SHA-256."""
    decided = terms.sending.decided
    return {
        "schema": SCHEMA,
        **provenance(outcome),
        "date": terms.facts.date,
        "draft": decided is None,
        "decision": {"person": decided.person, "role": decided.role, "date": decided.date} if decided else None,
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
        "findings": findings_document(findings),
    }


def released_events(run: str, released: Released, site_files: Mapping[str, bytes]) -> Iterator[Event]:
    """Tell the ledger what went out: each list of it by its SHA-256, which holds the sums of all files."""
    draft = "drafts: no decision is recorded yet" if json.loads(released.files[MARK])["draft"] else ""
    for what, listed in ((MARK, released.files.get(MARK)), (MANIFEST, site_files.get(MANIFEST))):
        if listed is not None:
            digest = sha256(listed).hexdigest()
            yield Event("released", f"{run}: {what}", digest, "", digest, draft)


def for_anyone(again: Reopened, released: Released) -> dict[str, bytes]:
    """Give the documents of a release and of its run that may go to anyone, for the public site."""
    found = {}
    for name, content in released.files.items():
        part, file = PurePosixPath(name).parts[0], PurePosixPath(name).name
        kind = access(file, "disclose") if part == "disclosure" else None
        if kind and kind.who == EVERYONE and file.endswith((".html", ".pdf")):
            found[file] = content
    return {**found, **again.equality}


def public_site(
    again: Reopened, facts: SiteFacts, pyodide: Mapping[str, bytes], documents: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Make the site of a run that has awards.

    Parameters
    ----------
    pyodide : the Python for browsers, which stands beside the site where there is one.
    documents : what may go to anyone, to be downloaded as it is.
    """
    audit = package_files("evaluator.files.audit.verifier")
    verifiers = {name: audit.joinpath(name).read_bytes() for name in VERIFIERS} | bundles.verifiers()
    given = documents or {}
    facts = replace(facts, in_browser=bool(pyodide), documents=tuple(sorted(given)))
    files = rendered(site(again.outcome, _rules(again.outcome), canonical(again.outcome.criteria), verifiers, facts))
    files |= {f"downloads/{name}": content for name, content in given.items()}
    files |= {f"pyodide/{name}": content for name, content in pyodide.items()}
    return files | {MANIFEST: manifest(files)}


def _rules(outcome: Outcome) -> Document:
    """Write the published rules again as they were written for bidders."""
    criteria, sealed = outcome.criteria, outcome.seal
    if sealed is None:
        raise ValueError("the criteria are not sealed")
    changed = (sealed.changed,) if sealed.changed else ()
    weights = effective_weights(criteria)
    facts = (sealed.accepted, changed, restated(criteria))
    issued = Issued(criteria, sealed.sha256, sealed, weights, worked_examples(criteria), *facts)
    return appendix(issued, __version__)
