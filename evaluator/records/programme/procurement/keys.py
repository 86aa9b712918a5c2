"""The procurement that criteria are published for: how it is run, how large it is, how it began, and its dates."""

from functools import partial
from typing import Literal

from pydantic import Field, NonNegativeInt

from evaluator.records.programme.published import Day, Declaring, Moment, Pounds, Prose, unsaid

Left = partial(Field, exclude_if=unsaid)
Category = Literal["", "services", "light_touch", "works"]


class Procurement(Declaring):
    """What decides which law applies and what it asks, and every date of the programme; each key may be left out.

    ``estimated_value`` is the most that could be paid, options included, with VAT. ``first_act`` is the act by which
    the law says that it began, ``tenders_close`` the time by which tenders or applications must be there.
    ``standstill`` is how many working days are promised where the law asks for none, or for fewer.
    """

    procedure: str = Left(default="")
    category: Category = Left(default="")
    estimated_value: Pounds | None = Left(default=None)
    first_act: str = Left(default="")
    conflicts_assessed: Day = Left(default="")
    first_act_date: Day = Left(default="")
    requests_close: Moment = Left(default="")
    invited: Day = Left(default="")
    questions_close: Day = Left(default="")
    tenders_close: Moment = Left(default="")
    decision: Day = Left(default="")
    summaries: Day = Left(default="")
    award_notice: Day = Left(default="")
    standstill: NonNegativeInt | None = Left(default=None)
    contract: Day = Left(default="")
    starts: Day = Left(default="")
    source: Prose = Left(default="")


class Term(Declaring):
    """A published term that binds council and bidders beside the rules that the engine applies: what happens, by whom.

    For what no other key says: words beyond a limit, clarification, VAT, withdrawal, who decides, money not spent.
    """

    id: str
    title: Prose
    text: Prose
    source: Prose


UNSAID = Procurement()
