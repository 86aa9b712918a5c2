"""Every stage of ``evaluate --no-margins``, and the memory of the whole run, on the sample as many times as large.

Run by hand: ``python -m benchmarks.growth TIMES [runs] [bare]``; 10 times are 1,300 bids. Scores are the sample's own.
The stages are those of the command's own job as it runs, from one announcement to the next: reading takes checking in,
documents take the bundle in and their way to the disk. Each run is a process of its own. In the smaller of two that are
compared another programme is evaluated first, so that imports, which do not grow, flatter no ratio; the larger, whose
memory counts, begins as the command does. ``bare`` at the end has the sample's stages held against scoring and one bare
solve by HiGHS, which nothing of ours can make longer.
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clocks import ROOT, Times, Turns, middle, now, timed, watched
from benchmarks.enlarged import enlarge

BEGINS = {
    "Reading the criteria": "reading",
    "Scoring": "scoring",
    "Dividing the budget, and proving that no better division exists": "allocation",
    "Looking at equality": "equality",
    "Writing the documents": "documents",
}
STAGES = tuple(BEGINS.values())
SMALL = "community_grants"  # the programme that is evaluated first
DATE = "2026-12-01"


@dataclass(frozen=True)
class Grown:
    """The times of a programme's stages in each run, and the most megabytes that any of the runs held."""

    runs: Sequence[Mapping[str, Times]]
    megabytes: float

    def stage(self, name: str) -> Turns:
        return [run[name] for run in self.runs]

    def whole(self) -> Turns:
        """Give each run from its first stage to its last."""
        every = [[run[stage] for stage in STAGES] for run in self.runs]
        return [Times(sum(its.passed for its in run), sum(its.worked for its in run)) for run in every]


def grown(times: int, runs: int, *, bare: bool = False, warm: bool = True) -> Grown:
    """Evaluate the sample so many times as large, so often; once as large it lies in CSV files as well."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        words = [sys.executable, "-m", __spec__.name, "run", *map(str, enlarge(times, home))]
        more = [*["bare"] * bare, *["warm"] * warm]
        printed, megabytes = zip(*(watched([*words, f"{home}/out-{turn}", *more]) for turn in range(runs)), strict=True)
    told = [json.loads(one) for one in printed]
    return Grown([{stage: Times(*its) for stage, its in one.items()} for one in told], max(megabytes))


def evaluated(criteria: Path, bids: Path, out: Path) -> dict[str, Times]:
    """Evaluate without explanations, and give the times of each stage."""
    from evaluator.files.audit.run_folder import land
    from evaluator.jobs.evaluate import evaluate

    begun = {}

    def note(said: str) -> None:
        if said in BEGINS:
            begun[BEGINS[said]] = now()

    land(evaluate(criteria, bids, "equality", DATE, note).files, out)
    ends = [*list(begun.values())[1:], now()]
    assert tuple(begun) == STAGES, begun
    return {stage: end.since(start) for (stage, start), end in zip(begun.items(), ends, strict=True)}


def alone(criteria: Path, bids: Path) -> Times:
    """Score the bids and solve the first stage of the awards, and nothing besides."""
    from benchmarks.allocation_growth import bare
    from evaluator.allocation import allocation_problem
    from evaluator.files.read.bids.folder import read_bids
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.scoring import score
    from evaluator.validation import validate

    read = read_criteria(criteria).criteria
    assert read is not None
    evaluation, _ = validate(read, read_bids(bids, read))
    assert evaluation is not None
    return timed(lambda: bare(allocation_problem(read, evaluation, score(read, evaluation))))


def run(criteria: Path, bids: Path, out: Path, *, bare: bool, warm: bool) -> None:
    """Be the process of one run: where it is ``warm``, evaluate another programme first; print what each stage took."""
    if warm:
        with tempfile.TemporaryDirectory() as scratch:
            evaluated(ROOT / "criteria" / SMALL, ROOT / "sample_bids" / SMALL, Path(scratch) / "out")
    found = evaluated(criteria, bids, out) | ({"bare": alone(criteria, bids)} if bare else {})
    print(json.dumps({stage: [its.passed, its.worked] for stage, its in found.items()}))


def main(times: int, runs: int, *, bare: bool) -> None:
    found = grown(times, runs, bare=bare)
    for stage in found.runs[0]:
        seen = middle(found.stage(stage))
        held = f"{seen.worked / middle(found.stage('bare')).worked:.1f} times bare; " if bare else ""
        print(f"{stage}: {seen.worked:.3f} s of processor time, {held}{seen.passed:.3f} s passed; medians of {runs}")
    print(f"{found.megabytes:,.0f} MB at most, with all its processes")


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word not in ("bare", "warm")]
    if asked[0] == "run":
        run(*map(Path, asked[1:]), bare="bare" in sys.argv, warm="warm" in sys.argv)
    else:
        main(int(asked[0]), int((asked[1:] or ["3"])[0]), bare="bare" in sys.argv)
