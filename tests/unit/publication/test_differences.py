"""Every change between two versions of criteria is told, with its place, and marked where it can change a score."""

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.publication import fingerprint
from evaluator.publication.differences import differences
from tests.unit.publication.small_criteria import SMALL, add, both, put, small

NORTH = "themes/north.toml"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("rounding.places", 3), "programme.toml rounding.places: was 2, is now 3 (can change a score)."),
        (
            put("themes.0.weights.N1", "30.0"),
            f"{NORTH} weights.N1: was 30, is now 30.0 (can change a score).",
        ),
        (
            put("price.parameters.highest", "95000"),
            "programme.toml price.parameters.highest: was 90000, is now 95000 (can change a score).",
        ),
        (
            put("common.0.title", "Need"),
            "template.toml question[C1].title: was C1, is now Need (changes no score and no award).",
        ),
        (
            put("common.0.text", "Which need do you meet?"),
            "template.toml question[C1].text: was What need do you meet?, is now Which need do you meet? "
            "(can change a score).",
        ),
        (
            put("scale.mark.1.descriptor", "Little is there."),
            "programme.toml scale.mark[1].descriptor: was A main part is missing., is now Little is there. "
            "(can change a score).",
        ),
        (
            put("tie_break.order", ["quality"]),
            "programme.toml tie_break.order: was quality, question:C1, lower_price, is now quality "
            "(can change who is ranked first or awarded).",
        ),
        (
            put("allocation.rule.0.limit", "299999"),
            "programme.toml allocation.rule[R1].limit: was 300000, is now 299999 "
            "(can change who is ranked first or awarded).",
        ),
        (
            put("themes.0.minimum_marks", {}),
            f"{NORTH} minimum_marks.N1: is gone; it was 2 (can change a score).",
        ),
        (
            put("price.discount_rate", "3.5%"),
            "programme.toml price.discount_rate: is new: 3.5 (can change a score).",
        ),
    ],
)
def test_a_change_is_told_with_its_place_and_what_it_can_change(change: Any, told: str) -> None:
    assert [str(one) for one in differences(small(), small(change))] == [told]


def test_the_same_criteria_have_no_change() -> None:
    assert differences(small(), small()) == ()


def test_a_theme_that_comes_or_goes_is_one_change() -> None:
    def without_south(plain: Any) -> None:
        del plain["themes"][1]

    (gone,) = differences(small(), small(without_south))
    (new,) = differences(small(without_south), small())
    assert (gone.file, gone.before, gone.after) == ("themes/south.toml", "South", "")
    assert (new.before, new.after, new.effect) == ("", "South", "score")


def test_entries_are_known_by_their_ids_wherever_they_stand() -> None:
    def turned(plain: Any) -> None:
        plain["common"].reverse()

    (one,) = differences(small(), small(turned))
    assert str(one) == (
        "template.toml question.order of entries: was C1, C2, is now C2, C1 (changes no score and no award)."
    )
    (added,) = differences(small(), small(add("gate", SMALL["gate"][0] | {"id": "second"})))
    assert (added.key, added.before, added.effect) == ("gate[second]", "", "score")


def leaves(value: Any, path: str = "") -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, f"{path}.{key}".lstrip("."))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for at, part in enumerate(value) for leaf in leaves(part, f"{path}.{at}")]
    return [path] if isinstance(value, str) else []


def test_one_character_of_any_text_gives_another_seal_and_at_least_one_change() -> None:
    dice = Random(3)
    texts = [
        leaf
        for leaf in leaves(SMALL)
        if leaf.rsplit(".", 1)[-1] in ("title", "text", "descriptor", "source", "predicate")
    ]
    for leaf in dice.sample(texts, 25):
        held: Any = SMALL
        for part in leaf.split("."):
            held = held[int(part) if part.isdigit() else part]
        changed = small(put(leaf, f"{held}x"))
        assert fingerprint(changed) != fingerprint(small()), leaf
        assert len(differences(small(), changed)) == 1, leaf


def test_the_command_tells_both_versions_and_marks_scores(tmp_path: Path) -> None:
    source = Path("criteria/minimal_with_price")
    shutil.copytree(source, tmp_path / "new")
    programme = tmp_path / "new" / "programme.toml"
    programme.write_text(programme.read_text("utf-8").replace("places = 2", "places = 3"), "utf-8")
    done = CliRunner().invoke(main, ["criteria", "diff", str(source), str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert "! programme.toml rounding.places: was 2, is now 3 (can change a score)." in done.output
    told = json.loads(
        CliRunner().invoke(main, ["criteria", "diff", "--json", str(source), str(tmp_path / "new")]).output
    )
    assert told["can_change_a_score"]
    assert told["from"]["fingerprint"] != told["to"]["fingerprint"]
    same = CliRunner().invoke(main, ["criteria", "diff", str(source), str(source)])
    assert "nothing changed" in same.output
    assert CliRunner().invoke(main, ["criteria", "diff", str(source), str(tmp_path / "none")]).exit_code == 3


def test_several_changes_stand_in_the_order_of_the_files() -> None:
    changed = small(both(put("themes.1.title", "S"), put("common.0.title", "N"), put("title", "T")))
    found = [one.file for one in differences(small(), changed)]
    assert found == ["programme.toml", "template.toml", "themes/south.toml"]
