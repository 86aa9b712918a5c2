"""Criteria out: the TOML files of a folder, with comments that explain them, and what else the folder held."""

import re
from collections.abc import Iterator
from pathlib import Path

from evaluator.files.read.criteria.folder import PROGRAMME, TEMPLATE, THEMES
from evaluator.files.write.toml import toml_text
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.files import Plain, as_files, theme_file
from evaluator.records.programme.written.layout import FACTS
from evaluator.records.programme.written.words import words_of

NAMED = ("outcomes", "approaches", "weights", "minimum_marks", "parameters", "shares")  # tables whose keys are ids
RECORDS = {"": "Theme", "section": "Section", "tier": "Tier", "area": "Area"}
FILE_NAME = re.compile(r"(?![. ])[^/\\:*?\"<>|\x00-\x1f]{1,100}(?<![. ])")
DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # names that Windows keeps for devices
PROGRAMME_COMMENTS = {
    "": "What holds for the whole programme. docs/criteria.md explains every key.\n"
    "Check with: evaluator check FOLDER. On the day of publication: evaluator publish FOLDER --date YYYY-MM-DD.",
    "area": "The wards whose boundaries are drawn as maps. They decide nothing.",
    "outcomes": "What the programme is for; questions name the outcomes that they test.",
    "approaches": "How outcomes are reached.",
    "tier": "What may be asked for contracts up to a size, from the smallest to the largest. A theme names its tier.",
    "scale": "The marks, each with what earns it.",
    "gate": "Pass or fail. A failed gate opens a matter that a person settles; what follows depends on its kind.",
    "verification": "How figures of the register that decide an award are verified, bid by bid.",
    "term": "What binds beside the rules that are worked out: words beyond a limit, clarification, VAT, withdrawal.",
    "stage": "A stage: what is marked in it, and who goes on to the next.",
    "price": "How price is scored, unless a theme has a price policy of its own.",
    "rounding": "Where and how numbers are rounded.",
    "moderation": "How several evaluators' marks become the one that counts.",
    "tie_break": "What decides between equal totals, in order; what is still equal is a tie.",
    "allocation": "How the money is divided.",
    "amounts": "How much of its ask a bid is offered, and what becomes of money that is left.",
    "final_choice": "Who may choose after the ranks, on which grounds and how far down.",
    "equality": "What is monitored. Nothing asked here ever enters a score or an award.",
}
TEMPLATE_COMMENTS = {
    "": "The common questions: the same words in every theme, and the same weights relative to each other."
}
THEME_COMMENTS = {
    "": "One theme: its own questions, all its weights, its minimums and its rules.",
    "weights": "They sum to exactly 100, price included; or to the published total.",
    "minimum_marks": "A bid with a lower mark than this for the question is not ranked.",
    "price": "The theme's own price policy, instead of the programme's.",
}


def toml_files(criteria: Criteria, *, explained: bool = False) -> dict[str, bytes]:
    """Write criteria as the TOML files of a folder, by name; ``explained`` puts a note above every key that has one."""
    return {name: toml_file(name, plain, explained=explained) for name, plain in as_files(criteria).items()}


def toml_file(name: str, plain: Plain, *, explained: bool = False) -> bytes:
    """Write one file of criteria from its plain values."""
    told = {PROGRAMME: PROGRAMME_COMMENTS, TEMPLATE: TEMPLATE_COMMENTS}.get(name, THEME_COMMENTS)
    notes = _notes("", plain) if explained else {}
    return toml_text(plain, notes | told).encode()


def _notes(path: str, plain: Plain) -> dict[str, str]:
    """Give the note of every key, in a list of tables those of its first entry."""
    notes: dict[str, str] = {}
    for key, value in plain.items():
        inner = f"{path}.{key}" if path else key
        held = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
        if isinstance(held, dict) and key != FACTS:
            notes |= _notes(inner, held) if path.split(".")[-1] not in NAMED and key not in NAMED else {}
        else:
            notes[inner] = words_of(RECORDS.get(path.split(".")[-1], ""), key)[1]
    return notes


def cannot_be_files(criteria: Criteria) -> tuple[Finding, ...]:
    """Find themes whose id cannot be the name of a file on every machine."""
    return tuple(_unfit(criteria))


def _unfit(criteria: Criteria) -> Iterator[Finding]:
    seen: dict[str, Source] = {}
    for theme in criteria.themes:
        place = Source(theme_file(theme.id), key="id")
        if not FILE_NAME.fullmatch(theme.id) or DEVICE.fullmatch(theme.id):
            yield finding("E-CRIT-112", place, kind="theme", id=theme.id)
        first = seen.setdefault(theme.id.casefold(), place)
        if first is not place:
            yield finding("E-CRIT-110", place, kind="theme", id=theme.id, first=first)


def other_files(folder: Path) -> dict[str, bytes]:
    """Give the files of a criteria folder that are not its criteria, such as its seal and README, by name."""
    ours = {PROGRAMME, TEMPLATE, *(f"{THEMES}/{path.name}" for path in (folder / THEMES).glob("*.toml"))}
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name not in ours}
