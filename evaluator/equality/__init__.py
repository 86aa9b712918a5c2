"""What the allocation would mean for different groups of people. It reads what scoring and allocation may never see."""

from evaluator.equality.impact import assess
from evaluator.equality.monitoring import check_monitoring

__all__ = ["assess", "check_monitoring"]
