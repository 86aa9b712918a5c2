"""Whether the workbooks that came back are of this programme, and of the criteria as they were published."""

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Received
from evaluator.records.submissions.table_layouts import EVALUATOR_SHEET, MODERATION, TEMPLATE

RETURNS = "returns/"
SHOWN = 12  # characters of a seal


def check_issued(criteria: Criteria, seal: str, received: Received) -> tuple[Finding, ...]:
    """Find returned workbooks that were issued for another programme, version, seal or template.

    Parameters
    ----------
    seal : the fingerprint of the criteria as they are.
    """
    wanted = {
        "programme": criteria.reference,
        "version": criteria.version,
        "seal": seal,
    }
    found = []
    for one in received.issued:
        returned = one.file.startswith(RETURNS)
        template = TEMPLATE if returned else MODERATION
        given = {key: one.identity.get(key, "") for key in ("template", *wanted)}
        if given != {"template": template, **wanted}:
            facts = {"found": _words(given, template), "wanted": _words({"template": template, **wanted}, template)}
            code, sheet = ("E-TEMPLATE-001", EVALUATOR_SHEET) if returned else ("E-TEMPLATE-007", "")
            found.append(finding(code, Source(one.file, sheet), evaluator=one.evaluator or "the evaluator", **facts))
    return tuple(found)


def _words(identity: dict[str, str], template: str) -> str:
    words = f"{identity['programme']} version {identity['version']}, seal {identity['seal'][:SHOWN]}"
    return words if identity["template"] == template else f"{words}, template {identity['template'] or 'unknown'}"
