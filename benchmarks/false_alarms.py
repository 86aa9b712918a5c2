"""How often the tests of ``audit exceptions`` find something in honest programmes, and how often what is planted.

Run by hand: ``python -m benchmarks.false_alarms [PROGRAMMES] > evaluator/evidence/data/false_alarms.toml``. Every
programme is drawn from a seed by the model below and scored and divided by the engine. In an honest one nobody favours
anybody: evaluators differ in severity and taste, the panel finds what the answer is worth, and mistakes are mended.
"""

import csv
import io
import json
import random
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from evaluator.evidence.exceptions.catalogue import TESTS, exceptions_of
from evaluator.evidence.exceptions.look import Look
from evaluator.evidence.tables import Held, Tables, tables_of
from evaluator.files.read.bids.folder import bids_of, read_bids
from evaluator.files.read.criteria.folder import criteria_of, read_criteria
from evaluator.pipeline import Published, decide
from evaluator.publication import seal
from evaluator.records.ledger import Event, Head, chained
from evaluator.records.results.outcome import Run
from evaluator.reporting import outcome_json

SEED, PROGRAMMES, PLANTED = 20261201, 1000, 40
DAY = "2026-12-01"  # of the measurement: written by whoever runs it
RUN = date(2027, 3, 31)
MODEL = """\
1 to 4 themes of 8 to 40 bids; 4 to 8 questions on a scale of 0 to 5; panels of 3 to 5 out of 6 to 10 evaluators. A \
bid is worth 3.2 on average (standard deviation 0.6), each of its answers 0.6 more or less. An evaluator is 0.3 more \
or less severe, has a taste for or against a bidder of 0.15, and misses an answer by 0.55 (standard deviations). The \
panel agrees what the answer is worth, give or take 0.3, and in 19 of 20 answers within the marks given. Price is a \
fifth to two fifths of the score, by the lowest price's ratio; budgets meet 30% to 70% of what is asked, by best set \
or in order of rank. 8% of prices are in whole thousands of pounds, 2% in five thousands. 3% of evaluators and \
organisations are recused from each other. 4% of bids fail a gate; one of two people decides, three times in five the \
same, 0 to 25 days before the run. 0.4% of agreed marks are mended, 0 to 20 days before it; half of the programmes \
had a first run a week before. 3% of organisations have their address in one of three community buildings, a fifth of \
the titles are among 60 ordinary ones, one answer in a hundred quotes the guidance, 1% of reasons are the descriptor \
of the mark, and 0.5% one of 60 stock phrases."""
DESCRIPTOR = "{mark} of the 5 parts are there with detail that is about this service."
QUOTED = "We will keep to the council's guidance on safeguarding, data and fair pay as it was published with the call."
STOCK = tuple(f"Sound on the main point, less so on detail {number} of what was asked for here" for number in range(60))
TITLES = tuple(f"Meals and company for older people, ward {number}" for number in range(60))
QUOTES, STOCKS = 0.01, 0.005  # of reasons: the descriptor of the mark, or a stock phrase


@dataclass
class Draft:
    """A programme while it is drawn; whoever plants something changes it before it is scored."""

    dice: random.Random
    method: str
    met: dict[str, float] = field(default_factory=dict)  # by theme, the share of what is asked that the budget meets
    questions: dict[str, list[str]] = field(default_factory=dict)  # by theme
    weights: dict[str, dict[str, int]] = field(default_factory=dict)
    panel: dict[str, list[str]] = field(default_factory=dict)
    bids: dict[str, dict[str, str]] = field(default_factory=dict)  # rows of the register
    worth: dict[str, float] = field(default_factory=dict)
    marks: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    reasons: dict[tuple[str, str, str], str] = field(default_factory=dict)
    agreed: dict[tuple[str, str], int] = field(default_factory=dict)
    honest: dict[tuple[str, str], int] = field(default_factory=dict)  # what was agreed before anything was planted
    recused: set[tuple[str, str]] = field(default_factory=set)
    decisions: list[dict[str, str]] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)
    changes: list[tuple[int, Event]] = field(default_factory=list)  # days before the run


