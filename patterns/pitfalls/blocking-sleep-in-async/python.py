"""A blocking sleep stops every task of the loop; an async sleep only one."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from logging.handlers import BufferingHandler

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

PAUSE = 0.1
Log = list[str]


# ANCHOR: bad
async def bad_example(user_id: int, log: Log) -> None:
    log.append(f"start {user_id}")
    time.sleep(PAUSE)  # noqa: ASYNC251
    log.append(f"end {user_id}")


# ANCHOR_END: bad
# ANCHOR: good
async def good_example(user_id: int, log: Log) -> None:
    log.append(f"start {user_id}")
    await asyncio.sleep(PAUSE)
    log.append(f"end {user_id}")


# ANCHOR_END: good
# ANCHOR: heartbeat
async def heartbeat(log: Log) -> None:
    while True:
        await asyncio.sleep(PAUSE / 20)
        log.append("beat")


async def observe(example: Callable[[int, Log], Awaitable[None]]) -> str:
    log: Log = []
    heart = asyncio.create_task(heartbeat(log))
    await asyncio.sleep(0)
    await asyncio.gather(example(1, log), example(2, log))
    heart.cancel()
    overlap = log.index("start 2") < log.index("end 1")
    beats = "beat" in log[log.index("start 1") : log.index("end 2")]
    return f"users overlap: {yes(overlap)}, heart beats: {yes(beats)}"


# ANCHOR_END: heartbeat
# ANCHOR: signature
async def get_user(db: AsyncSession, user_id: int) -> str:
    query = text("SELECT 'user ' || :id")
    return str(await db.scalar(query, {"id": user_id}))


async def process_user_as_printed(user_id: int) -> str:
    return await get_user(user_id)  # type: ignore[call-arg, arg-type]


async def process_user(db: AsyncSession, user_id: int) -> str:
    return await get_user(db, user_id)


# ANCHOR_END: signature
def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    print(f"bad: {await observe(bad_example)}")
    print(f"good: {await observe(good_example)}")

    # ANCHOR: created-early
    began = time.monotonic()
    first, second = asyncio.sleep(PAUSE), asyncio.sleep(PAUSE)
    await first
    await second
    took = time.monotonic() - began
    # ANCHOR_END: created-early
    print(f"pauses made together add up: {yes(took > PAUSE * 1.5)}")

    # ANCHOR: debug
    reports = BufferingHandler(capacity=100)
    logging.getLogger("asyncio").addHandler(reports)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = PAUSE / 2
    await asyncio.create_task(bad_example(3, []), name="user 3")
    slow = [r for r in reports.buffer if "user 3" in r.getMessage()]
    # ANCHOR_END: debug
    loop.set_debug(False)
    print(f"debug mode reported the slow step: {yes(bool(slow))}")

    engine = create_async_engine("sqlite+aiosqlite://")
    async with AsyncSession(engine) as db:
        print(f"process_user: {await process_user(db, 7)}")
        try:
            await process_user_as_printed(7)
        except TypeError as error:
            print(f"as printed: TypeError: {error}")
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
