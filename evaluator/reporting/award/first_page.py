"""The first page: what is recommended in a few sentences and figures, and what is left for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.findings.finding import Severity
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.outcome import Outcome, Status, status
from evaluator.records.results.scores import LEFT
from evaluator.reporting.award.chosen import over_first_sentences
from evaluator.reporting.award.summary import result_sentence
from evaluator.reporting.shared.bid_rows import Row, ThemeRows
from evaluator.reporting.shared.pages import theme_titles
from evaluator.reporting.shared.references import ALL

REFERENCES = tuple(f"{ALL}-{what}" for what in ("bids", "bidders", "funded", "money"))


@dataclass(frozen=True)
class FirstPage:
    """What a run came to, in a word and a sentence, in figures, in a few sentences, and what is left for people."""

    status: Status
    result: str
    figures: Sequence[tuple[str, str]]
    references: Sequence[str]  # of the figures, in their order
    sentences: Sequence[str]
    matters: Sequence[str]


def first_page(outcome: Outcome, views: Sequence[ThemeRows]) -> FirstPage:
    """Say what a reader who reads one page has to know."""
    return FirstPage(
        status(outcome),
        result_sentence(outcome),
        figures(outcome),
        REFERENCES,
        sentences(outcome, views),
        matters(outcome, views),
    )


def figures(outcome: Outcome) -> list[tuple[str, str]]:
    """Give the figures that stand first: a number and what it counts."""
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    bidders = {bid.organisation for bid in bids}
    found = [(f"{len(bids):,}", "bids received"), (f"{len(bidders):,}", "bidders")]
    if outcome.allocation:
        awards = outcome.allocation.awards
        words = (
            ("bids in the set shown", "for this set") if _open(outcome) else ("bids recommended", "recommended in all")
        )
        found += [(f"{len(awards):,}", words[0]), (pounds(outcome.allocation.cost), words[1])]
    return found


def _open(outcome: Outcome) -> bool:
    """Whether people must decide something before any award can be recommended, such as between equal sets."""
    return outcome.allocation is not None and status(outcome) == "blocked"


def sentences(outcome: Outcome, views: Sequence[ThemeRows]) -> list[str]:
    """Say in a few sentences what became of the bids, and how firmly."""
    standing = _standing(outcome.allocation) if outcome.allocation else ()
    return [*_bids(outcome, views), *standing, *over_first_sentences(outcome)]


def _bids(outcome: Outcome, views: Sequence[ThemeRows]) -> Iterator[str]:
    rows = list(chain.from_iterable(view.rows for view in views))
    ranked = sum(row.status == "ranked" for row in rows)
    below = sum(row.status == "below_minimum" for row in rows)
    counts = {word: sum(row.status == word for row in rows) for word in ("disregarded", "excluded", "disqualified")}
    told = [f"{word} {count:,}" for word, count in counts.items() if count] or ["disregarded 0"]
    themes = count_of(len(views), "theme")
    fell = sum(row.status == "not_shortlisted" for row in rows)
    shortlist = f" {count_of(fell, 'bid')} did not go on from a published stage." if fell else ""
    yield (
        f"{outcome.criteria.authority} received {count_of(len(rows), 'bid')} in {themes}. Of these, {ranked:,} "
        f"{agreeing(ranked, 'was', 'were')} ranked, {below:,} fell below a published minimum, and people "
        f"{listing(told)}{' with reasons' if any(counts.values()) else ''}.{shortlist}{_left(rows)}"
    )
    if outcome.allocation and outcome.allocation.status != "proven":
        were = count_of(ranked, "bid was", "bids were")
        yield f"No bid is recommended. {were} ranked, and each has a sentence below."
    elif _open(outcome) and outcome.allocation:
        count, cost = count_of(len(outcome.allocation.awards), "bid"), pounds(outcome.allocation.cost)
        yield (
            f"The set of awards that is shown has {count} and costs {cost}. Where this report says “recommended”, it "
            "means this set; nobody is recommended before people have decided what is open."
        )
    elif outcome.allocation:
        yield _divided(ranked, sum(row.award is not None for row in rows), outcome.allocation.cost)


def _left(rows: Sequence[Row]) -> str:
    """Say how many bids left by an event; empty where none did."""
    gone, lots = (sum(row.status == word for row in rows) for word in LEFT)
    told = [f"{count_of(gone, 'bid was', 'bids were')} withdrawn"] if gone else []
    told += [f"{count_of(lots, 'bid is', 'bids are')} in a lot that was abandoned"] if lots else []
    return f" Besides, {listing(told)}." if told else ""


def _divided(ranked: int, funded: int, cost: int) -> str:
    """Say how many ranked bids are recommended, and for how much."""
    if not funded:
        return "No bid is recommended; each ranked bid has its reason below."
    recommended = f"{count_of(funded, 'bid is', 'bids are')} recommended for {pounds(cost)} in all. "
    if funded == ranked:
        return recommended + "No ranked bid is left out."
    return (
        recommended + f"{count_of(ranked - funded, 'ranked bid is', 'ranked bids are')} not; each has its reason below."
    )


def _standing(allocation: Allocation) -> Iterator[str]:
    gain = ratio_decimal(allocation.upper_bound - allocation.total_score, allocation.score_unit)
    if allocation.status == "infeasible":
        yield f"The published rules cannot all be kept: {' and '.join(allocation.conflict) or 'see the rules below'}."
    elif allocation.status == "not_proven":
        yield (
            "The work that a search may take was done before a set was proven to be the best, so none is recommended. "
            f"Compared with the best set found, another could score up to {gain} points more. "
            f"{count_of(len(allocation.certain_in), 'bid is', 'bids are')} certain to be funded, and "
            f"{count_of(len(allocation.certain_out), 'bid', 'bids')} certain not to be."
        )
    elif allocation.choice is not None:
        yield (
            "The published method was followed, then people chose as the criteria let them: the final choice stands "
            "below beside what the ranks alone would have given. Every rule was checked again independently."
        )
    elif allocation.by_list:
        yield "The published order of priority was followed, and every rule was checked again independently."
    else:
        yield (
            "By the published objectives no other set of awards that keeps every rule is better. That is proven, and "
            "every rule was checked again independently."
        )


def matters(outcome: Outcome, views: Sequence[ThemeRows]) -> list[str]:
    """List what people have to decide or look at before they rely on the result."""
    return [*_findings(outcome), *_ties(outcome, views), *_sets(outcome)]


def _findings(outcome: Outcome) -> Iterator[str]:
    for severity, words in ((Severity.BLOCKS_AWARD, "to be mended"), (Severity.NEEDS_DECISION, "to be decided")):
        number = sum(finding.severity is severity for finding in outcome.findings)
        if number:
            yield f"{count_of(number, 'finding is', 'findings are')} {words}; see findings.html."
    if outcome.seal is None:
        yield "The criteria are not sealed, so nothing proves that these are the published ones."


def _ties(outcome: Outcome, views: Sequence[ThemeRows]) -> Iterator[str]:
    """Name bids that the whole published order leaves equal, and say where that matters to an award."""
    titles = theme_titles(outcome.criteria)
    for scored in outcome.scores.themes if outcome.scores else ():
        rows = {row.bid.id: row for view in views if view.theme.id == scored.theme for row in view.rows}
        for group in scored.ties:
            named = {bid: f"{rows[bid].name} ({bid})" for bid in group}
            equal = f"{titles[scored.theme]}: {listing(named.values())} are equal by the whole published order"
            funded = [bid for bid in group if rows[bid].award]
            if not outcome.allocation or outcome.allocation.status != "proven":
                yield f"{equal}."
            elif funded and len(funded) < len(group):
                only = listing(named[bid] for bid in funded)
                yield f"{equal}, and only {only} {agreeing(len(funded), 'is', 'are')} recommended."
            else:
                yield f"{equal}; {'both or all are' if funded else 'none is'} recommended, so it decides nothing."


def _sets(outcome: Outcome) -> Iterator[str]:
    allocation = outcome.allocation
    if allocation is None or not allocation.undecided:
        return
    more = "" if allocation.tied_complete else " or more"
    yield (
        f"{len(allocation.tied)}{more} sets of awards are equal by every published objective and tie-break. "
        "The one shown is one of them; people choose by what was published, or draw lots openly."
    )
