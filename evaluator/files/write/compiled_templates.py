"""Templates as Python compiled them, kept where it keeps its own modules: in ``__pycache__`` beside them."""

import marshal
import sys
import tempfile
from contextlib import suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

import evaluator.reporting
from evaluator.reporting.shared.pages import environment

FOLDER = Path(evaluator.reporting.__file__).parent / "templates" / "__pycache__"


def keep_compiled() -> None:
    """Let templates be compiled once for all runs, which takes as long as writing the report and the record."""
    if environment().bytecode_cache is None:
        environment().bytecode_cache = CompiledTemplates()


class CompiledTemplates(BytecodeCache):
    """Keeps each template below the hash of its text; where nothing can be written, it is compiled every time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of a template as it stands now; what is damaged counts as not kept."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            held = _place(bucket).read_bytes()
            if held.startswith(_head(bucket)):
                bucket.code = marshal.loads(held[len(_head(bucket)) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, whole or not at all; nothing is ever added to a program that was built to stay as it is."""
        if getattr(sys, "frozen", False):
            return
        with suppress(OSError):
            FOLDER.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory(dir=FOLDER) as beside:
                made = Path(beside) / "made"
                made.write_bytes(_head(bucket) + marshal.dumps(bucket.code))
                made.replace(_place(bucket))


def _place(bucket: Bucket) -> Path:
    return FOLDER / f"{bucket.key}.bin"


def _head(bucket: Bucket) -> bytes:
    """Name what the compiled form follows from: the text, Python, and the compiler of templates."""
    return f"{bucket.checksum} {MAGIC_NUMBER.hex()} {jinja2.__version__}\n".encode()
