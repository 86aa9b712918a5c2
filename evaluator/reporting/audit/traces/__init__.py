"""Every figure of a run under the reference that stands beside it, and what people type when they ask for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import chain

from evaluator.reporting.audit.traces.bids import figures_of_bids
from evaluator.reporting.audit.traces.figure import Figure, is_number, numbers_in
from evaluator.reporting.audit.traces.programme import figures_of_programme
from evaluator.reporting.audit.traces.replies import figures_of_replies
from evaluator.reporting.audit.traces.rules import figures_of_rules
from evaluator.reporting.audit.traces.served import figures_of_served
from evaluator.reporting.audit.traces.traced import Traced

KINDS = ("bid", "rule", "theme", "figure")  # words that may stand before what is asked for, as in ``rule:O1``
NEAR = 5  # other words that are offered where nothing is found

__all__ = ["Asked", "Catalogue", "Figure", "Traced"]


@dataclass(frozen=True)
class Asked:
    """What some words stand for: one bid, or figures; where several fit, ``which`` says how each is asked for."""

    bid: str = ""
    figures: tuple[Figure, ...] = ()
    which: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Catalogue:
    """Every figure of a run."""

    def __init__(self, run: Traced) -> None:
        self.run = run

    @cached_property
    def of_bids(self) -> tuple[Figure, ...]:
        """The figures of single bids."""
        return tuple(figures_of_bids(self.run))

    @cached_property
    def shared(self) -> tuple[Figure, ...]:
        """All other figures: of the programme, its themes and rules, whom it serves, and what was replied."""
        parts = (figures_of_programme, figures_of_rules, figures_of_served, figures_of_replies)
        return tuple(figure for part in parts for figure in part(self.run))

    def asked(self, words: str) -> Asked:
        """Find what somebody typed: an id, a reference, a name; in any case of letters where only one thing fits."""
        kind, _, rest = words.partition(":")
        wanted, kind = (rest.strip(), kind) if kind in KINDS and rest else (words.strip(), "")
        found = self._found(wanted, kind, exact=True) or self._found(wanted, kind, exact=False)
        if not found:
            return Asked(near=self._near(wanted))
        ways = dict.fromkeys(way for way, _ in found)
        if len(ways) > 1:
            return Asked(which=tuple(ways))
        bid, figures = found[0][1].bid, tuple(figure for _, one in found for figure in one.figures)
        return Asked(bid, figures)

    def _found(self, wanted: str, kind: str, *, exact: bool) -> list[tuple[str, Asked]]:
        """List everything that fits, each with the words that ask for it alone, the same for what is one thing."""

        def same(one: str) -> bool:
            return one == wanted or (not exact and one.casefold() == wanted.casefold())

        found = []
        if kind in ("", "bid"):
            found += [(f"bid:{id}", Asked(bid=id)) for id in self._bids() if any(map(same, self._names(id)))]
        rules = {rule.id for rule in self.run.outcome.criteria.rules}
        themes = set(self.run.themes.values())
        for figure in (*self.shared, *self.of_bids):
            own = "rule" if figure.ref in rules else "theme" if figure.ref in themes else "figure"
            if kind not in ("", own):
                continue
            if same(figure.ref):
                found.append((f"{own}:{figure.ref}", Asked(figures=(figure,))))
            elif any(map(same, figure.also)):
                # rules that repeat by year have one title, and are told together
                found.append((f"{own}:{wanted if own == 'rule' else figure.ref}", Asked(figures=(figure,))))
        return found

    def _bids(self) -> Sequence[str]:
        staged = (line for stage in self.run.outcome.stages for line in stage.by_bid)
        return tuple(dict.fromkeys((*self.run.bids, *staged)))

    def _names(self, bid: str) -> tuple[str, ...]:
        own = self.run.bids.get(bid)
        return (bid,) if own is None else (bid, own.name, own.organisation, *((own.title,) if own.title else ()))

    def _near(self, wanted: str) -> tuple[str, ...]:
        """Offer references and names that look like what was typed."""
        known = {word.casefold(): word for word in self._words()}
        return tuple(known[one] for one in get_close_matches(wanted.casefold(), known, NEAR))

    def _words(self) -> Iterator[str]:
        for figure in self.shared:
            yield from (figure.ref, *figure.also)
        for bid in self._bids():
            yield from self._names(bid)

    def with_number(self, number: str) -> tuple[Figure, ...]:
        """Give every figure that is printed as a number, those of the whole first."""
        every = (*self.shared, *self.of_bids)
        return tuple(
            one for one in every if is_number(number, chain.from_iterable(map(numbers_in, (*one.texts, one.in_words))))
        )
