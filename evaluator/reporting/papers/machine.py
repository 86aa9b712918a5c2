"""What there is to moderate, for machines."""

from typing import Any

from evaluator.records.moderation import Discussed
from evaluator.records.numbers import decimal_text


def moderation_document(answers: tuple[Discussed, ...]) -> dict[str, Any]:
    """Give every answer with its marks, spread and notes, in the order of the workbook."""
    return {
        "schema": "moderation/1",
        "answers": [
            {
                "bid": one.subject,
                "question": one.question.id,
                "panel": one.panel,
                "marks": [
                    {"evaluator": given.evaluator, "mark": decimal_text(given.mark), "reason": given.reason}
                    for given in one.given
                ],
                "spread": decimal_text(one.spread),
                "discuss_first": one.wide,
                "notes": [
                    {"code": note.code, "place": str(note.source), "message": note.message, "remedy": note.remedy}
                    for note in one.notes
                ],
            }
            for one in answers
        ],
    }
