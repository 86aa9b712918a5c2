"""Two runs side by side: what changed in inputs, scores, ranks and awards, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from evaluator.records.documents import Json
from evaluator.records.results.not_proven import NOT_PROVEN

SCHEMA = "comparison/1"
SHOWN = 5  # bids that are named as having moved others
ENGINE = "The evaluator was version"
EXACT = ("exact_quality", "exact_price_points", "exact_total", "tied_with")
WHOLE = ("status", "total_score", "tied_allocations", "tied", "conflict", "draw")
PARTS = {"awards": ("theme", "level", "by_year"), "not_awarded": ("theme", "reason")}
Key = tuple[str, str]  # theme and bid
Bids = Mapping[Key, Json]


@dataclass(frozen=True)
class FinishedRun:
    """What a finished run says of itself: its manifest, its outcome and its bids as they were checked.

    A run that was cut short has no bids of that kind: then only marks and prices can be compared.
    """

    manifest: Json
    outcome: Json
    offers: Json = field(default_factory=dict)


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


def compare_runs(one: FinishedRun, two: FinishedRun) -> Comparison:
    """Compare two runs; bids are matched by theme and id, and listed in that order."""
    before, after = _bids(one), _bids(two)
    own = {key: tuple(_own(*key, before[key], after[key])) for key in sorted(set(before) & set(after))}
    others = _others(own, before, after)
    changes: list[Change] = []
    for key in sorted(set(before) | set(after)):
        if key in own:
            why = _why(one, two, own[key], others)
            changes += [*own[key], *_bid_changes(one, two, key, before[key], after[key], why)]
        else:
            changes.append(_come_or_gone(one, two, key, new=key in after))
    rest_on = (_rests_on(one), _rests_on(two))
    return Comparison(tuple(_runs(one, two)), tuple(_inputs(one, two)), tuple(changes), rest_on)


def figures_otherwise(then: FinishedRun, now: FinishedRun) -> Iterator[str]:
    """Name each figure of a run that the same inputs give otherwise now: for a run that another version made.

    Compared are the criteria's fingerprint, what came in of each bid, marks, scores, ranks, ties, awards and what they
    cost, and why a bid is not funded, as a reason and not as a sentence. What only one of the versions writes is left
    out, and so are findings, explanations, the equality impact and the solvers' own words.
    """
    yield from _inputs(then, now)
    yield from results_otherwise(then, now)


def results_otherwise(then: FinishedRun, now: FinishedRun) -> Iterator[str]:
    """Name each figure of a run that another has otherwise, whatever their inputs and whichever version made them."""
    found = compare_runs(then, now)
    yield from (line for line in found.runs if not line.startswith(ENGINE))
    for change in found.changes:
        yield f"bid {change.bid} in theme {change.theme}: {change.what} was {change.before}, and is {change.after}"
    before, after = _bids(then), _bids(now)
    for key in sorted(set(before) & set(after)):
        yield from _exactly(key, before[key], after[key])
    yield from _division(then.outcome["allocation"], now.outcome["allocation"])


def _exactly(key: Key, was: Json, now: Json) -> Iterator[str]:
    """Name exact figures of a bid that differ, as far as both versions write them."""
    for what in EXACT:
        if {what} <= set(was) & set(now) and was[what] != now[what]:
            name = what.replace("_", " ")
            yield f"bid {key[1]} in theme {key[0]}: {name} was {_words(was[what])}, and is {_words(now[what])}"


def _division(was: Json | None, now: Json | None) -> Iterator[str]:
    """Name what of the division of the money as a whole differs, and of each award and refusal."""
    if was is None or now is None:
        return
    for what in WHOLE:
        if {what} <= set(was) & set(now) and was[what] != now[what]:
            yield f"the {what.replace('_', ' ')} of the allocation was {_words(was[what])}, and is {_words(now[what])}"
    for kind, keys in PARTS.items():
        there, here = ({one["bid"]: one for one in side[kind]} for side in (was, now))
        for bid in sorted(set(there) & set(here)):
            for key in keys:
                if {key} <= set(there[bid]) & set(here[bid]) and there[bid][key] != here[bid][key]:
                    words = _words(there[bid][key]), _words(here[bid][key])
                    yield f"bid {bid}: {key.replace('_', ' ')} was {words[0]}, and is {words[1]}"


def _rests_on(finished: FinishedRun) -> str:
    """Name the published criteria of a run, their seal, the run, and the evaluator's version."""
    criteria, run = finished.outcome["criteria"], finished.manifest.get("run", "not named")
    named = f"{criteria['reference']}, version {criteria['version']}, seal {criteria['seal'] or 'none'}"
    return f"{named}; {run}, evaluator {finished.outcome['run']['engine']}"


def _bids(run: FinishedRun) -> dict[tuple[str, str], Json]:
    """Give every bid of a run, with what came in of it."""
    offers = {(theme["id"], bid["bid"]): bid for theme in run.offers.get("themes", ()) for bid in theme["bids"]}
    scored = {(theme["id"], bid["bid"]): bid for theme in run.outcome["themes"] for bid in theme["bids"]}
    return {key: {**offers.get(key, {}), **bid} for key, bid in scored.items()}


def _others(own: Mapping[Key, tuple[Change, ...]], before: Bids, after: Bids) -> tuple[str, ...]:
    """Name the bids of which something changed, or that came or went: what may have moved those that did not change."""
    return tuple(bid for _, bid in sorted({key for key, its in own.items() if its} | (set(before) ^ set(after))))


