"""The check of criteria, for machines and for the screen: findings in the order of their places, and the weights."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding, Severity, block_award, in_order
from evaluator.records.numbers import ratio_text, up_to_places
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.effective_weight import EffectiveWeight
from evaluator.reporting.shared.findings_json import findings_document

if TYPE_CHECKING:
    from evaluator.records.documents import Json

SCHEMA = "check/1"
WIDTH = 100


def check_document(
    criteria: Criteria,
    findings: Sequence[Finding],
    fingerprint: str,
    sealed: Seal | None,
    weights: Sequence[EffectiveWeight] = (),
    accepted: Sequence[Accepted] = (),
) -> "Json":
    """Give the check of criteria as one JSON document.

    Parameters
    ----------
    criteria, findings : what was checked, and what was found.
    fingerprint : SHA-256 of the criteria as they are.
    sealed : the seal beside the criteria, if there is one.
    weights : every published weight beside the share of the greatest total that it carries; both in percent.
    accepted : the findings that named people accepted; they are not among the findings.
    """
    return {
        "schema": SCHEMA,
        "criteria": {"reference": criteria.reference, "version": criteria.version, "fingerprint": fingerprint},
        "seal": sealed and {"version": sealed.version, "date": sealed.date, "sha256": sealed.sha256},
        "as_sealed": sealed is not None and sealed.sha256 == fingerprint,
        "can_be_published": not block_award(findings),
        "counts": {severity.value: count for severity, count in _counts(findings).items()},
        "findings": findings_document(findings, every_cell=True),
        "accepted": [one.model_dump() for one in accepted],
        "weights": [_weight(weight) for weight in weights],
    }


def received_document(criteria: Criteria, findings: Sequence[Finding]) -> "Json":
    """Give the check of what was received as one JSON document."""
    return {
        "schema": "check-received/1",
        "criteria": {"reference": criteria.reference, "version": criteria.version},
        "can_be_evaluated": not block_award(findings),
        "counts": {severity.value: count for severity, count in _counts(findings).items()},
        "findings": findings_document(findings),
    }


def received_text(criteria: Criteria, findings: Sequence[Finding]) -> str:
    """Write the check of what was received for the screen, file by file."""
    verdict = (
        "Nothing can be awarded on this yet: mend what blocks, and decide what needs a decision."
        if block_award(findings)
        else "Nothing was found that stands in the way of evaluating."
    )
    parts = [
        [criteria.title, f"{criteria.reference} version {criteria.version}, against what was received"],
        *(_of_file(file, list(found)) for file, found in groupby(in_order(findings), key=lambda f: f.source.file)),
        [_numbers(findings), verdict],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _counts(findings: Sequence[Finding]) -> dict[Severity, int]:
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in Severity}


def _weight(weight: EffectiveWeight) -> dict[str, str]:
    return {
        "theme": weight.theme,
        "leaf": weight.question,
        "published": up_to_places(weight.published, 2),
        "effective": up_to_places(weight.effective, 2),
        "exact_effective": ratio_text(weight.effective),
    }


def check_text(
    criteria: Criteria,
    findings: Sequence[Finding],
    fingerprint: str,
    sealed: Seal | None,
    weights: Sequence[EffectiveWeight] = (),
    accepted: Sequence[Accepted] = (),
) -> str:
    """Write the check of criteria for the screen: what they are, the findings file by file, the weights, the sum."""
    parts = [
        [criteria.title, f"{criteria.reference} version {criteria.version}. {_sealing(fingerprint, sealed)}"],
        *(_of_file(file, list(found)) for file, found in groupby(in_order(findings), key=lambda f: f.source.file)),
        _accepted(accepted),
        _weights(weights),
        _sum(findings),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _sealing(fingerprint: str, sealed: Seal | None) -> str:
    if sealed is None:
        return f"Not sealed yet; fingerprint {fingerprint[:12]}…"
    same = "these are what was sealed" if sealed.sha256 == fingerprint else "these are not what was sealed"
    return f"Version {sealed.version} was sealed on {sealed.date}; {same}; fingerprint {fingerprint[:12]}…"


def _of_file(file: str, found: Sequence[Finding]) -> list[str]:
    return [file, *(line for finding in found for line in _finding(finding))]


def _finding(finding: Finding) -> Iterator[str]:
    place = finding.source.key or str(replace(finding.source, file="")).strip()  # a key of a file, or a sheet's cell
    yield f"  {place}  {finding.code} ({finding.severity.words})"
    for words in (finding.message, finding.remedy, finding.authority):
        yield from wrap(words, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _accepted(accepted: Sequence[Accepted]) -> list[str]:
    """List what named people accepted, which stays true of the criteria."""
    texts = (f"{one.place}  {one.code}: {one.message} {one.person}, {one.date}: {one.reason}" for one in accepted)
    lines = [line for text in texts for line in wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")]
    return ["Accepted", *lines] if lines else []


def _weights(weights: Sequence[EffectiveWeight]) -> list[str]:
    """Say theme by theme what each leaf carries, and where that is not what was published."""
    if not weights:
        return []
    themes = groupby(weights, key=lambda weight: weight.theme)
    lines = (f"{theme}: {', '.join(map(_share, found))}" for theme, found in themes)
    return [
        "What each question and the price carry, in percent of the greatest possible total",
        *(text for line in lines for text in wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")),
    ]


def _share(weight: EffectiveWeight) -> str:
    published, effective = up_to_places(weight.published, 2), up_to_places(weight.effective, 2)
    share = f"{weight.question} {effective}"
    if weight.whole != 100:
        published = f"{published} of {up_to_places(weight.whole, 2)}"
    elif weight.effective == weight.published:
        return share
    return f"{share} (published: {published})"


def _sum(findings: Sequence[Finding]) -> list[str]:
    verdict = (
        "These criteria cannot be published as they are: mend what blocks, and decide what needs a decision."
        if block_award(findings)
        else "Nothing was found that stands in the way of publishing these criteria. A lawyer should still read them."
    )
    return [_numbers(findings), verdict]


def _numbers(findings: Sequence[Finding]) -> str:
    by_severity = ", ".join(f"{count} {severity.words}" for severity, count in _counts(findings).items())
    return f"{count_of(len(findings), 'finding')}: {by_severity}."
