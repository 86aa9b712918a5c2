"""Help is in groups, says whole sentences, and is never cut off."""

import re

import click
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.cli.terminal import GROUPS, OTHERS, Grouped

WIDE = 80


def every(group, before=()):
    for name, one in group.commands.items():
        yield (*before, name), one
        if isinstance(one, click.Group):
            yield from every(one, (*before, name))


COMMANDS = dict(every(main))


def help_of(*words):
    return CliRunner().invoke(main, [*words, "--help"], terminal_width=WIDE, prog_name="evaluator").output


def test_every_command_stands_in_exactly_one_group():
    known = [name for names in GROUPS.values() for name in names]
    assert len(known) == len(set(known))
    assert set(main.commands) <= set(known)
    assert OTHERS not in help_of()
    for title in main.shown_in():
        assert f"\n{title}:\n" in help_of()


def test_every_group_of_commands_shows_whole_sentences():
    assert [
        name for name, one in COMMANDS.items() if isinstance(one, click.Group) and not isinstance(one, Grouped)
    ] == []


@pytest.mark.parametrize("words", [(), *COMMANDS], ids=" ".join)
def test_no_line_of_help_is_cut_off_or_wider_than_a_screen(words):
    text = help_of(*words)
    assert "..." not in text.replace("[ARGS]...", "").replace("tcp://...", "")
    assert [line for line in text.splitlines() if len(line) > WIDE] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_and_option_ends_its_sentence(words):
    found = COMMANDS[words]
    assert " ".join(found.help.split("\n\n")[0].split()).endswith(".")
    for option in found.params:
        if isinstance(option, click.Option):
            assert re.sub(r"\s*\[default: .*\]$", "", option.help or "").endswith((".", "?")), option.opts


def test_every_price_method_is_named_in_plain_words_in_the_help_of_price():
    assert "value_for_money (quality divided by price); --set factor" in help_of("price")
