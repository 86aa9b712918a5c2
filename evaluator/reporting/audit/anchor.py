"""The anchor sheet: the fingerprints of one moment on one page, to be noted where nobody can change them later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import segno
from markupsafe import Markup

from evaluator.records.documents import Document, Json
from evaluator.reporting.shared.pages import Page, render

NAME, SCHEMA = "anchor.html", "anchor/1"
CODE = "A QR code that says the same as the fingerprints"
MOMENTS = {
    "publication": ("At publication", "Print it in the tender notice, or in the minutes of the decision to publish."),
    "opening": ("At the opening of bids", "Read it into the minutes of the opening."),
    "marking": (
        "At the end of marking",
        "Send it to every evaluator: each can compare the sum of the workbook that they returned.",
    ),
    "run": ("At the run", "Print it in the report to those who decide, and keep it in the minutes."),
}


@dataclass(frozen=True)
class Anchored:
    """What an anchor sheet tells: fingerprints of the seal, the ledger's head, the manifest, keys, and returns.

    ``head`` is ``COUNT:SHA256``. What there is none of is empty.
    """

    title: str
    reference: str
    authority: str
    moment: str
    date: str
    seal: str = ""
    head: str = ""
    manifest: str = ""
    keys: tuple[tuple[str, str], ...] = ()  # of whom, and the public key
    returns: tuple[tuple[str, str], ...] = ()  # file, SHA-256

    @property
    def fingerprints(self) -> tuple[tuple[str, str], ...]:
        """The fingerprints that there are, each with its name."""
        named = (("Seal of the criteria", self.seal), ("Head of the ledger", self.head), ("Manifest", self.manifest))
        return tuple((name, value) for name, value in named if value)


@dataclass(frozen=True, kw_only=True)
class AnchorPage(Page):
    """The sheet with its QR code, which says the same as the text."""

    template: ClassVar[str] = "audit/anchor.html"
    anchored: Anchored
    heading: str
    where: str
    fingerprints: Sequence[tuple[str, str]]
    code: Markup
    command: str


def anchor_text(anchored: Anchored) -> str:
    """Give what the QR code says: a line for each fingerprint."""
    named = (("seal", anchored.seal), ("head", anchored.head), ("manifest", anchored.manifest))
    return "\n".join([anchored.reference, *(f"{name} {value}" for name, value in named if value)])


def anchor_sheet(anchored: Anchored) -> Document:
    """Write the sheet as a page and a PDF."""
    heading, where = MOMENTS[anchored.moment]
    code = segno.make_qr(anchor_text(anchored), error="m")
    drawn = code.svg_inline(scale=3, dark="#1d3557", title=CODE, omitsize=True)
    options = [f"--{name} {value}" for name, value in (("seal", anchored.seal), ("head", anchored.head)) if value]
    options += [f"--manifest {anchored.manifest}"] if anchored.manifest else []
    what = "evaluator replay bundle.zip" if anchored.manifest else "evaluator ledger verify PROGRAMME"
    return Document(
        NAME,
        render(
            AnchorPage(
                anchored=anchored,
                heading=heading,
                where=where,
                fingerprints=anchored.fingerprints,
                code=Markup(drawn),  # drawn by segno from fingerprints and a reference; no markup of anyone else
                command=" ".join([what, *options]),
            )
        ),
        also=("pdf",),
    )


def anchor_document(anchored: Anchored) -> Json:
    """Give the sheet as JSON."""
    return {
        "schema": SCHEMA,
        "title": anchored.title,
        "reference": anchored.reference,
        "moment": anchored.moment,
        "date": anchored.date,
        "seal": anchored.seal,
        "head": anchored.head,
        "manifest": anchored.manifest,
        "keys": [{"of": who, "public_key": key} for who, key in anchored.keys],
        "returns": [{"file": file, "sha256": digest} for file, digest in anchored.returns],
    }
