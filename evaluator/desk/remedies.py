"""What is done about a finding at the desk, where its own remedy speaks of a command, an option or a page of docs."""

from collections.abc import Iterable

from evaluator.records.findings.finding import Finding

OF_WHAT_COMES_IN = {
    "E-RECEIVE-001": "If it is one of the papers of this programme, choose which below. If it is a register or marks "
    "in somebody else’s layout, import it. Blank papers are made on the page Panel.",
    "E-RECEIVE-002": "Choose below which it is.",
    "E-RECEIVE-003": "Choose below whether it takes the place of the earlier one. Both files are kept either way.",
    "E-RECEIVE-005": "Ask for it again in the right form, or choose below what it is instead.",
    "E-RECEIVE-006": "Mend the criteria first, on the page Criteria.",
    "E-RECEIVE-007": "Keep one of the two: undo the other in the list of receipts below.",
    "E-RECEIVE-008": "Choose below that this one takes the place; the changed one is kept too.",
}
HERE = OF_WHAT_COMES_IN | {
    "E-PACK-001": "Read the answer. If the figure is no price, or the evaluators may see it, tick that answers go out "
    "as they were written when you issue the workbooks, on the page Returns; if not, ask the bidder for an answer "
    "without it, for every bid alike. Nothing rewrites an answer.",
    "E-LAW-001": "Say it under the part “The procurement and its dates” of the page Criteria.",
    "E-EQUALITY-013": "Have those who decide read the equality impact document, and write down on the page Equality "
    "what they made of it before they decide.",
    "E-EVENT-007": "A wrong event is undone by another one, in the list of events on the page Decisions; none goes.",
    "E-SEAL-001": "Publish them on the page Criteria, before bids are opened.",
}


def remedy_here(one: Finding) -> str:
    """Say what to do about a finding at the desk."""
    return HERE.get(one.code, one.remedy)


def alike(found: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one kind together that are mended alike, so that what to do is said once, where the first stands.

    >>> from evaluator.records.findings import finding
    >>> from evaluator.records.findings.finding import Source
    >>> facts = {"question": "C1", "figure": "£12,000", "what": "for 2027-28"}
    >>> first, second = (finding("E-PACK-001", Source("answers.csv"), bid=f"B{row}", **facts) for row in (1, 2))
    >>> [len(several) for several in alike([first, finding("E-CRIT-301", Source("programme.toml"), gate="G1"), second])]
    [2, 1]
    """
    together: dict[tuple[str, str, str], list[Finding]] = {}
    for one in found:
        together.setdefault((one.code, one.severity, remedy_here(one)), []).append(one)
    return list(together.values())
