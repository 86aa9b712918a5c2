"""``verify.py`` agrees with the engine, and says where a bundle is not what its own data give."""

import ast
import copy
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluator.allocation import allocate, allocation_problem, with_comparison
from evaluator.allocation import draw as drawing
from evaluator.allocation import problem as from_scores
from evaluator.allocation import problem as threshold
from evaluator.allocation.model import budgets, constraints
from evaluator.allocation.priority import priority
from evaluator.allocation.priority import reserve_list as reserve
from evaluator.allocation.proof import verify as checker
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.verifier import verify, verify_method
from evaluator.records.programme.allocation_policy import METHODS as RULES_OF_AWARD
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.rules import RULE_KINDS
from evaluator.records.results.allocation import Draw
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import outcome_json
from evaluator.scoring import quality, totals
from evaluator.scoring.exact_columns import Column
from tests.conftest import SampleRun
from tests.unit.files.audit.random_programmes import LATER, NEWEST, SCALED, members, outcome, packed
from tests.unit.files.audit.random_programmes import METHODS as METHODS_IN_TURN

ROOT = Path(__file__).resolve().parents[4]
OUTCOME = "outputs/outcome.json"
BASES = ("whole_life", "yearly", "unit_cost", "discounted")


def told(bundle: bytes) -> list[str]:
    """Everything that differs in a bundle, in words."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return [line for _, found in verify.differences(files) for line in found]


FIRST, NEW = range(len(METHODS_IN_TURN)), (*range(NEWEST, NEWEST + 10), *range(SCALED, SCALED + 30))
FEW = (*FIRST, *range(LATER, LATER + 10), *NEW)
MORE = (*range(50, 300), *range(LATER + 10, LATER + 60), *range(NEWEST + 10, NEWEST + 60))


@pytest.fixture(scope="module")
def honest() -> dict[int, Outcome]:
    """A programme of each price method, as the engine works it out."""
    return {seed: outcome(seed) for seed in FEW}


@pytest.mark.parametrize("seed", FEW)
def test_it_agrees_with_the_engine_on_random_programmes(seed: int, honest: dict[int, Outcome]) -> None:
    assert told(packed(honest[seed])) == []


@pytest.mark.parametrize("seed", [91, 94, 163])  # lists under a limit on a theme's share of what is awarded
def test_it_looks_at_a_share_of_what_is_awarded_when_the_list_is_done_as_the_engine_does(seed: int) -> None:
    made = outcome(seed)
    assert any(getattr(rule, "of", "") == "awarded" and getattr(rule, "most", None) for rule in made.criteria.rules)
    assert told(packed(made)) == []


def test_a_bid_that_scored_less_than_nothing_takes_nothing_from_what_all_bids_could_score() -> None:
    made = outcome(392)  # three bids above 0: 25/6 + 175/96 + 1175/96 = 18 11/48; two below
    assert json.loads(outcome_json(made))["allocation"]["upper_bound"] == "875/48"
    assert told(packed(made)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*MORE, *range(SCALED + 30, SCALED + 330)])
def test_it_agrees_with_the_engine_on_300_more_random_programmes(seed: int) -> None:
    assert told(packed(outcome(seed))) == []


@pytest.mark.slow
def test_the_random_programmes_hold_what_they_are_meant_to_try() -> None:
    outcomes = [outcome(seed) for seed in (*range(200), *range(LATER, LATER + 100), *range(NEWEST, NEWEST + 20))]
    made = [json.loads(outcome_json(one)) for one in outcomes]
    bids = [bid for one in made for theme in one["themes"] for bid in theme["bids"]]
    seen = Counter(bid["status"] for bid in bids) + Counter("tied" for bid in bids if bid["tied_with"])
    seen += Counter(one["allocation"]["status"] for one in made if one["allocation"])
    seen += Counter(one.criteria.allocation.method for one in outcomes if one.criteria.allocation)
    seen += Counter(one.criteria.price.basis for one in outcomes if one.criteria.price)
    seen += Counter(rule.kind for one in outcomes if one.allocation for rule in one.criteria.rules)
    seen += Counter(
        "in part" for one in outcomes if one.allocation for award in one.allocation.awards if award.level != "100%"
    )
    words = (
        "ranked",
        "below_minimum",
        "disregarded",
        "excluded",
        "disqualified",
        "tied",
        "proven",
        "infeasible",
        *BASES,
        *RULES_OF_AWARD,
    )
    assert {word: seen[word] for word in (*words, "in part", *RULE_KINDS) if seen[word] < 3} == {}
    assert {own_name(one.criteria.price.method) for one in outcomes if one.criteria.price} == set(
        map(own_name, METHODS)
    )


def test_it_knows_every_price_method_basis_rule_and_objective_that_criteria_can_publish() -> None:
    assert set(METHODS) == {*verify.POINTS, *verify.VALUES}
    assert set(BASES) == set(verify.BASES)
    limits = {kind for kind, record in RULE_KINDS.items() if record.traits.gives_way != "never"}
    assert set(verify.RULES) - {"fixed_lots"} == limits
    assert set(verify_method.OBJECTIVES) == set(Objective.__args__)
    for name, terms in METHODS.items():
        if terms.gives != "points":
            assert (name in verify.HIGHEST_FIRST) == terms.highest_first
        for key, parameter in terms.parameters.items():
            assert parameter.default == verify.PARAMETERS.get(key) or own_name(name) == "bilinear_discount"


@pytest.mark.parametrize("seed", [LATER + 63, LATER + 202])
def test_awards_that_are_best_without_the_published_order_of_merit_are_found_to_break_it(seed: int) -> None:
    made = outcome(seed)
    assert made.evaluation
    assert made.scores
    problem = allocation_problem(made.criteria, made.evaluation, made.scores)
    free = replace(problem, rules=tuple(rule for rule in problem.rules if rule.kind != "merit_order"))
    orders = [rule.id for rule in problem.rules if rule not in free.rules]
    allocation = with_comparison(free, allocate(free))
    assert told(packed(made)) == []
    found = told(packed(replace(made, allocation=allocation)))
    assert any(f"rule {one} is broken, and yet awards are recommended." in found for one in orders)


def no_tie_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "order_keys", lambda *_: {})


def another_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    modes = {"half_up": "down", "half_even": "up", "up": "down", "down": "up"}
    honest = Column.rounded
    monkeypatch.setattr(Column, "rounded", lambda column, places, mode: honest(column, places, modes[mode]))


def a_price_a_penny_too_high(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = totals.scored_prices
    monkeypatch.setattr(totals, "scored_prices", lambda *given: None if honest(*given) is None else honest(*given) + 1)


def a_formula_of_another_price_method(monkeypatch: pytest.MonkeyPatch) -> None:
    for method in totals.PRICE_METHODS.values():
        honest = method.formula
        more = lambda *given, honest=honest, **terms: honest(*given, **terms) + Fraction(1, 10**7)  # noqa: E731
        monkeypatch.setattr(method, "formula", more)


def a_list_from_the_worst_to_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = priority.rank_of
    monkeypatch.setattr(priority, "rank_of", lambda policy: lambda bid: tuple(-key for key in honest(policy)(bid)))


def a_minimum_that_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        quality, "_below_a_minimum", lambda _criteria, bids, _points: np.zeros(len(bids.bids), dtype=bool)
    )


@pytest.mark.parametrize(
    "spoil",
    [
        no_tie_break,
        another_rounding,
        a_price_a_penny_too_high,
        a_formula_of_another_price_method,
        a_list_from_the_worst_to_the_best,
        a_minimum_that_is_not_looked_at,
    ],
)
def test_an_engine_that_was_broken_on_purpose_disagrees_wherever_it_comes_to_something_else(
    spoil: Any, monkeypatch: pytest.MonkeyPatch, honest: dict[int, Outcome]
) -> None:
    right = {seed: figures(members(one)[OUTCOME]) for seed, one in honest.items()}
    spoil(monkeypatch)
    broken = {seed: outcome(seed) for seed in honest}
    same = {seed: one for seed, one in broken.items() if one.criteria == honest[seed].criteria}  # no dice thrown again
    other = [seed for seed, one in same.items() if figures(members(one)[OUTCOME]) != right[seed]]
    assert other
    assert [seed for seed in other if not told(packed(broken[seed]))] == []


def a_draw_that_the_highest_ticket_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "Draw", lambda seed, tickets: Draw(seed, tickets[::-1]))


def nothing_carried_over(monkeypatch: pytest.MonkeyPatch) -> None:
    own = lambda _, rule, __="": ((rule.year or "",), budgets._available(rule))  # noqa: E731
    monkeypatch.setattr(budgets, "carried", own)
    monkeypatch.setattr(checker, "_from_before", lambda *_: 0)


def levels_a_penny_dearer(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = from_scores.as_level

    def dearer(share: Any, ask: Any, unit: int) -> Any:
        level = honest(share, ask, unit)
        return level if share.percent == 100 else replace(level, costs=tuple(cost + 1 for cost in level.costs))

    monkeypatch.setattr(from_scores, "as_level", dearer)


def a_minimum_score_that_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threshold, "_below", lambda *_: None)


def a_reserve_list_from_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = reserve.rank_of
    monkeypatch.setattr(reserve, "rank_of", lambda policy: lambda bid: tuple(-key for key in honest(policy)(bid)))


def hours_that_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(constraints.WRITERS, "capacity", lambda *_: iter(()))
    monkeypatch.setitem(checker.CHECKS, "capacity", lambda *_: iter(()))


@pytest.fixture(scope="module")
def many() -> dict[int, Outcome]:
    return {seed: outcome(seed) for seed in range(300, 420)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [
        a_draw_that_the_highest_ticket_wins,
        nothing_carried_over,
        levels_a_penny_dearer,
        a_minimum_score_that_is_not_looked_at,
        a_reserve_list_from_the_worst,
        hours_that_do_not_count,
    ],
)
def test_a_division_that_was_broken_on_purpose_disagrees_wherever_it_comes_to_something_else(
    spoil: Any, monkeypatch: pytest.MonkeyPatch, many: dict[int, Outcome]
) -> None:
    right = {seed: division(members(one)[OUTCOME]) for seed, one in many.items()}
    spoil(monkeypatch)
    broken = {seed: outcome(seed) for seed in many}
    same = {seed: one for seed, one in broken.items() if one.fingerprint == many[seed].fingerprint}
    other = [seed for seed, one in same.items() if division(members(one)[OUTCOME]) != right[seed]]
    assert other
    assert [seed for seed in other if not told(packed(broken[seed]))] == []


def division(document: bytes) -> Any:
    """What an outcome says of who is awarded what, who waits, and what was drawn."""
    said = json.loads(document)["allocation"]
    waiting = [(one["bid"], one["place"]) for one in said["reserve"]] if said else []
    return said and (said["status"], said["awards"], said["draw"], waiting)


def figures(document: bytes) -> Any:
    """What an outcome says without the words about it; an allocation that finds no award claims nothing to check."""
    said = json.loads(document)
    awards = (said["allocation"] or {}).get("awards")
    return [
        [{key: bid[key] for key in bid if key != "status_reason"} for bid in theme["bids"]] for theme in said["themes"]
    ], awards


@pytest.fixture
def sample(sample_run: SampleRun) -> Path:
    return sample_run.folder / "bundle.zip"


def bare(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the interpreter without our package, without any installed package and without the environment."""
    line = [sys.executable, "-I", "-S", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, **more)


