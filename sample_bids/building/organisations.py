"""Ninety invented organisations, from micro to large, and which themes each of them bids for."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from sample_bids.building.words import NAMES, SUFFIXES, WARDS

SEED = "community commissioning 2027"
BIDS = {"inclusion": 46, "digital": 20, "advice": 20, "employment": 27, "safety": 17}
# Size, how many organisations, and how many bids each of them makes.
COUNTS = (
    ("micro", 6, 1),
    ("small", 30, 1),
    ("small", 2, 2),
    ("large", 3, 4),
    ("large", 5, 3),
    ("large", 4, 2),
    ("medium", 1, 3),
    ("medium", 13, 2),
    ("medium", 26, 1),
)
# How readily an organisation of a size bids for a theme: small ones seldom give advice, micro ones never.
LIKELY = {
    "micro": {"inclusion": 4, "digital": 2, "employment": 2, "safety": 3},
    "small": {"inclusion": 5, "digital": 2, "advice": 1, "employment": 3, "safety": 3},
    "medium": {"inclusion": 3, "digital": 2, "advice": 4, "employment": 3, "safety": 2},
    "large": {"inclusion": 3, "digital": 3, "advice": 4, "employment": 3, "safety": 2},
}


@dataclass(frozen=True)
class Organisation:
    """An organisation: its yearly income in pounds, home ward, the themes that it bids for, and how well it writes."""

    id: str
    name: str
    size: str
    income: int
    home: str
    themes: tuple[str, ...]
    quality: float

    @property
    def small(self) -> bool:
        """Small as published: a yearly income of up to and including £100,000."""
        return self.income <= 100_000


def organisations() -> tuple[Organisation, ...]:
    """Make the organisations, by id."""
    rng = Random(f"{SEED}: organisations")
    left = Counter(BIDS)
    shapes = [(size, _themes(rng, size, bids, left)) for size, number, bids in COUNTS for _ in range(number)]
    rng.shuffle(shapes)
    names = rng.sample(NAMES, len(shapes))
    return tuple(
        _organisation(rng, f"ORG-{number:03d}", name, *shape)
        for number, (name, shape) in enumerate(zip(names, shapes, strict=True), start=1)
    )


def _themes(rng: Random, size: str, bids: int, left: Counter[str]) -> tuple[str, ...]:
    """Draw different themes by likelihood and by the places left in each."""
    drawn: list[str] = []
    for _ in range(bids):
        open_themes = [theme for theme in BIDS if left[theme] and theme not in drawn]
        weights = [left[theme] * LIKELY[size].get(theme, 0.01) for theme in open_themes]
        theme = rng.choices(open_themes, weights)[0]
        left[theme] -= 1
        drawn.append(theme)
    return tuple(drawn)


def _organisation(rng: Random, ident: str, first: str, size: str, themes: tuple[str, ...]) -> Organisation:
    suffixes = SUFFIXES.get((size, themes[0])) or SUFFIXES.get((size, "")) or SUFFIXES["small", themes[0]]
    income = {
        "micro": rng.randrange(4_200, 9_900, 100),
        "small": rng.randrange(14_000, 98_000, 500),
        "medium": rng.randrange(118_000, 940_000, 1_000),
        "large": rng.randrange(1_150_000, 6_400_000, 10_000),
    }[size]
    return Organisation(
        id=ident,
        name=f"{first} {rng.choice(suffixes)}",
        size=size,
        income=income,
        home=rng.choice(WARDS),
        themes=themes,
        quality=rng.gauss(3.5, 0.45),
    )
