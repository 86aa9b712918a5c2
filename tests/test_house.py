"""The house keeps its own rules: documents name every command, every finding has its words, every seal holds."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import click
import pytest

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import fingerprint
from evaluator.records.findings import CATALOGUE
from evaluator.records.findings.finding import Source, in_order
from tests.named_elsewhere import imports_of, is_command, modules, templates, unnamed

ROOT = Path(__file__).resolve().parent.parent
CRITERIA = sorted(path.parent for path in ROOT.glob("criteria/*/programme.toml"))
CODE = re.compile(r"[EN]-[A-Z]+-[0-9]{3}")


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands_of(one, f"{before}{name} ")
        else:
            yield f"{before}{name}", one


COMMANDS = dict(commands_of(main))
OUTPUTS = (ROOT / "docs/outputs.md").read_text("utf-8")


def engine_files() -> list[Path]:
    return sorted((ROOT / "evaluator").rglob("*.py"))


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_named_in_the_readme_and_explains_itself(command: str) -> None:
    assert re.search(rf"\b{command}\b", (ROOT / "README.md").read_text("utf-8"))
    found = main.commands[command]
    assert found.help
    assert all(option.help for option in found.params if isinstance(option, click.Option))


def described(command: str) -> bool:
    """Whether a row of docs/outputs.md tells of a command; a group's commands can share one."""
    group, _, name = command.rpartition(" ")
    rows = [line for line in OUTPUTS.splitlines() if line.startswith("| `evaluator ")]
    return any(re.search(rf"`evaluator {group or name}\b", row) and re.search(rf"\b{name}\b", row) for row in rows)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_in_the_outputs(command: str) -> None:
    assert described(command), f"{command} has no row in docs/outputs.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_prints_json_is_listed_in_the_outputs(command: str) -> None:
    listed = next(part for part in OUTPUTS.split("\n\n") if "take `--json`" in part).partition("take `--json`")[0]
    says = any(option.name == "as_json" for option in COMMANDS[command].params)
    assert says == any(f"`{one}`" in listed for one in (command, command.split(" ")[0])), command


def test_every_command_can_be_called() -> None:
    """A function with the decorator of a command is none until ``cli/__init__.py`` names it, or its group."""
    made = {
        node.name
        for module, tree in modules(ROOT).items()
        for node in tree.body
        if module.startswith("evaluator.cli") and is_command(node)
    }
    called = {command.callback.__name__ for command in COMMANDS.values()}
    assert made - called == set(), "name these in HOMES of evaluator/cli/__init__.py"


def test_the_readme_begins_with_exactly_the_two_commands() -> None:
    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.S | re.M)
    assert [line.split("#")[0].strip() for line in blocks[0].splitlines()] == ["python3 run.py", "python3 run.py test"]


def test_every_file_that_the_readme_points_to_is_there() -> None:
    for name in re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / name).exists(), name


def codes_in(paths: list[Path]) -> set[str]:
    return {code for path in paths for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_that_the_engine_names_is_in_the_catalogue() -> None:
    assert codes_in([path for path in engine_files() if "findings" not in path.parts]) <= set(CATALOGUE)


def test_every_finding_in_the_catalogue_has_a_test_that_makes_it() -> None:
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path.name != "test_house.py"]
    assert set(CATALOGUE) - codes_in(tests) == set()


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_finding_can_be_worded_from_its_own_example(code: str) -> None:
    entry = CATALOGUE[code]
    words = entry.message.format(**entry.example), entry.remedy.format(**entry.example)
    assert all(text.endswith((".", "?")) for text in words), words
    assert all(text.lstrip("“")[0].isupper() or text.lstrip("“")[0] == "{" for text in (entry.message, entry.remedy))


@pytest.mark.parametrize("folder", CRITERIA, ids=lambda path: path.name)
def test_every_sealed_set_of_criteria_is_what_was_sealed(folder: Path) -> None:
    read = read_criteria(folder)
    assert read.findings == ()
    assert read.criteria is not None
    assert read.seal is not None
    assert fingerprint(read.criteria) == read.seal.sha256


@pytest.mark.parametrize("folder", CRITERIA, ids=lambda path: path.name)
def test_every_rule_question_and_gate_says_where_it_comes_from(folder: Path) -> None:
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    questions = (*criteria.common, *(question for theme in criteria.themes for question in theme.question))
    assert all(thing.source for thing in (*criteria.rules, *criteria.gate, *questions))


