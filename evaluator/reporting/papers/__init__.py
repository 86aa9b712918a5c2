"""Papers that go out to people and come back: an evaluator's workbook with its covering note, and moderation."""

from evaluator.reporting.papers.evaluator_workbook import Issue, issue_workbook
from evaluator.reporting.papers.moderation_workbook import Moderation, carried_words, moderation_workbook
from evaluator.reporting.papers.notes import note_html, note_text
from evaluator.reporting.papers.reading_pack import reading_pack

__all__ = [
    "Issue",
    "Moderation",
    "carried_words",
    "issue_workbook",
    "moderation_workbook",
    "note_html",
    "note_text",
    "reading_pack",
]
