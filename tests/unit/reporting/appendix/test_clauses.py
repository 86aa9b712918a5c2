"""The appendix' clauses: numbers that stay, each rule once, its sentence changed by its value, and no other figure."""

import re
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.law import standstill
from evaluator.publication.figures import figures_in, unaccounted
from evaluator.publication.restated import restated
from evaluator.records.programme.allocation_policy import SEARCH_LIMITS
from evaluator.records.programme.by_name import Names
from evaluator.records.programme.criteria import ALPHA, BANDS, MARGIN, Criteria
from evaluator.records.programme.texts import texts_of
from evaluator.reporting.appendix import Issued, appendix_html
from evaluator.reporting.appendix.clauses import FIXED, PARTS, clause_of, number
from tests.unit.publication.small_criteria import Change, add, both, put, small
from tests.unit.reporting.appendix.test_appendix import rich

ROOT = Path(__file__).parents[4]
SEALED = sorted(path.parent for path in (ROOT / "criteria").glob("*/seal.json"))
PUBLISHED = sorted(path.parent for path in (ROOT / "tests" / "reference" / "methodologies").glob("*/programme.toml"))
CLAUSE = re.compile(r'<(?:p|h3|h4)\b[^>]* id="clause-([^"]+)">(.*?)</(?:p|h3|h4)>', re.S)
GATE = {
    "id": "policy",
    "title": "Policy",
    "question": "Have you a policy?",
    "kind": "participation",
    "predicate": "Pass: a written policy is in force.",
    "on_failure": "The head of service decides.",
    "source": "5",
}
RULE = {"id": "A0", "kind": "organisation_awards", "limit": 2, "title": "Two", "source": "7"}


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(criteria: Criteria, **more: Any) -> str:
    return appendix_html(Issued(criteria, "0", None, **more), "0")


def clauses(criteria: Criteria, **more: Any) -> dict[str, str]:
    """Give the words of each clause by its number; headings stand beside the clause that they begin."""
    found: dict[str, str] = {}
    for at, words in CLAUSE.findall(page(criteria, **more)):
        found[at] = f"{found.get(at, '')} {plain(words)}".strip()
    return found


@pytest.mark.parametrize(
    ("change", "comes"),
    [
        (add("allocation.rule", RULE), {"15.A0"}),
        (add("gate", GATE), {"3.policy", "3.policy.1", "3.policy.2", "3.policy.3", "3.policy.4"}),
        (put("term", [{"id": "T9", "title": "Words", "text": "Read.", "source": "4"}]), {"5.T9", "5.T9.1"}),
        (put("themes.0.minimum_marks.C1", "1"), {"12.north.4.C1"}),
        (put("themes.0.rule", []), set()),
    ],
    ids=["a rule", "a gate", "a term", "a minimum", "one rule less"],
)
def test_what_comes_or_goes_renumbers_no_other_clause(change: Change, comes: set[str]) -> None:
    before, after = clauses(small()), clauses(small(change))
    assert set(after) - set(before) == comes
    assert set(before) - set(after) == (set() if comes else {"12.north.north-awards"})
    assert {at: after[at] for at in set(before) & set(after)} == {at: before[at] for at in set(before) & set(after)}


def test_numbers_are_fixed_once_and_for_all() -> None:
    """They stand in sealed appendices: whoever changes one of these breaks references to it."""
    assert [number(part) for part in PARTS] == [str(n) for n in range(1, 22)]
    assert number("moderation", "spread") == "7.3"
    assert number("price", "low") == "11.10"
    assert number("stage", "S1", "passes") == "21.S1.2"
    assert number("measured", "M1").startswith("20.M1")
    assert number("theme", "advice", "minimums", "quality") == "12.advice.4.quality"
    assert number("award", "O1") == "15.O1"
    assert all(len(set(subjects)) == len(subjects) for subjects in FIXED.values())


@pytest.mark.parametrize("folder", [*SEALED, *PUBLISHED], ids=lambda path: path.name)
def test_no_number_stands_twice(folder: Path) -> None:
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    ids = Counter(re.findall(r' id="([^"]+)"', page(criteria)))
    assert [one for one, times in ids.items() if times > 1] == []