def test_it_runs_on_a_bare_interpreter_from_inside_the_unpacked_bundle(sample: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(tmp_path)
    found = bare("verify.py", cwd=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")
    assert "All that was checked agrees." in found.stdout
    assert "130 bids in 5 themes" in found.stdout
    (tmp_path / "inputs" / "bids" / "returns" / "extra.xlsx").write_bytes(b"")
    assert "extra.xlsx is not listed: it was added." in bare("verify.py", cwd=tmp_path).stdout


def test_it_checks_the_sample_in_under_2_seconds(sample: Path) -> None:
    start = os.times().children_user  # of a processor: a busy machine keeps nobody waiting longer than it is busy
    assert bare(ROOT / "evaluator" / "files" / "audit" / "verifier" / "verify.py", sample).returncode == 0
    assert os.times().children_user - start < 2


@pytest.mark.parametrize("name", bundles.VERIFIERS)
def test_each_of_its_files_is_under_450_lines_of_python_3_9_that_share_no_code_with_the_engine(name: str) -> None:
    text = bundles.verifiers()[name].decode()
    assert text.count("\n") < 450
    tree = ast.parse(text, feature_version=(3, 9))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(name).partition(".")[0] for name in modules} <= set(sys.stdlib_module_names)
    assert "tomllib" not in modules
    # What came after 3.9: these would fail only when they are reached.
    assert not any(word in text for word in ("strict=", "pairwise", "match ", "file_digest"))


def pythons() -> list[str]:
    """Every Python from 3.9 on that starts on this machine, which the running one always does."""
    named = [shutil.which(f"python3.{minor}") for minor in range(9, 15)]
    starts = [one for one in named if one and subprocess.run([one, "-V"], capture_output=True).returncode == 0]
    return [sys.executable, *starts]


def test_it_says_the_same_on_every_python_that_is_here(sample: Path) -> None:
    words = ["-I", "-S", str(ROOT / "evaluator" / "files" / "audit" / "verifier" / "verify.py"), str(sample)]
    said = set()
    for python in pythons():
        found = subprocess.run([python, *words], capture_output=True, text=True, encoding="utf-8", check=False)
        assert (found.returncode, found.stderr) == (0, ""), python
        assert "the method, ties and reserves" in found.stdout, python
        said.add(found.stdout)
    assert len(said) == 1


def test_without_that_file_it_checks_all_but_the_method_and_says_so(sample: Path, tmp_path: Path) -> None:
    for name, content in bundles.verifiers().items():
        if name != "verify_method.py":
            (tmp_path / name).write_bytes(content)
    found = bare(tmp_path / "verify.py", sample)
    assert found.returncode == 0
    assert "verify_method.py is missing" in found.stdout


Document = dict[str, Any]


def first(document: Document, **wanted: Any) -> Document:
    """Find the first bid of which this is true."""
    bids: list[Document] = [bid for theme in document["themes"] for bid in theme["bids"]]
    return next(bid for bid in bids if all(bid[key] == value for key, value in wanted.items()))


def another_mark(document: Document) -> None:
    marks = first(document, status="ranked")["marks"]
    marks["C1"] = "5" if marks["C1"] != "5" else "4"


def another_rank(document: Document) -> None:
    first(document, rank=2)["rank"] = 1


def another_total(document: Document) -> None:
    first(document, rank=1)["total"] = "100.00"


def another_exact_total(document: Document) -> None:
    first(document, rank=1)["exact_total"] = "100/1"


def another_price_point(document: Document) -> None:
    first(document, rank=3)["price_points"] = "20.00"


def admitted_below_a_minimum(document: Document) -> None:
    first(document, status="below_minimum")["status"] = "ranked"


def a_broken_tie(document: Document) -> None:
    next(bid for theme in document["themes"] for bid in theme["bids"] if bid["tied_with"])["tied_with"] = []


def award_to(document: Document, bid: Document, theme: str) -> None:
    """Put an award into the outcome as carefully as a forger would: all sums fit."""
    said = document["allocation"]
    said["not_awarded"] = [one for one in said["not_awarded"] if one["bid"] != bid["bid"]]
    award = {"bid": bid["bid"], "theme": theme, "level": "100%", "amount": bid["price"], "by_year": {}}
    said["awards"].append(award)
    said["cost"] = str(float(said["cost"]) + float(bid["price"]))


def award_to_a_disregarded_bid(document: Document) -> None:
    award_to(document, first(document, status="disregarded"), "inclusion")


def award_over_budget(document: Document) -> None:
    award_to(document, next(bid for bid in document["themes"][0]["bids"] if bid["rank"] == 20), "advice")


def award_taken_away(document: Document) -> None:
    document["allocation"]["awards"].pop()


def award_of_another_amount(document: Document) -> None:
    document["allocation"]["awards"][0]["amount"] = "1.00"


def award_moved_to_a_worse_bid(document: Document) -> None:
    said = document["allocation"]
    gone = said["awards"].pop(0)
    said["not_awarded"].append({"bid": gone["bid"], "theme": gone["theme"], "reason": "", "explanation": ""})
    bid = document["themes"][2]["bids"]
    points = float(next(one["total"] for one in bid if one["bid"] == gone["bid"]))
    said["cost"] = f"{float(said['cost']) - float(gone['amount']):.2f}"
    said["total_score"] = f"{float(said['total_score']) - points:.2f}"


def a_rule_said_to_be_broken(document: Document) -> None:
    document["allocation"]["rules"][0]["holds"] = False


def a_bid_left_out(document: Document) -> None:
    document["themes"][0]["bids"].pop()


def another_seal(document: Document) -> None:
    document["criteria"]["seal"] = "ab" * 32


def a_bid_told_twice(document: Document) -> None:
    bids = document["themes"][0]["bids"]
    bids.insert(0, {**bids[0], "rank": 1})


def awards_left_out(document: Document) -> None:
    document["allocation"] = None
    document["status"] = "scored"


def everything_left_out(document: Document) -> None:
    document["themes"], document["allocation"], document["status"] = [], None, "validated"


def years_left_out(document: Document) -> None:
    document["allocation"]["awards"][0]["by_year"] = {}


def award_at_no_level(document: Document) -> None:
    document["allocation"]["awards"][0]["level"] = "all"


def another_status(document: Document) -> None:
    document["findings"].append({"severity": "blocks_award"})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (another_mark, "marks is"),
        (another_rank, "rank is 1, and comes to 2"),
        (another_total, "total is 100.00, and comes to"),
        (another_exact_total, "exact total is 100/1"),
        (another_price_point, "price points is 20.00"),
        (admitted_below_a_minimum, "status is ranked, and comes to below_minimum"),
        (a_broken_tie, "tied with is []"),
        (award_to_a_disregarded_bid, "is awarded although it is disregarded"),
        (award_over_budget, "is broken"),
        (award_taken_away, "do not name every bid exactly once"),
        (award_of_another_amount, "is awarded with amount 1.00"),
        (award_moved_to_a_worse_bid, "could be funded within every rule"),
        (a_rule_said_to_be_broken, "outcome.json says otherwise"),
        (a_bid_left_out, "do not hold the same themes and bids"),
        (another_seal, "names another seal"),
        (a_bid_told_twice, "do not hold the same themes and bids"),
        (awards_left_out, "no scores or no awards"),
        (everything_left_out, "do not hold the same themes and bids"),
        (years_left_out, "is awarded with by_year {}"),
        (award_at_no_level, "is awarded at 'all'."),
        (another_status, "by its findings and awards it is blocked"),
    ],
)
def test_it_disagrees_with_an_outcome_that_was_changed(sample: Path, spoil: Any, words: str) -> None:
    opened = bundles.unpack(sample.read_bytes())
    held = {name: each for name, each in opened.members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    document = json.loads(held[OUTCOME])
    before = copy.deepcopy(document)
    spoil(document)
    assert document != before
    held[OUTCOME] = json.dumps(document, ensure_ascii=False).encode()
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    forged = bundles.pack(bundles.manifest(facts, bundles.sums(held)), held)  # every sum is right again
    assert any(words in line for line in told(forged)), told(forged)


WORDS = {"status_reason", "explanation", "title", "schema", "note", "why", "needs"}  # replay compares them
PROOF = {"method", "solver", "settings", "second_opinion", "enumeration"}  # of how it was solved: no figure
PROOF |= {"limits", "known_faults"}
LEFT_TO_REPLAY = {"gained", "lost", "repairs", "least_cost", "certain_in", "certain_out", "tied_complete"}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every figure, list and table of a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if not isinstance(each, dict) or key in ("marks", "by_year"):
            yield (*path, key)
        yield from places(each, (*path, key))


def rests_on_scores_or_awards(document: Document, path: tuple[Any, ...]) -> bool:
    """Whether a place holds what follows from scores and awards and is no word about them."""
    if {*path} & (WORDS | LEFT_TO_REPLAY) or path[0] not in ("themes", "allocation", "status"):
        return False
    said = document["allocation"] or {}
    recommended = bool(said.get("tied"))
    kinds = {rule["rule"]: rule["least"] for rule in said.get("rules", [])}
    match path:
        case ("allocation", "methods", int(at), *_):
            return len(path) > 4 and bool(said["methods"][at]["published"])
        case ("allocation", "methods"):
            return False
        case ("allocation", "proof", *rest):
            return len(rest) > 1 and rest[0] not in PROOF
        case ("allocation", "not_awarded", int(at), "reason"):
            return said["not_awarded"][at]["reason"] in ("disregarded", "below_minimum", "below_minimum_score")
        case ("allocation", "rules", int(at), "least" | "most"):
            return recommended and not kinds[said["rules"][at]["rule"]].endswith(
                ("all or none", "funded", "of £0", "of 0")
            )
        case ("allocation", "rules" | "conflict", *_) | ("allocation", "reserve", *_):
            return recommended
    return True


def otherwise(value: Any) -> Any:
    """Change a figure, and nothing of its form."""
    if isinstance(value, dict | list):
        return type(value)(list(value.items())[1:] if isinstance(value, dict) else value[1:])
    if isinstance(value, bool) or value is None:
        return "7.77" if value is None else not value
    if isinstance(value, int):
        return value + 1
    digit = re.search(r"[0-9]", value)
    return f"{value[: digit.start()]}{(int(digit[0]) + 1) % 10}{value[digit.end() :]}" if digit else f"{value}1"


def every_changed_figure_is_noticed(seed: int) -> None:
    """Change one figure of every kind in an outcome, and make every sum right again."""
    made, dice = outcome(seed), random.Random(seed)
    held = members(made)
    kinds: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    document = json.loads(held[OUTCOME])
    for path in places(document):
        if rests_on_scores_or_awards(document, path):
            named = [key if key in ("by_year", "marks") or len(key) > 2 else "*" for key in map(str, path)]
            kinds.setdefault(tuple("*" if key.isdigit() else key for key in named), []).append(path)
    for path in [dice.choice(ways) for ways in kinds.values()]:
        spoiled = copy.deepcopy(document)
        place: Any = spoiled
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = otherwise(place[path[-1]])
        if spoiled != document:
            assert notices(packed(made, {**held, OUTCOME: json.dumps(spoiled).encode()})), path


def notices(bundle: bytes) -> bool:
    """Whether anything differs; what makes it fail ends in a sentence, as its main does."""
    try:
        return told(bundle) != []
    except Exception:
        return True


@pytest.mark.parametrize("seed", range(12))
def test_any_changed_figure_is_noticed_although_every_sum_is_right(seed: int) -> None:
    every_changed_figure_is_noticed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 112))
