"""Finds definitions of the engine that nothing else in it names: what only tests call is dead code.

A name counts where code uses it, by whichever way it was imported, or where a template does. Imports, lists of what a
package exports, and the definition's own lines do not count.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

Modules = Mapping[str, ast.Module]
Name = tuple[str, str]  # a module, and a name in it; an empty one for the module itself
REACHED_OTHERWISE = {  # module and name, and why no code names it
    "evaluator.records.findings.*ENTRIES": "each file's entries are read in a loop over the files",
    "evaluator.desk.pages.*.PLACE": "the pages are gone through in a loop",
    "evaluator.files.audit.verifier.verify_*.*": "another file beside it runs it by its path and looks its names up",
    "evaluator.desk.pages.*.ROUTES": "the pages are gone through in a loop",
}


def modules(root: Path) -> Modules:
    """Read every module of the engine, by its dotted name."""
    found = {}
    for path in sorted((root / "evaluator").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text("utf-8"))
    return found


def templates(root: Path) -> frozenset[str]:
    """Give every word in the code of the templates."""
    code = [
        one
        for path in (root / "evaluator").rglob("*.html")
        for one in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text("utf-8"), re.S)
    ]
    return frozenset(word for one in code for word in re.findall(r"\w+", one))


def unnamed(trees: Modules, words: frozenset[str]) -> set[Name]:
    """Give the definitions that nothing names, neither code outside them nor a template, but for commands."""
    names = _Names(trees)
    times: Counter[Name] = Counter()
    for module, tree in trees.items():
        times += names.used(module, tree)
    return {
        (module, name)
        for module, tree in trees.items()
        for name, node in definitions(tree)
        if times[module, name] <= names.used(module, node)[module, name]
        and name not in words
        and not is_command(node)
        and not any(fnmatch(f"{module}.{name}", pattern) for pattern in REACHED_OTHERWISE)
    }


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Give what a module defines at its top, but for names with underscores on both sides."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield from [(node.name, node)] if not node.name.startswith("__") else ()
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
            yield from ((name, node) for name in stored if not name.startswith("__"))


def is_command(node: ast.stmt) -> bool:
    """Whether a function is a command: it is reached from the command line."""
    return isinstance(node, ast.FunctionDef) and any(".command(" in ast.unparse(one) for one in node.decorator_list)


class _Names:
    """What the names in each module stand for."""

    def __init__(self, trees: Modules) -> None:
        self.trees = trees
        self.own = {module: {name for name, _ in definitions(tree)} for module, tree in trees.items()}
        self.imported = {module: dict(imports_of(tree)) for module, tree in trees.items()}

    def used(self, module: str, node: ast.AST) -> Counter[Name]:
        """Count the uses of every name, followed to where it is defined."""
        found: Counter[Name] = Counter()
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                found[self._defined(module, one.id)] += 1
            elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
                of, name = self._defined(module, one.value.id)
                found[self._defined(of, one.attr)] += not name
        return found

    def _defined(self, module: str, name: str) -> Name:
        """Follow a name through imports to the module that defines it."""
        here = self.imported.get(module, {}).get(name)
        if here and here != (module, name):
            return self._defined(*here) if here[1] else here
        if name not in self.own.get(module, ()) and f"{module}.{name}" in self.trees:
            return f"{module}.{name}", ""
        return module, name


def imports_of(tree: ast.Module) -> Iterator[tuple[str, Name]]:
    """Give each imported name as the file calls it, with the module and the name that it stands for there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((one.asname or one.name, (node.module or "", one.name)) for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.asname or one.name.split(".")[0], (one.name, "")) for one in node.names)
