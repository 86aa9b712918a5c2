"""Stages of an evaluation: which questions are marked first, and who goes on to those that are asked afterwards."""

from typing import Annotated, Literal

from pydantic import Field

from evaluator.records.programme.published import Amount, Day, Declaring, Percent, Prose, unsaid

Passes = Literal["best", "at_least"]
AtTheLastPlace = Literal["all_pass", "tie_break", "draw"]


def _unsaid(value: object) -> bool:
    return value is None


class Stage(Declaring):
    """A stage: its questions are marked by themselves, and by their points it is decided who goes on.

    Parameters
    ----------
    questions : those that are marked in it; questions that no stage names are asked last, of those that went on.
    weights : what a question carries in this stage, where that is not what it carries in the end.
    passes : ``best``: the ``number`` of bids with the most points; ``at_least``: every bid with ``score`` points, or
        with the ``share`` of the stage's points. The last stage may leave it out: then all of its bids are ranked.
    score, share : with ``best``, what a bid must have to be among them at all.
    by_theme : whether the best of each theme go on, or of all themes together.
    counts : whether its points are part of the total, or only admit; weights that only admit are no part of the whole.
    ties : what becomes of bids with equal points at the last place of ``best``: all pass; the bid that is better by
        ``tie_break`` (``question:<id>`` of the stage), those still equal all pass; or the draw of ``draw_seed``.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]  # files are named after it
    title: Prose = Field(default="", exclude_if=unsaid)
    questions: tuple[str, ...] = Field(min_length=1)
    weights: dict[str, Amount] = Field(default_factory=dict, exclude_if=unsaid)
    passes: Passes | None = Field(default=None, exclude_if=unsaid)
    number: Annotated[int, Field(gt=0)] | None = Field(default=None, exclude_if=unsaid)
    score: Amount | None = Field(default=None, exclude_if=_unsaid)
    share: Percent | None = Field(default=None, exclude_if=_unsaid)
    by_theme: bool | None = Field(default=None, exclude_if=_unsaid)
    counts: bool = Field(default=True, exclude_if=True.__eq__)
    ties: AtTheLastPlace = Field(default="all_pass", exclude_if="all_pass".__eq__)
    tie_break: tuple[str, ...] = Field(default=(), exclude_if=unsaid)
    draw_seed: str = Field(default="", exclude_if=unsaid)
    decided: Day = Field(default="", exclude_if=unsaid)
    source: Prose = Field(default="", exclude_if=unsaid)

    @property
    def name(self) -> str:
        """What people call it: its title, or its id."""
        return f"{self.title} ({self.id})" if self.title else self.id

    @property
    def in_each_theme(self) -> bool:
        """Whether the best of each theme go on; where nothing is said, as bids are ranked: theme by theme."""
        return self.by_theme is not False
