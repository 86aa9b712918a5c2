"""What was planted in the sample on purpose, each with the reason why. sample_bids/README.md lists it for readers."""

from sample_bids.building.marks import Key
from sample_bids.building.panel import Interest

FAILED_GATES: dict[str, tuple[str, ...]] = {}
PRICES: dict[str, tuple[int, ...]] = {}
PEOPLE: dict[str, int] = {}
MEMBERS: dict[str, tuple[str, ...]] = {}
AGREED: dict[Key, int] = {}
OUTSIDE: dict[Key, tuple[tuple[int, ...], str]] = {}
INTERESTS: tuple[Interest, ...] = ()
UNMARKED: tuple[str, ...] = ()
DECISIONS: tuple[dict[str, str], ...] = ()
