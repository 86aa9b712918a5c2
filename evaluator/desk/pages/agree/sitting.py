"""The meeting as one visit finds it: what the panel brought, what is agreed, and which answers are shown, in order."""

from functools import partial
from pathlib import Path

from evaluator.desk.visit import Refused, Visit
from evaluator.files.audit.ledger_file import entries_in
from evaluator.files.read.programme import open_programme
from evaluator.jobs.panel.moderation import About, AgreedNow, Brought, agreed_now, brought
from evaluator.records.programme.criteria import Moderation
from evaluator.records.submissions.moderation import Discussed

MOST_LATER = 100  # answers that an address can carry to come back to
ORDER = "The order is fixed: largest spread first, then nearest a minimum mark, then as published."


class Sitting:
    """The meeting as one visit finds it: what the panel brought, what is agreed, and which answers are shown."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.programme = visit, visit.programme
        self.meeting, self.now = visit.look(as_it_stands, self.programme.root)
        self.theme, self.show = visit.query.get("theme", ""), visit.query.get("show", "")
        self.later = tuple(filter(None, visit.query.get("later", "").split("|")))[-MOST_LATER:]

    def query(self, **other: str) -> dict[str, str]:
        """Give the filter for an address, as it is or with something else in it."""
        kept = {key: self.visit.query.get(key, "") for key in ("show", "theme", "later", "chair")}
        return {key: text for key, text in {**kept, **other}.items() if text}

    def state(self, answer: Discussed) -> str:
        """Say how far an answer is, in one word of those that are counted."""
        one = self.now.carried.get(about_of(answer))
        if one is None or not (one.agreed.mark or answer.made):
            return "open"
        if one.since:
            return "again"
        return "agreed" if one.agreed.for_bidder else "letter"

    def of_theme(self) -> list[Discussed]:
        """Give the answers of the theme that was chosen, or all."""
        return [one for one in self.meeting.answers if self.theme in ("", one.panel)]

    def meets(self, answer: Discussed, show: str) -> bool:
        """Whether an answer is among those that are shown."""
        state = self.state(answer)
        if show == "later":
            return name_of(about_of(answer)) in self.later
        if show == "agreed":
            return state in ("agreed", "letter")
        return show in ("", "all", state) or (show == "open" and state == "again")

    def shown(self, show: str | None = None) -> list[Discussed]:
        """Give the answers that are shown, in the order of the meeting."""
        return [one for one in self.of_theme() if self.meets(one, self.show if show is None else show)]

    def address(self, answer: Discussed, **other: str) -> str:
        """Give the address of an answer, with the filter in it."""
        bid, question = about_of(answer)
        return self.visit.at("moderation/answer", bid=bid, question=question, **self.query(**other))

    def listing(self, **other: str) -> str:
        """Give the address of the list, with the filter in it."""
        return self.visit.at("moderation", **self.query(**other))

    @property
    def worked_out(self) -> Moderation | None:
        """The published rule by which marks are worked out, where nobody agrees them."""
        criteria = self.meeting.criteria
        return criteria.moderation if criteria and criteria.moderation.combines else None

    def asked(self) -> Discussed:
        """Give the answer that the address names; another answers 404."""
        about = self.visit.query.get("bid", ""), self.visit.query.get("question", "")
        answer = self.meeting.answer(about)
        if answer is None:
            raise Refused(f"There is nothing to agree of {name_of(about)}, as things are.", 404)
        return answer

    def beside(self, answer: Discussed) -> tuple[Discussed | None, Discussed | None]:
        """Give the answers before and after one, among those that are shown; it need not be one of them any more."""
        ordered = self.of_theme()
        at = ordered.index(answer) if answer in ordered else 0
        fits = partial(self.meets, show=self.show)
        before = next((one for one in reversed(ordered[:at]) if fits(one)), None)
        after = next((one for one in ordered[at + 1 :] if fits(one)), None)
        return before, after

    def lead(self, answer: Discussed) -> None:
        """Let a second screen follow to an answer that the chair has opened."""
        self.visit.desk.chaired[str(self.programme.root)] = about_of(answer)

    @property
    def chaired(self) -> Discussed | None:
        """The answer that the chair has opened last."""
        about = self.visit.desk.chaired.get(str(self.programme.root))
        return self.meeting.answer(about) if about else None


def as_it_stands(root: Path) -> tuple[Brought, AgreedNow]:
    """Gather what the panel brought, and what is agreed, from the disk."""
    programme = open_programme(root)
    meeting = brought(programme)
    return meeting, agreed_now(programme, meeting, entries_in(programme.ledger))


def about_of(answer: Discussed) -> About:
    """Name an answer: by bid or organisation, and question."""
    return answer.subject, answer.question.id


def name_of(about: About) -> str:
    """Write the name of an answer in one text."""
    return " ".join(about)
