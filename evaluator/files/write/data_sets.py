"""Tables for other programs: Parquet files and one SQLite file, the same bytes for the same rows.

A column holds text, a count, yes or no, money (pounds with two places), or a figure: that is text exactly as printed,
with a number beside it, whose name ends in ``_number``, for sums and charts.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO
from itertools import islice
from typing import IO, Any, Literal

Kind = Literal["text", "count", "yes", "money", "figure"]
Columns = Mapping[str, Kind]
Rows = Iterable[Mapping[str, Any]]
TEXT: Kind = "text"
COUNT: Kind = "count"
YES: Kind = "yes"
MONEY: Kind = "money"
FIGURE: Kind = "figure"
NUMBER = "_number"
AT_ONCE = 50_000  # rows that are held
LONGEST, LARGEST = 40, Decimal(10) ** 16  # what is longer or larger is no figure of an evaluation
DECLARED = {TEXT: "TEXT", COUNT: "INTEGER", YES: "INTEGER", MONEY: "NUMERIC", FIGURE: "TEXT"}


def parquet(columns: Columns, rows: Rows, schema: str, target: IO[bytes]) -> int:
    """Write one table as Parquet, and give the number of its rows.

    Parameters
    ----------
    schema : what kind of data set it belongs to, which stands in the file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {TEXT: pa.string(), COUNT: pa.int64(), YES: pa.bool_(), MONEY: pa.decimal128(18, 2), FIGURE: pa.string()}
    fields = [pa.field(name, pa.float64() if name not in columns else kinds[columns[name]]) for name in every(columns)]
    whole = pa.schema(fields, metadata={"schema": schema})
    count, waiting = 0, iter(rows)
    with pq.ParquetWriter(target, whole, compression="zstd") as writer:
        while part := [values(columns, row) for row in islice(waiting, AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(part, whole))
            count += len(part)
    return count


def parquet_bytes(columns: Columns, rows: Rows, schema: str) -> bytes:
    """Give one table as the bytes of a Parquet file."""
    out = BytesIO()
    parquet(columns, rows, schema, out)
    return out.getvalue()


def sqlite(tables: Mapping[str, tuple[Columns, Sequence[Mapping[str, Any]]]]) -> bytes:
    """Give tables as one SQLite file; money and numbers are numbers in it, and yes is 1."""
    with sqlite3.connect(":memory:") as store:
        for name, (columns, rows) in tables.items():
            names = list(every(columns))
            declared = ", ".join(f'"{one}" {DECLARED[columns[one]] if one in columns else "REAL"}' for one in names)
            store.execute(f'CREATE TABLE "{name}" ({declared})')
            marks = ", ".join("?" * len(names))
            made = ([_plain(values(columns, row)[one]) for one in names] for row in rows)
            store.executemany(f'INSERT INTO "{name}" VALUES ({marks})', made)
        store.commit()
        store.execute("VACUUM")
        return store.serialize()


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def every(columns: Columns) -> Iterator[str]:
    """Name every column that is written, each figure's number after it."""
    for name, kind in columns.items():
        yield name
        if kind == FIGURE:
            yield name + NUMBER


def values(columns: Columns, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a row says under each column, as its kind holds it; what is no figure is left empty."""
    made: dict[str, Any] = {}
    for name, kind in columns.items():
        value = row.get(name)
        if kind == MONEY:
            found = _decimal(value)
            made[name] = None if found is None else found.quantize(Decimal("0.01"))
        elif kind == FIGURE:
            found = _decimal(value)
            made[name] = None if value is None or value == "" else str(value)
            made[name + NUMBER] = None if found is None else float(found)
        else:
            made[name] = value
    return made


def _decimal(value: Any) -> Decimal | None:
    text = "" if value is None else str(value)
    try:
        found = Decimal(text) if text and len(text) <= LONGEST else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found) < LARGEST else None
