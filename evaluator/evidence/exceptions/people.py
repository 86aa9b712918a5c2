"""How people worked: one person throughout, marks that follow one bidder, decisions and changes near the run."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import inf, isclose, sqrt

from evaluator.evidence.exceptions.look import Look, Place, Seen, mark, place_of
from evaluator.evidence.tables import Row
from evaluator.records.dates import read_day, spoken_date
from evaluator.records.english import count_of, listing
from evaluator.records.submissions.spellings import folded

FEWEST_DECISIONS = 2  # of which one person can have made every one
FEWEST, FEWEST_OTHERS = 3, 10  # answers of one bidder, and of all others, that an evaluator marked beside somebody else
APART = 0.15  # of the scale: how far an evaluator's marks for one bidder lie from their usual ones
SURE = 4.0  # times the standard error of that
LEDGER = "ledger.jsonl"
CHANGES = ("mark", "consensus", "correction", "decision")
SHOWN, QUOTED = 8, 120


def one_person(look: Look) -> Iterator[Seen]:
    """Find decisions that are all one person's, and themes or bids whose every mark one evaluator gave."""
    rows = [row for row in look.tables["decisions"] if row["person"]]
    if len(rows) >= FEWEST_DECISIONS and len({folded(row["person"]) for row in rows}) == 1:
        words = f"All {count_of(len(rows), 'decision')} were made by one person."
        yield Seen(rows[0]["person"], words, tuple(map(place_of, rows[:SHOWN])))
    for theme, bids in look.themes.items():
        whose = {bid: _marked_by(look, bid) for bid in bids}
        if len(bids) > 1 and len(set.union(*map(set, whose.values()))) == 1:
            evaluator, places = next(iter(next(filter(None, whose.values())).items()))
            yield Seen(f"{evaluator} in {theme}", f"Every mark of all {len(bids)} bids is {evaluator}’s alone.", places)
            continue
        for bid in bids:
            if len(whose[bid]) == 1:
                evaluator, places = next(iter(whose[bid].items()))
                yield Seen(look.name(bid), f"Every mark of this bid is {evaluator}’s alone.", places)


def _marked_by(look: Look, bid: str) -> dict[str, tuple[Place, ...]]:
    """Give the first few cells of each evaluator who marked a bid."""
    found: dict[str, tuple[Place, ...]] = {}
    for _, answer in look.answers_of(bid):
        for row in look.given.get(answer, ()):
            found[row["evaluator"]] = (*found.get(row["evaluator"], ()), place_of(row))[:SHOWN]
    return found


def marks_follow_a_bidder(look: Look) -> Iterator[Seen]:
    """Find evaluators whose marks for one bidder stand apart from the others' as their marks for nobody else do.

    Each mark is taken as a share of its scale, less the mean of the other evaluators' on the same answer. The mean of
    those for one organisation is held against the mean of those for all others, the same evaluator's own. Of each
    organisation only those are told whose marks stand furthest apart: who is held against them stands apart as well.
    """
    furthest: dict[str, list[tuple[float, str, Seen]]] = {}
    for evaluator, by_bidder in sorted(_apart(look).items()):
        for organisation, own in sorted(by_bidder.items()):
            others = [each for other, its in by_bidder.items() if other != organisation for each, _ in its]
            gap, sure = _contrast([each for each, _ in own], others)
            if abs(gap) >= APART and sure >= SURE:
                called = look.organisation(organisation)
                way = "above" if gap > 0 else "below"
                words = (
                    f"{evaluator}’s {count_of(len(own), 'mark')} for {called} lie {abs(gap) * 100:.0f}% of the scale"
                    f" further {way} the other evaluators’ than {evaluator}’s {count_of(len(others), 'mark')} for all"
                    f" other bidders do, {_times(sure)}."
                )
                seen = Seen(f"{evaluator} on {called}", words, tuple(place_of(row) for _, row in own)[:SHOWN])
                furthest.setdefault(organisation, []).append((abs(gap), evaluator, seen))
    for _, its in sorted(furthest.items()):
        most = max(gap for gap, _, _ in its)
        yield from (seen for gap, _, seen in its if isclose(gap, most))


def _times(sure: float) -> str:
    return "which never vary" if sure == inf else f"{sure:.1f} times the standard error"


