"""Pages are made in threads, so that a long look keeps nobody else waiting; none of them keeps an ended desk alive."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from typing import Any, TypeVar

Made = TypeVar("Made")
AT_ONCE = 24
_PLACES = BoundedSemaphore(AT_ONCE)


async def aside(work: Callable[..., Made], *arguments: Any) -> Made:
    """Do what may take long in a thread of its own, and give what it comes to."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Made] = loop.create_future()

    def tell(made: Any, error: BaseException | None) -> None:
        if result.done():  # nobody waits any more
            return
        if error is None:
            result.set_result(made)
        else:  # a future would not take the one that ends loops
            result.set_exception(RuntimeError("nothing was next") if isinstance(error, StopIteration) else error)

    def do() -> None:
        made, error = None, None
        with _PLACES:
            try:
                made = work(*arguments)
            except BaseException as raised:
                error = raised
        with suppress(RuntimeError):  # the desk has ended meanwhile
            loop.call_soon_threadsafe(tell, made, error)

    Thread(target=do, daemon=True).start()
    return await result
