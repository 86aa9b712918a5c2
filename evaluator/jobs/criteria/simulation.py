"""The price and quality model of criteria tried on plausible bids: the report in its three forms."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator import __version__
from evaluator.publication import fingerprint
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Run
from evaluator.records.results.studies.simulation import Offer
from evaluator.reporting.before_publication.simulation import simulation_document, simulation_page, simulation_text
from evaluator.studies.price_model.simulation import simulate

FIRST_SEED, LAST_SEED = 0, 2**32 - 1


@dataclass(frozen=True)
class Simulated:
    """What a simulation came to, in words and as a document, and the files that hold it."""

    text: str
    document: str
    files: dict[str, bytes]


def simulated(criteria: Criteria, seed: int, offers: Sequence[Offer] = ()) -> Simulated:
    """Try the model of criteria on made-up bids, and on ``offers`` where somebody gives some."""
    made = simulate(criteria, seed, tuple(offers))
    mark, run = fingerprint(criteria), Run(f"simulation with seed {seed}", __version__)
    text = simulation_text(criteria, made)
    document = json.dumps(simulation_document(criteria, mark, made), ensure_ascii=False, indent=2)
    files = {
        "simulation.html": simulation_page(criteria, mark, made, run),
        "simulation.json": f"{document}\n",
        "simulation.txt": f"{text}\n",
    }
    return Simulated(text, document, {name: content.encode() for name, content in files.items()})
