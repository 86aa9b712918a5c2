"""The words that checks of criteria look for in: the data file of the engine, and a programme's changes to it."""

import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.check_words import LISTS, Change, CheckWords

WORDS = Path(__file__).resolve().parents[3] / "publication" / "checks" / "wording" / "words.toml"
OWN = "words.toml"
CHANGES = TypeAdapter(dict[str, Change])


def read_check_words(folder: Path | None = None) -> tuple[CheckWords, tuple[Finding, ...]]:
    """Read the words that checks look for, with the changes of ``words.toml`` in a criteria folder if it is there."""
    words = CheckWords.model_validate(tomllib.loads(WORDS.read_text("utf-8")))
    if folder is None or not (folder / OWN).is_file():
        return words, ()
    try:
        raw = tomllib.loads((folder / OWN).read_bytes().decode("utf-8-sig"))
        raw.pop("schema", None)
        changes = CHANGES.validate_python(raw)
        unknown = sorted(set(changes) - set(LISTS))
    except (ValueError, OSError, RecursionError) as error:  # what pydantic and tomllib raise are values in error too
        problem = "its lists are add, remove and except" if isinstance(error, ValidationError) else str(error)
        return words, (finding("E-CRIT-002", Source(OWN), file=OWN, problem=problem),)
    if unknown:
        problem = f"there is no list {unknown[0]}; the lists are {', '.join(LISTS)}"
        return words, (finding("E-CRIT-002", Source(OWN, key=unknown[0]), file=OWN, problem=problem),)
    return words.changed(changes), ()
