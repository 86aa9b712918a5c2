"""Criteria: filled in, checked with findings at their place, tried, and published."""
