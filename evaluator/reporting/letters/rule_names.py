"""Published rules as a letter names them: by id and title, since an id alone tells a bidder nothing."""

import re
from collections.abc import Sequence

from evaluator.records.english import agreeing, listing
from evaluator.records.programme.rules import EVERY_THEME, MeritOrder
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.method import method

IN_BRACKETS, IDS = re.compile(r"\(rules? ([^()]+)\)"), re.compile(r"(?!and\b)\b[^\s,]+")
MOST_NAMED = 2  # rules that one sentence names one by one


class RuleNames:
    """The rules of a run's criteria, by id."""

    def __init__(self, outcome: Outcome) -> None:
        lines = method(outcome).rules if outcome.scores else ()
        self.lines = {line.id: line for line in lines}
        self.bids = {bid.id.casefold() for bid in (outcome.evaluation.bids if outcome.evaluation else ())}
        self.years = outcome.criteria.years
        policy = outcome.criteria.allocation
        rules = (*(policy.rule if policy else ()), *(rule for theme in outcome.criteria.themes for rule in theme.rule))
        self.orders = {rule.theme: rule for rule in rules if isinstance(rule, MeritOrder)}

    def order_of(self, theme: str) -> MeritOrder | None:
        """Give the order of merit that holds in a theme, if one was published."""
        return self.orders.get(theme) or self.orders.get(EVERY_THEME)

    def one(self, id: str) -> str:
        """Name a rule with its title, and by that alone where a bid has the same id and would be taken for it."""
        title = self.lines[id].title if id in self.lines else ""
        if title and id.casefold() in self.bids:
            return f"“{title}”"
        return f"{id} “{title}”" if title else id

    def several(self, ids: Sequence[str]) -> str:
        """Name rules; of many the first, since the annex lists all of them. Empty for none."""
        named = [self.one(id) for id in ids]
        if len(ids) > MOST_NAMED:
            return f"rule {named[0]} and {len(ids) - 1} like it"
        return f"{agreeing(len(ids), 'rule')} {listing(named)}" if ids else ""

    def in_brackets(self, ids: Sequence[str]) -> str:
        """Name rules at the end of a sentence, with a space before; empty for none."""
        return f" ({self.several(ids)})" if ids else ""

    def said(self, sentence: str) -> str:
        """Name the rules of a sentence with their titles where it names one or two in brackets."""

        def named(found: re.Match[str]) -> str:
            return f"({self.several(IDS.findall(found[1]))})"

        return IN_BRACKETS.sub(named, sentence)

    def demands(self, ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Give what each rule demands, by its name; a rule that repeats by year is one."""
        alike: dict[tuple[str, str], list[str]] = {}
        for id in dict.fromkeys(ids):
            if id in self.lines:
                line = self.lines[id]
                alike.setdefault((self._of_no_year(line.title), line.demand), []).append(id)
        return tuple((self._alike(title, same), demand) for (title, demand), same in alike.items())

    def _alike(self, title: str, same: Sequence[str]) -> str:
        """Name rules that differ by their year alone."""
        if len(same) == 1:
            return self.one(same[0])
        shown = "" if any(id.casefold() in self.bids for id in same) else f"{listing(sorted(same))} "
        return f"{shown}“{title}”, year by year"

    def _of_no_year(self, title: str) -> str:
        """Give a title without the year that it ends with; rules of several years are then alike."""
        year = next((year for year in self.years if title.endswith(year)), "")
        return title.removesuffix(year).rstrip(" :,")
