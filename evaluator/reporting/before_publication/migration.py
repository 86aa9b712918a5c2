"""What was done to bring criteria into the form with one source for every rule, for the terminal and for machines."""

from collections.abc import Iterator, Sequence

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.texts import texts_of
from evaluator.records.programme.written.migration import WHAT, Step, What
from evaluator.reporting.appendix.clauses import clause_of

SCHEMA = "criteria-migration/1"
Placed = Sequence[tuple[Source, Step]]  # each step with the cell that it was at, where a workbook was read


def migration_text(steps: Placed) -> str:
    """Write every step a line, those first that a person must look at."""
    return "\n".join(line for what in WHAT for line in _lines(what, steps)) or "Nothing was to be changed."


def _lines(what: What, steps: Placed) -> Iterator[str]:
    own = [(place, step) for place, step in steps if step.what == what]
    if own:
        yield f"{count_of(len(own), 'text')} {WHAT[what]}."
        yield from (f"  {place}: {step.words}{f' -> {step.now}' if what == 'named' else ''}" for place, step in own)
        yield ""


def migration_document(criteria: Criteria, steps: Placed) -> Json:
    """Give the same as JSON values, with the number of the clause of the appendix that each text stands in."""
    clauses = {text.place: clause_of(text) for text in texts_of(criteria)}
    return {
        "schema": SCHEMA,
        "reference": criteria.reference,
        "version": criteria.version,
        "steps": [
            {
                "what": step.what,
                "file": place.file,
                "sheet": place.sheet,
                "cell": place.cell,
                "key": place.key,
                "clause": clauses[step.place],
                "words": step.words,
                "now": step.now,
            }
            for place, step in steps
        ],
    }
