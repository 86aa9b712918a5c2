"""Words about criteria as someone reads them who works in the workbook: labels and sheets instead of keys and files.

Findings are worded once, by the keys of the files. Of a workbook they are told with the label that stands beside the
cell, the title of the part, and the name of the sheet.
"""

import re
from collections.abc import Iterator
from functools import cache

from evaluator.records.programme.written.layout import (
    ACCEPTED,
    RULES,
    SHEETS,
    THEME,
    VERSIONS,
    Block,
    decided_block,
    programme_blocks,
    theme_blocks,
)

FILES = {
    "programme.toml": "the sheet Programme",
    "template.toml": "the sheet Common questions",
    "accepted.toml": f"the sheet {ACCEPTED}",
    "versions.toml": f"the sheet {VERSIONS}",
}
NAME = r"[a-z]+(?:_[a-z]+)*"
NUMBER = r"(?:\[[0-9]+\])"
KEY = rf"{NAME}{NUMBER}?(?:\.{NAME}{NUMBER}?)*"
OF_A_FILE = r"(?: (?:of|in) (?:programme|template)\.toml)?"
IN_BRACKETS = re.compile(rf"(?:\b[Aa]n? |\b[Tt]he )?\[\[?({NAME}(?:\.{NAME})*)\]\]?(?: tables?| entries)?{OF_A_FILE}")
NAMED_KEY = re.compile(rf"\b([Tt])he key ({KEY})")
NOT_THERE = re.compile(rf"(?<=: )({KEY})(?= is (?:missing|empty)\b)")
SET_TO = re.compile(rf"\b({KEY}) = \"?([^\s\",;)]+)\"?")
A_FILE = re.compile(r"\b(?:themes/)?([\w*-]+)\.toml\b")
DOTTED = re.compile(rf"(?<![/\w.-])({NAME}{NUMBER}?(?:\.{NAME}{NUMBER}?)+|{NAME}{NUMBER})(?![\w/-])")
ON_A_SHEET = re.compile(r"(”) \(sheet [^)]*\)")
SNAKE = re.compile(r"(?<![/\w.“-])([a-z]+(?:_[a-z]+)+)(?![\w/=-])")


def as_on_workbook(text: str, *, sheets: bool = True) -> str:
    """Say of the workbook what a text says of keys and files; ``sheets`` says on which sheet, where it is known.

    >>> as_on_workbook('Publish rounding.point as "parts", or allocation.method as "priority".')
    'Publish “What is rounded” (sheet Moderation and ties) as "parts", or “Method” (sheet Award rules) as "priority".'
    >>> as_on_workbook('Write basis = "discounted", or remove discount_rate.')
    'Write “Price that is scored”: discounted, or remove “Discount rate”.'
    >>> as_on_workbook("Correct the name, or publish it under [outcomes] of programme.toml.")
    'Correct the name, or publish it under the part “Outcomes” (sheet Programme).'
    >>> as_on_workbook("Look into docs/criteria.md, and at lower_price.")
    'Look into docs/criteria.md, and at lower_price.'
    """
    text = IN_BRACKETS.sub(lambda found: _part(found[1]) or found[0], text)
    text = NAMED_KEY.sub(lambda found: f"{found[1]}he entry {_label(found[2], short=True) or found[2]}", text)
    text = NOT_THERE.sub(lambda found: _part(found[1]) or found[0], text)
    text = SET_TO.sub(lambda found: f"{_label(found[1], short=True) or found[1]}: {found[2]}", text)
    text = A_FILE.sub(lambda found: FILES.get(found[0]) or f"the sheet of the theme {found[1]}", text)
    text = DOTTED.sub(lambda found: _part(found[1]) or found[0], text)
    text = SNAKE.sub(lambda found: _label(found[1], short=True) or found[0], text)
    text = text if sheets else ON_A_SHEET.sub(r"\1", text)
    return text.replace(" in quotes", "")


def place_on_workbook(file: str, key: str) -> str:
    """Name the sheet, the entry and the label of a key of a file.

    >>> place_on_workbook("programme.toml", "rounding.places"), place_on_workbook("template.toml", "question[C1].text")
    ('Moderation and ties, “Decimal places”', 'Common questions, C1, “What is asked”')
    >>> place_on_workbook("themes/advice.toml", "weights.price"), place_on_workbook("themes/a.toml", "question[A1]")
    ('Theme advice, price, “Weight”', 'Theme a, A1')
    """
    entries = re.findall(r"\[([^\]]*)\]", key)
    bare = re.sub(r"\[[^\]]*\]", "", key)
    if file == "template.toml":
        bare = bare.replace("question", "common", 1)
    head, _, last = bare.rpartition(".")
    if head and bare not in _exact() and (head in _exact() or head in _parts()):  # a name of the criteria's own
        entries, bare = [*entries, last], head
        label, sheet = _exact().get(f"weights.{head}", ("", ""))
    else:
        label, sheet = _exact().get(bare) or (_labels().get(bare, ("", "")) if head else ("", ""))
    of_theme = A_FILE.fullmatch(file) if file not in FILES else None
    known = next((name for name, block in _blocks() if block.path == bare), "")
    named = f"{THEME} {of_theme[1]}" if of_theme else sheet or known or "Programme"
    return ", ".join((named, *entries, *([f"“{label}”"] if label else [])))


def _blocks() -> Iterator[tuple[str, Block]]:
    """Give every part of the workbook with the name of its sheet; empty for a theme's own sheet."""
    yield from ((sheet, block) for sheet in SHEETS for block in programme_blocks(sheet))
    yield from (("", block) for block in theme_blocks())
    yield from ((sheet, decided_block(sheet)) for sheet in (ACCEPTED, VERSIONS))


@cache
def _parts() -> dict[str, str]:
    """Name each part of the workbook, by the table that it fills."""
    found: dict[str, str] = {}
    for sheet, block in _blocks():
        named = f"the part “{block.title}”"
        found.setdefault(block.path, f"{named} (sheet {sheet})" if sheet else named)
        for item in block.items if block.shape == "pairs" else ():
            found.setdefault(item.key, f"the column “{item.label}” of {named}")
    return found


@cache
def _exact() -> dict[str, tuple[str, str]]:
    """Give the label of each key and the sheet that it stands on, by its dotted name."""
    found: dict[str, tuple[str, str]] = {}
    for sheet, block in _blocks():
        for item in block.items:
            found.setdefault(f"{block.path}.{item.key}".lstrip("."), (item.label, sheet))
    return found


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Give the same by the dotted name that findings use, or by its last part alone."""
    exact = _exact()
    last: dict[str, tuple[str, str]] = {}
    for key, place in exact.items():
        last.setdefault(key.rpartition(".")[2], place)
    rules = {f"rule.{key.removeprefix(f'{RULES}.')}": place for key, place in exact.items() if key.startswith(RULES)}
    questions = {f"question.{key.removeprefix('common.')}": place for key, place in exact.items() if "common." in key}
    return last | rules | questions | exact


def _part(path: str) -> str:
    """Name a part of the workbook, or else the cell that a key stands in."""
    return _parts().get(_plain(path)) or _label(path)


def _label(key: str, *, short: bool = False) -> str:
    """Give the label of a key with its sheet; empty where no cell holds it."""
    label, sheet = _labels().get(_plain(key), ("", ""))
    return f"“{label}”" + (f" (sheet {sheet})" if sheet and not short else "") if label else ""


def _plain(key: str) -> str:
    return re.sub(r"\[[0-9]+\]", "", key)
