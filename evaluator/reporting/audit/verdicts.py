"""What became of every bundle of a portfolio, as a page and as one JSON document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evaluator.records.documents import Json
from evaluator.records.english import count_of
from evaluator.reporting.shared.pages import Page, render

SCHEMA = "portfolio/1"
WORDS = {
    "holds": "what its inputs give",
    "differs": "not what its inputs give",
    "unreadable": "could not be read",
}
KINDS = {"holds": "good", "differs": "bad", "unreadable": "care"}
MOST_LISTED = 5_000  # bundles that hold, on the page; all are in verdicts.json and verdicts.parquet


@dataclass(frozen=True)
class Line:
    """One bundle on the page."""

    path: str
    verdict: str
    kind: str
    why: str
    run: str
    seconds: str


@dataclass(frozen=True, kw_only=True)
class VerdictsPage(Page):
    """The page: how many of each, then those that do not hold, then all others."""

    template: ClassVar[str] = "audit/verdicts.html"
    summary: str
    counts: tuple[tuple[str, str], ...]
    troubled: tuple[Line, ...]
    fine: tuple[Line, ...]
    more: int
    how: str
    engine: str


def verdicts_document(folder: str, bundles: Sequence[Mapping[str, object]]) -> Json:
    """Give all verdicts as one JSON document, by path."""
    counts = {word: sum(one["verdict"] == word for one in bundles) for word in WORDS}
    return {"schema": SCHEMA, "folder": folder, "counts": counts, "bundles": [dict(one) for one in bundles]}


def verdicts_text(document: Json) -> str:
    """Say it for the screen: how many of each, and each that does not hold."""
    counts = document["counts"]
    lines = [summary_of(counts)]
    lines += [
        f"  {one['path']}: {one['verdict']}: {one['why']}" for one in document["bundles"] if one["verdict"] != "holds"
    ]
    return "\n".join(lines)


def summary_of(counts: Mapping[str, int]) -> str:
    """Say in a sentence how many bundles hold, differ, and could not be read."""
    whole = sum(counts.values())
    if not whole:
        return "There was no bundle to look at."
    hold, differ, unread = (counts[word] for word in ("holds", "differs", "unreadable"))
    if hold == whole:
        return f"{'The bundle is' if whole == 1 else f'All {whole:,} bundles are'} what the inputs give."
    parts = [f"{hold:,} of {count_of(whole, 'bundle')} {'is' if hold == 1 else 'are'} what the inputs give"]
    parts += [f"{differ:,} {'differs' if differ == 1 else 'differ'}"] if differ else []
    parts += [f"{unread:,} could not be read"] if unread else []
    return f"{'; '.join(parts)}."


def verdicts_html(document: Json, engine: str, *, full: bool) -> str:
    """Write the page of all verdicts."""
    lines = [_line(one) for one in document["bundles"]]
    fine = [line for line in lines if line.verdict == "holds"]
    counts = document["counts"]
    return render(
        VerdictsPage(
            summary=summary_of(counts),
            counts=tuple((WORDS[word], f"{counts[word]:,}") for word in WORDS),
            troubled=tuple(line for line in lines if line.verdict != "holds"),
            fine=tuple(fine[:MOST_LISTED]),
            more=max(0, len(fine) - MOST_LISTED),
            how="with every explanation searched for again" if full else "with explanations checked by their witnesses",
            engine=engine,
        )
    )


def _line(one: Json) -> Line:
    verdict = str(one["verdict"])
    return Line(
        str(one["path"]), verdict, KINDS[verdict], str(one["why"]), str(one["run"]), f"{float(one['seconds']):.1f}"
    )
