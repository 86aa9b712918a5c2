"""Checks of the scale and the gates: what earns a mark, and what fails."""

from collections.abc import Iterator
from itertools import pairwise

from evaluator.law import regime
from evaluator.publication.checks.prose.phrases import words_only
from evaluator.publication.locations import PROGRAMME, Place, all_questions, in_theme, numbered
from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, exact_text, plain_decimal, to_places
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale, ScaleMark

MOST_MARKS = 127


def published_scales(criteria: Criteria) -> Iterator[tuple[Place, Scale]]:
    """Give every published scale with its place: the programme's, then those of some questions alone."""
    yield Place(PROGRAMME, "scale"), criteria.scale
    yield from numbered(PROGRAMME, "scale_of", criteria.scale_of)


def _points(criteria: Criteria) -> Iterator[tuple[Place, Scale, int, ScaleMark]]:
    """Give every mark of every scale with its place and its number on it, from 0."""
    for place, scale in published_scales(criteria):
        for number, (at, point) in enumerate(numbered(PROGRAMME, f"{place.table}.mark", scale.mark)):
            yield at, scale, number, point


def marks_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find marks that stand on a scale twice."""
    for place, scale, number, point in _points(criteria):
        if point.mark in scale.marks[:number]:
            yield finding("E-CRIT-201", place.key("mark"), mark=decimal_text(point.mark))


def marks_have_descriptors(criteria: Criteria) -> Iterator[Finding]:
    """Find marks of which nobody can know what earns them."""
    for place, scale, _, point in _points(criteria):
        if not point.descriptor.strip() and not _each_question_says(criteria, scale, point):
            yield finding("E-CRIT-202", place.key("descriptor"), mark=decimal_text(point.mark))


def _each_question_says(criteria: Criteria, scale: Scale, point: ScaleMark) -> bool:
    """Whether every question that is marked on a scale says itself what earns a mark of it."""
    places = [at for at, one in enumerate(scale.mark) if one == point]
    asked = {one.id for theme in criteria.themes for one in criteria.questions(theme.id)}
    own = [criteria.scale_for(one) for one in sorted(asked) if criteria.scale_for(one).marks == scale.marks]
    return bool(own) and all(one.mark[at].descriptor.strip() for one in own for at in places)


def descriptors_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find two marks of a scale that the same words earn."""
    for at, scale in published_scales(criteria):
        seen: dict[str, str] = {}
        for place, point in numbered(PROGRAMME, f"{at.table}.mark", scale.mark):
            words, mark = words_only(point.descriptor), decimal_text(point.mark)
            if words and words in seen:
                yield finding("E-CRIT-203", place.key("descriptor"), mark=mark, other=seen[words])
            seen.setdefault(words, mark)


def scale_starts_at_nought(criteria: Criteria) -> Iterator[Finding]:
    """Find scales on which even the worst answer earns points."""
    for place, scale in published_scales(criteria):
        if min(scale.counts) > 0:
            share = 100 * min(scale.counts) / scale.greatest
            lowest = scale.marks[scale.counts.index(min(scale.counts))]
            facts = {"mark": decimal_text(lowest), "share": to_places(share, 0, "half_even")}
            yield finding("E-CRIT-204", place.key("mark"), **facts)


def marks_rise(criteria: Criteria) -> Iterator[Finding]:
    """Find scales whose marks are not listed from the lowest to the highest."""
    for place, scale in published_scales(criteria):
        if any(later < earlier for earlier, later in pairwise(scale.marks)):
            yield finding("E-CRIT-205", place.key("mark"), marks=", ".join(map(decimal_text, scale.marks)))


def marks_are_not_negative(criteria: Criteria) -> Iterator[Finding]:
    """Find marks below nought."""
    for place, _, _, point in _points(criteria):
        if point.mark < 0:
            yield finding("E-CRIT-206", place.key("mark"), mark=decimal_text(point.mark))


def scale_can_be_kept(criteria: Criteria) -> Iterator[Finding]:
    """Find scales with more marks than a mark's place on the scale, a signed byte, can tell apart."""
    for place, scale in published_scales(criteria):
        if len(scale.mark) > MOST_MARKS:
            yield finding("E-CRIT-208", place.key("mark"), count=len(scale.mark), most=MOST_MARKS)


def scales_name_what_is_asked(criteria: Criteria) -> Iterator[Finding]:
    """Find scales of questions or sections that there are none of, questions on two scales, and scales of none."""
    asked = {question.id for _, question in all_questions(criteria)}
    sections = {section.id for theme in criteria.themes for section in theme.section}
    home: dict[str, str] = {}
    for place, scale in numbered(PROGRAMME, "scale_of", criteria.scale_of):
        for kind, named, known in (("question", scale.questions, asked), ("section", scale.sections, sections)):
            for name in named:
                if name not in known:
                    yield finding("E-CRIT-121", place.key(f"{kind}s"), scale=scale.id, kind=kind, name=name)
        for name in sorted(criteria.marked_on(scale)):
            if name in home:
                facts = {"question": name, "scale": scale.id, "other": home[name]}
                yield finding("E-CRIT-122", place.key("questions"), **facts)
            home.setdefault(name, scale.id)
        if not criteria.marked_on(scale):
            yield finding("E-CRIT-123", place.key("questions"), scale=scale.id)


