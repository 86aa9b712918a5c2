"""Every kind of rule, price method, objective, tie-break and stage is known to each part that is written by itself.

A rule is written five times on purpose: its record, its rows for the solver, the check of awards, its sentence for
bidders and its formula in the bundle's verifier. What is missing is named in words, with the file that it belongs in.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from evaluator.allocation.model.constraints import WRITERS
from evaluator.allocation.model.model import COVERED, WEIGHTS
from evaluator.allocation.priority.priority import TELL_BIDS_APART
from evaluator.allocation.proof.verify import CHECKS
from evaluator.files.audit.verifier import verify, verify_method
from evaluator.files.read.tables import layouts
from evaluator.records.programme.allocation_policy import METHODS as AWARD_METHODS
from evaluator.records.programme.allocation_policy import OBJECTIVES, Method, Objective
from evaluator.records.programme.criteria import TieBreakKind
from evaluator.records.programme.price.methods import METHODS, SAME_AS
from evaluator.records.programme.rules import (
    FIGURES,
    RULE_KINDS,
    AnyBudget,
    ForEachKind,
    RuleBase,
    ShareRule,
    ThemeRule,
)
from evaluator.records.results.equality import STAGES
from evaluator.reporting.appendix import price_words, rule_words
from evaluator.reporting.results.price_formulas import PRICE_FORMULAS
from evaluator.reporting.run.documents import documents
from evaluator.scoring.price.methods import PRICE_METHODS
from tests.method_parameters import PARAMETERS
from tests.unit.allocation.proof.rules_kept_and_broken import PAIRS
from tests.unit.publication.small_criteria import small
from tests.unit.reporting import small_outcome

ROOT = Path(__file__).parents[1]
Walls = dict[str, Callable[[str], bool]]  # what is wanted and where, and whether a name has it


def said_in(path: str, words: str) -> Callable[[str], bool]:
    text = (ROOT / path).read_text("utf-8")
    return lambda name: words.format(name) in text


def lacks(walls: Walls, name: str) -> str:
    return "\n".join(f"{name} has no {wall}" for wall, holds in walls.items() if not holds(name))


KINDS = {get_args(record.model_fields["kind"].annotation)[0]: record for record in RuleBase.__subclasses__()}
RULE_WALLS: Walls = {
    "place in Rule, the union of evaluator/records/programme/rules.py": lambda kind: kind in RULE_KINDS,
    "key in ForEachKind of evaluator/records/programme/rules.py": lambda kind: kind in ForEachKind.__annotations__,
    "rows in evaluator/allocation/model/constraints.py; add it to WRITERS": lambda kind: kind in WRITERS,
    "independent check in evaluator/allocation/proof/verify.py; add it to CHECKS": lambda kind: kind in CHECKS,
    "sentence in evaluator/reporting/appendix/rule_words.py; add it to SENTENCES": (
        lambda kind: kind in rule_words.SENTENCES
    ),
    "formula in evaluator/files/audit/verifier/verify.py; add it to RULES": (
        lambda kind: kind in verify.RULES or KINDS[kind].traits.gives_way == "never"
    ),
    "row in the tables of docs/allocation.md": said_in("docs/allocation.md", "| `{}` |"),
    "awards that keep and break it in tests/unit/allocation/proof/rules_kept_and_broken.py; add them to PAIRS": (
        lambda kind: any(pair.rule["kind"] == kind for pair in PAIRS) or KINDS[kind].traits.gives_way == "never"
    ),
    "turn among the random programmes of tests/unit/files/audit/random_programmes.py": said_in(
        "tests/unit/files/audit/random_programmes.py", '"{}"'
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_rule_stands_in_every_wall(kind: str) -> None:
    missing = lacks(RULE_WALLS, kind)
    assert not missing, missing


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (WRITERS, "evaluator/allocation/model/constraints.py; add it to WRITERS"),
        (CHECKS, "evaluator/allocation/proof/verify.py; add it to CHECKS"),
        (rule_words.SENTENCES, "evaluator/reporting/appendix/rule_words.py; add it to SENTENCES"),
        (verify.RULES, "evaluator/files/audit/verifier/verify.py; add it to RULES"),
    ],
)
def test_a_wall_that_lost_a_kind_is_named(table: Any, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(table, "capacity")
    missing = lacks(RULE_WALLS, "capacity")
    assert missing.startswith("capacity has no")
    assert missing.endswith(where)
    assert "\n" not in missing


def told_of(kind: str, record: type[RuleBase]) -> Iterator[str]:
    """Say where the traits of a kind do not fit the keys of its record, or the unions it belongs to."""
    traits, keys = record.traits, set(record.model_fields)
    floor, ceiling = "least" in keys, bool(keys & {"limit", "most"})
    if traits.gives_way == "by_units" and not keys & set(FIGURES):
        yield f"{kind} gives way by units and has no figure"
    if traits.side in ("least", "both") and not floor and traits.gives_way == "by_units":
        yield f"{kind} asks for at least something and has no key least"
    if (traits.side in ("most", "both")) != ceiling:
        yield f"{kind} is on the side {traits.side}; its keys are {sorted(keys)}"
    if traits.names and traits.names not in keys:
        yield f"{kind} names one of the {traits.asks} by {traits.names}, which is none of its keys"
    if traits.asks and traits.asks not in {column.key for column in layouts.register(small(), received=True).columns}:
        yield f"{kind} asks for {traits.asks}, which is no column of the register"
    for union, fits in (
        (ThemeRule, traits.scope == "theme"),
        (ShareRule, traits.counts == "share"),
        (AnyBudget, traits.is_budget),
    ):
        if (record in get_args(union)) != fits:
            yield f"{kind} by its traits {'belongs' if fits else 'does not belong'} to {union}"


@pytest.mark.parametrize(("kind", "record"), RULE_KINDS.items())
def test_the_traits_of_a_kind_fit_its_keys(kind: str, record: type[RuleBase]) -> None:
    assert list(told_of(kind, record)) == []


OWN_METHODS = {*METHODS, *PRICE_METHODS} - set(SAME_AS)
PRICE_WALLS: Walls = {
    "terms in evaluator/records/programme/price/methods.py": lambda name: name in METHODS,
    "formula in evaluator/scoring/price (points.py or adjusted.py, and its table)": lambda name: name in PRICE_METHODS,
    "live formula in evaluator/reporting/results/price_formulas.py": lambda name: name in PRICE_FORMULAS,
    "words in evaluator/reporting/appendix/price_words.py": lambda name: name in price_words.WORDS,
    "formula in evaluator/files/audit/verifier/verify.py": lambda name: name in {*verify.POINTS, *verify.VALUES},
    "row in docs/criteria.md": said_in("docs/criteria.md", "| `{}` |"),
    "parameters in tests/method_parameters.py": lambda name: (
        name in PARAMETERS or all(one.default is not None for one in METHODS[name].parameters.values())
    ),
    "turn among the random programmes of tests/unit/files/audit/random_programmes.py": said_in(
        "tests/unit/files/audit/random_programmes.py", '"{}"'
    ),
}


@pytest.mark.parametrize("name", sorted(OWN_METHODS))
def test_a_price_method_stands_in_every_wall(name: str) -> None:
    missing = lacks(PRICE_WALLS, name)
    assert not missing, missing


OBJECTIVE_WALLS: Walls = {
    "traits in evaluator/records/programme/allocation_policy.py": lambda name: name in OBJECTIVES,
    "weights in evaluator/allocation/model/model.py": lambda name: name in WEIGHTS or name in COVERED,
    "order of single bids in evaluator/allocation/priority/priority.py": lambda name: (
        OBJECTIVES[name].tells_bids_apart == (name in TELL_BIDS_APART)
    ),
    "words in evaluator/reporting/appendix/rule_words.py": lambda name: name in rule_words.OBJECTIVES,
    "formula in evaluator/files/audit/verifier/verify_method.py": lambda name: name in verify_method.OBJECTIVES,
    "place among the TURNS of evaluator/files/audit/verifier/verify_method.py": lambda name: (
        OBJECTIVES[name].tells_bids_apart == (name in verify_method.TURNS)
    ),
    "word in docs/allocation.md": said_in("docs/allocation.md", "`{}`"),
}


@pytest.mark.parametrize("name", get_args(Objective))
def test_an_objective_stands_in_every_wall(name: str) -> None:
    missing = lacks(OBJECTIVE_WALLS, name)
    assert not missing, missing


METHOD_WALLS: Walls = {
    "place in METHODS of evaluator/records/programme/allocation_policy.py": lambda name: name in AWARD_METHODS,
    "words in evaluator/reporting/appendix/rule_words.py": lambda name: name in rule_words.METHODS,
    "word in docs/allocation.md": said_in("docs/allocation.md", "`{}`"),
}


@pytest.mark.parametrize("name", get_args(Method))
def test_a_method_of_award_stands_in_every_wall(name: str) -> None:
    missing = lacks(METHOD_WALLS, name)
    assert not missing, missing


TIE_BREAK_WALLS: Walls = {
    "figure in evaluator/files/audit/verifier/verify.py, or verify_choice.py beside it": lambda name: any(
        said_in(f"evaluator/files/audit/verifier/{file}.py", '"{}')(name) for file in ("verify", "verify_choice")
    ),
    "word in docs/criteria.md": said_in("docs/criteria.md", "`{}"),
}


@pytest.mark.parametrize("name", get_args(TieBreakKind))
def test_a_tie_break_stands_in_every_wall(name: str) -> None:
    missing = lacks(TIE_BREAK_WALLS, name)
    assert not missing, missing


STAGE_WALLS: Walls = {
    "words for the page in evaluator/reporting/equality/wording.py": said_in(
        "evaluator/reporting/equality/wording.py", '"{}"'
    ),
}


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_of_the_equality_document_stands_in_every_wall(name: str) -> None:
    missing = lacks(STAGE_WALLS, name)
    assert not missing, missing


BIDS = re.compile(r"bids/bid-[^.]+|bids/style")  # a page for each bid, which share a row
DOCUMENTS = [made.name for made in documents(small_outcome.outcome())]
DOCUMENTS += [f"{Path(made.name).stem}.{form}" for made in documents(small_outcome.outcome()) for form in made.also]
OUTPUTS = (ROOT / "docs/outputs.md").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_a_run_and_each_of_its_forms_is_described(name: str) -> None:
    name = BIDS.sub("bids/bid-BID", name).replace("bid-BID.css", "bid-BID.html")
    stem, form = name.split(".")
    rows = [line for line in OUTPUTS if line.startswith(f"| `{stem}.")]
    assert [line for line in rows if f"`{name}`" in line or f"`.{form}`" in line], (
        f"{name} has no row in docs/outputs.md"
    )
