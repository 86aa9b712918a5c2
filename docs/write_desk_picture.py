"""Writes docs/desk.png, the desk as it looks: ``python -m docs.write_desk_picture``, with Chromium on the path.

It opens the desk on a sample programme whose bids have come in, and takes what a person sees first.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "desk.png"
SAMPLE, TITLE = "community_grants", "Community Grants 2026"
WIDE, HIGH, COLOURS = 1180, 456, 16
BELOW = 200  # pixels of the window that Chromium keeps for a frame that nobody sees, and more
MOST = 150_000  # bytes


def programme(folder: Path) -> Path:
    """Make a programme's folder from the sample."""
    root = folder / TITLE
    shutil.copytree(ROOT / "criteria" / SAMPLE, root / "criteria")
    shutil.copytree(ROOT / "sample_bids" / SAMPLE, root / "bids")
    return root


def take(folder: Path, chromium: str) -> None:
    """Run the desk on a programme of its own, and take the picture of its first page."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")}
    command = [sys.executable, "-m", "evaluator", "desk", programme(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout is not None
            address = desk.stdout.readline().split()[-1]
            shown = [
                f"--screenshot={PICTURE}",
                f"--window-size={WIDE},{HIGH + BELOW}",
                "--hide-scrollbars",
                "--virtual-time-budget=9000",
            ]
            own = f"--user-data-dir={folder / 'browser'}"
            subprocess.run(
                [chromium, "--headless", "--no-sandbox", own, *shown, address], check=True, capture_output=True
            )
        finally:
            desk.terminate()


def main() -> None:
    """Take the picture; say so where that cannot be done."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("There is no Chromium on the path to take the picture with.")
    with tempfile.TemporaryDirectory() as folder:
        take(Path(folder), chromium)
    with Image.open(PICTURE) as taken:
        taken.convert("RGB").crop((0, 0, WIDE, HIGH)).quantize(COLOURS).save(PICTURE, optimize=True)
    if PICTURE.stat().st_size > MOST:
        sys.exit(f"{PICTURE} has {PICTURE.stat().st_size} bytes, which is more than {MOST}.")


if __name__ == "__main__":
    main()
