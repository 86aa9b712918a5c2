"""Names in candidates.csv that would be counted as two, and costs that no solver can add up exactly."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import pounds
from evaluator.records.submissions.spellings import folded, near_misses, other_spellings

MOST_PENCE = 9 * 10**13  # of all candidates together: every sum of costs then stays exact in double precision
ORGANISATIONS, LISTS = ("organisation", "members"), ("members", "wards", "groups", "outcomes")
Named = tuple[str, str, Source]  # column, name, cell


def name_findings(named: Sequence[Named]) -> Iterator[Finding]:
    """Find organisations, wards and groups that are written in two ways, and lists not separated by semicolons.

    Parameters
    ----------
    named : every name with its column and its cell, in the order of the file.
    """
    for columns in (ORGANISATIONS, ("wards",), ("groups",), ("outcomes",)):
        yield from _spelled_alike([one for one in named if one[0] in columns])
    for column in (*ORGANISATIONS, "wards", "groups", "outcomes"):
        yield from _several_in_one(column, named)
    wards = Counter(name for column, name, _ in named if column == "wards")
    pairs = near_misses(wards)
    if pairs:
        listed = ", ".join(f'"{rare}" ("{known}")' for rare, known in pairs[:12])
        place = next(place for column, _, place in named if column == "wards")
        yield finding("E-CAND-016", Source(place.file), wards=listed)


def _spelled_alike(named: Sequence[Named]) -> Iterator[Finding]:
    usual = other_spellings(Counter(name for _, name, _ in named))
    first: dict[str, Source] = {}
    for _, name, place in named:
        first.setdefault(name, place)
    for column, name, place in named:
        if name in usual:
            facts = {"column": column, "text": name, "usual": usual[name], "other": first[usual[name]].cell}
            yield finding("E-CAND-012", place, **facts)


def _several_in_one(column: str, named: Sequence[Named]) -> Iterator[Finding]:
    """Find names that hold a comma: in members and wards any, elsewhere where a part of it is known by itself."""
    kind = ORGANISATIONS if column == "organisation" else (column,)
    known = {folded(name) for other, name, _ in named if other in kind} if column not in ("members", "wards") else set()
    how = (
        "Separate the entries with semicolons." if column in LISTS else "Keep the lead, and name the others as members."
    )
    for _, name, place in (one for one in named if one[0] == column):
        parts = [part for part in name.replace(";", ",").split(",") if part.strip()]
        several = "," in name if column in ("members", "wards") else any(folded(part) in known for part in parts)
        if several and (len(parts) > 1 or column in ("members", "wards")):
            yield finding("E-CAND-013", place, column=column, text=name, how=how)


def cost_findings(costs: Mapping[Source, int]) -> Iterator[Finding]:
    """Find the largest cost where all costs together, in pence, are more than can be added up exactly."""
    total = sum(costs.values())
    if total > MOST_PENCE:
        place = max(costs, key=lambda place: (costs[place], place))
        yield finding("E-CAND-015", place, total=pounds(total), most=pounds(MOST_PENCE))
