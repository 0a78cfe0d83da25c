"""A child process is waited for, read, killed and reaped, or left behind."""

import asyncio
import os
import signal
import subprocess
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SIZE = 1_000_000
SHORT = 0.2


# ANCHOR: bad
async def bad_pause() -> int:
    done = subprocess.run(["sleep", "0.5"])  # noqa: ASYNC221
    return done.returncode


# ANCHOR_END: bad
# ANCHOR: good
async def good_pause() -> int:
    child = await asyncio.create_subprocess_exec("sleep", "0.5")
    return await child.wait()


# ANCHOR_END: good
async def observe(pause: Callable[[], Awaitable[int]]) -> str:
    beats = 0

    async def heartbeat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    heart = asyncio.create_task(heartbeat())
    await asyncio.sleep(0)
    code = await pause()
    heart.cancel()
    return f"exit code {code}, heart beats: {yes(beats > 0)}"


# ANCHOR: full-pipe
async def print_much() -> Process:
    script = f"printf %{SIZE}s"
    return await asyncio.create_subprocess_exec("sh", "-c", script, stdout=PIPE)


async def full_pipe() -> str:
    child = await print_much()
    try:
        async with asyncio.timeout(SHORT):
            outcome = f"exit code {await child.wait()}"
    except TimeoutError:
        outcome = "timed out"
        child.kill()
        await child.communicate()
    return outcome


# ANCHOR_END: full-pipe
# ANCHOR: emptied
async def emptied() -> str:
    child = await print_much()
    output, _ = await child.communicate()
    return f"exit code {child.returncode}, {len(output)} bytes"


# ANCHOR_END: emptied
# ANCHOR: input
async def through_cat(text: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    output, _ = await child.communicate(text)
    return output


# ANCHOR_END: input
# ANCHOR: ask
async def ask(child: Process) -> bool:
    assert child.stdin and child.stdout
    child.stdin.write(b"are you there?\n")
    return bool(await child.stdout.readline())


async def last_answer(child: Process) -> bool:
    answered = await ask(child)
    await child.communicate(b"")
    return answered


# ANCHOR_END: ask
# ANCHOR: timeout
async def left_running() -> bool:
    child = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    try:
        async with asyncio.timeout(SHORT):
            await child.wait()
    except TimeoutError:
        pass
    return await last_answer(child)


# ANCHOR_END: timeout
# ANCHOR: killed
@asynccontextmanager
async def killed_on_exit(program: str) -> AsyncIterator[Process]:
    child = await asyncio.create_subprocess_exec(
        program, stdin=PIPE, stdout=PIPE
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def killed() -> bool:
    async with killed_on_exit("cat") as child:
        try:
            async with asyncio.timeout(SHORT):
                await child.wait()
        except TimeoutError:
            pass
    return await last_answer(child)


# ANCHOR_END: killed
# ANCHOR: reaped
async def in_process_table() -> bool:
    child = await asyncio.create_subprocess_exec("cat", stdin=PIPE)
    child.kill()
    await asyncio.sleep(SHORT * 2)
    found = True
    try:
        os.kill(child.pid, 0)
    except ProcessLookupError:
        found = False
    return found


# ANCHOR_END: reaped
# ANCHOR: group
async def cat_in_shell() -> Process:
    child = await asyncio.create_subprocess_exec(
        *("sh", "-c", "cat; true"), stdin=PIPE, stdout=PIPE, process_group=0
    )
    await ask(child)
    return child


async def shell_killed() -> bool:
    child = await cat_in_shell()
    child.kill()
    return await last_answer(child)


async def group_killed() -> bool:
    child = await cat_in_shell()
    os.killpg(child.pid, signal.SIGKILL)
    return await last_answer(child)


# ANCHOR_END: group
def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    print(f"bad: {await observe(bad_pause)}")
    print(f"good: {await observe(good_pause)}")
    print(f"full pipe: {await full_pipe()}")
    print(f"emptied: {await emptied()}")
    text = b"x" * SIZE
    print(f"all back from cat: {yes(await through_cat(text) == text)}")
    print(f"timed out: cat answers: {yes(await left_running())}")
    print(f"timed out and killed: cat answers: {yes(await killed())}")
    print(f"killed only: in process table: {yes(await in_process_table())}")
    print(f"shell killed: its cat answers: {yes(await shell_killed())}")
    print(f"group killed: its cat answers: {yes(await group_killed())}")


if __name__ == "__main__":
    asyncio.run(main())
