"""Every regular expression of the engine, found by looking, with texts that would make a slow one slow."""

import ast
import importlib
import pkgutil
import re
import re._constants as codes
import re._parser as parser
import time
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import evaluator
from evaluator.files.read.criteria.folder import MISSED
from evaluator.files.read.engine_data import read_check_words, read_reason_rules
from evaluator.publication import differences
from evaluator.publication.checks.prose import phrases
from evaluator.records.programme.axes import ASKED_ABOUT, AXES
from evaluator.validation import reasons

METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
WHOLE = ("match", "fullmatch")  # these begin at one place only; all others try every place
PLAIN = 3.0  # a factor beyond which nothing more need be tried
MANY, FEW = 12, 5


class Used(NamedTuple):
    """A pattern, where it stands, and whether it is looked for at every place of a text."""

    where: str
    pattern: re.Pattern[Any]
    everywhere: bool


@cache
def engine_patterns() -> tuple[Used, ...]:
    """Find every pattern of the engine: what its modules hold, what is written into calls, and what tables hold."""
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(evaluator.__path__, "evaluator.")
        if not one.name.endswith("__main__")
    ]
    trees = {module: ast.parse(Path(str(module.__file__)).read_text("utf-8")) for module in modules}
    calls = [call for tree in trees.values() for call in ast.walk(tree) if isinstance(call, ast.Call)]
    found: dict[tuple[Any, int, bool], Used] = {}
    for one in (*_held(modules, calls), *_written(trees), *_in_tables()):
        found.setdefault((one.pattern.pattern, one.pattern.flags, one.everywhere), one)
    return tuple(found.values())


def _held(modules: list[ModuleType], calls: list[ast.Call]) -> Iterator[Used]:
    """Give the patterns that modules hold under a name, or inside a table, a record or a tuple."""
    methods: dict[str, set[str]] = {}
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in METHODS:
            name = ast.unparse(call.func.value).rpartition(".")[2]
            methods.setdefault(name, set()).add(call.func.attr)
    for module in modules:
        for name, value in vars(module).items():
            only_whole = isinstance(value, re.Pattern) and methods.get(name, {"search"}) <= set(WHOLE)
            for pattern in _inside(value):
                yield Used(f"{module.__name__}.{name}", pattern, not only_whole)


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
        return
    parts: Any = ()
    if isinstance(value, dict):
        parts = [*value, *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = value
    elif type(value).__module__.startswith("evaluator.") and hasattr(value, "__dict__"):
        parts = vars(value).values()
    for part in parts if depth < 4 else ():
        yield from _inside(part, depth + 1)


def _written(trees: dict[ModuleType, ast.Module]) -> Iterator[Used]:
    """Give the patterns that stand in a call, as in ``re.search(r"…", text)``."""
    for module, tree in trees.items():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            func = ast.unparse(call.func)
            if func.startswith("re.") and func[3:] in METHODS and isinstance(call.args[0], ast.Constant):
                where = f"{module.__name__}:{call.lineno}"
                yield Used(where, re.compile(call.args[0].value), func[3:] not in WHOLE)  # type: ignore[type-var]


def _in_tables() -> Iterator[Used]:
    """Give the patterns that are written as texts in tables, and those that are made of the words of checks."""
    for pattern in [one[0] for one in MISSED] + [one[0] for one in differences.EFFECTS]:
        yield Used("a table of keys", re.compile(pattern), everywhere=False)
    for pattern in (*ASKED_ABOUT.values(), *AXES.values()):
        yield Used("a table of characteristics", re.compile(pattern), everywhere=True)
    for phrase in _of_each_shape(read_check_words()[0]):
        yield Used(f"words.toml: {phrase}", phrases._pattern(phrase, ("care",)), everywhere=True)
    for phrase in _of_each_shape(read_reason_rules()):
        yield Used(f"reasons.toml: {phrase}", reasons._pattern(phrase), everywhere=True)


def _of_each_shape(lists: Any) -> list[str]:
    """Give one phrase of each shape: which words it has makes no difference."""
    every = [phrase for _, listed in lists for phrase in getattr(listed, "phrases", ())]
    return list({re.sub(r"[^\W\d_]+( [^\W\d_]+)*", "w", phrase): phrase for phrase in every}.values())


def slowest(used: Used, size: int = 1_500) -> tuple[float, float, Any]:
    """Give the greatest factor by which a pattern takes longer at twice the length, with the seconds and the text."""
    worst: tuple[float, float, Any] = (0.0, 0.0, "")
    for start, unit in _attacks(used.pattern):
        once = start + unit * max(1, size // len(unit))
        twice = start + unit * max(2, 2 * size // len(unit))
        if (seconds := _cost(used, twice)) > 0.004:
            factor = min(_cost(used, twice) for _ in range(3)) / max(min(_cost(used, once) for _ in range(3)), 1e-9)
            worst = max(worst, (factor, seconds, start + unit))
        if worst[0] > PLAIN:
            break
    return worst


def _cost(used: Used, text: Any) -> float:
    """Count the processor time that a pattern takes for a text that ends otherwise than it may."""
    text += b"\x01" if isinstance(text, bytes) else "\x01"
    begun = time.process_time()
    used.pattern.fullmatch(text)
    used.pattern.match(text)
    for _ in used.pattern.finditer(text) if used.everywhere else ():
        pass
    return time.process_time() - begun


def _attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any]]:
    """Give starts and repeated units made of the characters and words that a pattern names."""
    chars: dict[str, None] = {}
    words: dict[str, None] = {}
    _gather(parser.parse(pattern.pattern, pattern.flags), chars, words)
    marks = [one for one in chars if not one.isalnum()][:FEW]
    letters = [one for one in chars if one.isalnum()][:2]
    few = [*marks, *letters, "a", " ", "1"]
    named = [one for one in words if len(one) > 1][:MANY]
    units = [*few, *named, *map("".join, product(few, few))]
    units += [f"{one} " for one in named] + [a + b for a, b in product(named[:FEW] + marks, named[:FEW])]
    starts = ["", *few[:FEW], *named[:FEW]]
    attacks = [("", unit) for unit in units] + [(start, unit) for start in starts[1:] for unit in few]
    for start, unit in dict.fromkeys(attacks):
        yield (start.encode(), unit.encode()) if isinstance(pattern.pattern, bytes) else (start, unit)


def _gather(tree: Any, chars: dict[str, None], words: dict[str, None]) -> None:
    run = ""
    for code, told in tree:
        if code is codes.LITERAL:
            chars[chr(told)] = None
            run += chr(told)
            continue
        words[run], run = None, ""
        for member in told if code is codes.IN else ():
            chars[_one_of(*member)] = None
        for inner in _within(code, told):
            _gather(inner, chars, words)
    words[run] = None


def _one_of(code: Any, told: Any) -> str:
    if code in (codes.LITERAL, codes.RANGE):
        return chr(told if code is codes.LITERAL else told[0])
    kind = str(told).rpartition("_")[2]
    return "-" if "NOT" in str(told) else {"DIGIT": "1", "SPACE": " "}.get(kind, "a")


def _within(code: Any, told: Any) -> list[Any]:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [told[2]]
    if code is codes.SUBPATTERN:
        return [told[3]]
    if code is codes.ATOMIC_GROUP:
        return [told]
    return told[1] if code is codes.BRANCH else [told[1]] if code in (codes.ASSERT, codes.ASSERT_NOT) else []
