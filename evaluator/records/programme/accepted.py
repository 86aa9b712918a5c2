"""What people decided about criteria: findings that they accepted, and versions that they told bidders of."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from evaluator.records.dates import read_day
from evaluator.records.programme.published import Published


def _as_written(value: Any) -> Any:
    """Take a day in any of the ways in which people write it; what is none stays, and is found later."""
    return (read_day(value) or value) if isinstance(value, str) else value


Written = Annotated[str, BeforeValidator(_as_written)]


class Accepted(Published):
    """A finding that a named person accepted before publication, with the reason; it stays a finding.

    ``place`` is the file and key as the finding names them; ``message`` is what was found, in words.
    """

    code: str
    place: str
    person: str
    reason: str
    date: Written
    message: str = ""


class Earlier(Published):
    """A version that was sealed before: its seal in short."""

    version: str
    date: str
    sha256: str


class Version(Published):
    """What changed with a version of criteria that were published before, why, and how bidders were told."""

    version: str
    date: Written
    replaces: str
    what: str
    why: str
    legal_footing: str
    told: str
