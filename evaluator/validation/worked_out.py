"""The marks that are worked out from evaluators' own, answer by answer."""

from collections.abc import Iterator

from evaluator.records.submissions.several_marks import OneMark, one_mark
from evaluator.validation.context import View
from evaluator.validation.context.given import About


def worked_out(view: View) -> Iterator[tuple[About, OneMark]]:
    """Give the mark that counts of each answer that needs one, and of a bid that is out as far as it has marks.

    Where a table says what each mark counts, it is the points that are worked out, for marks are only their names.
    """
    given = view.given
    for about, own in sorted(given.marks.items()):
        if view.needed[about] or len(own) >= view.least:
            usual = max(given.usual(about), len(own)) if view.needed[about] else given.usual(about)
            if len(own) > usual and view.criteria.moderation.method == "sum":
                continue  # of a bid that is out, with more marks than any that is in: on another scale than theirs
            counts = [view.book.scales[about[1]].count_of(mark) for mark in own]
            yield about, one_mark(view.criteria.moderation, counts, max(usual, len(own)))