def test_any_changed_figure_of_100_more_programmes_is_noticed(seed: int) -> None:
    every_changed_figure_is_noticed(seed)


def test_a_file_that_was_changed_added_or_taken_out_is_named() -> None:
    made = outcome(1)
    held = members(made)
    listed = bundles.manifest({"criteria": {"fingerprint": made.fingerprint}}, bundles.sums(held))
    held["inputs/criteria/seal.json"] = held["inputs/criteria/seal.json"] + b"\n"
    del held["verify.py"]
    held["outputs/extra"] = b""
    assert told(bundles.pack(listed, held))[:3] == [
        "inputs/criteria/seal.json was changed.",
        "outputs/extra is not listed: it was added.",
        "verify.py is listed and missing.",
    ]


@pytest.mark.parametrize("content", [b"", b"not a bundle", b"PK\x03\x04"])
def test_what_is_no_bundle_ends_in_a_sentence(tmp_path: Path, content: bytes, capsys: Any) -> None:
    (tmp_path / "bundle.zip").write_bytes(content)
    assert verify.main([str(tmp_path / "bundle.zip")]) == 1
    assert "cannot be checked as a whole bundle" in capsys.readouterr().out


def test_a_flipped_byte_in_the_data_is_noticed_by_it_and_by_the_bundle(tmp_path: Path) -> None:
    whole = packed(outcome(8))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        listed = range(archive.start_dir, archive.start_dir + 60)  # what the archive says of its first file
    for position, bit in [*((at, 1) for at in range(0, len(whole), 97)), *((at, 16) for at in listed)]:
        spoiled = bytearray(whole)
        spoiled[position] ^= bit
        (tmp_path / "bundle.zip").write_bytes(spoiled)
        try:
            assert bundles.unpack(bytes(spoiled)).problems, position
        except bundles.UnreadableBundleError:
            assert verify.main([str(tmp_path / "bundle.zip")]) == 1
