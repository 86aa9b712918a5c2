"""What everything published is made of: records that never change, and numbers exactly as they were written."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from evaluator.records.dates import HOW, read_day, read_moment
from evaluator.records.numbers import plain_decimal

LONGEST = 40  # characters of a number; more is no number that anyone published


class Published(BaseModel):
    """A record of something that was published: it never changes, and it takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(value: Any) -> Any:
    """Take TOML whole numbers and decimals as they were written; a float has lost that already."""
    if isinstance(value, bool | float):
        raise ValueError("write the number in quotes, exactly as published")
    return _plain(str(value)) if isinstance(value, int | Decimal | str) else value


def _plain(text: str) -> str:
    """Refuse what Python would read and people would not: exponents, other digits, underscores, endless ones."""
    if len(text) > LONGEST or plain_decimal(text) is None:
        raise ValueError("must be a plain number in quotes, exactly as published")
    return text


def _not_negative(value: Decimal) -> Decimal:
    if not value.is_finite() or value < 0:
        raise ValueError("must be a plain number, nought or more")
    return value


def _to_the_penny(value: Decimal) -> Decimal:
    if value != round(value, 2):
        raise ValueError("must be pounds with at most two decimal places")
    return value


def _percent(value: Any) -> Any:
    if not (isinstance(value, str) and value.endswith("%")):
        raise ValueError('must be a percentage in quotes, for example "20%"')
    return _plain(value[:-1])


def _trim(value: Any) -> Any:
    """Take a number of marks, or a share of them: ``"20%"``, also written as 0.2."""
    if isinstance(value, str) and value.endswith("%"):
        return f"{_plain(value[:-1])}%"
    text = _text(value)
    if not isinstance(text, str) or text.startswith("-"):
        raise ValueError('must be a whole number of marks in quotes, such as "1", or a share of them, such as "20%"')
    number = Decimal(text)
    if number < 1 and number % 1:
        return f"{format((100 * number).normalize(), 'f')}%"
    if number % 1:
        raise ValueError('must be a whole number of marks, or a share of them, such as "20%"')
    return str(int(number))


def _day(value: Any) -> Any:
    text = _written(value)
    day = read_day(text)
    if text and not day:
        raise ValueError(f"must be a day. {HOW}")
    return day or ""


def _moment(value: Any) -> Any:
    text = _written(value)
    moment = read_moment(text) or ""
    if text and "T" not in moment:
        raise ValueError("must be a day and a time such as 2027-02-26T12:00")
    return moment


def _written(value: Any) -> str:
    """Take a date or a time as TOML has them, without quotes; others as they were written."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value).strip()


PROSE = "prose"  # the mark of texts that people write freely: they may take values by their names
Prose = Annotated[str, PROSE]
Day = Annotated[str, BeforeValidator(_day)]
Moment = Annotated[str, BeforeValidator(_moment)]
Exact = Annotated[Decimal, BeforeValidator(_text)]
Amount = Annotated[Exact, AfterValidator(_not_negative)]
Pounds = Annotated[Amount, AfterValidator(_to_the_penny)]
Trim = Annotated[str, BeforeValidator(_trim)]
Percent = Annotated[Decimal, BeforeValidator(_percent), AfterValidator(_not_negative)]


def unsaid(value: object) -> bool:
    """Whether a key says nothing. Keys newer than the first seals then leave no trace in the canonical form."""
    return not value


def is_percent(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it a percentage, written with its sign."""
    return isinstance(mark, BeforeValidator) and mark.func is _percent


def is_money(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it pounds."""
    return isinstance(mark, AfterValidator) and mark.func is _to_the_penny


class Fact(Published):
    """A figure or a saying in a text that is no rule: the words as they stand there, and why they are there."""

    text: Prose
    why: Prose


class Declaring(Published):
    """A record with free texts, and with what their author declares in them to be a fact and no rule."""

    facts: tuple[Fact, ...] = Field(default=(), exclude_if=unsaid)
