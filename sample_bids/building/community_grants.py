"""The grant programme's applications in CSV files: sixteen bids, a panel of three, and what they agreed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from sample_bids.building.minimal import csv_text

SEED = "neighbourhood grants 2027"
PANEL = {"P1": "Josefa Linnell", "P2": "Marcus Tadlow", "P3": "Shireen Aubrey"}
QUESTIONS = {"food": ("G1", "G2", "G3", "FO1"), "gardens": ("G1", "G2", "G3", "GA1")}
SMALL = 25_000  # pounds of yearly income, that figure included
INTEREST = ("P2", "ORG-11", "I rent half a plot from this group.", "recused")
DECLARED = "2026-10-12"
# How each evaluator, and the panel, puts what is made and what is missing.
STYLES = {
    "P1": ("The application {made}.", "It {missing}."),
    "P2": ("Good: it {made}.", "Open: it {missing}."),
    "P3": ("I found that it {made}.", "I looked in vain: it {missing}."),
    "": ("Agreed: the application {made}.", "What keeps it from a higher mark: it {missing}."),
}
REPLIES = {
    "exists_for": ("Everyone", "Older people", "Disabled people", "A minority ethnic community", "No reply"),
    "led_by_sex": ("Mostly women", "Mostly men", "Neither is a majority", "Prefer not to say"),
}
Bid = dict[str, Any]


def community_grants() -> dict[str, str]:
    """Make every file of the grant programme's bids, by path."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    bids: list[Bid] = read["bid"]
    marks = [row for bid in bids for row in _marks(bid, read["parts"])]
    single = [row for row in marks if row[2]]
    agreed = [(bid, question, mark, reason) for bid, question, evaluator, mark, reason in marks if not evaluator]
    seats = [(evaluator, name, theme) for evaluator, name in PANEL.items() for theme in QUESTIONS]
    interests = [(*INTEREST, DECLARED), *((one, "*", "None in any other group.", "none", DECLARED) for one in PANEL)]
    return {
        "register.csv": csv_text(REGISTER, [_register_row(bid) for bid in bids]),
        "marks.csv": csv_text(("bid", "question", "evaluator", "mark", "reason"), single),
        "consensus.csv": csv_text(("bid", "question", "mark", "reason"), agreed),
        "panel.csv": csv_text(("evaluator", "name", "theme"), seats),
        "declarations.csv": csv_text(("evaluator", "organisation", "interest", "action", "date"), interests),
        "equality/monitoring.csv": csv_text(("organisation", *REPLIES), _monitoring(bids)),
    }


REGISTER = (
    *("bid", "theme", "organisation", "name", "title", "price", "gate:constituted", "wards", "groups", "small"),
    *("income", "address", "email", "identifier"),
)


def _register_row(bid: Bid) -> tuple[str, ...]:
    organisation = bid["organisation"]
    return (
        *(bid[key] for key in ("id", "theme", "organisation", "name", "title", "price")),
        "pass",
        "; ".join(bid["wards"]),
        "; ".join(bid["groups"]),
        "yes" if int(bid["income"]) <= SMALL else "no",
        bid["income"],
        f"{int(organisation[-2:])} Made-up Row, London E1 0ZZ",
        f"hello@{organisation.lower()}.example",
        f"GB-MADE-UP-{organisation[-2:]}",
    )


def _marks(bid: Bid, parts: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, str, int, str]]:
    """Give every mark of a bid with its reason, question by question; the agreed one, without evaluator, last."""
    for question, agreed in zip(QUESTIONS[bid["theme"]], bid["marks"], strict=True):
        rng = Random(f"{SEED}: {bid['id']} {question}")
        order = rng.sample(range(3), 3)
        around = {evaluator: min(max(agreed + rng.choice((-1, 0, 0, 1)), 1), 4) for evaluator in PANEL}
        around[rng.choice(sorted(around))] = agreed
        if bid["organisation"] == INTEREST[1]:
            del around[INTEREST[0]]
        for evaluator, mark in (*around.items(), ("", agreed)):
            yield bid["id"], question, evaluator, mark, _reason(bid, parts[question], order, evaluator, mark)


def _reason(bid: Bid, parts: dict[str, list[str]], order: list[int], evaluator: str, mark: int) -> str:
    """Say which parts of a good answer are made, and which are missing: a mark above 1 is a part more."""
    about = {"title": bid["title"], "ward": bid["wards"][0], "group": bid["groups"][0]}
    made = [parts["made"][part].format(**about) for part in order[: mark - 1]]
    missing = [parts["missing"][part].format(**about) for part in order[mark - 1 :]]
    good, open_ = STYLES[evaluator]
    said = [good.format(made=_and(made))] if made else []
    said += [open_.format(missing=_and(missing))] if missing else []
    return " ".join(said)


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _monitoring(bids: list[Bid]) -> list[tuple[str, ...]]:
    rows = []
    for organisation in sorted({bid["organisation"] for bid in bids}):
        rng = Random(f"{SEED}: monitoring {organisation}")
        rows.append((organisation, *(rng.choice(values) for values in REPLIES.values())))
    return rows