def on_scale(value: float) -> int:
    return min(max(round(value), 0), 5)


def before(days: int) -> str:
    return (RUN - timedelta(days=days)).isoformat()


def drawn(seed: str) -> Draft:
    dice = random.Random(seed)
    draft = Draft(dice, dice.choice(("optimise", "priority")))
    people = [f"E{number:02}" for number in range(1, dice.randint(6, 10) + 1)]
    for number in range(dice.randint(1, 4)):
        theme = f"theme{number + 1}"
        draft.questions[theme] = [f"{theme.upper()}-Q{one}" for one in range(1, dice.randint(4, 8) + 1)]
        draft.weights[theme] = shares(dice, [*draft.questions[theme]], 100 - (price := dice.randrange(20, 41, 2)))
        draft.weights[theme]["price"] = price
        draft.met[theme] = dice.uniform(0.3, 0.7)
        draft.panel[theme] = sorted(dice.sample(people, dice.randint(3, 5)))
        for _ in range(dice.randint(8, 40)):
            bid = f"B{len(draft.bids) + 1:03}"
            draft.bids[bid] = registered(dice, bid, theme)
            draft.worth[bid] = dice.gauss(3.2, 0.6)
    lenient = {person: dice.gauss(0, 0.3) for person in people}
    for bid, row in draft.bids.items():
        marked(draft, bid, row["theme"], lenient)
        decided(draft, bid)
    mended(draft)
    return draft


