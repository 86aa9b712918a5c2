"""Which published rules cannot hold together: a smallest such list, found by leaving rules out one by one."""

from dataclasses import replace

from evaluator.allocation.cbc import second_opinion
from evaluator.allocation.model import Model
from evaluator.allocation.solve import maximise


def conflict(model: Model, seconds: float) -> tuple[tuple[str, ...], bool]:
    """Find rules that cannot all hold, such that leaving out any one of them would do.

    Rules are left out in the order published, so where several lists exist the rules published last stay in it.

    Returns
    -------
    The ids in the order published, and whether each was shown in time to be needed; all are kept where it was not.
    """
    ids = tuple(dict.fromkeys(row.rule for row in model.rows if row.rule))
    needed, complete = list(ids), True
    for rule in ids:
        fewer = [one for one in needed if one != rule]
        answer = maximise(only(model, fewer), (), (), seconds)
        seconds -= answer.seconds
        if answer.outcome == "infeasible":
            needed = fewer
        elif answer.outcome == "unknown":
            complete = False
    return tuple(needed), complete


def confirm(model: Model, rules: tuple[str, ...], seconds: float) -> str:
    """Ask the second solver whether the named rules alone can hold together; give one sentence for the record."""
    answer = second_opinion(only(model, list(rules)), (), (), seconds)
    if answer.outcome == "infeasible":
        return "CBC, another solver, confirms that these rules cannot hold together."
    if answer.outcome == "unknown":
        return "CBC, another solver, gave no answer within its limits on whether these rules can hold together."
    return "CBC, another solver, does not confirm that these rules cannot hold together: look at them again."


def only(model: Model, rules: list[str]) -> Model:
    """Give the model with these rules alone."""
    return replace(model, rows=tuple(row for row in model.rows if not row.rule or row.rule in rules))
