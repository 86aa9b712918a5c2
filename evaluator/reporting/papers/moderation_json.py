"""What there is to moderate, for machines."""

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.submissions.moderation import Agreement, Discussed, Habits, Renewal


def moderation_document(
    answers: tuple[Discussed, ...],
    measured: tuple[Agreement, ...],
    habits: tuple[Habits, ...] = (),
    renewal: Renewal | None = None,
) -> Json:
    """Give how far each panel agrees, and every answer with its marks, spread and notes, in the workbook's order."""
    return {
        "schema": "moderation/1",
        "agreement": [_agreement(one) for one in measured],
        "evaluators": _habits(habits),
        **({"renewed": _renewed(renewal)} if renewal else {}),
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
                **({"mark": exact_text(one.made.value), "exact": exact_text(one.made.exact)} if one.made else {}),
                "notes": [
                    {"code": note.code, "place": str(note.source), "message": note.message, "remedy": note.remedy}
                    for note in one.notes
                ],
            }
            for one in answers
        ],
    }


def _renewed(renewal: Renewal) -> Json:
    carried = renewal.carried
    return {
        "carried": len(carried),
        "look_again": [
            {"bid": bid, "question": question, "changed": list(carried[bid, question].since)}
            for bid, question in renewal.to_look_at
        ],
        "new": [{"bid": bid, "question": question} for bid, question in renewal.new],
        "no_longer": [{"bid": one.subject, "question": one.question, "why": one.why} for one in renewal.left],
    }


def _agreement(one: Agreement) -> Json:
    return {
        "panel": one.panel,
        "answers": one.answers,
        "complete": one.complete,
        "alpha": _rounded(one.alpha),
        "icc_a1": _rounded(one.absolute),
        "icc_c1": _rounded(one.consistent),
        "kendall_w": _rounded(one.concordance),
        **({} if one.kappa is None else {"weighted_kappa": _rounded(one.kappa)}),
        "connected": one.connected,
        "severity": [
            {"evaluator": each.evaluator, "effect": _rounded(each.effect), "error": _rounded(each.error)}
            for each in one.severities
        ],
    }


def _habits(habits: tuple[Habits, ...]) -> list[Json]:
    return [
        {
            "panel": one.panel,
            "evaluator": one.evaluator,
            "counts": list(one.counts),
            "longest_run": one.run,
            "halo": _rounded(one.halo),
            "others_halo": _rounded(one.others),
            "order": _rounded(one.order),
            "places": one.places,
        }
        for one in habits
    ]


def _rounded(value: float | None) -> str | None:
    """Write a statistic with six decimals, the same on every machine."""
    return None if value is None else f"{value:.6f}"
