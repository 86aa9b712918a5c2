"""The shape of a catalogue entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluator.records.findings.finding import Severity

BLOCKS, DECIDE, NOTE = Severity.BLOCKS_AWARD, Severity.NEEDS_DECISION, Severity.NOTE


@dataclass(frozen=True)
class Entry:
    """A finding's code, what it means for the award, its words with ``{facts}``, and example facts.

    ``workbook`` is the remedy for someone who works in the criteria workbook, where labels in place of keys do not do.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    authority: str = ""
    example: Mapping[str, object] = field(default_factory=dict)
    workbook: str = ""
