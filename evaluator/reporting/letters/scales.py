"""The scales that a letter tells: each once, with the questions that are marked on it where there are several."""

from collections.abc import Iterable, Sequence

from evaluator.records.english import listing
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.programme.scales import ScaleMark

Scales = Sequence[tuple[str, Sequence[ScaleMark]]]  # of which questions, where there are several, and the marks


def scales_of(criteria: Criteria, questions: Iterable[Question]) -> Scales:
    """Give each scale that questions are marked on, with these where there are several, and its marks."""
    asked = {one.id: criteria.scale_for(one.id) for one in questions if one.answered == "marked"}
    found = []
    for scale in dict.fromkeys(asked.values()):
        own = [id for id, its in asked.items() if its == scale]
        of = f"For {listing(own)}" if len(set(asked.values())) > 1 else ""
        found.append((of, tuple(sorted(scale.mark, key=lambda point: point.mark))))
    return tuple(found)
