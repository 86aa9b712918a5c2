"""What an evaluator is written when their marks are waited for: what is missing or wrong, in their own sheet."""

from collections.abc import Iterable, Iterator, Sequence

from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.progress import Returned
from evaluator.records.texts import visible
from evaluator.reporting.papers.progress import missing_words

MOST_LISTED = 40  # cells that are named one by one


def in_own_sheet(returned: Returned, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give what is wrong in the file in which an evaluator's marks stand; notes are left to the officer."""
    mine = (one for one in findings if returned.file and one.source.file == returned.file)
    return tuple(one for one in mine if one.severity is not Severity.NOTE)


def reminder_subject(criteria: Criteria) -> str:
    """Give the subject of the e-mail."""
    return visible(f"{criteria.title}: your marks")


def reminder_text(criteria: Criteria, returned: Returned, wrong: Sequence[Finding]) -> str:
    """Write an e-mail to one evaluator, ready to be copied: nothing in it is about anybody else."""
    lines = [f"Dear {returned.name or returned.evaluator},", "", *_told(criteria, returned, wrong), "", "Thank you."]
    return visible("\n".join(lines)) + "\n"


def _told(criteria: Criteria, returned: Returned, wrong: Sequence[Finding]) -> Iterator[str]:
    asked = count_of(returned.asked, "answer")
    if not returned.file:
        yield f"We have not had your workbook for {criteria.title} yet. It is {returned.evaluator}.xlsx, and holds the"
        yield f"{asked} that you are to mark. Please mark each of them, with a reason, and send the workbook back."
        return
    if returned.state == "complete":
        yield f"We have your marks for {criteria.title}, all {asked} of them. There is nothing more to do."
        return
    yield f"We have your marks for {criteria.title}: {returned.marked:,} of {asked} are complete."
    if returned.missing:
        yield from ("", "Still missing are a mark, a reason, or both, for:")
        yield from (f"  - {one}" for one in missing_words(returned).split("; "))
    if wrong:
        yield from ("", "Please look at these cells of your workbook:")
        for one in wrong[:MOST_LISTED]:
            place = f"{one.source.sheet}!{one.source.cell}" if one.source.cell else one.source.sheet
            yield f"  - {place}: {one.message}"
        if len(wrong) > MOST_LISTED:
            yield f"  - and {len(wrong) - MOST_LISTED:,} more of the kind"
    yield from ("", "Please correct the same workbook, save it with .v2 before .xlsx, and send it again.")
