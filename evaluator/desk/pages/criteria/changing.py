"""A change of the criteria: made on what stands in the files at that moment, while nobody else can write."""

from collections.abc import Callable

from evaluator.desk.visit import Refused, Visit
from evaluator.jobs.criteria.drafts import Draft, read_draft, write_draft
from evaluator.records.ledger import Event


def need_editable(draft: Draft) -> None:
    """Refuse to change criteria of which something would be lost.

    Raises
    ------
    Refused
        With what stands against it.
    """
    if draft.findings:
        says = "The criteria cannot be changed here until this is mended in the file itself; nothing was saved."
        raise Refused(says, more=[f"{one.source}: {one.message} {one.remedy}" for one in draft.findings])


def change(visit: Visit, changed: Callable[[Draft], Draft]) -> Draft:
    """Write what a function makes of the criteria, under the ledger's lock; it may raise to let nothing be written.

    Raises
    ------
    StaleError, CannotBeKeptError, Refused
        Where nothing was written.
    """
    folder = visit.programme.criteria
    drafts: list[Draft] = []

    def told(_: object) -> list[Event]:
        now = read_draft(folder)
        need_editable(now)
        drafts[:] = [now, changed(now)]
        return []

    visit.record(told, lambda _: write_draft(folder, drafts[0], drafts[1]))
    return drafts[1]
