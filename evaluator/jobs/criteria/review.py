"""What reviewers work with: the review of a check with earlier answers, notes at cells, a version’s redline."""

from collections.abc import Sequence
from pathlib import Path

from evaluator import __version__
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.criteria.folder import CriteriaRead, criteria_in
from evaluator.files.write.cell_notes import with_notes
from evaluator.files.write.forms.redline import redline as redlined
from evaluator.jobs.publication import issued
from evaluator.publication import fingerprint
from evaluator.publication.judgement import to_judge
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.reviewed import Answer
from evaluator.reporting.appendix import appendix_html
from evaluator.reporting.before_publication.review import Reviewed, review

Sealed = tuple[Criteria, Seal | None]  # criteria with the seal that lies beside them


def review_files(
    read: CriteriaRead,
    made: Criteria,
    findings: Sequence[Finding],
    accepted: Sequence[Accepted],
    earlier: Sequence[Answer],
    source: Path,
) -> dict[str, bytes]:
    """Make the review, and of a workbook a copy in which each finding stands as a note at its cell.

    Parameters
    ----------
    read, made : the criteria as they were read, and the record of them.
    earlier : the answers of earlier reviews; of two to the same, the later counts.
    source : where the criteria lie.
    """
    reviewed = Reviewed(
        criteria=made,
        fingerprint=fingerprint(made),
        seal=read.seal,
        findings=findings,
        accepted=accepted,
        points=to_judge(made),
        earlier=earlier,
        cell=read.cell,
        key=read.key,
    )
    return rendered(review(reviewed, __version__)) | _noted(read, findings, source)


def _noted(read: CriteriaRead, findings: Sequence[Finding], source: Path) -> dict[str, bytes]:
    if not read.places:
        return {}
    files = criteria_in(source)
    name = read.places["", ""].file
    content, _ = files.opened(name)
    return {f"{name.removesuffix('.xlsx')}-with-notes.xlsx": with_notes(content or b"", findings)}


def redline(old: Sealed, new: Sealed, author: str, date: str) -> bytes:
    """Write the appendix of the new version as a Word file with each change from the old one tracked.

    Parameters
    ----------
    author, date : whom, and which day, the changes name; no day where it is empty.
    """
    return redlined(_page(old), _page(new), author, date)


def _page(one: Sealed) -> str:
    """Write the appendix, with the seal where it is of just these criteria."""
    criteria, seal = one
    own = seal if seal is not None and seal.sha256 == fingerprint(criteria) else None
    return appendix_html(issued(criteria, own), __version__)
