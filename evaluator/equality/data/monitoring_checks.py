"""What is worth knowing about the monitoring data. All of it is notes: this data never blocks or changes an award."""

from collections.abc import Callable, Iterator

from evaluator.equality.data.replies import ORGANISATION, answers, plain, rows_of
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Table

Check = Callable[[Criteria, Evaluation, Table], Iterator[Finding]]


def unknown_organisations(_: Criteria, evaluation: Evaluation, monitoring: Table) -> Iterator[Finding]:
    """Note rows of organisations that have not bid, alone or as a member of a consortium."""
    known = {name for bid in evaluation.bids for name in (bid.organisation, *bid.members)}
    for organisation, rows in rows_of(monitoring).items():
        if organisation not in known:
            for row in rows:
                yield finding("E-EQUALITY-001", monitoring.source(row, ORGANISATION))


def repeated_rows(_: Criteria, __: Evaluation, monitoring: Table) -> Iterator[Finding]:
    """Note every row of an organisation after its first."""
    for organisation, rows in rows_of(monitoring).items():
        if not organisation:
            continue
        first = monitoring.source(rows[0], ORGANISATION)
        for row in rows[1:]:
            place = monitoring.source(row, ORGANISATION)
            yield finding("E-EQUALITY-002", place, first=first.cell)


def replies_not_offered(criteria: Criteria, _: Evaluation, monitoring: Table) -> Iterator[Finding]:
    """Note replies that were not offered. The reply itself is not repeated: findings are public."""
    for characteristic in criteria.equality.characteristic if criteria.equality else ():
        offered = answers(characteristic).by_text
        for row, text in enumerate(monitoring.columns.get(characteristic.id, ())):
            if plain(text) not in offered and (row, characteristic.id) not in monitoring.faults:
                place = monitoring.source(row, characteristic.id)
                yield finding("E-EQUALITY-003", place, title=characteristic.title)


def bidders_without_a_row(_: Criteria, evaluation: Evaluation, monitoring: Table) -> Iterator[Finding]:
    """Note the organisations that bid and have no row."""
    missing = sorted({bid.organisation for bid in evaluation.bids} - set(rows_of(monitoring)))
    if missing:
        yield finding("E-EQUALITY-004", monitoring.place, number=len(missing), organisations=", ".join(missing))


def questions_without_a_column(criteria: Criteria, _: Evaluation, monitoring: Table) -> Iterator[Finding]:
    """Note the characteristics for which there is no column."""
    for characteristic in criteria.equality.characteristic if criteria.equality else ():
        if characteristic.id not in monitoring.columns:
            yield finding("E-EQUALITY-005", monitoring.place, title=characteristic.title, key=characteristic.id)


def words_without_a_group(criteria: Criteria, evaluation: Evaluation) -> Iterator[Finding]:
    """Note the bids that name a group served by a word that stands for no published one."""
    words = criteria.equality.words if criteria.equality else {}
    known = {plain(word) for word in (*words, *words.values())}
    bids = [bid.id for bid in evaluation.bids if words and any(plain(name) not in known for name in bid.groups)]
    if bids:
        count = count_of(len(bids), "bid is counted", "bids are counted")
        yield finding(
            "E-EQUALITY-106", Source("programme.toml", key="equality.words"), count=count, bids=", ".join(sorted(bids))
        )


CHECKS: tuple[Check, ...] = (
    unknown_organisations,
    repeated_rows,
    replies_not_offered,
    bidders_without_a_row,
    questions_without_a_column,
)


def check_monitoring(criteria: Criteria, evaluation: Evaluation, monitoring: Table | None) -> tuple[Finding, ...]:
    """Give the notes on the monitoring data, by place; none where there is no such data.

    Parameters
    ----------
    criteria : with the characteristics and the replies that they offer.
    evaluation : the bids, to know the organisations.
    monitoring : column ``organisation`` and one for each characteristic id.
    """
    notes = list(words_without_a_group(criteria, evaluation))
    if monitoring is not None:
        notes += (note for check in CHECKS for note in check(criteria, evaluation, monitoring))
    return in_order(notes)
