"""What people add to a notice, from a TOML file."""

import tomllib
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from evaluator.records.results.notice_facts import NoticeFacts


class UnreadableFactsError(Exception):
    """The file of facts cannot be used, in words for the officer."""


def read_notice_facts(path: Path) -> NoticeFacts:
    """Read what people add to a notice.

    Raises
    ------
    UnreadableFactsError
        When the file is not TOML, or says what a notice does not ask.
    """
    try:
        plain = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        return NoticeFacts.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        raise UnreadableFactsError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (OSError, ValueError) as error:
        raise UnreadableFactsError(str(error)) from None
