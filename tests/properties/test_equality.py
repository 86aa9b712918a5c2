"""Programmes with several editions under attack: nothing that is printed, in any document, tells anybody's reply."""

import json
import random
import re

import pytest

from evaluator.equality import assess
from evaluator.equality.context.earlier import read_earlier
from evaluator.files.audit.run_folder import rendered
from evaluator.records.results.equality import EqualityImpact, ExternalData
from evaluator.reporting import equality_documents
from evaluator.reporting.equality import equality_document
from tests.properties.equality_attackers import NO_ANSWER, Attacker, Rows, Seen, interval, of_html, of_word, of_workbook
from tests.unit.equality.small_programmes import (
    NOT_RECOMMENDED,
    RECOMMENDED,
    allocation,
    bid,
    criteria,
    evaluation,
    monitoring,
    scores,
)
from tests.unit.reporting.small_outcome import outcome

TITLE = "Women led"


class RandomProgramme:
    """A programme of 15 to 60 organisations and two to four editions, the second after one changed mark."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)
        self.values = tuple("ABCDEF"[: dice.randint(2, 6)])
        self.few = dice.choice((3, 4, 10) if seed % 4 == 0 else (3, 3, 4))
        self.criteria = self._criteria()
        number = dice.randint(15, 60)
        self.names = [f"O{at:02d}" for at in range(number)]
        taste = [dice.choice((1, 2, 4, 12)) for _ in self.values]
        silent = dice.choice((0.0, 0.0, 0.1, 0.3))
        self.replies = {
            name: "No reply" if dice.random() < silent else dice.choices(self.values, taste)[0] for name in self.names
        }
        chance = {value: dice.choice((0.1, 0.4, 0.4, 0.9)) for value in (*self.values, "No reply")}
        first = {name: dice.random() < chance[self.replies[name]] for name in self.names}
        self.editions = [first]
        for _ in range(dice.randint(1, 3)):
            swaps = 1 if len(self.editions) == 1 else dice.choice((1, 3, 6))
            self.editions.append(self._swapped(self.editions[-1], swaps, dice))

    def _criteria(self) -> object:
        made = criteria(10, self.values)
        assert made.equality is not None
        plan = made.equality.model_copy(update={"few": self.few, "bands": (1, 5)})
        return made.model_copy(update={"equality": plan})

    def _swapped(self, funded: dict[str, bool], swaps: int, dice: random.Random) -> dict[str, bool]:
        """Give awards to some who had none, and take as many away."""
        won, lost = ([n for n in self.names if funded[n] is side] for side in (True, False))
        size = min(swaps, len(won), len(lost))
        return funded | dict.fromkeys(dice.sample(won, size), False) | dict.fromkeys(dice.sample(lost, size), True)

    def impacts(self) -> list[EqualityImpact]:
        """Give every edition, each made with those before it."""
        found: list[EqualityImpact] = []
        before: list[tuple[str, dict[str, object]]] = []
        for at, funded in enumerate(self.editions):
            earlier, notes = read_earlier(before)
            assert notes == ()
            found.append(self.assess(funded, ExternalData(earlier=earlier)))
            before.append((f"{at}.json", self._written(funded, found[-1], at)))
        return found

    def assess(self, funded: dict[str, bool], external: ExternalData, backwards: bool = False) -> EqualityImpact:
        rows = list(self.replies.items())[:: -1 if backwards else 1]
        bids = [bid(f"B{name}", name) for name in self.names][:: -1 if backwards else 1]
        outcomes = {f"B{name}": RECOMMENDED if funded[name] else NOT_RECOMMENDED for name in self.names}
        awards = allocation({f"B{name}": 100_00 for name in self.names if funded[name]})
        found = (evaluation(bids), scores(outcomes, bids), awards, monitoring(rows), external)
        return assess(self.criteria, *found)  # type: ignore[arg-type]

    def _written(self, funded: dict[str, bool], impact: EqualityImpact, at: int) -> dict[str, object]:
        """Give what an outcome.json holds of an edition."""
        listed = [{"bid": f"B{name}", "organisation": name} for name in self.names]
        return json.loads(
            json.dumps(
                {
                    "date": f"2026-11-{at + 1:02d}",
                    "criteria": {"reference": "CC-1", "version": "1"},
                    "allocation": {"awards": [{"bid": f"B{name}"} for name in self.names if funded[name]]},
                    "themes": [{"bids": listed}],
                    "equality": equality_document(impact),
                }
            )
        )


def attacked(seed: int) -> int:
    """Attack a programme by its pages and workbooks; gives how many groups were shown."""
    programme = RandomProgramme(seed)
    seen, shown = [], 0
    for funded, impact in zip(programme.editions, programme.impacts(), strict=True):
        files = {one.name: one for one in equality_documents(outcome(equality=impact))}
        page = str(files["equality_impact.html"].content)
        table = of_html(page, (*programme.values, NO_ANSWER))
        shown += len(table)
        seen.append(Seen(funded, {} if "As first published" in page else table))
    dice = random.Random(seed)
    insider = dice.choice(programme.names)
    said = programme.replies[insider]
    known = (insider, said if said in programme.values else NO_ANSWER)
    everyone = Attacker(seen, programme.values)
    assert (seed, everyone.betrayed(2)) == (seed, [])
    assert (seed, Attacker(seen, programme.values, known).betrayed(1)) == (seed, [])
    return shown


def test_no_edition_nor_all_together_tell_a_reply() -> None:
    assert sum(map(attacked, range(12))) > 60  # the attack is on tables that show something


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_two_hundred_programmes_with_two_to_four_editions_tell_no_reply(block: int) -> None:
    assert sum(map(attacked, range(100 + 20 * block, 120 + 20 * block))) > 100


def test_the_attackers_find_what_figures_after_one_swap_would_tell() -> None:
    """The same attack on exact figures of two editions that differ by one award: it must succeed."""
    first = {f"O{at}": at < 10 for at in range(30)}
    second = first | {"O0": False, "O29": True}
    tables = [{"A": ((15, 15), (won, won)), "B": ((15, 15), (10 - won, 10 - won))} for won in (4, 5)]
    found = Attacker([Seen(first, tables[0]), Seen(second, tables[1])], ("A", "B")).betrayed(1)
    assert any(one.startswith("['O29'] A: 1 to 1") for one in found)


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_word_pdf_and_workbook_show_what_the_page_shows_and_nothing_hides_in_them(seed: int) -> None:
    programme = RandomProgramme(seed)
    impact = programme.impacts()[0]
    files = rendered(equality_documents(outcome(equality=impact)))
    page = files["equality_impact.html"].decode()
    names = (*programme.values, NO_ANSWER)
    table = of_html(page, names)
    assert len(table) > 2
    assert of_workbook(files["equality_impact.xlsx"], names) == table
    assert of_word(files["equality_impact.docx"], names) == table
    words = {group: won for group, (_, won) in table.items() if won}
    for text in Rows(page).hidden:  # the words of a picture give bands that the table gives
        for group, told in re_pairs(text):
            assert interval(told) == words[group]


def re_pairs(text: str) -> list[tuple[str, str]]:
    """Read ``A: 3 to 4 of 12 with an award.`` as the group and its figure."""
    return [(g, t) for g, t in re.findall(r"([A-F]): (.*?) of .*? with an award", text)]


@pytest.mark.parametrize("seed", range(8))
def test_every_band_holds_the_true_count(seed: int) -> None:
    programme = RandomProgramme(seed)
    for group in programme.impacts()[0].characteristics[0].groups:
        own = [name for name in programme.names if programme.replies[name] in group.values]
        assert group.organisations.least <= len(own) <= group.organisations.most
        if group.funded:
            assert group.funded.least <= sum(programme.editions[0][name] for name in own) <= group.funded.most


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    programme = RandomProgramme(seed)
    none, first = ExternalData(), programme.editions[0]
    assert programme.assess(first, none, backwards=True) == programme.assess(first, none)
