"""What was sealed of stages, in: a JSON file for each in the folder ``stages``, held to the sum that it closes with."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from evaluator.files.read.inputs import Inputs
from evaluator.files.read.notation import json_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.stages import SEALED, StageLine, StageResult, sum_of

Read = tuple[tuple[StageResult, ...], tuple[Finding, ...]]


def is_sealed_stage(name: str) -> bool:
    """Whether a file of a folder of bids is what was sealed of a stage.

    >>> [is_sealed_stage(name) for name in ("stages/S1.json", "stages/old/S1.json", "stages/S1.xlsx")]
    [True, False, False]
    """
    within, _, file = name.rpartition("/")
    return within == SEALED and file.endswith(".json")


def read_sealed_stages(inputs: Inputs, criteria: Criteria) -> Read:
    """Read what was sealed, in the published order of the stages, up to the first that was not."""
    there = [name for name in inputs.names if is_sealed_stage(name)]
    published = {f"{SEALED}/{stage.id}.json": stage.id for stage in criteria.deciding_stages}
    made: list[StageResult] = []
    found: list[Finding] = []
    for name, stage in published.items():
        if name not in there:
            break
        content, problems = inputs.opened(name)
        found += problems
        result, problem = (None, "") if content is None else _sealed(content, criteria, stage, name)
        if result is None:
            found += [finding("E-STAGE-001", Source(name), problem=problem)] if problem else []
            break
        made.append(result)
    else:
        name = ""
    found += _too_early(there, published, name)
    return tuple(made), tuple(found)


def _too_early(there: Iterable[str], published: Mapping[str, str], stopped: str) -> Iterator[Finding]:
    """Find results of stages that were not published, or that come after the first that is not over."""
    names = list(published)
    after = names[names.index(stopped) + 1 :] if stopped else []
    for name in there:
        if name not in published:
            yield finding(
                "E-STAGE-002", Source(name), problem="no stage of this id that decides who goes on is published"
            )
        elif name in after and stopped not in there:
            yield finding(
                "E-STAGE-002", Source(name), problem=f"the stage {published[stopped]} before it is not sealed"
            )


def _sealed(content: bytes, criteria: Criteria, stage: str, name: str) -> tuple[StageResult | None, str]:
    try:
        read = json_of(content)
        said = {key: value for key, value in read.items() if key != "sha256"}
        if sum_of(said) != read["sha256"]:
            return None, "it is not the file that was sealed, for its sum is another"
        if (said["schema"], said["stage"], said["reference"]) != ("stage/1", stage, criteria.reference):
            return None, f"it is of stage {said['stage']} of {said['reference']}"
        lines = tuple(_line(one) for one in said["bids"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, f"it is no sealed stage ({type(error).__name__}: {error})"
    return StageResult(stage, lines, Source(name), read["sha256"]), ""


def _line(one: Mapping[str, Any]) -> StageLine:
    points, available = Fraction(one["points"]), Fraction(one["available"])
    if not isinstance(one["passed"], bool):
        raise ValueError("passed is neither true nor false")
    return StageLine(str(one["bid"]), str(one["theme"]), points, available, one["passed"], str(one["reason"]))
