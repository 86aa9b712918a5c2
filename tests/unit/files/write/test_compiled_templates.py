"""Compiled templates: kept once, made again when their text changes, and never in the way."""

from pathlib import Path

import jinja2
import pytest

from evaluator.files.write import compiled_templates
from evaluator.files.write.compiled_templates import CompiledTemplates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_templates, "FOLDER", tmp_path / "__pycache__")
    return tmp_path / "__pycache__"


def rendered(text: str) -> str:
    """Render a template as a process of its own would that meets it for the first time."""
    loader = jinja2.DictLoader({"page.html": text})
    return jinja2.Environment(loader=loader, bytecode_cache=CompiledTemplates()).get_template("page.html").render()


def never_compiled(*_: object, **__: object) -> None:
    pytest.fail("a template was compiled that is kept")


def test_a_template_is_compiled_once_for_all_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ 1 + 1 }} bids") == "2 bids"
    assert [path.suffix for path in folder.iterdir()] == [".bin"]
    monkeypatch.setattr(jinja2.Environment, "_generate", never_compiled)
    assert rendered("{{ 1 + 1 }} bids") == "2 bids"


def test_a_template_whose_text_changed_is_compiled_again_in_its_place(folder: Path) -> None:
    assert rendered("one") == "one"
    assert rendered("two") == "two"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("keep", [0, 10, 60, 100])
def test_what_is_kept_and_was_damaged_counts_as_not_kept(folder: Path, keep: int) -> None:
    rendered("whole")
    (place,) = folder.iterdir()
    place.write_bytes(place.read_bytes()[:keep])
    assert rendered("whole") == "whole"


def test_where_nothing_can_be_written_templates_are_compiled_every_time(folder: Path) -> None:
    folder.write_bytes(b"a file stands where the folder would be")
    assert rendered("one") == rendered("one") == "one"