def _apart(look: Look) -> Mapping[str, Mapping[str, Sequence[tuple[float, Row]]]]:
    """Give by evaluator and organisation how far each mark lies from the mean of the others' on the answer."""
    widths = _widths(look)
    found: dict[str, dict[str, list[tuple[float, Row]]]] = {}
    for (subject, question), rows in look.given.items():
        marks, width = [float(mark(row)) for row in rows], widths.get(question, 0.0)
        organisation = look.scores[subject]["organisation"] if subject in look.scores else subject
        for row, own in zip(rows, marks, strict=True) if len(rows) > 1 and width else ():
            apart = (own - (sum(marks) - own) / (len(marks) - 1)) / width
            found.setdefault(row["evaluator"], {}).setdefault(organisation, []).append((apart, row))
    return found


def _widths(look: Look) -> Mapping[str, float]:
    marks: dict[str, list[float]] = {}
    for _, question, each in look.points:
        marks.setdefault(question, []).append(float(each))
    return {question: max(its) - min(its) for question, its in marks.items()}


def _contrast(own: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """Give the difference of two means, and how many of its standard errors it is; nought where too few are there.

    >>> _contrast([1.0, 1.0, 1.0], [0.0] * 10), _contrast([1.0], [0.0] * 10)
    ((1.0, inf), (0.0, 0.0))
    """
    if len(own) < FEWEST or len(others) < FEWEST_OTHERS:
        return 0.0, 0.0
    usual = sum(others) / len(others)
    gap = sum(own) / len(own) - usual
    spread = sum((each - usual) ** 2 for each in others) / (len(others) - 1)
    error = sqrt(spread * (1 / len(own) + 1 / len(others)))
    return gap, abs(gap) / error if error else inf if gap else 0.0


def decided_near_the_run(look: Look) -> Iterator[Seen]:
    """Find decisions that are dated on the day of the run, or a few days before it."""
    for row in look.tables["decisions"]:
        if look.near_the_run(row["date"]):
            what = " ".join(filter(None, (row["matter"].replace("_", " "), row["subject"])))
            words = f"{row['person']} decided “{row['decision']}” ({what}) on {_said(row['date'])}; {_run_on(look)}."
            yield Seen(look.name(row["bid"]), words, (place_of(row),))


def changed_late(look: Look) -> Iterator[Seen]:
    """Find what was recorded otherwise near the run, or after an earlier run had shown what it comes to.

    What the ledger recorded for the first time is no change. Corrections to bids are told of by their own date.
    """
    ran = min((row["number"] for row in look.tables["ledger"] if row["kind"] == "run"), default=None)
    changes = [row for row in look.tables["ledger"] if _is_change(row)]
    late = [row for row in changes if look.near_the_run(row["recorded_on"]) or (ran and row["number"] > ran)]
    for (kind, day, who), rows in groupby(late, key=lambda row: (row["kind"], row["recorded_on"], row["recorded_by"])):
        its = list(rows)
        first, after = its[0], ran is not None and its[0]["number"] > ran
        when = f"{_said(day)}, after an earlier run" if after else _said(day)
        more = f", and {len(its) - 1} more" if len(its) > 1 else ""
        words = f"{who} recorded on {when}: {_named(kind)} {first['subject']}, {_short(first['before'])} became"
        words += f" {_short(first['after']) or 'nothing'}{more}; {_run_on(look)}."
        yield Seen(f"{_named(kind)} {first['subject']}{more}", words, tuple(_entry(row) for row in its[:SHOWN]))
    for row in look.tables["events"]:
        if row["kind"] == "corrections" and look.near_the_run(row["date"]):
            words = f"{row['what']} was corrected on {_said(row['date'])}: {_short(row['before'])} became"
            words += f" {_short(row['after'])}; {_run_on(look)}."
            yield Seen(look.name(row["about"]), words, (place_of(row),))


def _is_change(row: Row) -> bool:
    return row["kind"] in CHANGES and bool(row["before"]) and row["before"] != row["after"]


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _named(kind: str) -> str:
    return {"consensus": "agreed mark", "correction": "agreed mark"}.get(kind, kind)


def _entry(row: Row) -> Place:
    return Place(LEDGER, "", f"entry {row['number']}")


def _said(day: str) -> str:
    text, _, time = day.partition("T")
    return listing([spoken_date(read_day(text) or text), *([time] if time else [])], " at ")


def _run_on(look: Look) -> str:
    return f"the run is of {spoken_date(look.run_day)}" if look.run_day else "the run has no date"