def shares(dice: random.Random, names: list[str], whole: int) -> dict[str, int]:
    cuts = sorted(dice.sample(range(1, whole // 2), len(names) - 1))
    parts = [2 * (b - a) for a, b in zip([0, *cuts], [*cuts, whole // 2], strict=True)]
    parts[0] += whole - sum(parts)
    return dict(zip(names, parts, strict=True))


def registered(dice: random.Random, bid: str, theme: str) -> dict[str, str]:
    asked = 60_000 * 2.718281828 ** dice.gauss(0, 0.35)
    step = dice.choices((1, 10, 100, 1_000, 5_000), (45, 30, 15, 8, 2))[0]
    hub = dice.random() < 0.03
    return {
        "bid": bid,
        "theme": theme,
        "organisation": f"ORG-{bid}",
        "name": f"Group of {bid}",
        "title": dice.choice(TITLES) if dice.random() < 0.2 else f"The {bid} project that is its own idea",
        "price": str(max(round(asked / step), 1) * step),
        "gate:ready": "fail" if dice.random() < 0.04 else "pass",
        "address": f"Community House {dice.randint(1, 3)}, High Street" if hub else f"{bid} Made-up Row",
        "email": f"hello@{bid.lower()}.example",
        "identifier": f"GB-MADE-UP-{bid}",
    }


def marked(draft: Draft, bid: str, theme: str, lenient: Mapping[str, float]) -> None:
    dice, organisation = draft.dice, draft.bids[bid]["organisation"]
    away = [person for person in draft.panel[theme] if dice.random() < 0.03]
    away = away if len(draft.panel[theme]) - len(away) >= 2 else []
    draft.recused |= {(person, organisation) for person in away}
    taste = {person: dice.gauss(0, 0.15) for person in draft.panel[theme] if person not in away}
    for question in draft.questions[theme]:
        true = draft.worth[bid] + dice.gauss(0, 0.6)
        given = {who: on_scale(true + lenient[who] + liking + dice.gauss(0, 0.55)) for who, liking in taste.items()}
        agreed = on_scale(true + dice.gauss(0, 0.3))
        if dice.random() < 0.95:
            agreed = min(max(agreed, min(given.values())), max(given.values()))
        draft.marks[bid, question], draft.agreed[bid, question] = given, agreed
        draft.honest[bid, question] = agreed
        for who in given:
            own = f"What {bid} says on {question} was read by {who}, who found in it {dice.randrange(10**9)}"
            kind = dice.random()
            quoted = DESCRIPTOR.format(mark=given[who]) if kind < QUOTES else own
            draft.reasons[bid, question, who] = dice.choice(STOCK) if kind > 1 - STOCKS else quoted
        said = [
            f"{bid} answers {question} in its own words, sentence {at} of many that are its own." for at in range(3)
        ]
        said += [QUOTED] if dice.random() < 0.01 else []
        draft.answers.append({"bid": bid, "question": question, "words": " ".join(said)})


def decided(draft: Draft, bid: str) -> None:
    if draft.bids[bid]["gate:ready"] == "pass":
        return
    draft.decisions.append(
        {
            "bid": bid,
            "matter": "failed_gate",
            "subject": "ready",
            "decision": "admit" if draft.dice.random() < 0.7 else "disregard",
            "reason": "It was asked, and what it sent was read and weighed against the published words.",
            "ground": "Gate: ready, as published",
            "person": "R. Osei, head of service" if draft.dice.random() < 0.6 else "M. Quaye, director",
            "date": before(draft.dice.randint(0, 25)),
            "heard": "Written to; replied within five days.",
        }
    )


def mended(draft: Draft) -> None:
    for (bid, question), agreed in draft.agreed.items():
        if draft.dice.random() < 0.004:
            other = agreed - 1 if agreed else 1
            event = Event("correction", f"{bid} {question}", "", str(other), str(agreed), "Typed in wrongly.")
            draft.changes.append((draft.dice.randint(0, 20), event))
    if draft.dice.random() < 0.5:
        draft.changes.append((7, Event("run", "run-1", after="award_recommended")))


def toml(draft: Draft) -> dict[str, bytes]:
    marks = "".join(
        f'\n[[scale.mark]]\nmark = "{mark}"\nlabel = "{mark}"\ndescriptor = "{DESCRIPTOR.format(mark=mark)}"\n'
        for mark in range(6)
    )
    asked = dict.fromkeys(draft.questions, 0)
    for row in draft.bids.values():
        asked[row["theme"]] += int(row["price"])
    rules = "".join(
        f'\n[[allocation.rule]]\nid = "R-{theme}"\nkind = "theme_budget"\ntheme = "{theme}"\n'
        f'limit = "{int(whole * draft.met[theme])}"\nsource = "Invented."\n'
        for theme, whole in asked.items()
    )
    files = {"programme.toml": PROGRAMME.format(marks=marks, method=draft.method, rules=rules)}
    for theme, questions in draft.questions.items():
        weights = "\n".join(f'{name} = "{weight}"' for name, weight in draft.weights[theme].items())
        words = "".join(QUESTION.format(question=question) for question in questions)
        files[f"themes/{theme}.toml"] = (
            f'id = "{theme}"\ntitle = "{theme}"\nsource = "Invented."\n\n[weights]\n{weights}\n{words}'
        )
    return {name: text.encode() for name, text in files.items()}


PROGRAMME = """schema = 1
reference = "HONEST-1"
title = "An honest programme"
authority = "Nobody"
regime = "grant"
version = "1.0"
source = "Invented."

[scale]
source = "Invented."
{marks}
[[gate]]
id = "ready"
title = "Ready"
question = "Is the group ready?"
predicate = "Pass: it has a bank account. Otherwise: fail."
on_failure = "The officer writes to the group, and a named person decides in writing."
source = "Invented."

[price]
method = "lowest_price_ratio"
source = "Invented."

[rounding]
places = 2
mode = "half_up"
point = "total"
source = "Invented."

[moderation]
method = "consensus"
least_evaluators = 2
declarations_required = true
source = "Invented."

[tie_break]
order = ["quality", "lower_price"]
source = "Invented."

[allocation]
method = "{method}"
source = "Invented."
{rules}"""
QUESTION = """
[[question]]
id = "{question}"
title = "{question}"
text = "What will you do about {question}?"
good_answer = "It names who, what, when and how it is known."
source = "Invented."
"""


def table(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    out = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue().encode()


def folder(draft: Draft) -> dict[str, bytes]:
    panel = [{"evaluator": who, "name": f"Person {who}", "theme": t} for t, its in draft.panel.items() for who in its]
    everyone = sorted({row["evaluator"] for row in panel})
    interests = [
        {"evaluator": who, "organisation": of, "interest": said, "action": action, "date": "2027-02-27"}
        for who, of, said, action in [
            *((who, of, "A relative works there.", "recused") for who, of in sorted(draft.recused)),
            *((who, "*", "None.", "none") for who in everyone),
        ]
    ]
    marks = [
        {"bid": bid, "question": q, "evaluator": who, "mark": str(mark), "reason": draft.reasons[bid, q, who]}
        for (bid, q), given in draft.marks.items()
        for who, mark in given.items()
    ]
    agreed = [
        {"bid": bid, "question": q, "mark": str(mark), "reason": agreed_because(draft, bid, q)}
        for (bid, q), mark in draft.agreed.items()
    ]
    tables = {"register": [*draft.bids.values()], "panel": panel, "declarations": interests, "marks": marks}
    tables |= {"consensus": agreed} | ({"decisions": draft.decisions} if draft.decisions else {})
    return {f"{name}.csv": table(rows) for name, rows in tables.items()}


def agreed_because(draft: Draft, bid: str, question: str) -> str:
    given, agreed = draft.marks[bid, question].values(), draft.agreed[bid, question]
    outside = "" if min(given) <= agreed <= max(given) else ", outside all marks because a part was missed"
    return f"Agreed on {question} of {bid} after what was said of it{outside}."


def tables_from(draft: Draft) -> Tables:
    """Score and divide a draft by the engine, and give its tables of evidence; AssertionError where it stops."""
    criteria = read_criteria(criteria_of(toml(draft))).criteria
    assert criteria is not None
    received = read_bids(bids_of(folder(draft), {}), criteria)
    outcome = decide(
        Published(criteria, seal(criteria, "2027-01-04")),
        received,
        Run("run-2", "0", RUN.isoformat()),
        "equality",
        lambda _: None,
    )
    assert outcome.allocation is not None, outcome.findings[:3]
    entries, head = [], Head(0, "0" * 64)
    for days, event in sorted(draft.changes, key=lambda one: (-one[0], one[1].subject)):
        made = chained(head, [event], "R. Osei", before(days))
        entries += made
        head = Head(made[-1].number, made[-1].hash)
    manifest = {"run": "run-2", "date": RUN.isoformat()}
    held = Held(outcome, received, json.loads(outcome_json(outcome)), manifest, {}, {}, entries, lambda *_: ())
    place = {"file": "bids", "sheet": "", "cell": "A1", "sha256": ""}
    return {**tables_of(held), "answers": [{**row, **place} for row in draft.answers]}


# What is planted, one thing a programme, in a bid that is neither among the best nor the worst of its theme.


def _a_bid(draft: Draft) -> str:
    its = sorted(draft.worth, key=lambda bid: (draft.worth[bid], bid))
    return draft.dice.choice(its[len(its) // 3 : 2 * len(its) // 3])


def _raise(draft: Draft) -> None:
    """One bid is agreed a mark higher on each answer than the panel would have agreed."""
    bid = _a_bid(draft)
    for (its, question), agreed in draft.agreed.items():
        if its == bid:
            draft.agreed[its, question] = on_scale(agreed + 1)


def _one_person(draft: Draft) -> None:
    while len(draft.decisions) < 2:
        bid = next(bid for bid, row in draft.bids.items() if row["gate:ready"] == "pass")
        draft.bids[bid]["gate:ready"] = "fail"
        decided(draft, bid)
    for one in draft.decisions:
        one["person"] = "R. Osei, head of service"


def _late(draft: Draft) -> None:
    subject = " ".join(next(iter(draft.agreed)))
    draft.changes.append((1, Event("correction", subject, "", "2", "4", "Agreed anew.")))


def _contacts(draft: Draft) -> None:
    one, other = list(draft.bids)[:2]
    draft.bids[one]["email"] = draft.bids[other]["email"]


def _texts(draft: Draft) -> None:
    draft.answers[-1]["words"] = draft.answers[0]["words"]


def _reasons(draft: Draft) -> None:
    (bid, question), given = next(iter(draft.marks.items()))
    one, other, *_ = given
    draft.reasons[bid, question, one] = draft.reasons[bid, question, other]


def _prices(draft: Draft) -> None:
    one, other = list(draft.bids)[:2]
    draft.bids[one]["price"] = draft.bids[other]["price"]


def _round(draft: Draft) -> None:
    draft.bids[_a_bid(draft)]["price"] = "50000"


def _follow(draft: Draft) -> None:
    """One evaluator gives one bidder two marks more than they would on each answer."""
    bid = _a_bid(draft)
    of_the_bid = [given for (its, _), given in draft.marks.items() if its == bid]
    who = draft.dice.choice(sorted(of_the_bid[0]))
    for given in of_the_bid:
        given[who] = on_scale(given[who] + 2)


def _near(draft: Draft) -> None:
    _one_person(draft)
    draft.decisions[0]["date"] = before(1)


PLANTS: Mapping[str, Callable[[Draft], None]] = {
    "raised_and_won": _raise,
    "one_person": _one_person,
    "changed_late": _late,
    "equal_contacts": _contacts,
    "equal_texts": _texts,
    "equal_reasons": _reasons,
    "identical_prices": _prices,
    "round_prices": _round,
    "marks_follow_a_bidder": _follow,
    "decided_near_the_run": _near,
}


def found(tables: Tables) -> dict[str, set[str]]:
    """Give what each test finds, in its words."""
    return {one.test.id: {f"{its.about}: {its.words}" for its in one.seen} for one in exceptions_of(Look(tables))}


def shown(name: str, seed: str, honest: set[str]) -> bool | None:
    """Say whether what is planted shows; None where it cannot: it won nothing, or is so without it."""
    draft = drawn(seed)
    PLANTS[name](draft)
    try:
        tables = tables_from(draft)
    except AssertionError:
        return None
    won = {row["bid"] for row in tables["awards"]}
    raised = {bid for (bid, question), mark in draft.agreed.items() if draft.honest[bid, question] != mark}
    if (name == "raised_and_won" and not raised & won) or (name == "one_person" and honest):
        return None
    return bool(found(tables)[name] - honest)


@dataclass(frozen=True)
class Measured:
    """One programme: its bids, how many items each test finds in it, and whether what is planted shows."""

    bids: int
    items: Mapping[str, int]
    shown: Mapping[str, bool | None]


def one(seed: str, *, planted: bool) -> Measured:
    draft = drawn(seed)
    here = found(tables_from(draft))
    said = {name: shown(name, seed, here[name]) for name in (PLANTS if planted else ())}
    return Measured(len(draft.bids), {name: len(its) for name, its in here.items()}, said)


def measured(programmes: int, seed: int, planted: int) -> dict[str, Any]:
    """Measure on honest programmes, and on the first few with one thing planted in each."""
    with ProcessPoolExecutor(2) as pool:
        made = [pool.submit(one, f"{seed} {number}", planted=number < planted) for number in range(programmes)]
        every = [future.result() for future in made]
    tests = {}
    for test in TESTS:
        items = [its.items[test.id] for its in every]
        tests[test.id] = {"programmes": sum(map(bool, items)), "items": sum(items)}
        if test.id in PLANTS:
            said = [its.shown[test.id] for its in every[:planted] if its.shown[test.id] is not None]
            tests[test.id] |= {"planted": len(said), "found": sum(map(bool, said))}
    return {"programmes": programmes, "bids": sum(its.bids for its in every), "seed": seed, "tests": tests}


def written(told: Mapping[str, Any]) -> str:
    lines = [
        "# How often each test of `audit exceptions` finds something in honest programmes. Made by",
        "# python -m benchmarks.false_alarms, and not written by hand.",
        f'measured = "{DAY}"',
        *(f"{key} = {told[key]}" for key in ("programmes", "bids", "seed")),
        f'model = """{MODEL}"""',
    ]
    for name, its in told["tests"].items():
        lines += ["", f"[tests.{name}]", *(f"{key} = {count}" for key, count in its.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(written(measured(int((sys.argv[1:] or [PROGRAMMES])[0]), SEED, PLANTED)))
