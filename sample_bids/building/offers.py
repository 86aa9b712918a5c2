"""The bids: what each organisation offers in a theme, for how much in each year, for whom and where."""

from dataclasses import dataclass
from random import Random

from sample_bids.building.organisations import SEED, Organisation
from sample_bids.building.words import GROUPS, PROJECTS, WARDS

YEARS = ("2027-28", "2028-29", "2029-30", "2030-31")
# Pounds in the first year, from the smallest to the largest service that a theme buys.
YEARLY = {
    "inclusion": (30_500, 64_000),
    "digital": (26_500, 54_500),
    "advice": (41_000, 108_000),
    "employment": (26_500, 54_000),
    "safety": (18_500, 37_000),
}
# Where in that span an organisation of a size asks.
SPAN = {"micro": (0.0, 0.2), "small": (0.0, 0.45), "medium": (0.2, 0.8), "large": (0.45, 1.0)}
ADVICE_UNIT = (88, 162)  # pounds for each person advised over the four years
OTHER_UNIT = (210, 640)


@dataclass(frozen=True)
class Offer:
    """A bid. Prices are whole pounds by year; ``people`` are different people over the four years."""

    bid: str
    theme: str
    organisation: Organisation
    title: str
    by_year: tuple[int, ...]
    people: int
    wards: tuple[str, ...]
    groups: tuple[str, ...]
    members: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()  # gates

    @property
    def received(self) -> str:
        """When it came: in the last days before the closing time, which was 2 October 2026 at noon."""
        rng = Random(f"{SEED}: received {self.bid}")
        day, hour, minute = rng.choice(("09-28", "09-29", "09-30", "10-01")), rng.randrange(8, 19), rng.randrange(60)
        return f"2026-{day} {hour:02d}:{minute:02d}"

    @property
    def price(self) -> int:
        """Pounds, all years together."""
        return sum(self.by_year)


def offers(bidders: tuple[Organisation, ...]) -> tuple[Offer, ...]:
    """Make every organisation's bids, numbered in random order across the themes."""
    rng = Random(f"{SEED}: offers")
    pairs = [(organisation, theme) for organisation in bidders for theme in organisation.themes]
    rng.shuffle(pairs)
    return tuple(_offer(f"B{number:03d}", *pair) for number, pair in enumerate(pairs, start=1))


def _offer(bid: str, organisation: Organisation, theme: str) -> Offer:
    rng = Random(f"{SEED}: {organisation.id} {theme}")
    wards = _wards(rng, organisation)
    by_year = _prices(rng, organisation.size, theme)
    unit = rng.uniform(*(ADVICE_UNIT if theme == "advice" else OTHER_UNIT))
    rng.random()  # nothing is drawn with it; the groups drawn after it stay what they were
    return Offer(
        bid=bid,
        theme=theme,
        organisation=organisation,
        title=f"{rng.choice(PROJECTS[theme])}, {organisation.home}",
        by_year=by_year,
        people=round(sum(by_year) / unit / 5) * 5,
        wards=tuple(sorted(wards)),
        groups=tuple(sorted(rng.sample(GROUPS[theme], rng.choice((1, 1, 2, 2, 3))))),
    )


def _prices(rng: Random, size: str, theme: str) -> tuple[int, ...]:
    """Draw a first year's price and let it grow a little; a fifth of the bids ask for setting up in the first year."""
    low, high = YEARLY[theme]
    first = low + (high - low) * rng.uniform(*SPAN[size])
    growth = rng.choice((0, 0, 0.01, 0.02, 0.02, 0.03))
    extra = first * rng.uniform(0.02, 0.05) if rng.random() < 0.2 else 0
    step = rng.choice((1, 10, 10, 50))
    years = [first * (1 + growth) ** year + (0 if year else extra) for year in range(len(YEARS))]
    return tuple(round(amount / step) * step for amount in years)


def _wards(rng: Random, organisation: Organisation) -> list[str]:
    """Draw the wards served, the organisation's own first; a large one may serve the whole borough."""
    number = {"micro": (1, 1, 2), "small": (1, 2, 3), "medium": (2, 3, 4, 6), "large": (4, 6, 8, 20)}
    others = [ward for ward in WARDS if ward != organisation.home]
    return [organisation.home, *rng.sample(others, rng.choice(number[organisation.size]) - 1)]
