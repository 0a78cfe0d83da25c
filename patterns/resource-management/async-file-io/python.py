"""Async file calls run on threads: how many jobs, and what a write proves."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar

import aiofiles

P = ParamSpec("P")
T = TypeVar("T")

FULL = Path("/dev/full")  # a device of Linux on which there is never room


class Pool(ThreadPoolExecutor):
    """One thread, and a count of the jobs that it was given."""

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self.jobs = 0

    def submit(
        self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        self.jobs += 1
        return super().submit(fn, *args, **kwargs)


# ANCHOR: core
async def process_file(file_path: Path) -> int:
    async with aiofiles.open(file_path) as file:
        contents = await file.read()
    return len(contents)


# ANCHOR_END: core
# ANCHOR: busy
async def finishes_beside_a_busy_pool(file_path: Path) -> bool:
    release = threading.Event()
    holder = asyncio.to_thread(release.wait)
    held = asyncio.create_task(holder)
    await asyncio.sleep(0)
    reading = asyncio.create_task(process_file(file_path))
    await asyncio.sleep(0.1)
    finished = reading.done()
    release.set()
    await asyncio.gather(held, reading)
    return finished


# ANCHOR_END: busy
# ANCHOR: lines
async def count_lines(file_path: Path) -> int:
    count = 0
    async with aiofiles.open(file_path) as file:
        async for _line in file:
            count += 1
    return count


# ANCHOR_END: lines
# ANCHOR: one-job
def count_lines_blocking(file_path: Path) -> int:
    with file_path.open() as file:
        return sum(1 for _line in file)


async def count_lines_in_one_job(file_path: Path) -> int:
    return await asyncio.to_thread(count_lines_blocking, file_path)


# ANCHOR_END: one-job
# ANCHOR: late
async def sizes_around_flush(file_path: Path) -> list[int]:
    async with aiofiles.open(file_path, "w") as file:
        await file.write("hello")
        before = file_path.stat().st_size  # noqa: ASYNC240
        await file.flush()
        after = file_path.stat().st_size  # noqa: ASYNC240
    return [before, after]


# ANCHOR_END: late
# ANCHOR: bad
async def save_and_drop(file_path: Path) -> None:
    file = await aiofiles.open(file_path, "w")
    await file.write("hello")


# ANCHOR_END: bad
# ANCHOR: good
async def save(file_path: Path) -> None:
    async with aiofiles.open(file_path, "w") as file:
        await file.write("hello")


# ANCHOR_END: good
async def outcome(save: Awaitable[None]) -> str:
    try:
        await save
    except OSError as error:
        return f"{error.strerror} (os error {error.errno})"
    return "saved"


async def main() -> None:
    pool = Pool()
    asyncio.get_running_loop().set_default_executor(pool)
    with TemporaryDirectory() as folder:
        path = Path(folder, "lines.txt")
        path.write_text(f"{'x' * 63}\n" * 1000)  # noqa: ASYNC240
        print(f"process_file: {await process_file(path)} characters")
        finished = await finishes_beside_a_busy_pool(path)
        print(f"finishes while the pool is busy: {yes(finished)}")

        for count in (count_lines, count_lines_in_one_job):
            pool.jobs = 0
            lines = await count(path)
            print(f"{count.__name__}: {lines} lines, jobs: {pool.jobs}")

        before, after = await sizes_around_flush(Path(folder, "hello.txt"))
        print(f"before flush: {before} bytes, after: {after} bytes")

    print(f"full disk, dropped: {await outcome(save_and_drop(FULL))}")
    print(f"full disk, finished: {await outcome(save(FULL))}")


def yes(condition: bool) -> str:
    return "yes" if condition else "no"


if __name__ == "__main__":
    asyncio.run(main())
