"""What goes out and only people know: who decided, on what days, where to write; and the letters that say so."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evaluator.files.audit.run_folder import rendered
from evaluator.law import regime, standstill
from evaluator.records.dates import read_day
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.work import ReportProgress

if TYPE_CHECKING:
    from evaluator.jobs.finished.from_bundle import Reopened
    from evaluator.reporting.letters import Sending

# What stands in a letter until somebody knows better: [name], <address>, {{date}}, XXX, ____, or a word such as tbc.
PLACEHOLDER = re.compile(r"[\[<{].*[\]>}]|\bx{3,}\b|_{3,}|\.{4,}|\?{2,}|\binsert (?:name|date|address|contact)\b", re.I)
OF_THE_DECISION = ("decided_by", "role", "decided")
IN_ORDER = (("decided", "sent"), ("sent", "notice"), ("decided", "notice"))
DAYS = ("decided", "sent", "notice")
TEXTS = ("decided_by", "role", "contact", "methodology")
CAN_BE_TOLD = ("award_recommended", "stage_decided")  # what a run must have come to


@dataclass(frozen=True)
class Said:
    """What people say of what goes out; days are written as 2026-12-01, and what nobody knows yet is empty.

    ``asked`` gives the day on which a bidder asked for written reasons, by its bid.
    """

    decided_by: str = ""
    role: str = ""
    decided: str = ""
    sent: str = ""
    notice: str = ""
    methodology: str = ""
    contact: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    def problems(self, called: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        """Say what cannot go out so: each entry that it concerns, by its key, and a sentence.

        Parameters
        ----------
        called : gives what an entry is called where it was made, by its key.
        """
        said = {key: getattr(self, key) for key in (*TEXTS, *DAYS)}
        for key in TEXTS:
            if said[key] and (says_nothing(said[key]) or PLACEHOLDER.search(said[key])):
                yield (
                    key,
                    f"{called(key)} says “{said[key]}”, which holds a place for something and goes into no letter.",
                )
        for key in DAYS:
            if said[key] and read_day(said[key]) != said[key]:
                yield key, f"{called(key)} {said[key]} is not a day that exists. Write it as 2026-12-01."
        lacking = [key for key in OF_THE_DECISION if not said[key]]
        if lacking and len(lacking) < len(OF_THE_DECISION):
            names = [called(key) for key in OF_THE_DECISION]
            yield lacking[0], f"A decision is recorded with {names[0]}, {names[1]} and {names[2]} together."
        for first, later in IN_ORDER:
            if said[first] and said[later] and said[first] > said[later]:
                days = f"{called(first)} {said[first]} is after {called(later)} {said[later]}"
                yield first, f"{days}: the decision comes first, then all letters at once, then the notice."

    def sending(self, criteria: Criteria) -> "Sending":
        """Give what the letters say of their sending; without the day of the notice no standstill ends."""
        from evaluator.reporting.letters import Decided, Sending

        who = (self.decided_by, self.role, self.decided)
        starts = self.notice or (self.sent if regime(criteria.regime).standstill.from_letters else "")
        return Sending(
            sent=self.sent,
            notice=self.notice,
            standstill=standstill(criteria.regime, starts, criteria.procurement.standstill),
            methodology=self.methodology,
            contact=self.contact,
            decided=Decided(*who) if all(who) else None,
            asked=self.asked,
        )


@dataclass(frozen=True)
class Post:
    """The letters of a run with their index, by file; none where a finding blocks them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def write_letters(again: "Reopened", said: Said, report_progress: ReportProgress, *, pages_only: bool = False) -> Post:
    """Write the letters of a run that recommends awards, with what would have turned each decision; or of a stage.

    Parameters
    ----------
    pages_only : whether they are written without Word and PDF files.
    """
    from evaluator.jobs.finished.from_bundle import letters, with_cases  # they need what runs the whole evaluation

    again = again if again.outcome.stage else with_cases(again, report_progress)
    made = letters(again, said.sending(again.outcome.criteria))
    documents = tuple(replace(one, also=()) for one in made.documents) if pages_only else made.documents
    return Post(rendered(documents), made.findings)
