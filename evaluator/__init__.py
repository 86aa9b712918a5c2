"""The bid evaluator: from published criteria and returned spreadsheets to an award that anyone can recompute."""

import os

__version__ = "0.5.0"
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no other package has a say in how records are read
