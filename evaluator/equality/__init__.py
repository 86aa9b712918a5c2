"""What the allocation would mean for different groups of people. It reads what scoring and allocation may never see."""

from evaluator.equality.beside import after_deletion, read_beside, without_deleted
from evaluator.equality.impact import assess
from evaluator.equality.monitoring import check_monitoring

__all__ = ["after_deletion", "assess", "check_monitoring", "read_beside", "without_deleted"]
