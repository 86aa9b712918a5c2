"""Make the desk's stylesheet: npm's packages, pinned with their hashes by ``package-lock.json``, compiled once by Sass.

Needs npm, and its registry; whoever uses the desk needs neither, because what this makes stands in the package. To take
a newer GOV.UK Frontend: change ``docs/desk_style/package.json``, run ``npm install --package-lock-only`` there, then
``python -m docs.write_desk_style``.
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent / "desk_style"
STYLE = HERE.parents[1] / "evaluator" / "desk" / "static" / "desk.css"
SASS = ("sass", "--no-source-map", "--style=compressed", "--load-path=node_modules", "desk.scss")


def made() -> bytes:
    """Compile the style in a folder of its own."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to make the style, and is not here.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE, folder, dirs_exist_ok=True)
        subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=folder, check=True)
        style = subprocess.run([npm, "exec", "--", *SASS], cwd=folder, check=True, capture_output=True).stdout
    for word in (b"@font-face", b"url(", b"@import"):
        if word in style:
            raise SystemExit(f"The style asks for something from elsewhere: {word.decode()}")
    return style


if __name__ == "__main__":
    STYLE.write_bytes(made())
    print(f"{STYLE}: {STYLE.stat().st_size:,} bytes")
