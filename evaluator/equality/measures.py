"""The measures of a disparity, exact: rates, ratios and shortfalls against a benchmark."""

from fractions import Fraction


def rate(part: int, whole: int) -> Fraction | None:
    """Give a part as a share of its whole, or None where the whole is nothing.

    >>> rate(12, 40), rate(0, 0)
    (Fraction(3, 10), None)
    """
    return Fraction(part, whole) if whole else None


def ratio(awards: int, all_awards: int, bids: int, all_bids: int) -> Fraction | None:
    """Divide a group's share of the awards by its share of the bids: 1 is parity. None where a share is of nothing.

    Source: disparity index of public procurement studies, utilisation over availability (National Research Council
    2005, chapter 4).

    >>> ratio(5, 20, 20, 40)
    Fraction(1, 2)
    """
    return Fraction(awards * all_bids, all_awards * bids) if all_awards and bids else None


def shortfall(awards: int, all_awards: int, bids: int, all_bids: int) -> Fraction | None:
    """Give the awards that a group's share of the bids would bring, less its awards; negative where it has more.

    >>> shortfall(5, 20, 20, 40)
    Fraction(5, 1)
    """
    return Fraction(all_awards * bids, all_bids) - awards if all_bids else None


def below_four_fifths(selected: int, of: int, other_selected: int, other_of: int) -> bool:
    """Whether one rate is below four fifths of another, in whole numbers: (3/5)/(6/8) is exactly 4/5, not below.

    A screen of United States employment practice; it has no status in English law.

    >>> below_four_fifths(3, 5, 6, 8), below_four_fifths(45, 100, 60, 100)
    (False, True)
    """
    return 5 * selected * other_of < 4 * other_selected * of
