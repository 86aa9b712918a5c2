"""Two runs side by side: what changed in inputs, scores, ranks and awards, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evaluator.records.held import NOT_PROVEN
from evaluator.reporting.pages import counted, environment

SCHEMA = "comparison/1"
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What a finished run says of itself: its manifest and its outcome, as they were written."""

    manifest: Document
    outcome: Document


@dataclass(frozen=True)
class Change:
    """One change of one bid: what of it, before and after, and why."""

    bid: str
    theme: str
    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Comparison:
    """Everything that two runs differ in; the words of ``inputs`` and ``runs`` stand for themselves."""

    runs: tuple[str, ...]
    inputs: tuple[str, ...]
    changes: tuple[Change, ...]
    rest_on: tuple[str, ...] = ()  # what each of the two rests on, in words

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.runs or self.inputs or self.changes)


def compare_runs(one: Told, two: Told) -> Comparison:
    """Compare two runs; bids are matched by theme and id, and listed in that order."""
    before, after = _bids(one), _bids(two)
    changes = [
        change for key in sorted(set(before) | set(after)) for change in _bid_changes(one, two, key, before, after)
    ]
    rest_on = (_rests_on(one), _rests_on(two))
    return Comparison(tuple(_runs(one, two)), tuple(_inputs(one, two)), tuple(changes), rest_on)


def _rests_on(told: Told) -> str:
    """Name the published criteria of a run, their seal, the run, and the evaluator's version."""
    criteria, run = told.outcome["criteria"], told.manifest.get("run", "not named")
    named = f"{criteria['reference']}, version {criteria['version']}, seal {criteria['seal'] or 'none'}"
    return f"{named}; {run}, evaluator {told.outcome['run']['engine']}"


def _bids(told: Told) -> dict[tuple[str, str], Document]:
    return {(theme["id"], bid["bid"]): bid for theme in told.outcome["themes"] for bid in theme["bids"]}


def _runs(one: Told, two: Told) -> Iterator[str]:
    """Say what differs between the runs themselves: criteria, seal, engine, and what they came to."""
    for name, key in (("published criteria", "fingerprint"), ("seal", "seal"), ("version of the criteria", "version")):
        was, now = one.outcome["criteria"][key], two.outcome["criteria"][key]
        if was != now:
            yield f"The {name} was {was or 'none'}, and is {now or 'none'}."
    engines = [told.outcome["run"]["engine"] for told in (one, two)]
    if engines[0] != engines[1]:
        yield f"The evaluator was version {engines[0]}, and is {engines[1]}."
    states = [told.outcome["status"].replace("_", " ") for told in (one, two)]
    if states[0] != states[1]:
        yield f"The run came to {states[0]}, and comes to {states[1]}."
    costs = [_cost(told) for told in (one, two)]
    if costs[0] != costs[1]:
        yield f"The awards cost £{costs[0] or 0} in all, and cost £{costs[1] or 0}."


def _cost(told: Told) -> str | None:
    """Give what a run's awards cost; what is not proven recommends none."""
    known = told.outcome["allocation"] if told.outcome["status"] != "not_proven" else None
    return known["cost"] if known else None


def _inputs(one: Told, two: Told) -> Iterator[str]:
    was, now = _input_files(one), _input_files(two)
    for name in sorted(set(was) | set(now)):
        if name not in now:
            yield f"{name} is gone."
        elif name not in was:
            yield f"{name} is new."
        elif was[name] != now[name]:
            yield f"{name} changed."
    if one.manifest.get("kept_apart") != two.manifest.get("kept_apart"):
        yield "The equality monitoring, or the salt that it is bound with, changed."


def _input_files(told: Told) -> dict[str, str]:
    listed = told.manifest["files"].items()
    return {name.removeprefix("inputs/"): digest for name, digest in listed if name.startswith("inputs/")}


