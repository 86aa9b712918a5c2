"""Checks of what people decided: matters, gates, choices after the ranks, and what still waits for them."""
