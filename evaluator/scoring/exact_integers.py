"""Arrays of whole numbers: int64 where that is proven to hold every value and result, Python integers where not."""

import operator
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LIMIT = 2**62  # half of what int64 holds, so that a sum or difference of two such numbers holds as well


def whole(values: Iterable[int]) -> Array:
    """Make an array of whole numbers: int64 where every one is proven to fit, else Python integers.

    >>> whole([1, 2]).dtype, whole([1, 2**70]).dtype
    (dtype('int64'), dtype('O'))
    """
    listed = list(values)
    fits = max(map(abs, listed), default=0) < LIMIT
    return np.array(listed, dtype=np.int64 if fits else object)


def reach(values: Array | int) -> int:
    """Give the greatest absolute value, as a Python integer; 0 for none."""
    if isinstance(values, int):
        return abs(values)
    return max(abs(int(values.max())), abs(int(values.min()))) if values.size else 0


def _wide(values: Array | int) -> Any:
    return values if isinstance(values, int) else values.astype(object)


def _exactly(operation: Callable[[Any, Any], Any], left: Array | int, right: Array | int, bound: int) -> Any:
    """Do it in int64 if neither side nor the result can pass the limit; else in Python integers."""
    if max(bound, reach(left), reach(right)) < LIMIT:
        return operation(left, right)
    return operation(_wide(left), _wide(right))


def times(left: Array | int, right: Array | int) -> Any:
    """Multiply exactly."""
    return _exactly(operator.mul, left, right, reach(left) * reach(right))


def plus(left: Array | int, right: Array | int) -> Any:
    """Add exactly."""
    return _exactly(operator.add, left, right, reach(left) + reach(right))


def divided(left: Array, right: Array | int) -> tuple[Array, Array]:
    """Divide whole numbers: the quotient towards minus infinity, and the rest, which has the divisor's sign."""
    quotient = _exactly(operator.floordiv, left, right, 0)
    return quotient, _exactly(operator.mod, left, right, 0)
