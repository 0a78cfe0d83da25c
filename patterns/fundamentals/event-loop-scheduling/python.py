"""One loop runs many tasks in turn, and switches only where one has to wait."""

import asyncio
import os
import queue
import threading
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path

Log = list[str]
Beats = queue.Queue[None]
Work = Coroutine[None, None, None]


async def run_both(first: Work, second: Work) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(first)
        group.create_task(second)


# ANCHOR: core
async def serve(name: str, log: Log) -> None:
    for step in range(1, 4):
        log.append(f"{name}{step}")
        await asyncio.sleep(0)  # let the others run


async def two_requests(log: Log) -> None:
    await run_both(serve("A", log), serve("B", log))


# ANCHOR_END: core
# ANCHOR: ready
async def note(entry: str, log: Log) -> None:
    log.append(entry)


async def serve_ready(name: str, log: Log) -> None:
    for step in range(1, 4):
        await note(f"{name}{step}", log)  # nothing to wait for


# ANCHOR_END: ready
# ANCHOR: backlog
async def drain(jobs: asyncio.Queue[int], log: Log) -> None:
    log.append("first job")
    while not jobs.empty():
        await jobs.get()
    log.append("last job")


async def other(log: Log) -> None:
    log.append("other task")


async def thousand_jobs(log: Log) -> None:
    jobs: asyncio.Queue[int] = asyncio.Queue()
    for job in range(1000):
        jobs.put_nowait(job)
    await run_both(drain(jobs, log), other(log))


# ANCHOR_END: backlog
# ANCHOR: threads
async def note_thread(threads: set[int]) -> None:
    threads.add(threading.get_ident())


async def threads_used() -> int:
    threads: set[int] = set()
    await run_both(note_thread(threads), note_thread(threads))
    return len(threads)


# ANCHOR_END: threads
# ANCHOR: file-read
async def read_on_the_loop(path: Path) -> str:
    return path.read_text()  # noqa: ASYNC240


# ANCHOR_END: file-read
# ANCHOR: file-thread
async def read_in_a_thread(path: Path) -> str:
    return await asyncio.to_thread(path.read_text)


# ANCHOR_END: file-thread
def write_late(pipe: int, beats: Beats) -> None:
    """Writes after three heartbeats, or when none comes for a while."""
    heard = 0
    try:
        while heard < 3:
            beats.get(timeout=1.0)
            heard += 1
    except queue.Empty:
        pass
    with open(pipe, "w") as file:
        file.write(f"hello after {heard} beats")


async def heartbeat(beats: Beats) -> None:
    while True:
        await asyncio.sleep(0.005)
        beats.put(None)


async def slow_file(read: Callable[[Path], Awaitable[str]]) -> str:
    reading, writing = os.pipe()
    beats = Beats()
    heart = asyncio.create_task(heartbeat(beats))
    writer = threading.Thread(target=write_late, args=(writing, beats))
    writer.start()
    text = await read(Path(f"/dev/fd/{reading}"))
    writer.join()
    os.close(reading)
    heart.cancel()
    return text


async def main() -> None:
    log: Log = []
    await two_requests(log)
    print("giving way after each step:", *log)

    log = []
    await run_both(serve_ready("A", log), serve_ready("B", log))
    print("await with nothing to wait for:", *log)

    log = []
    await thousand_jobs(log)
    print("full queue:", ", ".join(log))

    print("threads used by two tasks:", await threads_used())
    print("file read on the loop:", await slow_file(read_on_the_loop))
    print("file read in a thread:", await slow_file(read_in_a_thread))


if __name__ == "__main__":
    asyncio.run(main())
