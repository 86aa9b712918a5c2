"""The data set of a portfolio: one Parquet file for each table, which pandas, DuckDB and Excel's Get Data open.

Money is a decimal with two places; a figure that was printed with decimals is text, exactly as printed, beside a number
of the same name with ``_number`` for sums and charts. ``bundle`` is the path below the folder that was read.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

SCHEMA = "portfolio-data/1"
TEXT, COUNT, YES, MONEY, FIGURE = "text", "count", "yes", "money", "figure"
TABLES: Mapping[str, Mapping[str, str]] = {
    "programmes": {
        **dict.fromkeys(("bundle", "sha256", "run", "made_by", "reference", "title", "authority", "regime"), TEXT),
        **dict.fromkeys(("version", "seal", "year", "status", "method", "price_method", "moderation"), TEXT),
        **dict.fromkeys(("closing_date", "decision_date", "award_notice_date"), TEXT),
        **dict.fromkeys(("themes", "bids", "organisations", "awards"), COUNT),
        "awarded": MONEY,
        "total_score": FIGURE,
    },
    "themes": {
        **dict.fromkeys(("bundle", "theme", "title"), TEXT),
        "price_weight": FIGURE,
        **dict.fromkeys(("bids", "ranked", "awards"), COUNT),
    },
    "bids": {
        **dict.fromkeys(("bundle", "theme", "bid", "organisation"), TEXT),
        **dict.fromkeys(("small", "consortium"), YES),
        "status": TEXT,
        "price": MONEY,
        **dict.fromkeys(("quality", "price_points", "total"), FIGURE),
        **dict.fromkeys(("exact_quality", "exact_total"), TEXT),
        "rank": COUNT,
        "awarded": YES,
    },
    "marks": {
        **dict.fromkeys(("bundle", "bid", "question"), TEXT),
        "mark": FIGURE,
        "evaluators": COUNT,
        **dict.fromkeys(("lowest", "highest", "mean"), FIGURE),
    },
    "awards": {**dict.fromkeys(("bundle", "theme", "bid", "level"), TEXT), "amount": MONEY},
    "rules": {
        **dict.fromkeys(("bundle", "rule", "kind", "title", "subject", "least", "most", "used"), TEXT),
        "holds": YES,
    },
    "findings": {**dict.fromkeys(("bundle", "code", "severity"), TEXT), "count": COUNT},
    "unread": dict.fromkeys(("bundle", "sha256", "why"), TEXT),
}
VERDICTS: Mapping[str, str] = {
    **dict.fromkeys(("path", "verdict", "why"), TEXT),
    "seconds": FIGURE,
    **dict.fromkeys(("sha256", "run", "made_by", "documents"), TEXT),
}
EVERY = {**TABLES, "verdicts": VERDICTS}
NUMBER = "_number"


class NoDatasetError(Exception):
    """A folder holds no data set of a portfolio; the text says why."""


def written(table: str, rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write one table as Parquet, and give the number of its rows; the same rows give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        count = 0
        for part in _parts(rows):
            made = [_values(table, row) for row in part]
            writer.write_table(pa.Table.from_pylist(made, schema))
            count += len(made)
    return count


def _parts(rows: Iterable[Mapping[str, Any]], size: int = 50_000) -> Iterator[list[Mapping[str, Any]]]:
    """Gather rows so that few groups of them are written, and few are held."""
    part: list[Mapping[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _schema(table: str) -> Any:
    import pyarrow as pa

    kinds = {TEXT: pa.string(), COUNT: pa.int64(), YES: pa.bool_(), MONEY: pa.decimal128(18, 2), FIGURE: pa.string()}
    fields = []
    for name, kind in EVERY[table].items():
        fields.append(pa.field(name, kinds[kind]))
        if kind == FIGURE:
            fields.append(pa.field(name + NUMBER, pa.float64()))
    return pa.schema(fields, metadata={"schema": SCHEMA})


def _values(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, kind in EVERY[table].items():
        value = row.get(name)
        if kind == MONEY:
            made[name] = _decimal(value, places=2)
        elif kind == FIGURE:
            found = _decimal(value)
            made[name] = str(value) if found is not None else None
            made[name + NUMBER] = None if found is None else float(found)
        else:
            made[name] = value
    return made


def _decimal(value: Any, places: int | None = None) -> Decimal | None:
    """Read a printed figure; what is none, or longer than any, is left empty."""
    try:
        found = Decimal(str(value)) if str(value or "") and len(str(value)) <= 40 else None
    except InvalidOperation:
        return None
    if found is None or not found.is_finite() or abs(found) >= Decimal(10) ** 16:
        return None
    return found if places is None else found.quantize(Decimal(1).scaleb(-places))


def opened(folder: Path, table: str) -> Any:
    """Open one table of a data set as a pandas DataFrame.

    Raises
    ------
    NoDatasetError
        When it is not there, or is not one of ours.
    """
    import pyarrow.parquet as pq

    path = folder / f"{table}.parquet"
    try:
        held = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise NoDatasetError(f"{folder} holds no data set that portfolio build has written: {error}") from None
    if (held.schema.metadata or {}).get(b"schema", b"").decode() != SCHEMA:
        raise NoDatasetError(f"{path} was not written by this version of portfolio build")
    return held.to_pandas()


def described() -> str:
    """Describe the tables and columns, and what was left out, for whoever opens the folder."""
    lines = [
        "# The data set of a portfolio",
        "",
        "A Parquet file for each table. In Excel: Data, Get Data, From File, From Parquet. In Python:",
        "`pandas.read_parquet(\"bids.parquet\")`. In DuckDB: `SELECT * FROM 'bids.parquet'`.",
        "",
        "`bundle` is the path of the bundle. Figures that were printed with decimals are text, exactly as printed,",
        f"each with a number beside it whose name ends in `{NUMBER}`. Scores and awards are those the bundle tells;",
        "whether they hold, `evaluator portfolio verify` says. Bundles that could not be read are in `unread`.",
        "",
        "Left out: names of evaluators and of those who decided, reasons, texts of bidders, messages and places of",
        "findings, and everything that rests on equality monitoring. Names of organisations are those of the register:",
        "which bids lost is not for publication.",
        "",
    ]
    for table, columns in TABLES.items():
        names = [f"`{name}`" + (f", `{name}{NUMBER}`" if kind == FIGURE else "") for name, kind in columns.items()]
        lines += [f"## {table}", "", ", ".join(names), ""]
    return "\n".join(lines)
