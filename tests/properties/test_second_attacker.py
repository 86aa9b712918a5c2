"""The second attacker learns nothing small from all that is published of random programmes."""

import json
import random
import re
import warnings
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

from evaluator.equality import assess
from evaluator.equality.impact import PANEL_THRESHOLD, Edition
from evaluator.records.documents import Workbook
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import EqualityImpact, ExternalData
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.reporting.equality import equality_document, equality_html, equality_workbook
from tests.properties.second_attacker import LAST, STAGES, Attack, Offer
from tests.unit.equality import small_programmes as example
from tests.unit.reporting import small_outcome

GROUPS = ("Alpha", "Beta", "Gamma", "Delta")
UNKNOWN = ("Prefer not to say", "No reply", "Not asked")
MARKS = ("0", "1", "2", "3", "4", "5")
WEIGHTS = {"Q1": "50", "Q2": "30", "Q3": "20"}
AXES = ("led_by", "exists_for")
SHAPES = ("a small theme", "one with many", "all funded", "none funded", "one reply", "unequal themes")
UNANSWERED = "were not answered in time"
SIZES = (12, 18, 25, 35, 50, 70, 90, 120)


def criteria_of(threshold: int, themes: str) -> Criteria:
    plain = example.criteria(threshold, GROUPS, themes=themes).model_dump(by_alias=True)
    axis = {"about": "led_by", "values": GROUPS, "source": "Appendix"}
    plain["scale"]["mark"] = tuple({"mark": m, "label": m, "descriptor": m} for m in MARKS)
    plain["equality"]["characteristic"] = tuple({"id": name, "title": name, **axis} for name in AXES)
    plain["themes"] = tuple(
        {"id": name, "title": f"Theme {name}", "source": "Appendix", "weights": WEIGHTS} for name in themes
    )
    return Criteria.model_validate(plain)


