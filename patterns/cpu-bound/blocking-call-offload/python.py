"""A blocking call moves to a thread, so that the event loop goes on."""

import asyncio
import queue
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from typing import TypeVar

import httpx
from fastapi import BackgroundTasks, FastAPI

T = TypeVar("T")
Beats = queue.Queue[None]
Task = Callable[[Beats, list[int]], object]
SILENCE = 0.6


def blocking_read(beats: Beats) -> int:
    """Holds its thread until three heartbeats came, or none for a while."""
    for heard in range(3):
        try:
            beats.get(timeout=SILENCE)
        except queue.Empty:
            return heard
    return 3


# ANCHOR: core
async def get_items(beats: Beats) -> int:
    return await asyncio.to_thread(blocking_read, beats)


# ANCHOR_END: core
# ANCHOR: bad
async def get_items_blocking(beats: Beats) -> int:
    return blocking_read(beats)


# ANCHOR_END: bad
# ANCHOR: background
async def async_def_task(beats: Beats, heard: list[int]) -> None:
    heard.append(blocking_read(beats))


def def_task(beats: Beats, heard: list[int]) -> None:
    heard.append(blocking_read(beats))


async def heavy_computation(task: Task, beats: Beats) -> str:
    app = FastAPI()
    heard: list[int] = []

    @app.get("/compute/")
    async def compute(background_tasks: BackgroundTasks) -> str:
        background_tasks.add_task(task, beats, heard)
        return "queued"

    answer = await get(app, "/compute/")
    return f"answer {answer}, {heard[0]} beats"


# ANCHOR_END: background
# ANCHOR: cpu
def cpu_intensive_sync(size: int) -> float:
    began = time.thread_time()
    sum(i * i for i in range(size))
    return time.thread_time() - began  # CPU time of this thread alone


async def two_burns(beats: Beats) -> tuple[bool, bool]:
    began = time.monotonic()
    burns = [asyncio.to_thread(cpu_intensive_sync, 500_000) for _ in "ab"]
    cpu_time = sum(await asyncio.gather(*burns))
    elapsed = time.monotonic() - began
    return cpu_time < elapsed * 1.1, not beats.empty()


# ANCHOR_END: cpu
# ANCHOR: context
request_id = ContextVar("request_id", default="none")


async def seen_by_threads() -> tuple[str, str]:
    request_id.set("r-7")
    loop = asyncio.get_running_loop()
    copied = await asyncio.to_thread(request_id.get)
    lost = await loop.run_in_executor(None, request_id.get)
    return copied, lost


# ANCHOR_END: context
async def heartbeat(beats: Beats) -> None:
    while True:
        await asyncio.sleep(0.005)
        beats.put(None)


async def beside_heartbeat(call: Callable[[Beats], Awaitable[T]]) -> T:
    beats = Beats()
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(0)
    result = await call(beats)
    heart.cancel()
    return result


async def get(app: FastAPI, path: str) -> str:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport) as client:
        return str((await client.get(f"http://app{path}")).json())


def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    heard = await beside_heartbeat(get_items)
    print(f"in a thread: {heard} beats")
    heard = await beside_heartbeat(get_items_blocking)
    print(f"on the loop: {heard} beats")

    outcome = await beside_heartbeat(partial(heavy_computation, async_def_task))
    print(f"async def task: {outcome}")
    outcome = await beside_heartbeat(partial(heavy_computation, def_task))
    print(f"def task: {outcome}")

    one_core, beats = await beside_heartbeat(two_burns)
    print(f"two burns: one core at most: {yes(one_core)}, beats: {yes(beats)}")

    copied, lost = await seen_by_threads()
    print(f"request id: to_thread {copied}, run_in_executor {lost}")


if __name__ == "__main__":
    asyncio.run(main())
