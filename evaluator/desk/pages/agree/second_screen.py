"""The second screen of a meeting: it follows the answer that the chair opens, and can only be read."""

from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Page
from evaluator.desk.pages.agree.answer import AnswerShown, shown_answer
from evaluator.desk.pages.agree.sitting import Sitting, about_of, name_of
from evaluator.desk.visit import Answer, Facts, Visit, get

PLACE = None


@dataclass(frozen=True, kw_only=True)
class SecondScreen(Page):
    """What the chair has opened, for a second screen: nothing can be changed there."""

    template: ClassVar[str] = "in/second_screen.html"
    shown: AnswerShown | None
    again: str
    facts: str
    stamp: str


def second_screen(visit: Visit) -> Answer:
    """Show what the chair has opened last."""
    sitting = Sitting(visit)
    answer = sitting.chaired
    return SecondScreen(
        title=name_of(about_of(answer)) if answer else "Second screen",
        shown=shown_answer(sitting.meeting, sitting.now, answer) if answer else None,
        again=visit.at("moderation/second"),
        facts=visit.at("moderation/second/facts"),
        stamp=_stamp(sitting),
    )


def _stamp(sitting: Sitting) -> str:
    answer = sitting.chaired
    return f"{name_of(about_of(answer))} {sitting.now.version(answer)}" if answer else ""


def second_facts(visit: Visit) -> Answer:
    """Tell the second screen's script what is open."""
    return Facts({"stamp": _stamp(Sitting(visit))})


ROUTES = (
    get("/p/{programme}/moderation/second", second_screen),
    get("/p/{programme}/moderation/second/facts", second_facts),
)
