"""Whole jobs: gather, decide, write."""
