"""What a workbook says of itself: its sheets and the parts that hold them, its calendar, and what may act in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from evaluator.files.read.xlsx.package import Package, RefusedError
from evaluator.records.english import listing

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PROPERTIES = "docProps/custom.xml"
TRUE = ("1", "true", "on")
ACTIVE_NAMES = (
    ("vbaproject", "macros"),
    ("macrosheets/", "macros"),
    ("embeddings/", "an embedded object"),
    ("activex/", "an ActiveX control"),
    ("webextensions/", "a web extension"),
)
ACTIVE_KINDS = (
    ("vbaproject", "macros"),
    ("xlmacrosheet", "macros"),
    ("xlintlmacrosheet", "macros"),
    ("oleobject", "an embedded object"),
    ("package", "an embedded object"),
    ("control", "an ActiveX control"),
    ("activexcontrolbinary", "an ActiveX control"),
)
NAMED_ELSEWHERE = {
    "externallinks/": "links to other workbooks",
    "connections.xml": "a data connection",
    "querytables/": "a data query",
    "xl/model/": "a data model",
}
# Nothing of it is fetched; a cell that rests on it holds a formula, which is a finding where it counts.
FROM_ELSEWHERE = {
    "externallink": "links to other workbooks",
    "externallinkpath": "links to other workbooks",
    "connections": "a data connection",
    "querytable": "a data query",
    "powerpivotdata": "a data model",
}


@dataclass(frozen=True)
class Related:
    """A relationship: its id, the last word of its kind, the part that it leads to, and whether that is elsewhere."""

    id: str
    kind: str
    target: str
    outside: bool


@dataclass(frozen=True)
class Contents:
    """The parts that matter: of the workbook, its styles, texts and theme, and each sheet's title, state and part."""

    workbook: str
    styles: str
    texts: str
    theme: str
    sheets: tuple[tuple[str, str, str], ...]
    from_1904: bool


def contents(package: Package) -> Contents:
    """Find the parts of a workbook through its relationships, as a spreadsheet program does."""
    _refuse_active(package)
    starts = [one for one in related(package, "") if one.kind == "officedocument"]
    if len(starts) != 1 or starts[0].outside:
        raise RefusedError("E-FILE-011")
    workbook = starts[0].target
    tree = package.tree(workbook)
    if tree is None or tree.tag != f"{MAIN}workbook":
        raise RefusedError("E-FILE-011")
    links = {one.id: one for one in related(package, workbook)}
    kinds = {
        kind: [one.target for one in links.values() if one.kind == kind]
        for kind in ("styles", "sharedstrings", "theme")
    }
    if any(len(found) > 1 for found in kinds.values()):
        raise RefusedError("E-FILE-011")
    settings = tree.find(f"{MAIN}workbookPr")
    return Contents(
        workbook=workbook,
        styles="".join(kinds["styles"]),
        texts="".join(kinds["sharedstrings"]),
        theme="".join(kinds["theme"]),
        sheets=tuple(_sheets(package, tree, links)),
        from_1904=settings is not None and settings.get("date1904", "") in TRUE,
    )


def _sheets(package: Package, tree: ElementTree.Element, links: dict[str, Related]) -> Iterator[tuple[str, str, str]]:
    used: set[str] = set()
    views = tree.findall(f"{MAIN}bookViews/{MAIN}workbookView")
    hidden = bool(views) and all(one.get("visibility", "visible") != "visible" for one in views)
    for sheet in tree.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        identity = sheet.get(RELATED, "")
        if not identity:  # a module of old macros, without the part that held it
            continue
        link = links.get(identity)
        if link is None or link.outside or link.target.casefold() in used or not package.has(link.target):
            raise RefusedError("E-FILE-011")
        used.add(link.target.casefold())
        if link.kind == "worksheet":  # a sheet that is a chart has no cells
            state = "hidden" if hidden else sheet.get("state") or "visible"
            yield sheet.get("name", ""), state, link.target


def related(package: Package, part: str) -> tuple[Related, ...]:
    """Read the relationships of a part; an id that stands twice leads nowhere for certain."""
    folder = dirname(part)
    tree = package.tree(join(folder, "_rels", f"{part.rpartition('/')[2]}.rels"))
    if tree is None:
        return ()
    found = tuple(_related(folder, element) for element in tree)
    if len({one.id for one in found}) < len(found):
        raise RefusedError("E-FILE-014")
    return found


def _related(folder: str, element: ElementTree.Element) -> Related:
    target = element.get("Target", "")
    outside = element.get("TargetMode", "") == "External"
    path = target if outside else normpath(join("/", folder, target)).lstrip("/")
    return Related(element.get("Id", ""), element.get("Type", "").rpartition("/")[2].casefold(), path, outside)


def _refuse_active(package: Package) -> None:
    """Refuse what can act by itself or fetch from elsewhere, by the parts' names, contents and relationships."""
    for mark, what in ACTIVE_NAMES:
        if any(mark in name.casefold() for name in package.names):
            raise RefusedError("E-FILE-012", what=what)
    types = package.tree("[Content_Types].xml")
    if types is not None and any("macroenabled" in one.get("ContentType", "").casefold() for one in types):
        raise RefusedError("E-FILE-012", what="macros")
    kinds = _all_kinds(package)
    for kind, what in ACTIVE_KINDS:
        if kind in kinds:
            raise RefusedError("E-FILE-012", what=what)


def fetched(package: Package) -> str:
    """Name what a workbook would fetch from elsewhere in a spreadsheet program; empty where it is nothing."""
    kinds, names = _all_kinds(package), [name.casefold() for name in package.names]
    found = [what for kind, what in FROM_ELSEWHERE.items() if kind in kinds]
    found += [what for mark, what in NAMED_ELSEWHERE.items() if any(mark in name for name in names)]
    return listing(list(dict.fromkeys(found)))


def _all_kinds(package: Package) -> frozenset[str]:
    return frozenset(kind for name in package.names if name.endswith(".rels") for kind in _kinds(package, name))


def _kinds(package: Package, name: str) -> Iterator[str]:
    tree = package.tree(name)
    for element in tree if tree is not None else ():
        yield element.get("Type", "").rpartition("/")[2].casefold()


def custom_properties(package: Package) -> dict[str, str]:
    """Read the names and texts of a workbook's custom properties."""
    tree = package.tree(PROPERTIES)
    if tree is None:
        return {}
    return {one.get("name", ""): "".join(one.itertext()) for one in tree}
