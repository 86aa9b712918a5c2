"""Bundles of small programmes, sound, changed, cut and hostile, as an auditor might be sent them."""

import io
import zipfile
from pathlib import Path

import pytest

from evaluator.files.read.bids.folder import bids_in
from evaluator.files.read.criteria.folder import criteria_in
from evaluator.jobs.evaluate import BUNDLE, evaluate

ROOT = Path(__file__).resolve().parents[3]


def bundle_of(name: str, *, margins: bool = False) -> bytes:
    taken = criteria_in(ROOT / "criteria" / name), bids_in(ROOT / "sample_bids" / name)
    return evaluate(*taken, "equality", "2026-12-01", lambda _: None, margins=margins).files[BUNDLE]


@pytest.fixture(scope="session")
def unpriced() -> bytes:
    return bundle_of("minimal")


@pytest.fixture(scope="session")
def priced() -> bytes:
    return bundle_of("minimal_with_price")


@pytest.fixture(scope="session")
def explained() -> bytes:
    return bundle_of("minimal_with_price", margins=True)


def with_member(bundle: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Change one member and leave its sums as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            assert entry.filename != name or old in content
            target.writestr(entry, content.replace(old, new) if entry.filename == name else content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("manifest.json", b" " * 2**28)
    return out.getvalue()


def leading_out() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("../manifest.json", b"{}")
    return out.getvalue()


def nested() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("manifest.json", b"[" * 2**20)
    return out.getvalue()


HOSTILE = {
    "bomb": bomb,
    "leading_out": leading_out,
    "nested": nested,
    "words": lambda: b"not an archive",
    "empty": bytes,
}
