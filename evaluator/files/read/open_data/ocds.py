"""OCDS files in: which release of a package speaks, and its bids as candidates.

Read as published: the Open Contracting Data Standard 1.1 with the extensions for bids and lots, and ours for scores.
"""

import re
from collections.abc import Iterator
from typing import Any

from evaluator.files.read.open_data.gathered import Gathered, GatheredRow
from evaluator.files.read.open_data.values import Held, each, inside, number_in, text_in
from evaluator.records.english import listing, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.numbers import exact_text, ratio_decimal

COLUMNS = ("bid", "theme", "organisation", "members", "score", "cost")
FRACTION = re.compile(r"(-?[0-9]{1,60})/(0*[1-9][0-9]{0,60})")
CURRENCY = "GBP"
OUT = ("withdrawn", "disqualified")  # of the codelist for the status of a bid
WHOLE = "all"  # the theme of a tender without lots


def release_of(file: str, read: Any, part: str, ocid: str = "") -> tuple[Held | None, tuple[Finding, ...]]:
    """Give the latest release that tells of a part, such as ``tender``, of the one process that the file tells of.

    Parameters
    ----------
    read : the JSON of a release package, a record package or a single release.
    ocid : which process is meant, where the file tells of several.
    """
    releases = [one for one in _releases(read) if isinstance(inside(one[1], part), dict)]
    if not releases:
        return None, (finding("E-OPEN-010", Source(file), part=part),)
    known = sorted({text_in(one, "ocid") for _, one in releases})
    if ocid:
        releases = [one for one in releases if text_in(one[1], "ocid") == ocid]
    if not releases or (len(known) > 1 and not ocid):
        return None, (finding("E-OPEN-011", Source(file), count=len(known), names=short_listing(known)),)
    return max(releases, key=lambda held: (_tells(held[1], part), text_in(held[1], "date"))), ()


def _tells(release: Any, part: str) -> bool:
    """Whether a part says what it is read for: an update or award often repeats a tender without lots and criteria."""
    return part != "tender" or any(inside(inside(release, part), key) for key in ("lots", "awardCriteria"))


def _releases(read: Any) -> Iterator[Held]:
    yield from each("", read, "releases")
    for path, record in each("", read, "records"):
        compiled = inside(record, "compiledRelease")
        if isinstance(compiled, dict):
            yield f"{path}.compiledRelease", compiled
        else:
            yield from each(path, record, "releases")
    if isinstance(read, dict) and ("tender" in read or "bids" in read):
        yield "", read


def ocds_candidates(file: str, read: Any, ocid: str = "") -> Gathered:
    """Read the bids of an OCDS file; scores are there only where our extension told of them."""
    held, found = release_of(file, read, "bids", ocid)
    if held is None:
        return Gathered(findings=found)
    path, release = held
    bids = list(each(f"{path}.bids".lstrip("."), inside(release, "bids"), "details"))
    if not bids:
        return Gathered(
            findings=(finding("E-OPEN-010", Source(file, key=f"{path}.bids".lstrip(".")), part="bids.details"),)
        )
    findings: list[Finding] = []
    left = [text_in(bid, "id") for _, bid in bids if text_in(bid, "status") in OUT]
    if left:
        findings.append(
            finding("E-OPEN-012", Source(file), what=f"bids {listing(left)}", why="withdrawn or disqualified")
        )
    rows = [row for place, bid in bids if text_in(bid, "status") not in OUT for row in _bid(file, place, bid, findings)]
    return Gathered(COLUMNS, () if block_award(findings) else tuple(rows), tuple(findings))


def _bid(file: str, path: str, bid: Any, findings: list[Finding]) -> Iterator[GatheredRow]:
    place, name = Source(file, key=path), text_in(bid, "id")
    lots = inside(bid, "relatedLots") or [WHOLE]
    if not isinstance(lots, list) or len(lots) != 1:
        facts = {"bid": name, "count": len(lots) if isinstance(lots, list) else "no"}
        findings.append(finding("E-OPEN-013", Source(file, key=f"{path}.relatedLots"), **facts))
        return
    currency = text_in(bid, "value", "currency") or CURRENCY
    if currency != CURRENCY:
        findings.append(finding("E-OPEN-014", Source(file, key=f"{path}.value.currency"), bid=name, currency=currency))
    makers = [text_in(one, "id") or text_in(one, "name") for _, one in each(path, bid, "tenderers")]
    amount = number_in(bid, "value", "amount")
    texts = {
        "bid": name,
        "theme": str(lots[0]).strip(),
        "organisation": makers[0] if makers else "",
        "members": ";".join(makers[1:]),
        "score": _score(text_in(bid, "evaluation", "total")),
        "cost": "" if amount is None else exact_text(amount),
    }
    keys = {"theme": "relatedLots", "organisation": "tenderers", "score": "evaluation.total", "cost": "value.amount"}
    yield GatheredRow(texts, place, {name: Source(file, key=f"{path}.{key}") for name, key in keys.items()})


def _score(text: str) -> str:
    """Give a score of our extension, an exact fraction such as 147/2, as a decimal; what is none stays as it is.

    >>> _score("147/2"), _score("1/3"), _score("good")
    ('73.5', '1/3', 'good')
    """
    parts = FRACTION.fullmatch(text)
    return ratio_decimal(int(parts[1]), int(parts[2])) if parts else text
