"""A waiter asks again and again, or is woken when something has changed."""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any

STEP = 0.005
LIMIT = 0.3
Waiting = Coroutine[Any, Any, object]


class Job:
    def __init__(self) -> None:
        self.done = asyncio.Event()

    # ANCHOR: bad
    async def wait_by_polling(self) -> None:
        while not self.done.is_set():  # noqa: ASYNC110
            await asyncio.sleep(STEP)

    # ANCHOR_END: bad
    # ANCHOR: good
    async def wait(self) -> None:
        await self.done.wait()

    def finish(self) -> None:
        self.done.set()

    # ANCHOR_END: good


# ANCHOR: count
@types.coroutine
def count_wake_ups(waiting: Waiting) -> Generator[Any, Any, int]:
    wake_ups = 0
    for pause in waiting.__await__():
        yield pause
        wake_ups += 1
    return wake_ups


async def observe(job: Job, waiting: Waiting) -> int:
    waiter = asyncio.ensure_future(count_wake_ups(waiting))
    for _ in range(20):
        await asyncio.sleep(STEP)
    job.finish()
    return await waiter


# ANCHOR_END: count
# ANCHOR: late
class Status:
    def __init__(self) -> None:
        self.value = "queued"
        self.changed = asyncio.Condition()

    async def replace(self, value: str) -> None:
        async with self.changed:
            self.value = value
            self.changed.notify_all()

    async def wait_for_done(self) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.value == "done")


async def early_and_late() -> tuple[int, int]:
    status = Status()
    early = asyncio.ensure_future(count_wake_ups(status.wait_for_done()))
    for value in ["running", "done"]:
        await asyncio.sleep(STEP)
        await status.replace(value)
    late = asyncio.ensure_future(count_wake_ups(status.wait_for_done()))
    return await early, await late


# ANCHOR_END: late
async def go_on(*waiters: Waiting) -> int:
    tasks = [asyncio.create_task(waiter) for waiter in waiters]
    done, stuck = await asyncio.wait(tasks, timeout=LIMIT)
    for task in stuck:
        task.cancel()
    return len(done)


# ANCHOR: lost
async def lost() -> int:
    changed = asyncio.Condition()

    async def wait() -> None:
        async with changed:
            await changed.wait()

    async with changed:
        changed.notify_all()
    return await go_on(wait(), wait(), wait())


# ANCHOR_END: lost
# ANCHOR: kept
async def kept() -> int:
    changed = asyncio.Event()
    for _ in range(3):
        changed.set()
    return await go_on(changed.wait(), changed.wait(), changed.wait())


# ANCHOR_END: kept
# ANCHOR: cleared
class Inbox:
    def __init__(self) -> None:
        self.letters = ["first"]
        self.arrived = asyncio.Event()
        self.arrived.set()
        self.read: list[str] = []

    async def read_then_clear(self) -> None:
        while await self.arrived.wait():
            await self.read_letters()
            self.arrived.clear()

    async def clear_then_read(self) -> None:
        while await self.arrived.wait():
            self.arrived.clear()
            await self.read_letters()

    async def read_letters(self) -> None:
        letters, self.letters = self.letters, []
        await asyncio.sleep(0)
        self.read += letters


async def read_in(inbox: Inbox, reading: Waiting) -> str:
    reader = asyncio.create_task(reading)
    await asyncio.sleep(0)
    inbox.letters.append("second")
    inbox.arrived.set()
    await asyncio.wait([reader], timeout=LIMIT)
    reader.cancel()
    return " and ".join(inbox.read)


# ANCHOR_END: cleared
def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    job = Job()
    wake_ups = await observe(job, job.wait_by_polling())
    print(f"bad: more than 10 wake-ups: {yes(wake_ups > 10)}")
    job = Job()
    print(f"good: {await observe(job, job.wait())} wake-up")
    early, late = await early_and_late()
    print(f"two changes: {early} wake-ups, {late} for a late waiter")
    print(f"told all before anyone waits: {await lost()} of 3 go on")
    print(f"told three times before anyone waits: {await kept()} of 3 go on")
    inbox = Inbox()
    print(f"read, then clear: {await read_in(inbox, inbox.read_then_clear())}")
    inbox = Inbox()
    print(f"clear, then read: {await read_in(inbox, inbox.clear_then_read())}")


if __name__ == "__main__":
    asyncio.run(main())