def tables_of_points_are_whole(criteria: Criteria) -> Iterator[Finding]:
    """Find tables that give points to some marks only, that give none, or fewer points for a higher mark."""
    for place, scale in published_scales(criteria):
        if not scale.greatest:
            yield finding("E-CRIT-124", place.key("mark"))
        if not scale.has_points:
            continue
        for at, point in numbered(PROGRAMME, f"{place.table}.mark", scale.mark):
            if point.points is None:
                yield finding("E-CRIT-125", at.key("points"), mark=decimal_text(point.mark))


def points_rise_with_marks(criteria: Criteria) -> Iterator[Finding]:
    """Find tables whose points neither rise nor fall from mark to mark; level 1 may be the best of all."""
    for place, scale in published_scales(criteria):
        table = sorted(zip(scale.marks, scale.counts, strict=True)) if scale.has_points else []
        falls = bool(table) and table[0][1] > table[-1][1]
        for (low, less), (high, more) in pairwise(table):
            if less <= more if falls else more <= less:
                facts = {"low": decimal_text(low), "high": decimal_text(high)}
                yield finding("E-CRIT-126", place.key("mark"), **facts)


def points_are_those_of_the_table(criteria: Criteria) -> Iterator[Finding]:
    """Tell of questions whose weight is not the highest of their table, so that its points are scaled to the weight."""
    for theme in criteria.themes:
        for question in criteria.questions(theme.id):
            scale, weight = criteria.scale_for(question.id), theme.weights.get(question.id)
            if scale.has_points and scale.greatest and weight and weight != scale.greatest:
                facts = {"question": question.id, "weight": decimal_text(weight), "most": exact_text(scale.greatest)}
                yield finding("E-CRIT-127", in_theme(theme, f"weights.{question.id}"), **facts)


def descriptors_name_a_mark(criteria: Criteria) -> Iterator[Finding]:
    """Find descriptors of one question for a mark that its scale does not have."""
    for place, question in all_questions(criteria):
        scale = criteria.scale_for(question.id)
        for name in question.descriptors:
            if name not in {point.label for point in scale.mark} and plain_decimal(name) not in scale.marks:
                listed = short_listing([decimal_text(mark) for mark in scale.marks])
                facts = {"question": question.id, "mark": name, "marks": listed}
                yield finding("E-CRIT-128", place.key(f"descriptors.{name}"), **facts)


def what_does_not_count_has_no_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find weights and minimum marks of questions that are asked for information, and weights of passes and fails."""
    aside = {question.id: question.answered for _, question in all_questions(criteria) if question.answered != "marked"}
    for theme in criteria.themes:
        for leaf, answered in aside.items():
            how = "for information only" if answered == "information" else "pass or fail"
            weight = theme.weights.get(leaf, 0)
            if weight or (answered == "information" and leaf in theme.weights):
                place = in_theme(theme, f"weights.{leaf}")
                yield finding("E-CRIT-129", place, question=leaf, theme=theme.id, how=how)


def what_may_not_apply_is_marked(criteria: Criteria) -> Iterator[Finding]:
    """Find a rule that names questions of which none can be found not to apply."""
    rule, asked = criteria.not_applicable, {question.id for _, question in all_questions(criteria)}
    for name in rule.questions if rule else ():
        if name not in asked or not criteria.may_not_apply(name):
            why = "which the criteria do not have" if name not in asked else "which is not marked for each bid"
            yield finding("E-CRIT-133", Place(PROGRAMME, "not_applicable").key("questions"), question=name, why=why)


def what_applies_is_the_same_for_all(criteria: Criteria) -> Iterator[Finding]:
    """Find contracts for which a person decides after the closing time which questions a bid is held to."""
    rule = criteria.not_applicable
    if rule and regime(criteria.regime).procurement:
        yield finding("E-CRIT-135", Place(PROGRAMME, "not_applicable").key("decided_by"), who=rule.decided_by)


def what_takes_nobody_out_may_stay(criteria: Criteria) -> Iterator[Finding]:
    """Find conditions that are published as not essential, and are of a kind that takes a bid out."""
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        if not gate.essential and gate.kind in ("participation", "minimum", "exclusion"):
            yield finding("E-CRIT-134", place.key("essential"), what=f"The gate {gate.id}", kind=gate.kind_name)


def gates_have_a_predicate(criteria: Criteria) -> Iterator[Finding]:
    """Find gates that do not say what passes, or what follows from failing."""
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        if not gate.predicate.strip():
            yield finding("E-CRIT-301", place.key("predicate"), gate=gate.id)
        if not gate.on_failure.strip():
            yield finding("E-CRIT-304", place.key("on_failure"), gate=gate.id)


def gates_are_different(criteria: Criteria) -> Iterator[Finding]:
    """Find two gates that ask the same."""
    seen: dict[str, str] = {}
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        words = words_only(gate.predicate)
        if words and words in seen:
            yield finding("E-CRIT-303", place.key("predicate"), gate=gate.id, other=seen[words])
        seen.setdefault(words, gate.id)
