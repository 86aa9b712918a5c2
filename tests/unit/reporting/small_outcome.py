"""A small made-up outcome with every number worked out by hand.

Advice (whole life, lowest price ratio, 30 points for price; weights C1 30, C2 20, A1 20; marks 0 to 5):

    bid  C1 C2 A1  quality                  price    price points      total  rank
    A01   4  4  5  24 + 16 + 20 = 60        100,000  30 x 80/100 = 24  84     1
    A02   5  4  4  30 + 16 + 16 = 62        120,000  30 x 80/120 = 20  82     2, tied with A06
    A03   3  3  4  18 + 12 + 16 = 46         80,000  30                76     4
    A04   1  3  3   6 + 12 + 12 = 30         70,000  C1 is below its minimum mark of 2
    A05   -  -  -  disregarded: no insurance 60,000
    A06   5  4  4  62                       120,000  20                82     2, tied with A02

Youth (unit cost, linear above lowest up to twice the lowest, 20 points; weights C1 48, C2 32):

    Y01   5  3     48 + 19.2 = 67.2          90,000 for 300 people: 300 a person; 20                        87.2  1
    Y02   4  4     38.4 + 25.6 = 64         100,000 for 300 people: 333.33; 20 x (600 - 333.33)/300 = 17.78  81.78 2
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.allocation import Allocation, Award, Proof, Refusal, RuleCheck, Stage
from evaluator.records.results.effective_weight import EffectiveWeight
from evaluator.records.results.equality import EqualityImpact
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.scores import Numbers, ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import NO_MARK, Answer, Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.reporting.award import report_page
from evaluator.reporting.shared.pages import render

YEARS = ("2026-27", "2027-28")
REGISTER = Source("register.xlsx", "Bids")


def question(id: str, title: str, **more: Any) -> dict[str, Any]:
    words = {"text": f"{title}: what will you do?", "good_answer": "Says what, when and for whom."}
    return {"id": id, "title": title, **words, "source": "Made up, section 2", **more}


def criteria(**changes: Any) -> Criteria:
    labels = ("No answer", "Poor", "Fair", "Good", "Very good", "Excellent")
    document: dict[str, Any] = {
        "schema": 1,
        "reference": "TEST-2026-01",
        "title": "Made-up community programme",
        "authority": "Example Borough Council",
        "regime": "pa2023",
        "version": "1.0",
        "years": list(YEARS),
        "source": "Made up for tests",
        "scale": {
            "source": "Made up, section 3",
            "mark": [
                {"mark": mark, "label": label, "descriptor": f"An answer that is {label.lower()}."}
                for mark, label in enumerate(labels)
            ],
        },
        "gate": [
            {
                "id": "insurance",
                "title": "Public liability insurance",
                "question": "Are you insured?",
                "predicate": "At least £5 million of cover.",
                "on_failure": "A person decides.",
                "source": "Made up, section 1",
            }
        ],
        "price": {"method": "lowest_price_ratio", "source": "Made up, section 4"},
        "rounding": {"places": 2, "mode": "half_up", "point": "parts", "source": "Made up, section 5"},
        "moderation": {"method": "consensus", "spread_trigger": 2, "source": "Made up, section 6"},
        "tie_break": {"order": ["quality", "lower_price"], "source": "Made up, section 7"},
        "allocation": {
            "method": "optimise",
            "source": "Made up, section 8",
            "rule": [
                {"id": "R1", "kind": "budget", "title": "Programme budget", "limit": 310000},
                {"id": "R2", "kind": "year_budget", "title": "First year", "year": YEARS[0], "limit": 150000},
                {"id": "R3", "kind": "theme_budget", "title": "Theme budgets", "theme": "advice", "limit": 220000},
            ],
        },
        "common": [question("C1", "Local need"), question("C2", "Partnership")],
        "themes": [
            {
                "id": "advice",
                "title": "Advice & information",
                "source": "Made up, section 9",
                "weights": {"C1": 30, "C2": 20, "A1": 20, "price": 30},
                "minimum_marks": {"C1": 2},
                "question": [question("A1", "Access to advice")],
            },
            {
                "id": "youth",
                "title": "Young people",
                "source": "Made up, section 10",
                "weights": {"C1": 48, "C2": 32, "price": 20},
                "price": {
                    "method": "linear_above_lowest",
                    "basis": "unit_cost",
                    "unit": "person served",
                    "source": "Made up, section 4.2",
                },
            },
        ],
    }
    return Criteria.model_validate(document | changes)


def bid(id: str, theme: str, organisation: str, *by_year: int, **more: Any) -> Bid:
    return Bid(id, theme, organisation, REGISTER, sum(by_year), by_year, name=f"{organisation} Ltd", **more)


def marks(*rows: str) -> bytes:
    """One text a bid, one digit a question; ``-`` for no mark."""
    return bytes(NO_MARK % 256 if mark == "-" else int(mark) for row in rows for mark in row)


DECISION = Decision(
    "A05",
    "failed_gate",
    "insurance",
    "disregard",
    "No cover after two requests.",
    "Published gate 1",
    "J. Okafor",
    "2026-03-02",
    "Letter of 25 February",
    Source("decisions.xlsx", "Decisions", 5),
)

ADVICE = ThemeBids(
    "advice",
    (
        bid("A01", "advice", "alpha", 50_000_00, 50_000_00, title="Advice on the doorstep"),
        bid("A02", "advice", "beta", 60_000_00, 60_000_00, title="=HYPERLINK('x')"),
        bid("A03", "advice", "gamma", 40_000_00, 40_000_00, small=True),
        bid("A04", "advice", "delta", 30_000_00, 40_000_00),
        bid("A05", "advice", "=SUM(1,2)", 30_000_00, 30_000_00),
        bid("A06", "advice", "zeta", 60_000_00, 60_000_00),
    ),
    ("C1", "C2", "A1"),
    marks("445", "544", "334", "133", "---", "544"),
    {"A05": DECISION},
)
YOUTH = ThemeBids(
    "youth",
    (
        bid("Y01", "youth", "alpha", 45_000_00, 45_000_00, people=300),
        bid("Y02", "youth", "<b>eta</b>", 50_000_00, 50_000_00, people=300),
    ),
    ("C1", "C2"),
    marks("53", "44"),
    {},
)


def numbers(*values: str | int) -> Numbers:
    fractions = [Fraction(value) for value in values]
    return Numbers([f.numerator for f in fractions], [f.denominator for f in fractions])


SCORES = ScoreTable(
    (
        ThemeScores(
            "advice",
            tuple(b.id for b in ADVICE.bids),
            ("ranked", "ranked", "ranked", "below_minimum", "disregarded", "ranked"),
            ("", "", "", "C1 Local need: 1, below the published minimum of 2.", "No cover after two requests.", ""),
            numbers(60, 62, 46, 30, 0, 62),
            numbers(24, 20, 30, 0, 0, 20),
            None,
            numbers(84, 82, 76, 0, 0, 82),
            (1, 2, 4, 0, 0, 2),
            (("A02", "A06"),),
        ),
        ThemeScores(
            "youth",
            ("Y01", "Y02"),
            ("ranked", "ranked"),
            ("", ""),
            numbers("67.2", 64),
            numbers(20, "160/9"),
            None,
            numbers("87.2", "81.78"),
            (1, 2),
            (),
        ),
    ),
    tuple(
        EffectiveWeight(theme, part, Fraction(weight), Fraction(weight))
        for theme, weights in {
            "advice": {"C1": 30, "C2": 20, "A1": 20, "price": 30},
            "youth": {"C1": 48, "C2": 32, "price": 20},
        }.items()
        for part, weight in weights.items()
    ),
)

ALLOCATION = Allocation(
    status="proven",
    score_unit=100,
    years=YEARS,
    total_score=8400 + 8200 + 8720,
    upper_bound=8400 + 8200 + 8720,
    cost=310_000_00,
    awards=(
        Award("A01", "advice", "100%", 100_000_00, (50_000_00, 50_000_00)),
        Award("A02", "advice", "100%", 120_000_00, (60_000_00, 60_000_00)),
        Award("Y01", "youth", "100%", 90_000_00, (45_000_00, 45_000_00)),
    ),
    not_awarded=(
        Refusal("A03", "advice", "rule", "R3 leaves nothing for it: the theme's £220,000 go to A01 and A02."),
        Refusal("A04", "advice", "below_minimum", "C1 Local need: 1, below the published minimum of 2."),
        Refusal("A05", "advice", "disregarded", "No cover after two requests."),
        Refusal("A06", "advice", "tied", "A06 and A02 are equal by every published rule; only one can be funded."),
        Refusal("Y02", "youth", "rule", "R1 leaves nothing for it."),
    ),
    tied=(("A01", "A02", "Y01"), ("A01", "A06", "Y01")),
    tied_complete=True,
    conflict=(),
    checks=(
        RuleCheck("R1", "Programme budget", "", "", "£310,000", "£310,000", True),
        RuleCheck("R2", "First year", "2026-27", "", "£155,000", "£155,000", True),
        RuleCheck("R3", "Theme budgets", "advice", "", "£220,000", "£220,000", True),
    ),
    proof=Proof(
        "optimise", "HiGHS 1.12", "threads 1, no gap", (Stage("total_score", 25320, 25320, True),), "CBC agrees"
    ),
)

EQUALITY = EqualityImpact(
    few=10, stages=("received", "recommended"), characteristics=(), gaps=("No monitoring data came in.",)
)

FINDINGS = (
    Finding(
        "N-TIE-001",
        Severity.NOTE,
        Source("register.xlsx", "Bids", 7, "A"),
        "A02 and A06 are tied on 82.00.",
        "Nothing to mend; people decide between them.",
        "Made up, section 7",
    ),
)

REASONS = "Clear, local and specific; names two partners."
ANSWERS = tuple(
    Answer(
        b.id,
        q,
        Decimal(mark),
        REASONS,
        (("E01", Decimal(mark), "Good."), ("E02", Decimal(3), "=1+1, fair.")),
    )
    for theme in (ADVICE, YOUTH)
    for i, b in enumerate(theme.bids)
    for j, q in enumerate(theme.questions)
    if (mark := theme.mark(i, j)) != NO_MARK
)


def evaluation(*themes: ThemeBids) -> Evaluation:
    return Evaluation(themes or (ADVICE, YOUTH), (DECISION,), (("E02", "Y02"),), Table({}, ()), None)


def outcome(**changes: Any) -> Outcome:
    made: dict[str, Any] = {
        "run": Run("2026-03-10-a1b2c3", "0.1.0", "10 March 2026"),
        "criteria": criteria(),
        "fingerprint": "ab" * 32,
        "seal": Seal(schema=1, reference="TEST-2026-01", version="1.0", date="2026-01-05", sha256="ab" * 32),
        "findings": FINDINGS,
        "evaluation": evaluation(),
        "answers": ANSWERS,
        "scores": SCORES,
        "allocation": ALLOCATION,
        "equality": EQUALITY,
    }
    return Outcome(**(made | changes))


def replaced_bid(theme: ThemeBids, at: int, other: Bid) -> ThemeBids:
    return replace(theme, bids=(*theme.bids[:at], other, *theme.bids[at + 1 :]))


def report_html(made: Outcome) -> str:
    """Write the award report as the run's documents do."""
    return render(report_page(made))
