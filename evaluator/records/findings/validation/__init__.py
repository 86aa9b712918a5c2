"""Findings about bids, marks, agreed marks, people and decisions, in words."""

from evaluator.records.findings.validation import bids, choices, consensus, decisions, marks, people

ENTRIES = (*bids.ENTRIES, *marks.ENTRIES, *people.ENTRIES, *consensus.ENTRIES, *decisions.ENTRIES, *choices.ENTRIES)