def test_no_rule_is_said_twice() -> None:
    criteria = read_criteria(SEALED[0]).criteria
    assert criteria is not None
    fixed = [words.partition(" ")[2] for at, words in clauses(criteria).items() if not re.search("[A-Za-z]", at)]
    assert len(fixed) > 30
    assert len(fixed) == len(set(fixed))


VALUES = [
    ("rounding.places", 3, "13.2"),
    ("rounding.mode", "down", "13.2"),
    ("rounding.point", "total", "13.1"),
    ("moderation.method", "one_evaluator", "7.1"),
    ("moderation.least_evaluators", 4, "7.2"),
    ("moderation.spread_trigger", "3", "7.3"),
    ("moderation.declarations_required", False, "7.4"),
    ("tie_break.order", ["quality"], "14.1"),
    ("price.below_mean", "45%", "11.10"),
    ("price.basis", "yearly", "11.4"),
    ("price.parameters.lowest", "70000", "11.1"),
    ("allocation.method", "priority", "15.1"),
    ("allocation.minimum_score", "55", "15.5"),
    ("allocation.leftovers", False, "15.7"),
    ("themes.0.minimum_marks.N1", "1", "12.north.4.N1"),
    ("themes.0.minimum_quality", "45%", "12.north.4.quality"),
    ("themes.0.question.0.word_limit", 310, "12.north.N1.4"),
    ("gate.0.predicate", "Pass: it is signed.", "3.insurance.2"),
    ("procurement.tenders_close", "2027-02-27T12:00", "1.2"),
    ("equality.threshold", 12, "16.2"),
    ("scale.mark.3.mark", "4", "2.3"),
]


WORKED_OUT = [
    ("method", "median", "7.1"),
    ("method", "sum", "2.3"),
    ("least_evaluators", 4, "7.2"),
    ("spread_trigger", "3", "7.3"),
    ("on_spread", "decision", "7.3"),
    ("trim", "20%", "7.5"),
    ("missing_marks", "those_given", "7.6"),
    ("places", 2, "7.7"),
    ("mode", "down", "7.7"),
]


@pytest.mark.parametrize(("key", "value", "clause"), WORKED_OUT, ids=[key for key, *_ in WORKED_OUT])
def test_each_value_of_marks_that_are_worked_out_changes_the_sentence_that_is_about_it(
    key: str, value: object, clause: str
) -> None:
    plain = rich()
    plain["moderation"] |= {"method": "trimmed_mean", "trim": "1", "places": 1, "mode": "up", "on_spread": "discussed"}
    before = clauses(Criteria.model_validate(plain))
    put(f"moderation.{key}", value)(plain)
    after = clauses(Criteria.model_validate(plain))
    assert before[clause] != after[clause]


def test_which_marks_count_beside_a_third_one_is_told() -> None:
    plain = rich()
    plain["moderation"] |= {"method": "mean", "on_spread": "third_evaluator", "third_counts": "all"}
    every = clauses(Criteria.model_validate(plain))["7.3"]
    put("moderation.third_counts", "closest")(plain)
    closest = clauses(Criteria.model_validate(plain))["7.3"]
    assert every.endswith("All marks then count.")
    assert "without the one furthest out" in closest


@pytest.mark.parametrize(("key", "value", "clause"), VALUES, ids=[key for key, *_ in VALUES])
def test_each_value_changes_the_sentence_that_is_about_it(key: str, value: object, clause: str) -> None:
    before = clauses(Criteria.model_validate(rich()))
    changed = rich()
    put(key, value)(changed)
    after = clauses(Criteria.model_validate(changed))
    assert before[clause] != after[clause]


def test_nothing_that_is_known_is_left_to_a_list_beside_the_sentences() -> None:
    every = rich() | {"contract_management": {"for_contract": "4", "source": "9"}}
    both(
        put("themes.0.contract_value", "50000"),
        put("themes.0.outcomes", ["need"]),
        put("themes.0.question.0.purpose", "To know."),
        put("allocation.minimum_scores", {"north": "60"}),
        put("allocation.theme_weights", {"north": "2", "south": "1"}),
        put("allocation.tied_cap", 50),
        put("allocation.level", [{"share": "60%", "score": "55%"}]),
        put("equality.few", 3),
        put("equality.words", {"elders": "Older people"}),
        put("equality.characteristic.0.words", {"w": "Women"}),
        put("equality.characteristic.0.on_register", True),
        put("scale.facts", [{"text": "3", "why": "A paragraph."}]),
    )(every)
    html = page(Criteria.model_validate(every))
    assert "Also published" not in html
    for said in ("£50,000 a year", "To know.", "In north it is 60", "north 2; south 1", "at most 50", "60 % of its"):
        assert said in html


