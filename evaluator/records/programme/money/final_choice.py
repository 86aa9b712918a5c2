"""The final choice: named people choose among ranked bids, on published grounds and within a published reach."""

from pydantic import Field, PositiveInt

from evaluator.records.programme.published import Amount, Declaring, Prose, unsaid

FINAL_CHOICE = "final_choice"  # the matter of a decision by which a bid is chosen, or is not
ON_CHOICES = FUND, DO_NOT_FUND = ("fund", "do_not_fund")


class ChoiceGround(Declaring):
    """A ground on which a bid may be chosen or not: its id, by which decisions name it, and what it means."""

    id: str
    text: Prose


class FinalChoice(Declaring):
    """That people choose after the ranks: who, when, on which grounds, and how far down from the best bid left out.

    ``ranks`` and ``points``: a bid that the method would not fund may be funded at most so many ranks, and so many
    points, behind the best-ranked bid of its theme that the choice leaves out; each unlimited where nothing is said.
    ``adds``: whether a bid may be funded although none is left out for it, from what the method leaves.
    """

    who: Prose
    when: Prose
    ranks: PositiveInt | None = Field(default=None, exclude_if=unsaid)
    points: Amount | None = None
    adds: bool = Field(default=False, exclude_if=unsaid)
    ground: tuple[ChoiceGround, ...] = Field(default=(), exclude_if=unsaid)
    source: Prose

    def ground_named(self, said: str) -> ChoiceGround | None:
        """Give the ground that a decision names, in any letter case; None where none is so named."""
        return next((one for one in self.ground if one.id.casefold() == said.strip().casefold()), None)
