"""The end of docs/architecture.md names every file of the engine, and says what the file says of itself."""

import re

from docs.write_rooms import BEGIN, END, ENGINE, PAGE, with_every_file

WRITE_AGAIN = (
    "docs/architecture.md does not name the files as they are. Write its end again with: "
    "python -X utf8 -m docs.write_rooms"
)


def test_the_committed_page_names_every_file_as_it_is() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_every_file(page), WRITE_AGAIN


def test_what_stands_around_the_markers_stays_and_what_stands_between_them_goes() -> None:
    written = with_every_file(f"Before.\n{BEGIN}\nold words\n{END}\nAfter.\n")
    assert written.startswith(f"Before.\n{BEGIN}\n")
    assert written.endswith(f"\n{END}\nAfter.\n")
    assert "old words" not in written
    assert "- `pipeline.py`: The order of the stages." in written


def test_every_path_that_the_page_names_is_there() -> None:
    """A bare name is that of a neighbour of the file that the same row names before it."""
    written_by_hand = PAGE.read_text("utf-8").partition(BEGIN)[0].replace("\n", " ")
    paths = [word for word in written_by_hand.split("`")[1::2] if re.fullmatch(r"[\w/]+(/|\.(py|toml|html|css))", word)]
    root = ENGINE.parent
    tops = (root / top for top in ("criteria", "evaluator", "tests", "pyproject.toml"))
    there = [f"/{path.relative_to(root).as_posix()}/" for top in tops for path in (top, *top.rglob("*"))]
    assert len(paths) > 100
    assert [one for one in paths if not any(path.endswith(f"/{one.strip('/')}/") for path in there)] == []