def _come_or_gone(one: FinishedRun, two: FinishedRun, key: Key, *, new: bool) -> Change:
    """Tell of a bid that only one of the runs has: the register changed, unless a run has no bid at all."""
    empty = not (one if new else two).outcome["themes"]
    why = f"The {'first' if new else 'second'} run scored no bid: its findings stand in the way." if empty else ""
    states = ("not there", "new") if new else ("there", "gone")
    return Change(key[1], key[0], "bid", *states, why or "The register changed.")


def _runs(one: FinishedRun, two: FinishedRun) -> Iterator[str]:
    """Say what differs between the runs themselves: criteria, seal, engine, and what they came to."""
    for name, key in (("published criteria", "fingerprint"), ("seal", "seal"), ("version of the criteria", "version")):
        was, now = one.outcome["criteria"][key], two.outcome["criteria"][key]
        if was != now:
            yield f"The {name} was {was or 'none'}, and is {now or 'none'}."
    engines = [run.outcome["run"]["engine"] for run in (one, two)]
    if engines[0] != engines[1]:
        yield f"{ENGINE} {engines[0]}, and is {engines[1]}."
    states = [run.outcome["status"].replace("_", " ") for run in (one, two)]
    if states[0] != states[1]:
        yield f"The run came to {states[0]}, and comes to {states[1]}."
    costs = [_cost(run) for run in (one, two)]
    if costs[0] != costs[1]:
        yield f"The awards cost £{costs[0] or 0} in all, and cost £{costs[1] or 0}."


def _cost(run: FinishedRun) -> str | None:
    """Give what a run's awards cost; what is not proven recommends none."""
    known = run.outcome["allocation"] if run.outcome["status"] != "not_proven" else None
    return known["cost"] if known else None


def _inputs(one: FinishedRun, two: FinishedRun) -> Iterator[str]:
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


def _input_files(run: FinishedRun) -> dict[str, str]:
    files = run.manifest["files"].items()
    return {name.removeprefix("inputs/"): digest for name, digest in files if name.startswith("inputs/")}


def _bid_changes(one: FinishedRun, two: FinishedRun, key: Key, was: Json, now: Json, why: str) -> Iterator[Change]:
    """Give what a bid scored and was awarded otherwise, with the reason."""
    theme, bid = key
    for what in ("status", "quality", "price_points", "index", "total", "rank"):
        if was.get(what) != now.get(what):
            reason = now.get("status_reason") or why if what == "status" else why
            yield Change(bid, theme, what.replace("_", " "), _words(was.get(what)), _words(now.get(what)), reason)
    funded, refused = _fate(one, bid), _fate(two, bid)
    if funded[0] != refused[0]:
        yield Change(bid, theme, "award", funded[0], refused[0], " ".join(filter(None, (why, refused[1]))))


OFFER = {"price": "price", "scored_price": "scored price", "organisation": "organisation", "members": "members"}
OFFER |= {"by_year": "price by year", "people": "people", "hours": "hours", "wards": "wards", "groups": "groups"}
OFFER |= {"outcomes": "outcomes", "small": "small", "variant": "variant", "least_level": "least level"}


def _own(theme: str, bid: str, was: Json, now: Json) -> Iterator[Change]:
    """List what came in otherwise for a bid: its marks, what the register says of it, and decisions on it."""
    for question in sorted(set(was["marks"]) | set(now["marks"])):
        marks = was["marks"].get(question), now["marks"].get(question)
        if marks[0] != marks[1]:
            words = "The agreed mark changed."
            yield Change(bid, theme, f"mark for {question}", _words(marks[0]), _words(marks[1]), words)
    for key, what in OFFER.items():
        if was.get(key) != now.get(key) and {key} <= set(was) & set(now):
            why = "The register, or the basis that is published, changed."
            yield Change(bid, theme, what, _words(was[key]), _words(now[key]), why)
    decisions = [(each.get("decision") or {}).get("reason") for each in (was, now)]
    if decisions[0] != decisions[1]:
        yield Change(bid, theme, "decision", _words(decisions[0]), _words(decisions[1]), "A person decided otherwise.")


def _why(one: FinishedRun, two: FinishedRun, own: tuple[Change, ...], others: tuple[str, ...]) -> str:
    """Say what moved a bid's figures: published criteria, its own marks and offer, or only other bids."""
    reasons = []
    if one.outcome["criteria"]["fingerprint"] != two.outcome["criteria"]["fingerprint"]:
        reasons.append("the published criteria changed")
    if own:
        reasons.append(f"of this bid {' and '.join(change.what for change in own)} changed")
    if not reasons:
        return _elsewhere(others)
    words = ", and ".join(reasons)
    return f"{words[0].upper()}{words[1:]}."


def _elsewhere(others: tuple[str, ...]) -> str:
    """Say of a bid of which nothing changed what did."""
    if not others:
        return "Nothing of any bid changed that was compared."
    more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
    return f"Nothing of this bid changed: {', '.join(others[:SHOWN])}{more} did."


def _fate(run: FinishedRun, bid: str) -> tuple[str, str]:
    """Give what became of a bid, and the reason where it is not funded."""
    if run.outcome["status"] == "not_proven":
        return "none", NOT_PROVEN
    allocation = run.outcome["allocation"] or {"awards": [], "not_awarded": []}
    for award in allocation["awards"]:
        if award["bid"] == bid:
            return f"£{award['amount']}", ""
    reasons = [refusal["explanation"] for refusal in allocation["not_awarded"] if refusal["bid"] == bid]
    return "none", reasons[0] if reasons else ""


def _words(value: object) -> str:
    """Write what stood there; lists and tables as people would."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {"None": "none", "True": "yes", "False": "no", "": "none"}.get(str(value), str(value))


def comparison_document(found: Comparison) -> Json:
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
