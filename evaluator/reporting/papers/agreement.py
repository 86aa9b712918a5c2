"""How far the panels agree, for people: a sheet beside the moderation, with what each figure means and cannot mean."""

from collections.abc import Iterator, Mapping

from evaluator.records.documents import Cell, Sheet
from evaluator.records.submissions.moderation import Agreement, Severity

SHEET = "Agreement"
TOO_FEW = "too few to tell"
HEADINGS = ("Panel", "Measure", "Value", "In words")
PURPOSE = "A prompt for discussion. It corrects no mark, and says nothing about who is right."
MEANINGS = {
    "alpha": "Krippendorff's alpha for ordered marks: 1 is full agreement, 0 is chance. It counts a wide gap more.",
    "absolute": "ICC(A,1): how far one evaluator's mark stands for any other's, level included.",
    "consistent": "ICC(C,1): the same with each evaluator's level left out. Much above ICC(A,1): levels differ.",
    "concordance": "Kendall's W, corrected for ties: 1 is the same order of answers by all, 0 no common order.",
}
KAPPA = "Cohen's kappa with squared weights, for a panel of two: 1 is full agreement, 0 is chance."
NAMES = {"alpha": "alpha", "absolute": "ICC(A,1)", "consistent": "ICC(C,1)", "concordance": "Kendall's W"}


def figure(value: float | None) -> str:
    """Write a statistic with three decimals.

    >>> figure(0.8154), figure(None)
    ('0.815', 'too few to tell')
    """
    return TOO_FEW if value is None else f"{value:.3f}"


def agreement_sheet(measured: tuple[Agreement, ...], titles: Mapping[str, str]) -> Sheet:
    """Make the sheet: for each panel its measures, then each evaluator's level."""
    rows = [row for one in measured for row in _rows(one, titles.get(one.panel, one.panel))]
    return Sheet(
        name=SHEET,
        rows=(
            (Cell("How far the evaluators agree", style="title"),),
            (Cell(PURPOSE, style="note_line"),),
            tuple(Cell(text, style="heading") for text in HEADINGS),
            *(tuple(Cell(text, style="text") for text in row) for row in rows),
        ),
        widths=(34, 16, 16, 110),
        freeze=(3, 1),
        table=(3, 3 + len(rows)),
        protected=True,
    )


def _rows(one: Agreement, title: str) -> Iterator[tuple[str, str, str, str]]:
    yield title, "answers", f"{one.answers:,}", f"{one.complete:,} of them marked by everybody on the panel"
    for key, meaning in MEANINGS.items():
        yield title, NAMES[key], figure(getattr(one, key)), meaning
    if one.kappa is not None:
        yield title, "weighted kappa", figure(one.kappa), KAPPA
    if not one.connected:
        why = "The evaluators share too few answers: a severe one cannot be told from poorer bids."
        yield title, "levels", TOO_FEW, why
    for each in one.severities:
        yield title, each.evaluator, f"{each.effect:+.2f}", level_words(each)


def level_words(each: Severity) -> str:
    """Say how an evaluator's level lies to the panel's, and whether that is more than chance.

    >>> level_words(Severity("E1", -0.5, 0.1))
    'marks 0.50 lower than the panel on the same answers, give or take 0.20'
    """
    error = "" if each.error is None else f", give or take {2 * each.error:.2f}"
    side = "higher" if each.effect > 0 else "lower"
    level = f"marks {abs(each.effect):.2f} {side} than the panel on the same answers{error}"
    clear = each.error is not None and abs(each.effect) > 2 * each.error
    return level if clear else f"{level}: no clear difference"
