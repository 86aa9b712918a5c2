"""A release: letters, disclosure and open data of one run together, and the public site of its awards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files as package_files

from evaluator import __version__
from evaluator.files.audit.run_folder import rendered
from evaluator.jobs.from_bundle import Reopened, held_back, letters
from evaluator.publication import effective_weights
from evaluator.records.documents import Document
from evaluator.records.findings.finding import Finding
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.appendix import Issued, appendix
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.letters import Sending
from evaluator.reporting.open_data import grants_360, outcome_ocds
from evaluator.reporting.site import MANIFEST, VERIFIERS, SiteFacts, manifest, site
from evaluator.studies.worked_examples import worked_examples


@dataclass(frozen=True)
class Released:
    """What goes out, by the name of its folder and file; ``findings`` are about the letters."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def stands_in_the_way(again: Reopened, decided: str = "") -> tuple[str, ...]:
    """Say what keeps a run from being released: criteria without a seal, or equality figures nobody considered."""
    unsealed = () if again.outcome.seal else ("The criteria of this run are not sealed",)
    return (*unsealed, *held_back(again, decided))


def release(again: Reopened, sending: Sending, facts: SiteFacts, prefix: str, *, pages_only: bool) -> Released:
    """Make letters, the disclosure pack and open data of a run that has awards, each in a folder of its own."""
    made = letters(again, sending)
    written = (replace(one, also=()) for one in made.documents) if pages_only else made.documents
    outcome = again.outcome
    parts = {
        "letters": rendered(written),
        "disclosure": rendered(disclosure(outcome, again.held)),
        "open-data": _open_data(outcome, facts, prefix),
    }
    files = {f"{part}/{name}": content for part, held in parts.items() for name, content in held.items()}
    return Released(files, made.findings)


def _open_data(outcome: Outcome, facts: SiteFacts, prefix: str) -> dict[str, bytes]:
    files = {"ocds.json": outcome_ocds(outcome, facts.date, facts.ocid).encode()}
    if outcome.criteria.regime == "grant":
        files["360giving.json"] = grants_360(outcome, facts.date, prefix).encode()
    return files


def public_site(again: Reopened, facts: SiteFacts, pyodide: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the site of a run that has awards, with the Python for browsers beside it where there is one."""
    audit = package_files("evaluator.files.audit")
    verifiers = {name: audit.joinpath(name).read_bytes() for name in VERIFIERS}
    files = rendered(site(again.outcome, _rules(again.outcome), verifiers, replace(facts, in_browser=bool(pyodide))))
    files |= {f"pyodide/{name}": content for name, content in pyodide.items()}
    return files | {MANIFEST: manifest(files)}


def _rules(outcome: Outcome) -> Document:
    """Write the published rules again as they were written for bidders."""
    criteria, sealed = outcome.criteria, outcome.seal
    if sealed is None:
        raise ValueError("the criteria are not sealed")
    changed = (sealed.changed,) if sealed.changed else ()
    weights = effective_weights(criteria)
    issued = Issued(criteria, sealed.sha256, sealed, weights, worked_examples(criteria), sealed.accepted, changed)
    return appendix(issued, __version__)
