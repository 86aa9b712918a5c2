"""Bodies and files in: counted while they stream, timed at each read, and kept under names of our own."""

import asyncio
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

from starlette.datastructures import FormData, UploadFile
from starlette.types import Message, Receive

from evaluator.desk.serving.threads import aside
from evaluator.files.audit.lock import runs
from evaluator.records.texts import visible

MOST_BYTES = 60_500_000  # of one body: a file of 60 MB, and what wraps it
MOST_DRAINED = 4 * MOST_BYTES  # taken in and thrown away, so that a browser reads why its file was refused
MOST_FILES, MOST_FIELDS, MOST_TEXT = 400, 5_000, 200_000
EACH_READ, WHOLE_BODY = 20, 180  # seconds
LONGEST_NAME = 120
STAGING = "evaluator-desk"


class TooLargeError(Exception):
    """More was sent than the desk takes in at once."""


class TooSlowError(Exception):
    """A body came so slowly that the desk no longer waits for it."""


class Body:
    """A request's body as the application may read it: no more, and no slower, than is allowed."""

    def __init__(self, receive: Receive, announced: int) -> None:
        self._receive, self._announced, self._taken = receive, announced, 0
        self._until: float | None = None
        self._ended = False

    async def __call__(self) -> Message:
        """Give the next part of it.

        Raises
        ------
        TooLargeError, TooSlowError
            Where the sum of the parts, or the time they take, is beyond what is allowed.
        """
        if self._announced > MOST_BYTES:
            raise TooLargeError
        message = await self._next()
        if self._taken > MOST_BYTES:
            raise TooLargeError
        return message

    async def _next(self) -> Message:
        clock = asyncio.get_running_loop().time
        if self._ended:  # what follows is only whether the browser is still there
            return await self._receive()
        self._until = self._until or clock() + WHOLE_BODY
        try:
            async with asyncio.timeout_at(min(self._until, clock() + EACH_READ)):
                message = await self._receive()
        except TimeoutError:
            raise TooSlowError from None
        self._taken += len(message.get("body", b""))
        self._ended = message["type"] != "http.request" or not message.get("more_body")
        return message

    async def drain(self) -> None:
        """Throw away what is still coming, as far as that is bearable: a browser that still sends reads no answer."""
        try:
            while not self._ended and self._taken < MOST_DRAINED:
                await self._next()
        except TooSlowError:
            return


@dataclass(frozen=True)
class Upload:
    """A file that a browser sent: its name there, which is only ever shown; where it lies under a name of our own."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True)
class Form:
    """What a form was filled in with: texts by the names of their fields, and files."""

    texts: tuple[tuple[str, str], ...] = ()
    uploads: tuple[tuple[str, Upload], ...] = ()

    def text(self, name: str) -> str:
        """Give the text of a field without the spaces around it; empty where it was left empty or is not there."""
        return next((text for field, text in self.texts if field == name), "").strip()

    def every(self, name: str) -> tuple[str, ...]:
        """Give all texts of a field that can be chosen more than once."""
        return tuple(text.strip() for field, text in self.texts if field == name)

    def files(self, name: str) -> tuple[Upload, ...]:
        """Give the files of a field; none where nothing was chosen."""
        return tuple(upload for field, upload in self.uploads if field == name)


async def form_of(data: FormData, folder: Path) -> Form:
    """Take texts and files out of what was sent; each file is copied into the folder under a number of its own."""
    texts, uploads = [], []
    for at, (field, value) in enumerate(data.multi_items()):
        if not isinstance(value, UploadFile):
            texts.append((field, value.replace("\r\n", "\n")))
        elif value.filename:
            path = folder / f"{at:04}"
            await aside(_copy, value, path)
            uploads.append((field, Upload(_shown(value.filename), path, path.stat().st_size)))
    return Form(tuple(texts), tuple(uploads))


def _copy(upload: UploadFile, path: Path) -> None:
    with path.open("xb") as stream:
        shutil.copyfileobj(upload.file, stream)


def _shown(name: str) -> str:
    """Give a file's name without the folders that some browsers send, as it can be shown to a person."""
    return visible(name.replace("\\", "/").rsplit("/", 1)[-1])[-LONGEST_NAME:] or "a file without a name"


class Held:
    """Files that were sent and are not yet filed, in a private folder of the desk; they go when it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[tuple[str, str], tuple[Upload, ...]] = {}

    def hold(self, uploads: Iterable[Upload], page: str) -> str:
        """Keep files beyond the request that brought them, and give the number by which this page asks for them."""
        number = token_hex(8)
        place = self._folder / f"held-{number}"
        place.mkdir()
        moved = []
        for at, one in enumerate(uploads):
            path = place / f"{at:04}"
            shutil.move(one.path, path)
            moved.append(replace(one, path=path))
        self._files[page, number] = tuple(moved)
        return number

    def files(self, number: str, page: str) -> tuple[Upload, ...]:
        """Give what a page held by a number; none where another did, it was let go, or the desk was started again."""
        return self._files.get((page, number), ())

    def let_go(self, number: str, page: str) -> None:
        """Take files away that were filed, or are not wanted."""
        if self._files.pop((page, number), None) is not None:
            forget(self._folder / f"held-{number}")


@contextmanager
def staging(process: int) -> Iterator[Path]:
    """Give a private folder for what is not yet filed; it goes with the desk, as do those of desks that were killed."""
    folder = Path(mkdtemp(prefix=f"{STAGING}-{process}-"))
    for left in folder.parent.glob(f"{STAGING}-*-*"):
        owner = left.name.split("-")[2]
        if owner.isdigit() and not runs(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def forget(folder: Path) -> None:
    """Take away what a form brought, unless its page has moved it elsewhere."""
    shutil.rmtree(folder, ignore_errors=True)
