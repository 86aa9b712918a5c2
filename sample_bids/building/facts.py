"""What is said in one answer: the facts that every evaluator of it finds there, and the parts that are missing."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from sample_bids.building.marks import Answered
from sample_bids.building.organisations import SEED
from sample_bids.building.words import CRISES, FEW, FINDERS, HARMS, LEFT_OUT, MONTHS, PLACES

HERE = Path(__file__).resolve().parent
PHRASE_FILES = ("phrases_common.toml", "phrases_theme.toml")


@dataclass(frozen=True)
class Facts:
    """An answer in phrases: for each part, best made first, what it does and what would be missing from it."""

    made: tuple[str, ...]
    missing: tuple[str, ...]
    subject: str  # "bid" or "organisation"


@cache
def phrases() -> dict[str, dict[str, list[list[str]]]]:
    """Read what can be said of the answers to each question."""
    texts = [tomllib.loads((HERE / name).read_text("utf-8")) for name in PHRASE_FILES]
    return {question: said for text in texts for question, said in text.items()}


@cache
def facts(answer: Answered) -> Facts:
    """Draw what an answer says, the same for everybody who reads it."""
    rng = Random(f"{SEED}: facts {answer.subject} {answer.question.id}")
    said = phrases()[answer.question.id]
    order = rng.sample(range(len(said["met"])), len(said["met"]))
    about = {
        "ward": rng.choice(answer.offer.wards),
        "group": rng.choice(answer.offer.groups),
        "left_out": rng.choice(LEFT_OUT),
        "crisis": rng.choice(CRISES[answer.offer.theme]),
        "harm": rng.choice(HARMS),
    }
    return Facts(
        made=tuple(_filled(rng, about, rng.choice(said["met"][part])) for part in order),
        missing=tuple(_filled(rng, about, rng.choice(said["gap"][part])) for part in order),
        subject="organisation" if answer.panel == "organisation" else "bid",
    )


def _filled(rng: Random, about: dict[str, str], phrase: str) -> str:
    return phrase.format(
        **about,
        n=rng.randrange(14, 190),
        few=rng.choice(FEW),
        place=rng.choice(PLACES),
        month=rng.choice(MONTHS),
        finder=rng.choice(FINDERS),
    )
