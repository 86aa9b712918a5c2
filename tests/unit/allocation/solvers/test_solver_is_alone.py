"""Only three files know a solver, and the checker shares nothing with the model."""

import ast
from pathlib import Path

import evaluator.allocation

FOLDER = Path(evaluator.allocation.__file__).parent


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_only_three_files_import_a_solver() -> None:
    knowing = {path.name: {"pulp", "highspy"} & imported(path) for path in FOLDER.rglob("*.py")}
    assert {name: solvers for name, solvers in knowing.items() if solvers} == {
        "highs.py": {"highspy"},
        "canary.py": {"highspy"},  # for its known faults
        "cbc.py": {"pulp"},
    }


def test_the_checker_imports_nothing_of_the_allocation_but_its_own_order_of_merit() -> None:
    proof = FOLDER / "proof"
    own = {name for name in imported(proof / "verify.py") if name.startswith("evaluator.alloc")}
    assert own == {"evaluator.allocation.proof.merit"}
    assert not any(name.startswith("evaluator.alloc") for name in imported(proof / "merit.py"))
