"""How bidders are reached and known, as the register says it: nothing of it enters a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.submissions.received import Table

ANYONE = "an evaluator"  # in the place of whoever of the panel is named


@dataclass(frozen=True)
class Bidder:
    """How a bidder is reached and known, as the register has it; empty where it does not say."""

    address: str = ""
    email: str = ""
    identifier: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the register does not say, in words."""
        known = {"postal address": self.address, "e-mail address": self.email, "unique identifier": self.identifier}
        return tuple(name for name, text in known.items() if not text)


class Register:
    """The register as received, by bid: what a letter takes from it that no score rests on."""

    def __init__(self, table: Table | None) -> None:
        self.columns: Mapping[str, Sequence[str]] = table.columns if table else {}
        self.rows = {text.strip(): row for row, text in enumerate(self.columns.get("bid", ()))}

    def text(self, bid: str, key: str) -> str:
        """Give the text of a bid's cell; empty where there is none."""
        row = self.rows.get(bid)
        return "" if row is None or key not in self.columns else self.columns[key][row].strip()

    def bidder(self, bid: str) -> Bidder:
        """Give how the bidder of a bid is reached."""
        return Bidder(*(self.text(bid, key) for key in ("address", "email", "identifier")))
