"""The published criteria as an OCDS ``tender``: lots with weighted award criteria, and every rule in our extension."""

from collections.abc import Iterator

from evaluator.law import regime
from evaluator.records.documents import Json
from evaluator.records.programme.criteria import PRICE, QUALITY, Criteria, PricePolicy, Question, Seal, Theme
from evaluator.records.programme.published import Declaring
from evaluator.records.programme.rules import EVERY_THEME, Budget, OrganisationAwards, Rule, ThemeBudget
from evaluator.records.programme.scales import Scale
from evaluator.reporting.open_data.values import CURRENCY, filled, number


def tender(criteria: Criteria, seal: Seal | None, fingerprint: str, status: str) -> Json:
    """Give the tender: what is bought, in which lots, and by which criteria each is awarded."""
    limits = [rule.limit for rule in criteria.rules if isinstance(rule, Budget)]
    each = [rule.limit for rule in criteria.rules if isinstance(rule, OrganisationAwards)]
    return filled(
        {
            "id": criteria.reference,
            "title": criteria.title,
            "status": status,
            "procurementMethodDetails": regime(criteria.regime).short,
            "mainProcurementCategory": "services",
            "value": {"amount": number(limits[0]), "currency": CURRENCY} if limits else None,
            "awardCriteria": "ratedCriteria",
            "lots": [_lot(criteria, theme, status) for theme in criteria.themes],
            "lotDetails": {"maximumLotsAwardedPerSupplier": each[0]} if each else None,
            "selectionCriteria": filled({"criteria": [_gate(gate.predicate) for gate in criteria.gate]}),
            "evaluation": evaluation(criteria, seal, fingerprint),
        }
    )


def _gate(predicate: str) -> dict[str, str]:
    return {"description": predicate}


def _lot(criteria: Criteria, theme: Theme, status: str) -> Json:
    limits = [rule.limit for rule in criteria.rules if isinstance(rule, ThemeBudget) and _is_whole(rule, theme)]
    money = {"amount": number(limits[0]), "currency": CURRENCY} if limits and limits[0] is not None else None
    return filled(
        {
            "id": theme.id,
            "title": theme.title,
            "description": theme.summary,
            "status": status,
            "value": money,
            "awardCriteria": {"criteria": list(_criteria(criteria, theme))},
        }
    )


def _is_whole(rule: ThemeBudget, theme: Theme) -> bool:
    return rule.year is None and rule.theme in (EVERY_THEME, theme.id)


def _criteria(criteria: Criteria, theme: Theme) -> Iterator[Json]:
    theme = criteria.counted(theme.id)
    weight = "percentageExact" if criteria.whole_of(theme.id) == 100 else "pointsExact"
    for question in criteria.questions(theme.id):
        yield _criterion("quality", theme, question.id, f"{question.id} {question.title}", question.text, weight)
    for one in criteria.measured_in(theme.id):
        words = f"{one.text} {one.unit}: points by the method {one.method.replace('_', ' ')}; it stands in evaluation."
        yield _criterion("quality", theme, one.id, f"{one.id} {one.title}", words.strip(), weight)
    if PRICE in theme.weights:
        yield _criterion("price", theme, PRICE, "Price", _price_words(criteria.price_policy(theme.id)), weight)


def _criterion(kind: str, theme: Theme, part: str, name: str, description: str, weight: str) -> Json:
    numbers: list[Json] = [{"number": number(theme.weights[part]), "weight": weight}]
    if part in theme.minimum_marks:
        numbers.append({"number": number(theme.minimum_marks[part]), "threshold": "minimumScore"})
    return {"type": kind, "name": name, "description": description, "numbers": numbers}


def _price_words(policy: PricePolicy | None) -> str:
    if policy is None:
        return "Price"
    basis = policy.basis.replace("_", " ")
    return f"Price ({basis}) by the method {policy.method.replace('_', ' ')}; its parameters stand in evaluation."


def evaluation(criteria: Criteria, seal: Seal | None, fingerprint: str) -> Json:
    """Give everything that decides a score or an award, by the keys under which criteria are published."""
    return filled(
        {
            "version": criteria.version,
            "fingerprint": fingerprint,
            "seal": seal.sha256 if seal else None,
            "total": None if criteria.total is None else str(criteria.total),
            "totals": {theme.id: str(theme.total) for theme in criteria.themes if theme.total is not None},
            "scale": _scale(criteria.scale),
            "scales": [
                {"id": one.id, "questions": sorted(criteria.marked_on(one)), "marks": _scale(one)}
                for one in criteria.scale_of
            ],
            "notApplicable": _not_applicable(criteria),
            "questions": [_question(criteria, question) for question in _questions(criteria)],
            "measured": [_plain(one) for one in criteria.measured],
            "priceLines": [_plain(one) for one in criteria.price_line],
            "price": [
                {"theme": theme.id, **_policy(criteria, theme)} for theme in criteria.themes if _policy(criteria, theme)
            ],
            "minimumQuality": {t.id: f"{t.minimum_quality}%" for t in criteria.themes if t.minimum_quality is not None},
            "minimumPoints": [
                {
                    "theme": theme.id,
                    "of": one.name,
                    "least": f"{one.percent}%" if one.points is None else str(one.points),
                    "moreThan": one.beyond or None,
                }
                for theme in criteria.themes
                for one in theme.point_minimums([leaf for leaf in theme.weights if leaf != PRICE])
                if one.name != QUALITY or one.percent is None or one.beyond
            ],
            "rounding": _plain(criteria.rounding),
            "moderation": _plain(criteria.moderation),
            "tieBreak": list(criteria.tie_break.order),
            "draw": criteria.tie_break.draw_seed or criteria.tie_break.draw_source or None,
            "stages": [one.model_dump(mode="json", exclude={"source", "facts"}) for one in criteria.stage],
            "allocation": _allocation(criteria),
            "amounts": _plain(criteria.amounts),
            "finalChoice": _plain(criteria.final_choice),
            "rules": [_rule(rule) for rule in criteria.rules],
        }
    )


def _scale(scale: Scale) -> list[Json]:
    return [
        {"mark": str(one.mark), "label": one.label, "means": one.descriptor}
        | ({} if one.points is None else {"points": str(one.points)})
        for one in scale.mark
    ]


def _plain(record: Declaring | None) -> Json:
    return filled(record.model_dump(mode="json", exclude={"source", "facts"})) if record else {}


def _not_applicable(criteria: Criteria) -> Json:
    return _plain(criteria.not_applicable)


def _questions(criteria: Criteria) -> Iterator[Question]:
    yield from criteria.common
    for theme in criteria.themes:
        yield from theme.question


def _question(criteria: Criteria, question: Question) -> Json:
    weights = {theme.id: str(theme.weights[question.id]) for theme in criteria.themes if question.id in theme.weights}
    answered = "" if question.answered == "marked" else question.answered
    told = {"id": question.id, "title": question.title, "goodAnswer": question.good_answer, "weights": weights}
    return filled({**told, "answered": answered, "descriptors": question.descriptors})


def _policy(criteria: Criteria, theme: Theme) -> Json:
    policy = criteria.price_policy(theme.id)
    return filled(policy.model_dump(mode="json", exclude={"source", "facts"})) if policy else {}


def _allocation(criteria: Criteria) -> Json:
    policy = criteria.allocation
    return filled(policy.model_dump(mode="json", exclude={"rule", "source", "facts", "time_limit"})) if policy else {}


def _rule(rule: Rule) -> Json:
    return filled(rule.model_dump(mode="json", exclude={"source", "facts"}))
