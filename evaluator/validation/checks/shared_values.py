"""Checks for what several bids share that nothing else connects: a partner, an identifier, an address, an e-mail."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evaluator.records.english import count_of, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.spellings import folded
from evaluator.validation.coded_columns import texts, words
from evaluator.validation.context import View

SHORT = range(5, 8)  # digits: a company number has 8 and begins with up to three noughts
CONTACTS = {"address": "postal address", "email": "e-mail address"}


def partners_of_several_are_looked_at(view: View) -> Iterator[Finding]:
    """Note partners that bid for nothing themselves and that bids have in common which nothing else connects."""
    offers = view.offers
    holders: dict[str, list[int]] = defaultdict(list)
    for row, members in enumerate(offers.members if any(offers.members) else ()):
        for member in members:
            if member not in offers.lead_index:
                holders[member].append(row)
    for member, rows in sorted(holders.items()):
        if _strangers(view, rows, leaving_out=member):
            yield finding("E-REG-013", offers.table.place, organisation=member, **_bids(view, rows))


def contacts_of_several_are_looked_at(view: View) -> Iterator[Finding]:
    """Note addresses that bids have in common which nothing else connects."""
    for key, what in CONTACTS.items():
        for rows in _alike(view, key):
            yield finding("E-REG-014", view.offers.table.place, what=what, **_bids(view, rows))


def identifiers_are_of_one_organisation(view: View) -> Iterator[Finding]:
    """Find identifiers that two organisations have: they are one, and would count as two."""
    table = view.offers.table
    for rows in _alike(view, "identifier"):
        leads = [view.offers.organisations[view.offers.leads[row]] for row in rows]
        second = next(row for row, lead in zip(rows, leads, strict=True) if lead != leads[0])
        facts = {
            "identifier": texts(table, "identifier")[second].strip(),
            "organisations": short_listing(sorted(set(leads))),
            "other": table.source(rows[0], "identifier").cell,
        }
        yield finding("E-REG-015", table.source(second, "identifier"), **facts)


def identifiers_are_whole(view: View) -> Iterator[Finding]:
    """Note identifiers that may be company numbers without the noughts at their start."""
    table = view.offers.table
    named = zip(words(table, "identifier"), view.offers.ids, strict=True) if "identifier" in table.columns else ()
    short = sorted((text, bid) for text, bid in named if text.isdecimal() and len(text) in SHORT)
    if short:
        listed = short_listing([f"{text} ({bid})" for text, bid in short])
        yield finding("E-REG-016", table.place, identifiers=listed)


def _alike(view: View, key: str) -> Iterator[list[int]]:
    """Give the rows of each text of a column that bids of several organisations share, in order of the texts."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(view.offers.table.columns.get(key, ())):
        if text.strip():
            rows[folded(text)].append(row)
    for _, here in sorted(rows.items()):
        known = [row for row in here if view.offers.leads[row] >= 0]
        if _strangers(view, known):
            yield known


def _strangers(view: View, rows: Sequence[int], leaving_out: str = "") -> bool:
    """Whether bids fall into two groups or more that no organisation connects, but for one that is left out."""
    offers = view.offers
    groups: list[set[str]] = []
    for row in rows:
        lead = offers.organisations[offers.leads[row]] if offers.leads[row] >= 0 else offers.ids[row]
        here = {lead, *offers.members[row]} - {leaving_out}
        apart = [group for group in groups if not group & here]
        groups = [*apart, here.union(*(group for group in groups if group & here))]
    return len(groups) > 1


def _bids(view: View, rows: Sequence[int]) -> Mapping[str, object]:
    bids = sorted({view.offers.ids[row] for row in rows})
    return {"number": count_of(len(bids), "bid"), "bids": short_listing(bids)}
