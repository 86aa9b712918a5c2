"""What a late recusal can change: everything worked out again with the others' lowest and with their highest marks.

Nobody can say what a panel would have agreed without one of its members. But what it agrees now lies, unless it gives a
reason, within the marks of those who remain; so the two ends say how far scores, ranks and awards can move.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from evaluator.allocation import allocation_problem, best_set
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Mark
from evaluator.records.results.studies.recusal import Came, LateRecusal, Moved, Resting
from evaluator.records.submissions.evaluation import Answer, Bid, Evaluation, ThemeBids, with_marks
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.several_marks import as_if
from evaluator.records.work import ReportProgress
from evaluator.scoring import score
from evaluator.studies.robustness.draws import Ground

Marks = Mapping[tuple[str, str], Mark]  # by bid or organisation, and question
RECUSED, NONE = "recused", "none"


def before_recusal(received: Received, evaluator: str, organisation: str) -> Received:
    """Give what was received as it would be without a declared recusal of one evaluator from one organisation."""
    table = received.interests
    if table is None:
        return received
    keys = ("evaluator", "organisation", "action")
    rows = zip(*(table.columns.get(key, [""] * len(table)) for key in keys), strict=True)
    named = [(who.strip(), about.strip(), action) for who, about, action in rows]
    late = [
        (who, about) == (evaluator, organisation) and action.strip().casefold() == RECUSED
        for who, about, action in named
    ]
    actions = [NONE if one else action for one, (_, _, action) in zip(late, named, strict=True)]
    return replace(received, interests=Table({**table.columns, "action": actions}, table.blocks, table.faults))


def late_recusal(
    ground: Ground, evaluator: str, organisation: str, report_progress: ReportProgress = lambda _: None
) -> LateRecusal:
    """Work scores, ranks and awards out three times: as agreed, and with the others' lowest and highest marks.

    Parameters
    ----------
    ground : the evaluation as it stood with the evaluator's marks.
    organisation : every bid that it leads or is a member of is concerned, and its own answers.
    """
    concerned = _concerned(ground.evaluation, organisation)
    answers = tuple(_resting(ground.criteria, one, evaluator) for one in ground.answers if one.bid in concerned)
    resting = tuple(one for one in answers if one is not None)
    came = {}
    for name, end in (("as_agreed", None), ("lowest", min), ("highest", max)):
        report_progress(f"Working everything out {name.replace('_', ' ')}")
        marks = {} if end is None else {(one.subject, one.question): _end(ground.criteria, one, end) for one in resting}
        came[name] = _came(ground.criteria, _with_marks(ground, marks))
    moved = tuple(
        Moved(bid, theme, came["as_agreed"][theme, bid], came["lowest"][theme, bid], came["highest"][theme, bid])
        for theme, bid in sorted(came["as_agreed"])
        if len({came[name][theme, bid] for name in came}) > 1
    )
    return LateRecusal(evaluator, organisation, resting, moved, ground.criteria.allocation is not None)


def _concerned(evaluation: Evaluation, organisation: str) -> frozenset[str]:
    bids = [bid.id for bid in evaluation.bids if organisation in (bid.organisation, *bid.members)]
    return frozenset([organisation, *bids])


def _resting(criteria: Criteria, answer: Answer, evaluator: str) -> Resting | None:
    mine = [mark for who, mark, _ in answer.marks if who == evaluator]
    if not mine:
        return None
    others = tuple((who, mark) for who, mark, _ in answer.marks if who != evaluator)
    marks = [mark for _, mark in others]
    outside = not marks or not min(marks) <= answer.mark <= max(marks)
    enough = len(others) >= criteria.moderation.least_evaluators
    return Resting(answer.bid, answer.question, answer.mark, mine[0], others, outside, enough)


def _end(criteria: Criteria, one: Resting, end: Callable[[Sequence[Decimal]], Decimal]) -> Mark:
    """Give the lowest or highest of the others' marks; of the whole scale where nobody else marked the answer.

    A mark that is worked out is the others', by the published method, whichever end is asked for.
    """
    scale, marks = criteria.scale_for(one.question), [mark for _, mark in one.others]
    if criteria.moderation.combines and marks:
        return as_if(criteria.moderation, [scale.count_of(mark) for mark in marks], len(marks) + 1)
    return end(marks or list(scale.marks))


def _with_marks(ground: Ground, marks: Marks) -> Evaluation:
    themes = tuple(_theme(ground.criteria, theme, marks) for theme in ground.evaluation.themes)
    return replace(ground.evaluation, themes=themes)


def _theme(criteria: Criteria, theme: ThemeBids, marks: Marks) -> ThemeBids:
    ends: dict[tuple[int, int], Mark] = {}
    scopes = {one.id: one.scope for one in criteria.questions(theme.theme)}
    for row, bid in enumerate(theme.bids):
        for column, question in enumerate(theme.questions):
            mark = marks.get((_answered_by(bid, scopes.get(question, "bid")), question))
            if mark is not None and theme.mark(row, column) >= 0:
                ends[row, column] = mark
    return with_marks(criteria, theme, ends)


def _answered_by(bid: Bid, scope: str) -> str:
    return bid.organisation if scope == "organisation" else bid.id


def _came(criteria: Criteria, evaluation: Evaluation) -> dict[tuple[str, str], Came]:
    scores = score(criteria, evaluation)
    problem = allocation_problem(criteria, evaluation, scores) if criteria.allocation else None
    funded = frozenset(best_set(problem) or ()) if problem else frozenset[str]()
    return {
        (theme.theme, bid): Came(theme.totals[place], theme.ranks[place], bid in funded)
        for theme in scores.themes
        for place, bid in enumerate(theme.bids)
    }
