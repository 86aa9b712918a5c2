"""Each answer for reports and letters: the mark that counts, its reason, and the marks that it rests on."""

from decimal import Decimal

from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.submissions.evaluation import NOT_APPLICABLE, Answer, Bid, Evaluation
from evaluator.records.submissions.received import Table
from evaluator.validation.coded_columns import present, texts, words

Key = tuple[str, str]  # bid or organisation, question
Said = dict[Key, list[tuple[str, Decimal, str]]]  # evaluator (empty for an agreed mark), mark, reason


def answers(criteria: Criteria, evaluation: Evaluation) -> tuple[Answer, ...]:
    """Give every answer with the mark that counts, its reason, and the individual marks that it rests on.

    Sorted by bid, then by the published order of the questions; an organisation's own answers stand once, under the
    organisation's id. Answers of disregarded bids for which no mark counts are left out.
    """
    single = _said(criteria, evaluation.marks)
    agreed = _said(criteria, evaluation.consensus) if criteria.moderation.method == "consensus" else single
    places: dict[Key, int] = {}
    for theme in evaluation.themes:
        for place, question in enumerate(criteria.questions(theme.theme)):
            for row, bid in enumerate(theme.bids):
                if theme.mark(row, place) != NOT_APPLICABLE:
                    places.setdefault((_answers_for(bid, question), question.id), place)
    made = evaluation.worked_out
    counted = made if criteria.moderation.combines else agreed
    keys = sorted((key for key in places if key in counted), key=lambda key: (key[0], places[key], key[1]))
    if criteria.moderation.combines:
        reasons = _reasons(evaluation.consensus)
        return tuple(
            Answer(*key, made[key].value, reasons.get(key, ""), tuple(sorted(single.get(key, ()))), made[key])
            for key in keys
        )
    return tuple(_answer(key, agreed, single) for key in keys)


def _answers_for(bid: Bid, question: Question) -> str:
    return bid.organisation if question.scope == "organisation" else bid.id


def _answer(key: Key, agreed: Said, single: Said) -> Answer:
    _, mark, reason = agreed[key][0]
    return Answer(*key, mark=mark, reason=reason, marks=tuple(sorted(single.get(key, ()))))


def _reasons(table: Table | None) -> dict[Key, str]:
    """Give what was written for the file of answers whose marks are worked out."""
    rows = present(table)
    if rows is None:
        return {}
    every = zip(words(rows, "bid"), words(rows, "question"), texts(rows, "reason"), strict=True)
    return {(bid, question): reason for bid, question, reason in every}


def _said(criteria: Criteria, table: Table | None) -> Said:
    """Gather the marks on the scale of a table, by what they answer, with the scale's own way of writing each."""
    said: Said = {}
    rows = present(table)
    if rows is None:
        return said
    scales: dict[str, dict[Decimal, Decimal]] = {}
    ids = (words(rows, key) for key in ("bid", "question", "evaluator"))
    for bid, question, evaluator, text, reason in zip(*ids, texts(rows, "mark"), texts(rows, "reason"), strict=True):
        value = plain_decimal(text)
        if question not in scales:
            scales[question] = {mark: mark for mark in criteria.scale_for(question).marks}
        mark = None if value is None else scales[question].get(value)
        if mark is not None:
            said.setdefault((bid, question), []).append((evaluator, mark, reason))
    return said
