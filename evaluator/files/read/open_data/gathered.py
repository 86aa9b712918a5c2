"""What open data gives of candidates, whatever its format: rows under our headings, each with the place it is from."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.rules import Budget
from evaluator.records.results.ballots import Ballots
from evaluator.records.texts import never_a_formula


@dataclass(frozen=True)
class GatheredRow:
    """One candidate: its texts by heading, where it stands, and where single texts stand if that is known."""

    texts: Mapping[str, str]
    place: Source
    places: Mapping[str, Source]


@dataclass(frozen=True)
class Gathered:
    """Candidates as open data tells of them.

    Parameters
    ----------
    policy : the rule of award that the data names, where it is one of ours; ``unruled`` says why there is none.
    budget : the budget that the data names, for rules that name none.
    ballots : what people voted, where the data holds it; ``balloted`` says what of it counts for nothing.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[GatheredRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    policy: AllocationPolicy | None = None
    unruled: tuple[Finding, ...] = ()
    budget: Budget | None = None
    ballots: Ballots | None = None
    balloted: tuple[Finding, ...] = ()


def candidates_csv(columns: Sequence[str], rows: Sequence[GatheredRow]) -> bytes:
    r"""Write candidates.csv; no text of others becomes a formula of a spreadsheet program.

    >>> place = Source("grants.json", key="grants[0]")
    >>> candidates_csv(("bid", "score"), [GatheredRow({"bid": "=1+1"}, place, {})])
    b"bid,score\r\n'=1+1,\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_plain(column, row.texts.get(column, "")) for column in columns] for row in rows)
    return out.getvalue().encode()


def _plain(column: str, text: str) -> str:
    """Give a text as a cell that only holds it; a score below nought is a number, and stays one."""
    number = column == "score" and text.lstrip("-").replace(".", "", 1).isdigit()
    return text if number else never_a_formula(text)
