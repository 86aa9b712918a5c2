"""Faults of HiGHS that are known, looked for before anything rests on it: small problems whose best value is known.

Source: the issues of github.com/ERGO-Code/HiGHS that the numbers name. HiGHS 1.14.0 says "Optimal" of worse values in
all of them, unless it is told not to presolve. The best values were worked out by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np

FAR = highspy.kHighsInf
CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A problem to be made as small as possible: each column with its cost and ends, each row with its ends."""

    issue: int
    columns: tuple[tuple[float, float, float], ...]
    whole: tuple[int, ...]  # the columns that are whole numbers
    rows: tuple[tuple[float, tuple[float, ...], float], ...]
    best: float

    def right(self, presolve: str) -> bool:
        """Whether HiGHS finds the best value."""
        solver = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("presolve", presolve)):
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        optimal: bool = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return optimal and abs(float(solver.getInfo().objective_function_value) - self.best) <= CLOSE

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(self.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = (
            _floats(ends) for ends in zip(*self.columns, strict=True)
        )
        model.row_lower_ = _floats([least for least, _, _ in self.rows])
        model.row_upper_ = _floats([most for _, _, most in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.arange(len(self.rows) + 1, dtype=np.int32) * len(self.columns)
        model.a_matrix_.index_ = np.tile(np.arange(len(self.columns), dtype=np.int32), len(self.rows))
        model.a_matrix_.value_ = _floats([weight for _, weights, _ in self.rows for weight in weights])
        kinds = highspy.HighsVarType
        model.integrality_ = [
            kinds.kInteger if at in self.whole else kinds.kContinuous for at in range(len(self.columns))
        ]
        return model


def _floats(values: Sequence[float]) -> "np.typing.NDArray[np.float64]":
    return np.array(values, dtype=np.float64)


KNOWN_FAULTS = (
    # x whole, y at least 8: each unit of x in the place of y saves 1, so x = 12 and y = 8.1.
    KnownFault(2957, ((1, 0, 20), (2, 8, 20)), (0,), ((20.1, (1, 1), FAR),), 28.2),
    # z = 7.5 + y is whole, so y is 0.5 or -0.5; z = 7 and x = 3 cost 3 - 2 + 63.
    KnownFault(
        3002,
        ((1, 0, 4), (4, -1, 1), (9, 0, FAR)),
        (2,),
        ((-FAR, (1, 1, 0), 5), (10, (1, 0, 1), FAR), (7.5, (0, -1, 1), 7.5)),
        64,
    ),
    # 2 for a unit of x against 3 for a whole one of z: x alone, 4.5 times 2.
    KnownFault(3043, ((2, 0, 10), (3, 0, 10)), (1,), ((4.5, (1, 1), FAR),), 9),
    # The gap to 3 costs 100 a unit, so x is 3 and t, which is at least x, costs 0.03.
    KnownFault(
        3073,
        ((100, 0, FAR), (0.01, -FAR, FAR), (0, 0, FAR)),
        (2,),
        (
            (3, (1, 0, 1), 3),
            (-FAR, (0, -1, 1), 0),
            (-FAR, (0, -1, -1), 0),
            (-FAR, (0, 0, 1), 3),
            (-FAR, (0, 0, -1), -0.45),
        ),
        0.03,
    ),
    # One of two slots may be used; what is left out costs 10 or 8 for each of 1,000.
    KnownFault(
        3094,
        ((0, 0, 1000), (0, 0, 1000), (10, 0, 1000), (8, 0, 1000), (0, 0, 1), (0, 0, 1)),
        (4, 5),
        (
            (-FAR, (1, 0, 0, 0, -1000, 0), 0),
            (-FAR, (0, 1, 0, 0, 0, -1000), 0),
            (1000, (1, 0, 1, 0, 0, 0), 1000),
            (1000, (0, 1, 0, 1, 0, 0), 1000),
            (-FAR, (0, 0, 0, 0, 1, 1), 1),
        ),
        8000,
    ),
)


@cache
def faults_found() -> tuple[int, ...]:
    """Name the issues whose fault this HiGHS has, with presolve or without; it is asked once in a process."""
    return tuple(one.issue for one in KNOWN_FAULTS if not (one.right("on") and one.right("off")))
