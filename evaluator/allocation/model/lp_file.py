"""The first stage as a text that any solver reads: the LP format, with each row's published rule in a comment."""

from collections.abc import Iterator, Sequence

from evaluator.allocation.model.model import Model, Row, objective_terms

ON_A_LINE = 8
UNITS = {"money": "pence", "hours": "hours in 1/{scale}", "share": "pence times the share", "count": "awards"}


def lp_text(model: Model) -> str:
    """Write the model of the first objective; whole numbers throughout, a variable for each bid at each level."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: Model) -> Iterator[str]:
    objective = model.objectives[0]
    unit = f"; a score of 1 counts {model.problem.score_unit}" if "score" in objective else ""
    yield f"\\ Objective: {objective.replace('_', ' ')}{unit}. Money is in pence."
    for at, choice in enumerate(model.choices):
        yield f"\\ {_name(at)}: {_on_one_line(choice.candidate.bid)} at {choice.level.name}"
    for what, variables in (
        ("ward that is covered", model.wards),
        ("group that is covered", model.groups),
        ("outcome that is covered", model.outcomes),
        ("ground on which a bid may be passed over", model.grounds),
    ):
        if variables:
            yield f"\\ {_name(variables[0])} to {_name(variables[-1])}: each {what}"
    yield "Maximize"
    yield from _sum(f" {objective}:", objective_terms(model, objective) or ((0, 0),))
    yield "Subject To"
    for number, row in enumerate(model.rows):
        yield from _row(number, row)
    yield "Binaries"
    for start in range(0, model.variables, ON_A_LINE):
        yield " " + " ".join(map(_name, range(start, min(start + ON_A_LINE, model.variables))))
    yield "End"


def _row(number: int, row: Row) -> Iterator[str]:
    terms = row.terms or ((0, 0),)  # a rule about nobody still has to hold
    about = f" {_on_one_line(row.subject)}" if row.subject else ""
    rule = f"rule {_on_one_line(row.rule)}, " if row.rule else ""
    unit = UNITS[row.unit].format(scale=row.scale)
    yield f"\\ {rule}{row.kind}{about}{f' {_on_one_line(row.year)}' if row.year else ''} ({unit})"
    if row.least is not None:
        yield from _sum(f" least{number}:", terms, f" >= {row.least}")
    if row.most is not None:
        yield from _sum(f" most{number}:", terms, f" <= {row.most}")


def _sum(head: str, terms: Sequence[tuple[int, int]], tail: str = "") -> Iterator[str]:
    """Write a sum on lines short enough for every reader."""
    words = [f"{'-' if weight < 0 else '+'} {abs(weight)} {_name(at)}" for at, weight in terms]
    lines = [" ".join(words[start : start + ON_A_LINE]) for start in range(0, len(words), ON_A_LINE)]
    yield f"{head} {lines[0]}" + (tail if len(lines) == 1 else "")
    for at, line in enumerate(lines[1:], 2):
        yield f"  {line}" + (tail if at == len(lines) else "")


def _name(variable: int) -> str:
    return f"x{variable:07d}"


def _on_one_line(text: str) -> str:
    """Keep a name on its line of comment."""
    return " ".join(text.split())
