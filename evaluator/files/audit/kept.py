"""Where the files lie about whose retention an office decides, so that a person can destroy them."""

from collections.abc import Iterator
from pathlib import Path

from evaluator.files.audit.received import originals
from evaluator.records.office.receipts import Receipt
from evaluator.records.office.retention import ORIGINALS, PLACES


def lies_in(root: Path, what: str, receipts: tuple[Receipt, ...]) -> tuple[str, ...]:
    """Name the files and folders of a programme that an entry of the retention sheet is about, those that are there.

    Parameters
    ----------
    receipts : whose originals may be what the entry is about.
    """
    return tuple(dict.fromkeys(path.relative_to(root).as_posix() for path in _there(root, what, receipts)))


def _there(root: Path, what: str, receipts: tuple[Receipt, ...]) -> Iterator[Path]:
    plain = what.casefold()
    for word, patterns in PLACES.items():
        if word in plain:
            for pattern in patterns:
                yield from sorted(root.glob(pattern))
    kinds = {kind for word, each in ORIGINALS.items() if word in plain for kind in each}
    for one in receipts:
        if one.kind in kinds:
            yield from originals(root, one.fingerprint)
