"""The data set of a portfolio: one Parquet file for each table, which pandas, DuckDB and Excel's Get Data open.

``bundle`` is the path below the folder that was read.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluator.files.write.data_sets import COUNT, FIGURE, MONEY, NUMBER, TEXT, YES, Columns, parquet

SCHEMA = "portfolio-data/1"
TABLES: Mapping[str, Columns] = {
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
VERDICTS: Columns = {
    **dict.fromkeys(("path", "verdict", "why"), TEXT),
    "seconds": FIGURE,
    **dict.fromkeys(("sha256", "run", "made_by", "documents", "explanations"), TEXT),
}
EVERY = {**TABLES, "verdicts": VERDICTS}


class NoDatasetError(Exception):
    """A folder holds no data set of a portfolio; the text says why."""


def written(table: str, rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write one table as Parquet, and give the number of its rows; the same rows give the same bytes."""
    with path.open("wb") as target:
        return parquet(EVERY[table], rows, SCHEMA, target)


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
