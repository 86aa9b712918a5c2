"""360Giving files in: grants become candidates, each with what was applied for or, without that, awarded.

Read as published: the 360Giving Data Standard 1.3 in JSON (https://standard.threesixtygiving.org).
"""

from typing import Any

from evaluator.files.read.open_data.gathered import Gathered, GatheredRow
from evaluator.files.read.open_data.values import each, number_in, text_in
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import exact_text

COLUMNS = ("bid", "theme", "organisation", "score", "cost", "wards")
CURRENCY = "GBP"
WHOLE = "all"  # the theme of a grant that names no programme
FIELDS = {"theme": "grantProgramme", "organisation": "recipientOrganization", "wards": "beneficiaryLocation"}
MONEY = ("amountAppliedFor", "amountAwarded")


def grants_candidates(file: str, read: Any) -> Gathered:
    """Read the grants of a 360Giving file. It has no scores: they are left to whoever has them."""
    found: list[Finding] = []
    rows = tuple(_grant(file, path, grant, found) for path, grant in each("", read, "grants"))
    if not rows:
        return Gathered(findings=(finding("E-OPEN-010", Source(file, key="grants"), part="grants"),))
    return Gathered(COLUMNS, rows, tuple(found))


def _grant(file: str, path: str, grant: Any, found: list[Finding]) -> GatheredRow:
    name = text_in(grant, "id")
    currency = text_in(grant, "currency") or CURRENCY
    if currency != CURRENCY:
        found.append(finding("E-OPEN-014", Source(file, key=f"{path}.currency"), bid=name, currency=currency))
    amounts = {key: amount for key in MONEY if (amount := number_in(grant, key)) is not None}
    key = next(iter(amounts), MONEY[0])
    if key != MONEY[0] and amounts:
        found.append(finding("E-OPEN-015", Source(file, key=f"{path}.{key}"), bid=name))
    texts = {
        "bid": name,
        "theme": _first(path, grant, "grantProgramme", ("code", "title")) or WHOLE,
        "organisation": _first(path, grant, "recipientOrganization", ("id", "name")),
        "score": "",
        "cost": exact_text(amounts[key]) if amounts else "",
        "wards": ";".join(text_in(one, "name") for _, one in each(path, grant, "beneficiaryLocation")),
    }
    keys = FIELDS | {"cost": key}
    places = {column: Source(file, key=f"{path}.{at}") for column, at in keys.items()}
    return GatheredRow(texts, Source(file, key=path), places)


def _first(path: str, grant: Any, key: str, names: tuple[str, ...]) -> str:
    """Give the id, or else the name, of the first of a list."""
    listed = [one for _, one in each(path, grant, key)][:1]
    return next((text for one in listed for name in names if (text := text_in(one, name))), "")
