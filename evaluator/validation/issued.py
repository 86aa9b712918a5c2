"""Whether the workbooks that came back are of this programme, and of the criteria as they were published."""

from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria
from evaluator.records.layouts import EVALUATOR_SHEET, TEMPLATE
from evaluator.records.received import Received
from evaluator.records.source import Finding, Source

SHOWN = 12  # characters of a seal


def check_issued(criteria: Criteria, seal: str, received: Received) -> tuple[Finding, ...]:
    """Find returned workbooks that were issued for another programme, version, seal or template.

    Parameters
    ----------
    seal : the fingerprint of the criteria as they are.
    """
    wanted = {
        "template": TEMPLATE,
        "programme": criteria.reference,
        "version": criteria.version,
        "seal": seal,
    }
    found = []
    for one in received.issued:
        given = {key: one.identity.get(key, "") for key in wanted}
        if given != wanted:
            facts = {"found": _words(given), "wanted": _words(wanted), "evaluator": one.evaluator or "the evaluator"}
            found.append(finding("E-TEMPLATE-001", Source(one.file, EVALUATOR_SHEET), **facts))
    return tuple(found)


def _words(identity: dict[str, str]) -> str:
    words = f"{identity['programme']} version {identity['version']}, seal {identity['seal'][:SHOWN]}"
    return words if identity["template"] == TEMPLATE else f"{words}, template {identity['template'] or 'unknown'}"
