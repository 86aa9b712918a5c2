"""Whether bids name wards as the boundaries do, where the criteria ship them: what is drawn is found by its name."""

from collections import Counter

from evaluator.records.english import agreeing, count_of, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.procurement.area import Boundaries
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.spellings import place_key


def check_places(
    evaluation: Evaluation | None, boundaries: Boundaries | None, register: Table | None
) -> tuple[Finding, ...]:
    """Tell of the places that bids of the register name and no map shows."""
    if evaluation is None or boundaries is None or register is None:
        return ()
    drawn = {place_key(ward.name) for ward in boundaries.wards}
    times = Counter(ward for bid in evaluation.bids for ward in bid.wards if place_key(ward) not in drawn)
    if not times:
        return ()
    named = [f"{name} ({count_of(times[name], 'bid')})" for name in sorted(times)]
    facts = {"count": count_of(len(named), "place"), "are": agreeing(len(named), "is", "are")}
    return (finding("E-FILE-079", register.place, names=short_listing(named), **facts),)
