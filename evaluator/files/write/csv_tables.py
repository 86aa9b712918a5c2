"""CSV tables out: the columns of a layout by their keys, the same bytes for the same rows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def csv_bytes(keys: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    r"""Write rows under their keys, in UTF-8 with plain line breaks; what a row does not say is empty.

    >>> csv_bytes(["bid", "mark"], [{"bid": "B1", "mark": "3"}, {"bid": "B, 2"}])
    b'bid,mark\nB1,3\n"B, 2",\n'
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, keys, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: row.get(key, "") for key in keys} for row in rows)
    return out.getvalue().encode()
