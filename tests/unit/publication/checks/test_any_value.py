"""Whatever a key says, as long as it is of the key's kind, the checks go through: findings, no exception."""

from copy import deepcopy

from pydantic import ValidationError

from evaluator.publication import check, effective_weights
from evaluator.records.findings.finding import in_order
from evaluator.records.programme.criteria import Criteria
from tests.unit.publication.small_criteria import SMALL

VALUES = ("", " ", "0", "-1", "1000000000000000", "0.000000001", "price", "*", "200%", 0, 1, 3, [], {}, None, False)


def paths(value, way=()):
    """Give the way to every value, tables and lists among them."""
    if way:
        yield way
    for key, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(held, (*way, key))


def with_value(way, value):
    plain = deepcopy(SMALL)
    held = plain
    for part in way[:-1]:
        held = held[part]
    held[way[-1]] = value
    return plain


def test_the_checks_go_through_whatever_a_key_says():
    taken = 0
    for way in paths(SMALL):
        for value in VALUES:
            try:
                criteria = Criteria.model_validate(with_value(way, value))
            except ValidationError:
                continue
            taken += 1
            found = check(criteria)
            assert found == in_order(found)
            assert len(effective_weights(criteria)) == sum(len(theme.weights) for theme in criteria.themes)
    assert taken > 900