def _bid_changes(
    one: Told,
    two: Told,
    key: tuple[str, str],
    before: Mapping[tuple[str, str], Document],
    after: Mapping[tuple[str, str], Document],
) -> Iterator[Change]:
    theme, bid = key
    if key not in after or key not in before:
        states = ("there", "gone") if key not in after else ("not there", "new")
        yield Change(bid, theme, "bid", *states, "The register changed.")
        return
    was, now = before[key], after[key]
    own = list(_own(bid, theme, was, now))
    yield from own
    why = _why(one, two, own)
    for what in ("status", "quality", "price_points", "index", "total", "rank"):
        if was.get(what) != now.get(what):
            reason = now.get("status_reason") or why if what == "status" else why
            yield Change(bid, theme, what.replace("_", " "), _words(was.get(what)), _words(now.get(what)), reason)
    funded, refused = _fate(one, bid), _fate(two, bid)
    if funded[0] != refused[0]:
        yield Change(bid, theme, "award", funded[0], refused[0], refused[1] or why)


def _own(bid: str, theme: str, was: Document, now: Document) -> Iterator[Change]:
    """List what came in otherwise for a bid: its marks, its price and who made it."""
    for question in sorted(set(was["marks"]) | set(now["marks"])):
        marks = was["marks"].get(question), now["marks"].get(question)
        if marks[0] != marks[1]:
            yield Change(
                bid, theme, f"mark for {question}", _words(marks[0]), _words(marks[1]), "The agreed mark changed."
            )
    for what in ("price", "scored_price", "organisation"):
        if was[what] != now[what]:
            why = "The register, or the basis that is published, changed."
            yield Change(bid, theme, what.replace("_", " "), _words(was[what]), _words(now[what]), why)


def _why(one: Told, two: Told, own: list[Change]) -> str:
    """Say what moved a bid's figures: published criteria, its own marks and price, or only other bids."""
    reasons = []
    if one.outcome["criteria"]["fingerprint"] != two.outcome["criteria"]["fingerprint"]:
        reasons.append("the published criteria changed")
    if own:
        reasons.append(f"of this bid {' and '.join(change.what for change in own)} changed")
    if not reasons:
        return "Nothing of this bid changed: other bids did, or decisions on them."
    words = ", and ".join(reasons)
    return f"{words[0].upper()}{words[1:]}."


def _fate(told: Told, bid: str) -> tuple[str, str]:
    """Give what became of a bid, and the reason where it is not funded."""
    if told.outcome["status"] == "not_proven":
        return "none", NOT_PROVEN
    said = told.outcome["allocation"] or {"awards": [], "not_awarded": []}
    for award in said["awards"]:
        if award["bid"] == bid:
            return f"£{award['amount']}", ""
    reasons = [refusal["explanation"] for refusal in said["not_awarded"] if refusal["bid"] == bid]
    return "none", reasons[0] if reasons else ""


def _words(value: object) -> str:
    return "none" if value is None else str(value)


def comparison_document(found: Comparison) -> dict[str, Any]:
    """Give a comparison as JSON values."""
    changes = [asdict(change) for change in found.changes]
    return {
        "schema": SCHEMA,
        "same": found.same,
        "runs": list(found.runs),
        "inputs": list(found.inputs),
        "changes": changes,
    }


def comparison_text(found: Comparison) -> str:
    """Write a comparison for the screen."""
    if found.same:
        return "The two runs have the same inputs, scores, ranks and awards."
    lines = [*found.runs, *(f"Input: {line}" for line in found.inputs)]
    for change in found.changes:
        lines.append(f"{change.theme} {change.bid}: {change.what} was {change.before}, is {change.after}. {change.why}")
    return "\n".join(lines)


def comparison_html(found: Comparison, names: tuple[str, str]) -> str:
    """Write a comparison as one HTML page."""
    moved = {change.bid for change in found.changes}
    summary = f"{counted(len(moved), 'bid')} differ, and {counted(len(found.inputs), 'input file')}."
    return environment().get_template("comparison.html").render(found=found, names=names, summary=summary)