class Random:
    """A random programme, all of whose facts but the replies are public."""

    def __init__(self, seed: int, size: int = 0, shape: str = "", edition: Edition = "public") -> None:
        dice = random.Random(f"second {seed}")
        self.edition: Edition = edition
        self.published = dice.choice((5, 10, 10))
        self.threshold = self.published if edition == "public" else PANEL_THRESHOLD
        self.themes = "TUV" if "theme" in shape else dice.choice(("T", "T", "TU", "TUV"))
        number = size or dice.choice(SIZES)
        organisations = [f"O{n:03d}" for n in range(max(4, int(number * dice.choice((0.5, 0.7, 0.9, 1)))))]
        fates = dice.choice(((1, 1, 1, 4, 6), (0, 1, 0, 6, 4), (0, 0, 0, 1, 1), (3, 1, 1, 5, 5), (0, 2, 2, 0, 9)))
        taste = [dice.choice((0, 1, 2, 5, 9)) for _ in GROUPS]
        taste = taste if any(taste) else [1] * len(GROUPS)
        fates = {"all funded": (0, 0, 0, 0, 1), "none funded": (1, 1, 1, 5, 0)}.get(shape, fates)
        taste = [1, 0, 0, 0] if shape == "one reply" else taste
        crowds = {"a small theme": [20, 20, 1], "unequal themes": [8, 3, 1]}.get(shape, [1] * len(self.themes))
        self.part = dice.choice((1, 1, 0.9, 0.6))  # of its ask that a bid may be awarded
        biased = dice.random() < 0.4  # whether the first group is treated worse
        silent = [who for who in organisations if dice.random() < 0.1]
        self.without_a_row = frozenset(who for who in silent if dice.random() < 0.5)
        self.replies = {axis: self._replies(dice, organisations, silent, taste) for axis in AXES}
        self.bids, self.outcomes, self.marks = [], {}, {}
        for place in range(number):
            name, who = f"B{place:03d}", dice.choice(organisations)
            who = organisations[0] if shape == "one with many" and place < 12 else who
            worse = biased and self.replies[AXES[0]][who] == GROUPS[0]
            price = dice.choice((dice.randint(5, 60), dice.randint(40, 60), 500 if dice.random() < 0.05 else 50))
            self.bids.append(example.bid(name, who, price * 1000_00, dice.choices(self.themes, crowds)[0]))
            self.outcomes[name] = dice.choices(range(STAGES), [4, 2, 1, 4, 1] if worse else fates)[0]
            self.marks[name] = bytes(max(0, dice.randrange(6) - worse) for _ in WEIGHTS)

    def _replies(self, dice: random.Random, whose: list[str], silent: list[str], taste: list[int]) -> dict[str, str]:
        said = {}
        for who in whose:
            if who in self.without_a_row:
                said[who] = "Not known"
            elif who in silent:
                said[who] = "No reply"
            else:
                said[who] = dice.choices((*GROUPS, UNKNOWN[0]), [*taste, 0.4])[0]
        return said

    def evaluation(self) -> Evaluation:
        failed = [name for name, outcome in self.outcomes.items() if outcome == example.FAILED]
        plain = example.evaluation(self.bids, failed)
        themes = tuple(
            ThemeBids(t.theme, t.bids, tuple(WEIGHTS), b"".join(self.marks[b.id] for b in t.bids), t.disregarded)
            for t in plain.themes
        )
        return Evaluation(themes, (), (), Table({}, ()), None)

    def assess(self) -> EqualityImpact:
        prices = {one.id: one.price or 0 for one in self.bids}
        awards = {name: self.awarded(prices[name]) for name, outcome in self.outcomes.items() if outcome == LAST}
        under = [name for name, outcome in self.outcomes.items() if outcome == example.UNDER_THE_SCORE]
        rows = [
            (who, *(self.replies[axis][who] for axis in AXES))
            for who in sorted(self.replies[AXES[0]])
            if who not in self.without_a_row
        ]
        of = Baseline("population", AXES[0], "Residents", "Made up", "2021", ((GROUPS[0], Fraction(1, 3)),), True)
        return assess(
            criteria_of(self.published, self.themes),
            self.evaluation(),
            example.scores(self.outcomes, self.bids),
            example.allocation(awards, under),
            example.monitoring(rows, AXES),
            ExternalData(baselines=(of,)),
            self.edition,
        )

    def awarded(self, price: int) -> int:
        """What is awarded of an ask: all of it, or of every other size of ask a part."""
        return int(price * self.part) if price % 2000_00 else price

    def offers(self) -> list[Offer]:
        return [self._offer(one) for one in self.bids]

    def _offer(self, one: Bid) -> Offer:
        outcome = self.outcomes[one.id]
        worth = zip(WEIGHTS.items(), self.marks[one.id], strict=True)
        points = {q: Fraction(weight) * mark / 5 for (q, weight), mark in worth}
        price = one.price or 0
        awarded = self.awarded(price) if outcome == LAST else 0
        return Offer(one.organisation, one.theme, outcome, price, awarded, points if outcome else None)


def found(seed: int, size: int = 0, shape: str = "", edition: Edition = "public") -> Iterator[str]:
    """Give in words what the attacker learns of one random programme, and what he could not find out in time."""
    programme = Random(seed, size, shape, edition)
    impact = programme.assess()
    document = json.loads(json.dumps(equality_document(impact)))
    yield from leaks_of_pages(impact, document)
    unit = round(Fraction(document["money_rounded_to"]) * 100)
    offers = programme.offers()
    for one in document["characteristics"]:
        truth = programme.replies[one["id"]]
        here = {offer.organisation for offer in offers}
        if {truth[who] for who in here} <= {"Not known"}:
            continue  # nobody's reply is known, which tells nothing of anybody
        attack = Attack(offers, one["lines"], unit, programme.without_a_row, programme.threshold)
        attack.mix(12, random.Random(seed))
        yield from (f"{one['id']}: {said}" for said in _learned(attack, programme, truth))
        if attack.unanswered:
            yield f"{one['id']}: {attack.unanswered} questions {UNANSWERED}"


def _learned(attack: Attack, programme: Random, truth: Mapping[str, str]) -> Iterator[str]:
    known = programme.without_a_row
    for line in attack.lines:
        name = line["group"]
        if line["stages"][0]["bids"] == 0 or name == "Not known":
            continue
        for words, counts in _cells(attack):
            there = [one for one in attack.offers if counts(one) and one.organisation not in known]
            whose = {one.organisation for one in there}
            own = sum(truth[one.organisation] == name for one in there)
            if sum(truth[who] == name for who in whose) >= programme.threshold or not there:
                continue
            for unit, weights in (
                ("bids", attack.bids_of(name, there.__contains__)),
                ("organisations", attack.those(name, whose)),
            ):
                wide = needed(programme.threshold, sum(weights.values()))
                least, most = attack.range_of(weights, wide)
                if most - least < wide:
                    yield f"{name} {words}: {own} of {len(there)}, bounded to {least}..{most} {unit}"
        for who in attack.certain(name):
            yield f"{who} replied {name}"


