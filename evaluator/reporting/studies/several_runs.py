"""Any number of runs in a row: what changed from each to the next and from first to last, and what cannot be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.reporting.shared.pages import Page, render
from evaluator.reporting.studies.run_comparison import (
    Comparison,
    FinishedRun,
    compare_runs,
    comparison_document,
    comparison_text,
    results_otherwise,
)

SCHEMA = "comparisons/1"
SHOWN = 5  # figures that a contradiction names
DECIDES = ("inputs/criteria/", "inputs/bids/")  # what scores and awards rest on; a ledger or the salt changes neither
SAME = ("until", "stage", "date", "made_with", "unreadable")  # of two manifests, beside their inputs
Subject = tuple[str, str, str]  # theme, bid, and what of it


@dataclass(frozen=True)
class Contradiction:
    """Two runs of the same inputs, made alike, that say two things: at least one is not what was worked out."""

    one: str
    two: str
    otherwise: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say what cannot be, and what to do about it."""
        more = len(self.otherwise) - SHOWN
        told = "; ".join(self.otherwise[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
        return (
            f"{self.one} and {self.two} say that they rest on the same inputs and were made by the same evaluator and "
            f"packages. The same inputs cannot give two results, and yet: {told}. At least one of the two was changed, "
            "or was not made by this evaluator: replay both."
        )


@dataclass(frozen=True)
class Line:
    """One thing of one bid that is not the same in all runs: what it is in each, in their order."""

    theme: str
    bid: str
    what: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Comparisons:
    """Runs in a row by their names: each step, the whole way, a line for each thing that moved, and what cannot be."""

    names: tuple[str, ...]
    steps: tuple[Comparison, ...]
    whole: Comparison
    lines: tuple[Line, ...]
    contradictions: tuple[Contradiction, ...]


def compare_several(runs: Sequence[FinishedRun], names: Sequence[str]) -> Comparisons:
    """Compare two runs or more, each with the next, the first with the last, and any two that rest on the same."""
    steps = tuple(compare_runs(one, two) for one, two in pairwise(runs))
    whole = compare_runs(runs[0], runs[-1]) if len(steps) > 1 else steps[0]
    return Comparisons(tuple(names), steps, whole, tuple(_lines(steps)), tuple(_contradictions(runs, names)))


def _contradictions(runs: Sequence[FinishedRun], names: Sequence[str]) -> Iterator[Contradiction]:
    for (at, one), (to, two) in combinations(enumerate(runs), 2):
        if rest_on_the_same(one.manifest, two.manifest) and (found := tuple(results_otherwise(one, two))):
            yield Contradiction(names[at], names[to], found)


def rest_on_the_same(one: Json, two: Json) -> bool:
    """Whether two runs were made alike, by their manifests, from the same criteria and bids.

    >>> one = {"made_with": {"python": "3.11.9"}, "files": {"inputs/bids/marks.csv": "a0", "outputs/report.html": "b1"}}
    >>> rest_on_the_same(one, {**one, "files": {"inputs/bids/marks.csv": "a0", "outputs/report.html": "c2"}})
    True
    >>> rest_on_the_same(one, {**one, "files": {"inputs/bids/marks.csv": "a1"}})
    False
    """
    alike = all(one.get(key) == two.get(key) for key in SAME)
    return alike and bool(inputs := _decides(one)) and inputs == _decides(two)


def _decides(manifest: Json) -> Mapping[str, str]:
    return {name: digest for name, digest in manifest["files"].items() if name.startswith(DECIDES)}


def _lines(steps: Sequence[Comparison]) -> Iterator[Line]:
    """Lay the changes of all steps side by side: what does not change in a step stays what it was."""
    found: dict[Subject, list[str | None]] = {}
    for at, step in enumerate(steps):
        for change in step.changes:
            values = found.setdefault((change.theme, change.bid, change.what), [None] * (len(steps) + 1))
            values[at], values[at + 1] = change.before, change.after
    for (theme, bid, what), values in sorted(found.items(), key=lambda one: one[0][:2]):
        yield Line(theme, bid, what, tuple(_filled(values)))


def _filled(values: Sequence[str | None]) -> Iterator[str]:
    now = next(one for one in values if one is not None)
    for one in values:
        now = now if one is None else one
        yield now


def comparisons_document(found: Comparisons) -> Json:
    """Give a comparison as JSON values: of two runs as ever, with what cannot be; of more step by step."""
    impossible = {"contradictions": [one.words for one in found.contradictions]}
    if len(found.steps) == 1:
        return {**comparison_document(found.whole), **impossible}
    return {
        "schema": SCHEMA,
        "runs": list(found.names),
        "steps": [
            {"from": one, "to": two, **comparison_document(step)}
            for (one, two), step in zip(pairwise(found.names), found.steps, strict=True)
        ],
        "first_and_last": comparison_document(found.whole),
        "table": [
            {"theme": one.theme, "bid": one.bid, "what": one.what, "values": list(one.values)} for one in found.lines
        ],
        **impossible,
    }


def comparisons_text(found: Comparisons) -> str:
    """Write a comparison for the screen, what cannot be first."""
    lines = [one.words for one in found.contradictions]
    if len(found.steps) == 1:
        return "\n".join([*lines, comparison_text(found.whole)])
    for (one, two), step in zip(pairwise(found.names), found.steps, strict=True):
        lines += [f"From {one} to {two}", comparison_text(step), ""]
    lines += [f"From the first to the last, {found.names[0]} to {found.names[-1]}", comparison_text(found.whole), ""]
    lines += ["Side by side"] if found.lines else []
    lines += [f"{one.theme} {one.bid} {one.what}: {' → '.join(one.values)}" for one in found.lines]
    return "\n".join(lines).rstrip()


@dataclass(frozen=True)
class Step:
    """A comparison under its heading, with how much differs in a sentence."""

    heading: str
    found: Comparison
    summary: str


@dataclass(frozen=True, kw_only=True)
class ComparisonPage(Page):
    """A comparison of runs by their names: of two the one step, of more each step, the whole way, and side by side."""

    template = "comparison.html"
    names: Sequence[str]
    steps: Sequence[Step]
    lines: Sequence[Line]
    contradictions: Sequence[Contradiction]
    rest_on: Sequence[tuple[str, str]]  # what each run rests on, in words


def comparisons_html(found: Comparisons) -> str:
    """Write a comparison as one HTML page."""
    pairs = list(zip(pairwise(found.names), found.steps, strict=True))
    steps = [Step(f"From {one} to {two}", step, _summary(step)) for (one, two), step in pairs]
    several = len(steps) > 1
    steps += [_whole(found)] if several else []
    told = [found.steps[0].rest_on[0], *(step.rest_on[-1] for step in found.steps)]
    page = ComparisonPage(
        names=found.names,
        steps=steps,
        lines=found.lines if several else (),
        contradictions=found.contradictions,
        rest_on=list(zip(found.names, told, strict=True)),
    )
    return render(page)


def _whole(found: Comparisons) -> Step:
    heading = f"From the first to the last: {found.names[0]} to {found.names[-1]}"
    return Step(heading, found.whole, _summary(found.whole))


def _summary(found: Comparison) -> str:
    if found.same:
        return "Inputs, scores, ranks and awards are the same."
    moved = {change.bid for change in found.changes}
    return f"{count_of(len(moved), 'bid')} differ, and {count_of(len(found.inputs), 'input file')}."
