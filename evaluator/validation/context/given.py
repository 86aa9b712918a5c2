"""What evaluators gave for each answer, and how many marks an answer has that lacks none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from evaluator.records.programme.scales import Scale
from evaluator.validation.coded_columns import NONE, Flags, Ints
from evaluator.validation.context.coded_sheets import Sheet

About = tuple[int, int]  # subject, and question of the book


@dataclass(frozen=True)
class Given:
    """The sound marks of each answer in order of size, and the usual number of them by group and question."""

    marks: Mapping[About, tuple[Decimal, ...]]
    groups: Ints
    most: Mapping[tuple[int, int], int]
    least: int

    def number(self, about: About) -> int:
        """Say how many marks an answer has."""
        return len(self.marks.get(about, ()))

    def usual(self, about: About) -> int:
        """Say how many marks an answer is to have: as many as the others of its group on the same question."""
        return self.most.get((int(self.groups[about[0]]), about[1]), self.least)


def given_in(
    sheet: Sheet | None, counted: Flags, scales: Sequence[Scale], needed: Flags, groups: Ints, least: int
) -> Given:
    """Gather the marks of each answer.

    Parameters
    ----------
    counted : the rows that are not by somebody who is recused.
    scales : of each question of the book.
    needed : subjects by questions; the answers whose number of marks is compared.
    """
    found, most = defaultdict[About, list[Decimal]](list), dict[tuple[int, int], int]()
    if sheet is not None:
        first = sheet.first == np.arange(len(sheet.first))
        for row in np.flatnonzero(first & counted & (sheet.keys != NONE) & (sheet.marks >= 0)).tolist():
            about = divmod(int(sheet.answers[row]), needed.shape[1])
            found[about].append(scales[about[1]].marks[int(sheet.marks[row])])
    every = {about: (int(groups[about[0]]), about[1]) for about in found}
    inside = {group for about, group in every.items() if needed[about]}
    for about, group in every.items():
        if needed[about] or group not in inside:  # where all bids of a group are out, their own marks
            most[group] = max(most.get(group, 0), len(found[about]))
    return Given({about: tuple(sorted(own)) for about, own in found.items()}, groups, most, least)
