"""Writes the end of docs/architecture.md: every file of the engine, with the first line of its docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "architecture.md"
ENGINE = PAGE.parent.parent / "evaluator"
BEGIN = "<!-- From here on written by `python -X utf8 -m docs.write_rooms`; do not edit by hand. -->"
END = "<!-- Up to here. -->"


def with_every_file(page: str) -> str:
    """Give the page of the architecture with what stands between its two markers written anew."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return "\n".join([f"{before}{BEGIN}\n", *_rooms(), f"{END}{after}"])


def _rooms() -> Iterator[str]:
    """Write each folder with what it is for, and beneath it its files."""
    for room in sorted({path.parent for path in ENGINE.rglob("*.py")}):
        yield f"### `{room.relative_to(ENGINE.parent).as_posix()}/`\n\n{_first_line(room / '__init__.py')}\n"
        files = [path for path in sorted(room.glob("*.py")) if path.name != "__init__.py"]
        yield "\n".join(f"- `{path.name}`: {_first_line(path)}" for path in files) + "\n" * bool(files)


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(with_every_file(PAGE.read_text("utf-8")), "utf-8", newline="\n")
