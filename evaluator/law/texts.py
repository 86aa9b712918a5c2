"""The texts in which the law was read, each with its layer; and the entries that say which text they rest on."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["read", "secondary", "memory", "inference"]


class Text(BaseModel):
    """A text of legislation, and how far its layer goes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    layer: str
    caution: str = ""


class Entry(BaseModel):
    """Anything that the law says: its provision, the text it was read in, how well, and on which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provision: str
    text: str = ""  # a letter of texts.toml; empty where no legislation was read
    status: Status
    read_on: str


def load(name: str) -> dict[str, Any]:
    """Give what a file of the law's data holds."""
    return tomllib.loads((files("evaluator.law") / "data" / f"{name}.toml").read_text("utf-8"))


TEXTS: Mapping[str, Text] = {letter: Text.model_validate(plain) for letter, plain in load("texts").items()}
