"""The awards of a site: one entry for each, and the same as a table to download and as data to check."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.numbers import pounds_number
from evaluator.records.results.outcome import Outcome
from evaluator.records.texts import never_a_formula
from evaluator.reporting.letters import file_names
from evaluator.reporting.shared.bid_rows import bid_names
from evaluator.reporting.shared.pages import theme_titles

MONEY = "Amount (£)"
HEADINGS = ("Award", "Organisation", "Theme", "Project", MONEY, "Wards", "Groups served")
WIDTHS = (10, 38, 26, 44, 14, 34, 34)


@dataclass(frozen=True)
class AwardEntry:
    """One award as the public is told of it; ``by_year`` are its pence by year, ``page`` its address in the site."""

    bid: str
    page: str
    name: str
    title: str
    theme: str
    theme_title: str
    amount: int
    level: str
    by_year: tuple[tuple[str, int], ...]
    wards: tuple[str, ...]
    groups: tuple[str, ...]
    members: tuple[str, ...]
    people: int | None
    small: bool | None  # None where the criteria ask nobody

    @property
    def size(self) -> str:
        """What is said of the size of the organisation; empty where it was not asked."""
        return "" if self.small is None else "small" if self.small else "other"


def award_entries(shown: Outcome, *, sized: bool) -> tuple[AwardEntry, ...]:
    """Gather the awards by theme and the names of those who are to have them.

    Parameters
    ----------
    shown : a run that holds the funded bids alone.
    sized : whether bidders were asked if they are small.
    """
    allocation, evaluation = shown.allocation, shown.evaluation
    if allocation is None or evaluation is None:
        return ()
    bids = {bid.id: bid for bid in evaluation.bids}
    names, titles = bid_names(shown), theme_titles(shown.criteria)
    pages = file_names("award", [award.bid for award in allocation.awards])
    made = (
        AwardEntry(
            bid=award.bid,
            page=f"awards/{pages[award.bid]}",
            name=names[award.bid],
            title=bids[award.bid].title,
            theme=award.theme,
            theme_title=titles[award.theme],
            amount=award.amount,
            level=award.level,
            by_year=tuple(zip(shown.criteria.years, award.by_year, strict=False)),
            wards=bids[award.bid].wards,
            groups=bids[award.bid].groups,
            members=bids[award.bid].members,
            people=bids[award.bid].people,
            small=bids[award.bid].small if sized else None,
        )
        for award in allocation.awards
    )
    order = {theme.id: at for at, theme in enumerate(shown.criteria.themes)}
    return tuple(sorted(made, key=lambda entry: (order[entry.theme], entry.name.casefold(), entry.bid)))


def _cells(entry: AwardEntry) -> Iterator[str]:
    yield from (entry.bid, entry.name, entry.theme_title, entry.title, format(pounds_number(entry.amount), "f"))
    yield from ("; ".join(entry.wards), "; ".join(entry.groups))


class _Lines(list[str]):
    """The lines of a CSV file as they are written."""

    def write(self, line: str) -> None:
        """Add a line."""
        self.append(line)


def awards_csv(entries: Sequence[AwardEntry]) -> str:
    """Write the awards as a table in CSV; no text of a bidder becomes a formula of a spreadsheet program."""
    out = _Lines()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for entry in entries:
        writer.writerow(map(never_a_formula, _cells(entry)))
    return "".join(out)


def awards_workbook(shown: Outcome, entries: Sequence[AwardEntry]) -> Workbook:
    """Write the same table as a workbook."""
    rows = tuple(
        tuple(
            Cell(pounds_number(entry.amount), places=2) if heading == MONEY else Cell(text, style="text")
            for heading, text in zip(HEADINGS, _cells(entry), strict=True)
        )
        for entry in entries
    )
    head = tuple(Cell(text, style="heading") for text in HEADINGS)
    sheet = Sheet("Awards", (head, *rows), WIDTHS, (1, 2), (1, 1 + len(rows)))
    return Workbook(f"Awards: {shown.criteria.title}", (sheet,))


def awards_document(shown: Outcome, entries: Sequence[AwardEntry]) -> str:
    """Write the awards as data, in pence, with what the check page holds them to: the run and the criteria's seal."""
    listed = [
        {
            "bid": entry.bid,
            "theme": entry.theme,
            "organisation": entry.name,
            "pence": entry.amount,
            "by_year": dict(entry.by_year),
            "wards": list(entry.wards),
            "small": entry.small,
        }
        for entry in entries
    ]
    facts = {
        "schema": "site-awards/1",
        "reference": shown.criteria.reference,
        "run": shown.run.name,
        "criteria": shown.fingerprint,
        "seal": shown.seal.sha256 if shown.seal else None,
        "awards": listed,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