def test_no_folder_of_the_engine_has_more_than_18_entries() -> None:
    folders = [
        ROOT / "evaluator",
        *(path for path in (ROOT / "evaluator").rglob("*") if (path / "__init__.py").exists()),
    ]
    for folder in folders:
        entries = [one for one in folder.iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()]
        assert len(entries) <= 18, (folder, len(entries))


def beside(module: str, other: str) -> tuple[str, ...]:
    """Give the two files or folders of one folder that an import ties together; none where one holds the other.

    >>> beside("evaluator.files.read.bids.folder", "evaluator.files.audit.bundle")
    ('evaluator.files.read', 'evaluator.files.audit')
    """
    one, two = module.split("."), other.split(".")
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    return () if same is None else (".".join(one[: same + 1]), ".".join(two[: same + 1]))


def imports() -> dict[str, set[str]]:
    """Give what each file and folder of the engine imports of those beside it."""
    trees = modules(ROOT)
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for of, name in (target for _, target in imports_of(tree)):
            if tied := beside(module, f"{of}.{name}" if f"{of}.{name}" in trees else of):
                found.setdefault(tied[0], set()).add(tied[1])
    return found


def test_nothing_in_a_folder_of_the_engine_is_tied_in_a_circle() -> None:
    try:
        tuple(TopologicalSorter(imports()).static_order())
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


def test_the_allocation_has_at_most_eight_floors() -> None:
    ties = {at: its for at, its in imports().items() if at.startswith("evaluator.allocation.")}

    def floor(of: str) -> int:
        return 1 + max((floor(one) for one in ties.get(of, ()) if one.startswith("evaluator.allocation.")), default=0)

    assert max(floor(one) for one in ties) <= 7, "its face, allocation/__init__.py, is the eighth"


def test_no_function_of_the_engine_is_longer_than_44_lines() -> None:
    for path in engine_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 44, (path, node.name)


def test_every_definition_of_the_engine_is_named_elsewhere_in_it() -> None:
    assert unnamed(modules(ROOT), templates(ROOT)) == set()


CLOCKS_AND_DICE = (
    *("datetime.now", "date.today", "time.time(", "perf_counter", "monotonic", "process_time", "timeLimit="),
    *('"time_limit", ', "import random", "default_rng()"),
)


def test_no_stage_imports_a_clock_and_only_a_lock_waits() -> None:
    importing = {
        path.name for path in engine_files() if re.search(r"^\s*(import|from) time\b", path.read_text("utf-8"), re.M)
    }
    assert importing == {"lock.py"}


def test_the_clock_and_the_dice_are_nowhere_in_the_engine_but_where_a_programme_is_told_the_day() -> None:
    used = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in engine_files()
        for word in CLOCKS_AND_DICE
        if word in path.read_text("utf-8")
    }
    assert used == {("evaluator/jobs/keeping.py", "datetime.now")}


def test_findings_are_sorted_by_place_and_each_is_given_once() -> None:
    places = [Source("b.xlsx", "S", 2, "A"), Source("a.csv", "", 10, "A"), Source("a.csv", "", 9, "B")]
    made = [_made(place) for place in (*places, places[0])]
    assert [str(one.source) for one in in_order(made)] == ["a.csv B9", "a.csv A10", "b.xlsx S!A2"]


def _made(place: Source):
    from evaluator.records.findings import finding

    return finding("E-FILE-011", place)


def test_workbooks_are_checked_without_pandas_which_takes_longer_to_load_than_they_take() -> None:
    import subprocess

    words = """import sys; from pathlib import Path; from evaluator.jobs.evaluate import check
check(Path("criteria/community_commissioning"), Path("sample_bids/community_commissioning"), lambda _: None)
print("numpy" in sys.modules, "pandas" in sys.modules)"""
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert found.split() == ["True", "False"]


def test_help_is_quick_because_it_imports_none_of_the_large_packages() -> None:
    import subprocess

    words = "import sys; from evaluator.cli import main; list(main.commands.values()); print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert not {"pandas", "numpy", "openpyxl", "pikepdf", "pydantic", "pulp", "jinja2", "rich"} & set(found.split())
