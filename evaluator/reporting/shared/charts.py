"""What charts share: round numbers for a scale, and labels cut to the room that they have."""

from fractions import Fraction


def scale_steps(most: Fraction) -> list[Fraction]:
    """Give round numbers from nought to the most, three to six of them.

    >>> [int(step) for step in scale_steps(Fraction(940))]
    [0, 200, 400, 600, 800]
    """
    size = Fraction(1)
    while size * 50 <= most:
        size *= 10
    while size > most:
        size /= 10
    step = next((size * times for times in (1, 2, 5, 10) if size * times * 5 >= most), size * 10)
    return [step * count for count in range(int(most / step) + 1)]


def short(value: Fraction) -> str:
    """Write a number of the scale briefly.

    >>> short(Fraction(200_000)), short(Fraction(1_500_000)), short(Fraction(40)), short(Fraction(1, 2))
    ('200k', '1.5m', '40', '0.5')
    """
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if value >= size:
            return f"{float(value / size):g}{letter}"
    return f"{float(value):g}"


def cut(label: str, longest: int) -> str:
    """Cut a label to what fits; the table beside the chart has it whole."""
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"
