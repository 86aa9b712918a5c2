"""The proof as files: the model that any solver reads, what was reached and proven, and how to check it again."""

import json
from hashlib import sha256

from evaluator.records.results.allocation import Allocation
from evaluator.reporting.studies.allocation import proof_document

MODEL, RECORD, README = "model.lp", "record.json", "README.txt"
WORDS = """How to check the proof of these awards
=======================================

model.lp is the whole problem of the first objective in whole numbers, in the LP format that HiGHS, CBC, SCIP, Gurobi,
CPLEX and others read. Every limit stands under a comment with its published rule; comments also say which variable is
which bid.

Solve it with any of them, with no gap allowed. The best value must be the value of the first stage in record.json. Then
add the row "objective >= value + 1": no solver may find a solution.

record.json says what was reached in each stage, by which solver, settings and limits of work, the bound that proves
it, what the second solver said, which known faults of the solver were looked for, and the SHA-256 of model.lp. Work is
counted and nothing is timed, so that the record is the same whenever and wherever it is made again.
"""


def proof_files(allocation: Allocation) -> dict[str, str]:
    """Give the files of the proof by name; none where no model was solved.

    The same allocation always gives the same texts.
    """
    if not allocation.proof.model:
        return {}
    record = {
        "schema": "proof/1",
        "status": allocation.status,
        **proof_document(allocation),
        "tied_allocations": len(allocation.tied),
        "tied_complete": allocation.tied_complete,
        "conflict": list(allocation.conflict),
        "model_sha256": sha256(allocation.proof.model.encode()).hexdigest(),
    }
    text = json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return {MODEL: allocation.proof.model, RECORD: text, README: WORDS}


def solver_log(allocation: Allocation) -> str:
    """Give every solve with the work that it took, a line each."""
    lines = [
        f"{number}. {run.what}: {run.outcome}, bound {'none' if run.bound is None else run.bound}, "
        f"{run.nodes} nodes, {run.iterations} iterations"
        for number, run in enumerate(allocation.proof.runs, 1)
    ]
    return "\n".join((f"{allocation.proof.solver}; {allocation.proof.settings}", *lines)) + "\n"
