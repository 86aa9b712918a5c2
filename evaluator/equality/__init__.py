"""What the allocation would mean for different groups of people. It reads what scoring and allocation may never see."""

from evaluator.equality.context.external_data import after_deletion, read_external_data, without_deleted
from evaluator.equality.data.monitoring_checks import check_monitoring
from evaluator.equality.evidence import evidence_of
from evaluator.equality.impact import assess, counted

__all__ = [
    "after_deletion",
    "assess",
    "check_monitoring",
    "counted",
    "evidence_of",
    "read_external_data",
    "without_deleted",
]
