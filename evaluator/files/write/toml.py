r"""TOML out: plain values become a file that people can read, with our comments and long texts over several lines.

Texts keep every character; a long one is folded between words with TOML's own line continuation, which a reader drops.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 120
BARE = re.compile(r"[A-Za-z0-9_-]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
INLINE = ("facts",)  # lists of small tables that stand in a line each, beside the texts that they are about
SHORT = {"\b": "\\b", "\f": "\\f", "\r": "\\r"}
FOLD = re.compile(r"(?<=[^ \t\n\\]) (?=[^ \t\n])")  # a single space between two words

Plain = Mapping[str, Any]
Comments = Mapping[str, str]


def toml_text(plain: Plain, comments: Comments) -> str:
    """Write a file: keys first, then tables in their order; ``comments`` by dotted key, the file's own under ``""``.

    >>> print(toml_text({"id": "Q1", "weights": {"Q1": "60"}}, {"weights": "They sum to exactly 100."}), end="")
    id = "Q1"
    <BLANKLINE>
    # They sum to exactly 100.
    [weights]
    Q1 = "60"
    """
    head = _comment(comments.get("", ""))
    return "\n".join([*head, *([""] if head else []), *_table(plain, "", "", comments)]).lstrip("\n") + "\n"


def _table(plain: Plain, header: str, path: str, comments: Comments) -> Iterator[str]:
    for key, value in plain.items():
        if not _is_table(key, value):
            yield from _comment(comments.get(_join(path, key), ""))
            yield f"{_key(key)} = {_value(value, len(_key(key)) + 3)}"
    for key, value in plain.items():
        if _is_table(key, value):
            name = f"{header}.{_key(key)}" if header else _key(key)
            yield from _tables(value, name, _join(path, key), comments)


def _tables(value: Any, name: str, path: str, comments: Comments) -> Iterator[str]:
    """Write one table, or each table of an array."""
    for number, part in enumerate(value if isinstance(value, list) else [value]):
        yield ""
        if not number:
            yield from _comment(comments.get(path, ""))
        yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
        yield from _table(part, name, path, {} if number else comments)  # one entry of a list explains the others


def _is_table(key: str, value: Any) -> bool:
    return key not in INLINE and _holds_tables(value)


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.split("\n")] if text else []


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _short_text(key)


def _value(value: Any, before: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if _holds_tables(value):
        return "\n".join(["[", *(f"  {{ {_pairs(one)} }}," for one in value), "]"])
    if isinstance(value, list):
        return _list([str(one) if isinstance(one, int) else _short_text(one) for one in value], before)
    long = "\n" in value or len(_short_text(value)) + before > WIDTH
    return _long_text(value) if long else _short_text(value)


def _pairs(plain: Plain) -> str:
    """Write the keys of a table that stands in one line: texts alone."""
    return ", ".join(f"{_key(key)} = {_short_text(value)}" for key, value in plain.items())


def _list(texts: list[str], before: int) -> str:
    line = f"[{', '.join(texts)}]"
    return line if len(line) + before <= WIDTH else "\n".join(["[", *(f"  {text}," for text in texts), "]"])


def _short_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{_controls(escaped)}"'


def _long_text(text: str) -> str:
    """Write a text over several lines: its own line ends stay, and long lines are folded between words."""
    escaped = _controls(text.replace("\\", "\\\\").replace('"""', '""\\"'))
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    if "\n" not in text:
        return f'"""{_folded(escaped, 20)}"""'
    lines = "\n".join(map(_folded, escaped.split("\n")))
    return f'"""\n{lines}"""'  # a line end right after the quotes is no part of the text


def _folded(line: str, before: int = 0) -> str:
    lines, length = [""], before
    for piece in FOLD.split(line):
        if lines[-1] and length + len(piece) + 3 > WIDTH:
            lines[-1] += " \\"
            lines.append(piece)
            length = len(piece)
        else:
            lines[-1] += f" {piece}" if lines[-1] else piece
            length += len(piece) + 1
    return "\n".join(lines)


def _controls(text: str) -> str:
    return CONTROL.sub(lambda found: SHORT.get(found[0], f"\\u{ord(found[0]):04X}"), text)
