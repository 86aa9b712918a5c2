"""Equality, on a page of its own that says who may open it; nothing of these data is on any other page."""

from evaluator.desk.pages.equality.page import PLACE, ROUTES

__all__ = ["PLACE", "ROUTES"]
