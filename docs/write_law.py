"""Writes docs/law.md: the regimes and every authority that may be cited, from the law's data."""

from collections.abc import Iterator

from evaluator.law import REGIMES, TEXTS, Authority, Regime, authorities

HEAD = """# The law

This page is written by `python -X utf8 -m docs.write_law > docs/law.md` from the data in `evaluator/law/data/`; do not
edit it by hand. It is no legal advice: have it confirmed before anybody relies on it. A change of the law is a change
of that data.

"Read" means that the words were read in the text and layer named; "secondary" that a law firm, guidance or a tracker
was; "memory" that neither was, and "inference" that no text says it outright.
"""
STAGES = {"before": "before bids", "decision": "before the decision", "after": "after it"}


def law_page() -> str:
    """Write docs/law.md.

    >>> law_page().splitlines()[0]
    '# The law'
    """
    parts = [HEAD, "## The texts\n", *_texts()]
    for one in REGIMES.values():
        parts += [f"\n## `{one.id}`\n", *_regime(one)]
    parts += ["\n## Authorities\n", *_authorities()]
    return "\n".join(parts) + "\n"


def _texts() -> Iterator[str]:
    yield "| text | layer | to be careful of |\n|---|---|---|"
    for one in TEXTS.values():
        yield f"| {one.title} | {one.layer} | {one.caution} |"


def _regime(law: Regime) -> Iterator[str]:
    also = f", also `{'`, `'.join(law.other_names)}`" if law.other_names else ""
    yield f"{law.short}{also}: {law.applies.says} ({law.applies.provision}).\n"
    yield f"- Working days: {law.calendar.says} ({law.calendar.provision})."
    yield f"- Standstill: {law.standstill.says} ({law.standstill.provision})."
    for bound in law.threshold:
        side = "at least" if bound.side == "at_least" else "below"
        days = f"{f' from {bound.from_}' if bound.from_ else ''}{'' if bound.holds_on('') else f' until {bound.until}'}"
        kind = bound.kind.replace("_", " ")
        yield f"- Threshold for {kind}: {side} £{bound.amount:,} with VAT{days} ({bound.provision})."
    for period in law.period:
        yield f"- Least period, {period.id}: {period.says} ({period.provision})."
    for footing in law.footing:
        yield f"- Changes by section {footing.section}: {footing.says}."
    for gate in law.gate:
        yield f"- Gate or ground, {gate.kind}: {gate.says} ({gate.provision})."
    for reserved in law.reservation:
        yield f"- May be reserved for {reserved.whom} ({reserved.provision})."
    if law.retention:
        yield f"- Records: {law.retention.says} ({law.retention.provision})."
    yield "\n| owed | when | authority | status |\n|---|---|---|---|"
    for one in law.owed:
        limit = f"; over £{one.above:,}" if one.above else f"; from £{one.at_least:,}" if one.at_least else ""
        days = f"{one.days} days from {one.counted_from}" if one.days else one.when
        when = f"{STAGES[one.stage]}{f': {days}' if days else ''}{limit}"
        yield f"| {one.what} | {when} | {one.provision} | {one.status} |"


def _authorities() -> Iterator[str]:
    yield "| regime | topic | authority | layer of the text | status | on |\n|---|---|---|---|---|---|"
    yield from map(_row, authorities())


def _row(one: Authority) -> str:
    regime = f"`{one.regime}`" if one.regime else "every one"
    says = one.words.rpartition(" (")[0].partition(": ")[2]
    return f"| {regime} | {one.topic} | {one.provision}: {says} | {one.layer or '–'} | {one.status} | {one.read_on} |"


if __name__ == "__main__":
    print(law_page(), end="")
