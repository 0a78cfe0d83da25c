"""One deadline covers several awaits; some work does not obey it."""

import asyncio
import threading
import time
from collections.abc import Awaitable
from contextlib import suppress

STEP = 0.4
LIMIT = 0.7
SHORT = 0.03
Log = list[str]


async def fetch_user(log: Log) -> str:
    await asyncio.sleep(STEP)
    log.append("user")
    return "ann"


async def fetch_orders(log: Log, user: str) -> str:
    await asyncio.sleep(STEP)
    log.append("orders")
    return f"{user} has 3 orders"


# ANCHOR: core
async def fetch_with_timeout(limit: float, log: Log) -> str:
    async with asyncio.timeout(limit):
        user = await fetch_user(log)
        return await fetch_orders(log, user)


async def safe_fetch(limit: float, log: Log) -> str | None:
    try:
        return await fetch_with_timeout(limit, log)
    except TimeoutError:
        return None


# ANCHOR_END: core
async def timed_out(body: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(SHORT):
            await body
    except TimeoutError:
        return True
    return False


# ANCHOR: blocking
async def blocking_body() -> None:
    time.sleep(SHORT * 2)  # noqa: ASYNC251


# ANCHOR_END: blocking
# ANCHOR: thread
async def in_thread() -> tuple[bool, bool]:
    release, finished = threading.Event(), threading.Event()

    def work() -> None:
        release.wait(timeout=2)
        finished.set()

    with suppress(TimeoutError):
        async with asyncio.timeout(SHORT) as scope:
            await asyncio.to_thread(work)
    release.set()
    return scope.expired(), await asyncio.to_thread(finished.wait, 2)


# ANCHOR_END: thread
# ANCHOR: task
async def in_task() -> tuple[bool, bool]:
    release = asyncio.Event()
    task = asyncio.create_task(release.wait())
    with suppress(TimeoutError):
        async with asyncio.timeout(SHORT) as scope:
            await task
    release.set()
    await asyncio.wait([task])
    return scope.expired(), not task.cancelled()


# ANCHOR_END: task
# ANCHOR: cleanup
async def with_cleanup(log: Log) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        log.append("cleanup began")
        await asyncio.sleep(SHORT)
        log.append("cleanup ended")


# ANCHOR_END: cleanup
# ANCHOR: swallow
async def swallows(log: Log) -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.append("swallowed")
    await asyncio.sleep(0)
    log.append("went on")


# ANCHOR_END: swallow
def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    for limit in (LIMIT, LIMIT * 3):
        log: Log = []
        answer = await safe_fetch(limit, log)
        print(f"answer: {answer or 'none'}, finished: {', '.join(log)}")

    late = await timed_out(blocking_body())
    print(f"blocking body: timed out: {yes(late)}")
    late, finished = await in_thread()
    print(f"thread: timed out: {yes(late)}, finished: {yes(finished)}")
    late, finished = await in_task()
    print(f"task: timed out: {yes(late)}, finished: {yes(finished)}")

    log = []
    late = await timed_out(with_cleanup(log))
    print(f"cleanup: {', '.join(log)}, timed out: {yes(late)}")
    log = []
    late = await timed_out(swallows(log))
    print(f"swallow: {', '.join(log)}, timed out: {yes(late)}")


if __name__ == "__main__":
    asyncio.run(main())