def test_every_text_has_the_number_of_its_clause() -> None:
    criteria = Criteria.model_validate(rich())
    numbers = {str(one.place): clause_of(one) for one in texts_of(criteria)}
    assert numbers["themes/north.toml question[1].good_answer"] == "12.north.N1.2"
    assert numbers["programme.toml gate[1].predicate"] == "3.insurance.2"
    assert numbers["programme.toml moderation.source"] == "7"
    assert numbers["programme.toml allocation.rule[1].source"].startswith("15.")
    assert numbers["programme.toml outcomes.need"] == "9.need"
    assert set(numbers.values()) <= {one.replace("-", " ") for one in _numbers(criteria)} | _numbers(criteria)


def _numbers(criteria: Criteria) -> set[str]:
    html = page(criteria)
    found = set(re.findall(r'class="number">([^<]+)<', html)) | set(re.findall(r'id="clause-([^"]+)"', html))
    return found | {f"{PARTS.index('tier') + 1}.{one.id}" for one in criteria.tier} | {number("programme", "facts")}


def test_sentences_that_restate_a_rule_are_left_out_and_those_that_do_not_agree_stay() -> None:
    agreeing = small(put("rounding.source", "ITT 4.6: each part once to 2 decimal places, a half upwards."))
    other = small(put("rounding.source", "ITT 4.6: each part once to 3 decimal places, a half upwards."))
    assert "Source: ITT 4.6.<" in page(agreeing, restated=restated(agreeing))
    assert "a half upwards" not in page(agreeing, restated=restated(agreeing))
    assert "3 decimal places, a half upwards" in page(other, restated=restated(other))


# What the engine's own words hold beside values: numbers of the law's sections aside, ways of working that it applies.
OWN = (
    {Decimal(one) for one in (0, 1, 10, 100, 10_000, 50, MARGIN, *BANDS)}
    | {ALPHA}
    | {Decimal(number) for one in SEARCH_LIMITS for number in (one.bids or 0, one.nodes, one.iterations)}
)
WORKED = {number("award", "inversions")}  # a worked example, which says that it is one


@pytest.mark.parametrize("folder", SEALED, ids=lambda path: path.name)
def test_no_figure_stands_in_the_appendix_that_the_engine_does_not_apply(folder: Path) -> None:
    """Every figure is a value of the criteria, or its author declared it to be a fact, or the engine's own working."""
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    assert not [text.place for text in texts_of(criteria) if unaccounted(text, text.written)]
    names = Names(criteria.as_written)
    values = {one.value for theme in ("", *(t.id for t in criteria.themes)) for one in names.at(theme).values()}
    values |= {one.value for text in texts_of(criteria) for one in names.own(text.theme, text.record).values()}
    plan = criteria.equality
    asked = plan.model_dump_json(exclude={"source"}) if plan else ""  # answers and groupings are published as they are
    said = " ; ".join(
        (*(one.replace("T", " ") for one in values if isinstance(one, str)), re.sub("[^0-9.]", " ", asked))
    )
    known = {one.value for one in figures_in(said)} | {one for one in values if not isinstance(one, str)} | OWN
    known |= {one.value for text in texts_of(criteria) for fact in text.facts for one in figures_in(fact.text)}
    known |= {standstill_ends(criteria)}
    strange = {
        (at, str(figure.value))
        for at, words in clauses(criteria).items()
        if at not in WORKED
        for figure in figures_in(words.removeprefix(at).partition("Source:")[0])
        if figure.value not in known
    }
    assert strange == set()


def standstill_ends(criteria: Criteria) -> str:
    """Work out the day that follows by law from the published dates."""
    procurement = criteria.procurement
    return standstill(criteria.regime, procurement.award_notice, procurement.standstill).ends
