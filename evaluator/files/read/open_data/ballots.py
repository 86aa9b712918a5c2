"""Ballots in, as the method of equal shares needs them: of a Pabulib file, or of a table beside candidates.csv."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evaluator.files.read.tables.csv_dialect import rows_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.numbers import plain_decimal
from evaluator.records.results.ballots import Ballot, BallotKind, Ballots

VOTER, VOTE, POINTS, RANKING = "voter", "vote", "points", "ranking"
COLUMNS = (VOTER, VOTE, POINTS, RANKING)
HEADERS = ((VOTE, VOTER), (POINTS, VOTE, VOTER), (RANKING, VOTER))  # in order of the alphabet
Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot as it was received: its place, whom it names in its order, and the points beside them."""

    place: Source
    names: tuple[str, ...]
    points: tuple[str, ...] = ()


def read_ballots(path: Path, bids: Collection[str]) -> tuple[Ballots | None, Findings]:
    """Read ballots.csv: ``voter``, and ``vote`` (with ``points`` beside it, if these were given) or ``ranking``.

    Parameters
    ----------
    bids : the candidates that a ballot can name.
    """
    rows, found = rows_of(path, COLUMNS)
    if rows is None:
        return None, found
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if tuple(sorted(header)) not in HEADERS:
        return None, (finding("E-OPEN-035", Source(path.name, row=1)),)
    kind: BallotKind = "ranking" if RANKING in header else "points" if POINTS in header else "approval"
    wrong, papers, voters = list[Finding](), list[Paper](), Counter[str]()
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        place, texts = Source(path.name, row=number), dict(zip(header, cells, strict=False))
        voter = texts.get(VOTER, "").strip()
        voters[voter] += 1
        if len(cells) != len(header) or not voter or voters[voter] > 1:
            wrong.append(finding("E-OPEN-033", place, voter=voter or "nobody"))
        names, points = (_parts(texts.get(column, "")) for column in (RANKING if kind == "ranking" else VOTE, POINTS))
        papers.append(Paper(place, names, points))
    ballots, more = ballots_of(path.name, kind, papers, bids)
    return (None if wrong else ballots), (*wrong, *more)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(";") if (name := part.strip()))


def ballots_of(
    file: str, kind: BallotKind, papers: Iterable[Paper], bids: Collection[str]
) -> tuple[Ballots | None, Findings]:
    """Put ballots that were received into what each gives, alike ones together; what counts for nothing is noted."""
    known, alike, unknown, twice = frozenset(bids), Counter[tuple[tuple[str, Fraction], ...]](), [], []
    wrong: list[Finding] = []
    for paper in papers:
        gives = _gives(kind, paper)
        if gives is None:
            wrong.append(finding("E-OPEN-034", paper.place))
            continue
        once: dict[str, Fraction] = {}
        for name, given in gives:
            once.setdefault(name, given)
        unknown += [(paper.place, name) for name in once if name not in known]
        twice += [paper.place] * (len(once) < len(gives))
        alike[tuple(sorted((name, given) for name, given in once.items() if name in known))] += 1
    notes = [*_noted("E-OPEN-031", file, unknown), *_noted("E-OPEN-032", file, [(place, "") for place in twice])]
    ballots = Ballots(kind, tuple(Ballot(gives, voters) for gives, voters in sorted(alike.items())))
    return (None if block_award(wrong) else ballots), (*wrong, *notes)


def _noted(code: str, file: str, seen: Sequence[tuple[Source, str]]) -> Iterator[Finding]:
    """Note once what several ballots do, at the first of them."""
    if seen:
        place, name = seen[0]
        facts = {"count": len({one for one, _ in seen})} | ({"name": name} if name else {})
        yield finding(code, Source(file, row=place.row), **facts)


def _gives(kind: BallotKind, paper: Paper) -> list[tuple[str, Fraction]] | None:
    """Give what a ballot gives to each name, in its order; None where its points are not one number for each."""
    if kind == "approval":
        return [(name, Fraction(1)) for name in paper.names]
    if kind == "ranking":
        ranked = list(dict.fromkeys(paper.names))
        return [(name, Fraction(len(ranked) - 1 - ranked.index(name))) for name in paper.names]
    numbers = [plain_decimal(text) for text in paper.points]
    if len(numbers) != len(paper.names) or None in numbers:
        return None
    return [(name, Fraction(number or 0)) for name, number in zip(paper.names, numbers, strict=True)]
