"""Checks of what the law of the regime asks of gates, dates and figures, and of the procurement as a whole."""
