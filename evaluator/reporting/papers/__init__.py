"""Papers that go out to people and come back: an evaluator's workbook with its covering note, and moderation."""

from evaluator.reporting.papers.evaluator_workbook import Issue, issue_workbook
from evaluator.reporting.papers.moderation_workbook import Moderation, moderation_workbook
from evaluator.reporting.papers.notes import note_html, note_text

__all__ = ["Issue", "Moderation", "issue_workbook", "moderation_workbook", "note_html", "note_text"]
