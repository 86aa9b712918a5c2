"""The OCDS standard and its extensions as they were published, and one schema made of them as a validator makes it.

Snapshots stand in ``tests/reference/ocds``; nothing is fetched. Its README says where each is from.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent / "reference" / "ocds"
STANDARD = HOME / "standard" / "schema"
Document = dict[str, Any]
FOLDERS = {
    "ocds_bid_extension": "bids",
    "ocds_lots_extension": "lots",
    "ocds_awardCriteria_extension": "awardCriteria",
    "ocds_selectionCriteria_extension": "selectionCriteria",
}


def snapshot(address: str) -> Path:
    """Give the file that was published at an address of an extension; KeyError where there is no snapshot of it."""
    _, repository, version, *rest = address.removeprefix("https://raw.githubusercontent.com/").split("/")
    folder = HOME / "extensions" / FOLDERS[repository]
    if (folder / "VERSION").read_text("utf-8").strip() != version:
        raise KeyError(address)
    return folder.joinpath(*rest)


def read(path: Path) -> Document:
    """Read a file of JSON."""
    found: Document = json.loads(path.read_text("utf-8"))
    return found


def merged(target: Any, patch: Any) -> Any:
    """Apply a JSON merge patch (RFC 7386), which is how OCDS adds extensions to its schema."""
    if not isinstance(patch, dict):
        return patch
    known = target if isinstance(target, dict) else {}
    made = {**known, **{key: merged(known.get(key), each) for key, each in patch.items() if each is not None}}
    return {key: each for key, each in made.items() if key not in patch or patch[key] is not None}


@cache
def release_schema(extensions: tuple[str, ...]) -> Document:
    """Give the release schema of OCDS 1.1.5 with extensions, each named by the address of its extension.json."""
    made = read(STANDARD / "release-schema.json")
    for address in extensions:
        made = merged(made, read(snapshot(address).with_name("release-schema.json")))
    return made


@cache
def codes(name: str, extensions: tuple[str, ...]) -> frozenset[str]:
    """Give the codes of a codelist, of the standard or of an extension."""
    places = [STANDARD / "codelists" / name, *(snapshot(one).parent / "codelists" / name for one in extensions)]
    path = next(place for place in places if place.is_file())
    return frozenset(row["Code"] for row in csv.DictReader(path.read_text("utf-8-sig").splitlines()))
