"""Sync code enters the loop at one edge, and three errors say where not."""

import asyncio
import threading


# ANCHOR: core
async def some_async_function() -> str:
    await asyncio.sleep(0.01)
    return "result"


def my_function() -> str:
    return asyncio.run(some_async_function())


# ANCHOR_END: core
# ANCHOR: several
async def start_background() -> asyncio.Task[str]:
    return asyncio.create_task(some_async_function())


async def finished(task: asyncio.Task[str]) -> bool:
    try:
        await task
    except asyncio.CancelledError:
        return False
    return True


def a_loop_each() -> bool:
    task = asyncio.run(start_background())
    return asyncio.run(finished(task))


def one_loop() -> bool:
    with asyncio.Runner() as runner:
        task = runner.run(start_background())
        return runner.run(finished(task))


# ANCHOR_END: several
# ANCHOR: thread
async def async_part() -> tuple[str, int]:
    return await some_async_function(), threading.get_ident()


def sync_library(loop: asyncio.AbstractEventLoop) -> tuple[str, int]:
    future = asyncio.run_coroutine_threadsafe(async_part(), loop)
    return future.result()


async def call_sync_library() -> tuple[str, bool]:
    loop = asyncio.get_running_loop()
    result, thread = await asyncio.to_thread(sync_library, loop)
    return result, thread == threading.get_ident()


# ANCHOR_END: thread
# ANCHOR: not-async
WRONG = """
def my_function():
    result = await some_async_function()
"""


def not_async() -> str:
    outcome = "compiles"
    try:
        compile(WRONG, "wrong.py", "exec")
    except SyntaxError as error:
        outcome = f"SyntaxError: {error.msg}"
    return outcome


# ANCHOR_END: not-async
# ANCHOR: no-loop
def no_loop() -> str:
    coroutine = some_async_function()
    try:
        return str(asyncio.create_task(coroutine))
    except RuntimeError as error:
        coroutine.close()
        return f"RuntimeError: {error}"


# ANCHOR_END: no-loop
# ANCHOR: nested
async def nested() -> str:
    coroutine = some_async_function()
    try:
        return asyncio.run(coroutine)
    except RuntimeError as error:
        coroutine.close()
        return f"RuntimeError: {error}"


async def awaited() -> str:
    return await some_async_function()


# ANCHOR_END: nested
# ANCHOR: own-loop
async def own_loop() -> str:
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(some_async_function(), loop)
    try:
        return future.result(timeout=0.2)
    except TimeoutError:
        result = await asyncio.wrap_future(future)
        return f"timeout, then {result}"


# ANCHOR_END: own-loop
def yes(condition: bool) -> str:
    return "yes" if condition else "no"


def main() -> None:
    print("from sync code:", my_function())
    print("a loop each: task finished:", yes(a_loop_each()))
    print("one loop: task finished:", yes(one_loop()))
    result, same = asyncio.run(call_sync_library())
    print(f"from a thread: {result}, on the loop's thread: {yes(same)}")
    print("await in a plain def:", not_async())
    print("a task without a loop:", no_loop())
    print("a loop inside a loop:", asyncio.run(nested()))
    print("awaited instead:", asyncio.run(awaited()))
    print("blocking on the own loop:", asyncio.run(own_loop()))


if __name__ == "__main__":
    main()
