"""The bid evaluator: from published criteria and returned spreadsheets to an award that anyone can recompute."""

__version__ = "0.5.0"
