"""The two small sets of bids in CSV files, written by hand, for those who export from an e-tendering system."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

MARKS = ("bid", "question", "evaluator", "mark", "reason")
AGREED = ("bid", "question", "mark", "reason")

MINIMAL_BIDS = (
    ("B1", "main", "Lanternkeel Neighbours"),
    ("B2", "main", "Ottermast Youth Club"),
    ("B3", "main", "Fennelreach Carers"),
    ("B4", "main", "Copperlock Kitchen"),
    ("B5", "main", "Marlingate Elders"),
)
# For each bid the marks for Q1 to Q5 with their reasons. B2 and B4 both come to exactly 60 points: a tie.
MINIMAL_MARKS = {
    "B1": (
        (4, "Shows the need with its own waiting list of thirty; says little of who is not on it."),
        (5, "Sets out each weekly session, who leads it, and what happens when a leader is ill."),
        (3, "Knows that few men come, and why; the plan to reach them is one poster."),
        (4, "Fifteen neighbours sleep better; it is clear how this is counted, not when."),
        (2, "Mentions the doctors' surgery and no more."),
    ),
    "B2": (
        (3, "Describes empty evenings on two estates; the only evidence is one survey of ten."),
        (3, "Gives the days and the place; who does the work is left open."),
        (3, "Knows that girls stay away; asks them why, and does not say what will change."),
        (3, "Names the change, fewer empty evenings, with a number but no measure."),
        (3, "Knows the other youth clubs; how people get there is left open."),
    ),
    "B3": (
        (5, "Names forty carers under eighteen, with the school counts that show them and what they said."),
        (4, "Describes the week and the staff; does not say how often the trips take place."),
        (4, "Names carers who cannot leave home and visits them; no check on who still stays away."),
        (5, "Thirty young carers are less tired by March, asked twice with the same form."),
        (4, "Lists the school nurses and the respite service, and how people are passed on; nothing on the way back."),
    ),
    "B4": (
        (4, "Gives the food bank's figures by month and what families said; does not say which blocks are left out."),
        (2, "Says that cooking will take place; neither days nor staff are given."),
        (2, "Names families in temporary homes; nothing on how to reach them."),
        (4, "Twenty households cook three more meals a week; the method of counting is there, the date is not."),
        (2, "Mentions the food bank and does not say how people get from one to the other."),
    ),
    "B5": (
        (2, "States that older people need lunch; gives no figure and no source."),
        (3, "A lunch each Tuesday in the hall; who cooks is left open."),
        (1, "Says that all are welcome, and nothing on who might be left out."),
        (2, "Hopes for happier members and does not say how anyone would know."),
        (4, "Lists two other lunch clubs and shares a minibus with them; nothing on referrals back."),
    ),
}

PRICED_BIDS = (
    ("B1", "main", "Lanternkeel Neighbours", "21500"),
    ("B2", "main", "Ottermast Youth Club", "18000"),
    ("B3", "main", "Fennelreach Carers", "24000"),
    ("B4", "main", "Copperlock Kitchen", "19250.50"),
)
# Each answer: the marks of E01 and E02 with their reasons, then the agreed mark with its reason.
PRICED_ANSWERS = (
    (
        ("B1", "Q1"),
        (4, "Shows the need with its own waiting list of thirty; says little of who is not on it."),
        (3, "The waiting list is there; nothing from the people themselves."),
        (4, "Agreed at 4: the list is dated and counted. What people said is the one part left open."),
    ),
    (
        ("B1", "Q2"),
        (5, "Sets out each session, who leads it, and fifteen people who will sleep better, asked twice."),
        (5, "Days, leaders, places and a measured change are all there."),
        (5, "Both gave 5: sessions, leaders and a measured change for fifteen people."),
    ),
    (
        ("B2", "Q1"),
        (3, "Describes empty evenings on two estates; one survey of ten as evidence."),
        (3, "The need is plausible; the survey is small and undated."),
        (3, "Both gave 3: the need is named, the evidence is thin."),
    ),
    (
        ("B2", "Q2"),
        (4, "Three evenings a week with two named workers; the change has no date."),
        (3, "Evenings and workers are clear; what will be different is vague."),
        (4, "Agreed at 4: a number for the change was found on the second page; only its date is missing."),
    ),
    (
        ("B3", "Q1"),
        (5, "Names forty carers under eighteen, with school counts and what they said."),
        (5, "Counts, voices and places; nothing is left to ask."),
        (5, "Both gave 5: school counts for forty carers, and their own words."),
    ),
    (
        ("B3", "Q2"),
        (4, "A clear week, named staff, a number for the change; trips are not dated."),
        (4, "All there but how often the trips take place."),
        (4, "Both gave 4: only the trips are left without dates."),
    ),
    (
        ("B4", "Q1"),
        (2, "States that people eat badly; gives no figure and no source."),
        (3, "Names families in two blocks; the evidence is one talk with a teacher."),
        (2, "Agreed at 2: the talk with a teacher is mentioned, not reported, so the evidence is missing."),
    ),
    (
        ("B4", "Q2"),
        (3, "Cooking twice a week; who leads is left open, and the change has no number."),
        (3, "The days are given; staff and change are not."),
        (3, "Both gave 3: the activity is clear, its staff and its effect are not."),
    ),
)


def minimal() -> dict[str, str]:
    """Make the CSV files of the smallest set."""
    rows = [
        (bid, f"Q{number}", "E01", *said)
        for bid, answers in MINIMAL_MARKS.items()
        for number, said in enumerate(answers, start=1)
    ]
    return {
        "register.csv": csv_text(("bid", "theme", "organisation"), MINIMAL_BIDS),
        "marks.csv": csv_text(MARKS, rows),
    }


def minimal_with_price() -> dict[str, str]:
    """Make the CSV files of the small set with a price and agreed marks."""
    marks = [
        (*answer, evaluator, *said)
        for answer, first, second, _ in PRICED_ANSWERS
        for evaluator, said in (("E01", first), ("E02", second))
    ]
    return {
        "register.csv": csv_text(("bid", "theme", "organisation", "price"), PRICED_BIDS),
        "marks.csv": csv_text(MARKS, marks),
        "consensus.csv": csv_text(AGREED, [(*answer, *agreed) for answer, _, _, agreed in PRICED_ANSWERS]),
    }


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Write rows under their headings, as a CSV file with plain line ends."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
