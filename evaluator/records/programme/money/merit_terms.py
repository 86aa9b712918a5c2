"""What stands against a rule that goes by the order of merit: before publication, and once bids are there."""

from collections.abc import Collection, Iterator, Sequence

from evaluator.records.programme.allocation_policy import Method
from evaluator.records.programme.rules import EVERY_THEME, EXCLUDES, FundFirst, MeritOrder, Rule

Unusable = tuple[str, str]  # the key, and why it cannot be used


def unusable(rule: Rule, rules: Sequence[Rule], method: Method, indexed: Collection[str]) -> Iterator[Unusable]:
    """Say why a rule of merit cannot be applied as it is written; nothing of other rules.

    Parameters
    ----------
    rules : every rule of the programme.
    indexed : the themes in which an index or an adjusted price ranks the bids.
    """
    if isinstance(rule, FundFirst) and (rule.rank is None) == (rule.score is None):
        yield "rank", "it needs a rank or a score, and one of them alone"
    if not isinstance(rule, MeritOrder):
        return
    if method != "optimise":
        yield "kind", f"the method is {method.replace('_', ' ')}, which goes down a list of its own"
    grounds = {one.id for one in rules if one.traits.is_ground} | {EXCLUDES}
    known = {one.id for one in rules}
    for name in (name for name in rule.passes_over if name not in grounds):
        why = "limits neither one organisation nor bids that are named" if name in known else "is not among the rules"
        yield "passes_over", f"{name} {why}, so that it is no ground"
    if rule.tie_break and not rule.bands:
        yield "tie_break", "it decides within bands, and there are none"
    yield from _gap_and_bands(rule, sorted(one for one in indexed if rule.theme in (one, EVERY_THEME)))


def _gap_and_bands(rule: MeritOrder, indexed: Sequence[str]) -> Iterator[Unusable]:
    if rule.bands and rule.max_gap:
        yield "max_gap", "bids of one band are of equal standing, so that no gap can be told between them"
    for key in ("max_gap", "bands"):
        if indexed and getattr(rule, key):
            where = f"in {', '.join(indexed)} an index or an adjusted price ranks the bids"
            yield key, f"{where}, and no total points say how far one is behind another"
