"""Where a programme is: the file with the boundaries of its wards, and what maps are drawn from."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from evaluator.records.programme.published import Published, unsaid

BOUNDARIES = ".geojson"  # how the name of a file of boundaries ends
A_FILE_NAME = re.compile(r"(?!\.)[\w .()+-]{1,100}\.geojson")
A_SUM = re.compile(r"[0-9a-f]{64}")
Point = tuple[int, int]  # how far east, how far north
Ring = tuple[Point, ...]  # each point once: the last joins the first


def _file_name(value: str) -> str:
    if not A_FILE_NAME.fullmatch(value):
        raise ValueError(
            "must be the name of a file that lies beside the criteria and ends in .geojson, without a folder"
        )
    return value


def _sum(value: str) -> str:
    if value and not A_SUM.fullmatch(value):
        raise ValueError("must be a SHA-256 sum, 64 of the digits 0 to 9 and a to f, or not be there")
    return value


def _property(value: str) -> str:
    if not value.strip():
        raise ValueError("must be the property of the file that holds each ward's name")
    return value


class Area(Published):
    """The file beside the criteria with the boundaries of the wards, and the property under which it names each ward.

    ``sha256`` is the file's sum. It is filled in as the criteria are read, so that what is sealed holds the boundaries.
    """

    boundaries: Annotated[str, AfterValidator(_file_name)]
    name: Annotated[str, AfterValidator(_property)]
    sha256: Annotated[str, AfterValidator(_sum)] = Field(default="", exclude_if=unsaid)
    source: str


@dataclass(frozen=True, slots=True)
class Ward:
    """One ward with the rings that bound it: of each part the outer one, then its holes."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The wards of a programme by name, in whole numbers.

    ``degrees``: in millionths of a degree of longitude and latitude; else in decimetres of the British National Grid.
    """

    wards: tuple[Ward, ...]
    source: str
    degrees: bool