def needed(threshold: int, total: int) -> int:
    """The whole threshold; of fewer in all, one less than they are, because no line has to be able to hold them all."""
    return min(threshold, max(1, total - 1))


def _cells(attack: Attack) -> Iterator[tuple[str, Any]]:
    for stage in range(STAGES):
        yield f"came to stage {stage}", lambda one, s=stage: one.outcome >= s
        yield f"ended at stage {stage}", lambda one, s=stage: one.outcome == s
    for theme in attack.themes:
        for stage in (0, LAST):
            yield f"stage {stage} in {theme}", lambda one, s=stage, t=theme: one.theme == t and one.outcome >= s


def leaks_of_pages(impact: EqualityImpact, document: Mapping[str, Any]) -> Iterator[str]:
    """Say where the page, its charts or the workbook show a number of a line that the document withholds."""
    outcome = small_outcome.outcome(equality=impact)
    page = equality_html(outcome)
    for one in document["characteristics"]:
        start = page.index(f'id="characteristic-{one["id"]}"')
        part = page[start : page.find("<h3", start + 5)]
        for line in one["lines"]:
            shown = [stage["bids"] for stage in line["stages"]]
            rows = re.findall(rf'<tr[^>]*><th scope="row">{line["group"]}</th>(.*?)</tr>', part, re.S)
            if None in (shown[0], shown[-1]) and (len(rows) > 1 or f'fill="#1b2430">{line["group"]}</text>' in part):
                yield f"{one['id']} {line['group']}: more is shown on the page than may be"
            cells = re.findall(r"<td[^>]*>(.*?)</td>", rows[0], re.S)[1:] if rows else ["withheld"] * STAGES
            told = [None if cell == "withheld" else int(cell.split("<")[0].replace(",", "")) for cell in cells]
            if told != shown:
                yield f"{one['id']} {line['group']}: the page shows {told}, the document {shown}"
            if None in (shown[0], shown[-1]) and any(
                line[key]
                for key in ("rate", "ratio", "shortfall", "steps", "against", "score", "drivers", "ratio_bounds")
            ):
                yield f"{one['id']} {line['group']}: something is derived from what is withheld"
    yield from _leaks_of_sheets(equality_workbook(outcome), document)


def _leaks_of_sheets(book: Workbook, document: Mapping[str, Any]) -> Iterator[str]:
    for sheet in book.sheets[1:6]:
        for row in sheet.rows[1:]:
            texts = [cell.value for cell in row]
            lines = [
                line
                for one in document["characteristics"]
                for line in one["lines"]
                if [one["title"], line["group"]] == texts[:2] and line["stages"][0]["bids"] is None
            ]
            if lines and any(isinstance(value, (int, float)) and not isinstance(value, bool) for value in texts):
                yield f"{sheet.name}: {texts[:2]} has a number"


def leaks(seed: int, size: int = 0, shape: str = "", edition: Edition = "public") -> list[str]:
    """What he learns. Questions that he could not answer in time are counted in a warning: they prove nothing."""
    said = list(found(seed, size, shape, edition))
    late = [one for one in said if one.endswith(UNANSWERED)]
    if late:
        warnings.warn(f"{shape or 'programme'} {seed}: {'; '.join(late)}", stacklevel=2)
    return [one for one in said if one not in late]


@pytest.mark.parametrize(("seed", "edition"), [(0, "public"), (1, "public"), (2, "panel")])
def test_the_second_attacker_learns_nothing_small_of_a_programme(seed: int, edition: Edition) -> None:
    assert leaks(seed, size=35, edition=edition) == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["public", "panel"])
@pytest.mark.parametrize("seed", range(20))
def test_the_second_attacker_learns_nothing_small_of_twenty_programmes(seed: int, edition: Edition) -> None:
    assert leaks(seed, edition=edition) == []


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_the_second_attacker_learns_nothing_small_of_a_programme_of_an_odd_shape(seed: int, shape: str) -> None:
    assert leaks(seed, 70, shape) == []
