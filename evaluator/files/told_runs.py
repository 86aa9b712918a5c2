"""A finished run as it was written, from its folder or from its bundle."""

import json
from pathlib import Path
from typing import Any

from evaluator.files.bundle import OUTPUTS, UnreadableBundleError, unpack
from evaluator.files.runs import MARK, is_run

OUTCOME = "outcome.json"


def read_run(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a run's manifest and outcome.

    Raises
    ------
    UnreadableBundleError
        When the path is neither a run's folder nor a bundle, or a bundle that was changed since it was closed.
    """
    try:
        if is_run(path):
            return json.loads((path / MARK).read_bytes()), json.loads((path / OUTCOME).read_bytes())
        opened = unpack(path.read_bytes())
        if opened.problems:
            raise UnreadableBundleError(opened.problems[0])
        return dict(opened.manifest), json.loads(opened.members[f"{OUTPUTS}{OUTCOME}"])
    except (OSError, ValueError, KeyError):
        raise UnreadableBundleError("it is neither a run's folder nor a whole bundle") from None
