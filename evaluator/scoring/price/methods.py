"""Every price method under each name that it is published under."""

from collections.abc import Mapping
from dataclasses import replace

from evaluator.records.programme.price.methods import SAME_AS
from evaluator.scoring.price.adjusted import METHODS_OF_VALUE
from evaluator.scoring.price.method import PriceMethod
from evaluator.scoring.price.points import METHODS_OF_POINTS

_OWN = {method.name: method for method in (*METHODS_OF_POINTS, *METHODS_OF_VALUE)}
PRICE_METHODS: Mapping[str, PriceMethod] = {
    **_OWN,
    **{name: replace(_OWN[method], name=name) for name, method in SAME_AS.items()},
}
