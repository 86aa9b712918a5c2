"""The figures that rest on replies to the equality monitoring: as the run printed them, and where the replies stand.

Nothing is counted here. A figure is told as the public edition prints it, with the published grouping behind it, and
ends at the addresses of every reply to its question: whoever may open the monitoring can follow them, and nobody else
learns more than the edition says. Which rows are of a group, and what any of them replied, is never told, since that
would give the reply of a named organisation, and with it the counts that the edition withholds.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from evaluator.records.documents import Json
from evaluator.records.findings.finding import Source
from evaluator.records.results.equality import Band
from evaluator.reporting.audit.traces.figure import Cell, Figure
from evaluator.reporting.audit.traces.traced import Replies, Traced
from evaluator.reporting.equality.wording import STATEMENTS

WITHHELD = "not shown"


def figures_of_replies(run: Traced) -> Iterator[Figure]:
    """Give each question as it was printed, and each of its groups."""
    asked = _asked(run)
    where = {one.question: one for one in run.replies}
    for number, one in enumerate(asked, 1):
        yield from _question(number, one, where.get(one["id"]))
    if asked:
        yield _in_short(run, asked)


def _asked(run: Traced) -> Sequence[Json]:
    return (run.printed.get("equality") or {}).get("characteristics") or ()


def _question(number: int, one: Json, where: Replies | None) -> Iterator[Figure]:
    ref, title = f"reply-{number}", str(one["title"])
    statement = STATEMENTS[one["public_statement"]]
    shown = [_printed(group) for group in one["groups"]]
    words = f"{title}: {statement.lower()}. {_how(one)} {_opens(where)}"
    ends = partial(_cells, title, where)
    texts = tuple(dict.fromkeys(text for each in shown for text in each))
    yield Figure(ref, title, texts, words, ends_in=ends, also=(str(one["id"]), title))
    for at, (group, figures) in enumerate(zip(one["groups"], shown, strict=True), 1):
        replied = ", ".join(f"“{value}”" for value in group["values"])
        told = (
            f"Organisations that bid: {figures[0]}; of them with an award: {figures[1]}. It puts together the replies"
        )
        working = f"{told} {replied}. {_how(one)} {_opens(where)}"
        name = f"{title}: {group['group']}"
        yield Figure(f"{ref}-{at}", name, figures, working, ends_in=ends)
    if (silent := _band(one["no_answer"])) != WITHHELD:
        working = f"Organisations without an answer: {silent}. {_opens(where)}"
        yield Figure(f"{ref}-0", f"{title}: no answer", (silent,), working, ends_in=ends)


def _printed(group: Json) -> tuple[str, str]:
    return _band(group["organisations"]), _band(group["funded"])


def _band(band: Json | None) -> str:
    return WITHHELD if band is None else Band(band["least"], band["most"]).words


def _how(one: Json) -> str:
    """Say in which published form a question is printed."""
    width, grouping = one["band_width"], one["grouping"]
    if not one["groups"]:
        return f"Nothing is printed of it. {one['why']}".rstrip()
    form = f"the published grouping “{grouping}”" if grouping else "its own replies"
    bands = "in figures" if width == 1 else f"in bands of {width}"
    return f"It is printed by {form}, {bands}, as the published rule lets it be. {one['why']}".rstrip()


def _opens(where: Replies | None) -> str:
    if where is None or not where.files:
        return "No replies lie with this run."
    if not where.cells:
        return (
            "It was not worked out again: the replies are kept apart from the bundle. Whoever may open equality.zip "
            "gives it with --equality, and gets the addresses of the replies to this question."
        )
    return (
        "The cells are those of every reply to this question. Which of them are in which group is for whoever opens "
        "the file: it is told nowhere else."
    )


def _cells(title: str, where: Replies | None) -> tuple[Cell, ...]:
    if where is None:
        return ()
    if where.cells:
        return tuple(Cell(f"replies to “{title}”", "", one) for one in where.cells)
    return tuple(Cell(f"replies to “{title}”, in equality.zip", "", Source(name)) for name in where.files)


def _in_short(run: Traced, asked: Sequence[Json]) -> Figure:
    """Give the sentences that count questions by what can be said of them."""
    known = [one for one in asked if one["public_statement"] != "not_asked"]
    counts = {
        words: sum(one["public_statement"] == key for one in known)
        for key, words in STATEMENTS.items()
        if key != "not_asked"
    }
    own = sum(len(one["groups"]) for one in asked if one["own_groups"])
    level = str(run.printed["equality"]["level"])
    told = "; ".join(f"{words.lower()}: {count}" for words, count in counts.items())
    return Figure(
        "replies",
        "Questions of the equality monitoring, by what can be said of them",
        tuple(map(str, (len(known), *counts.values(), own, run.printed["equality"]["few"], level))),
        f"Of {len(known)} questions that were asked, {told}. {own} groups are shown just as the question offers them. "
        f"A group has to reach a probability of {level} by itself. Each question: reply-1 and on.",
        ends_in=lambda: tuple(cell for one in run.replies for cell in _cells(one.question, one)),
    )
