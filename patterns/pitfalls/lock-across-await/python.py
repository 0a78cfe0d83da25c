"""A lock that blocks its thread must not be held across an await."""

import asyncio
import threading
from collections.abc import Coroutine


class Auth:
    def __init__(self) -> None:
        self.logins = 0

    async def login(self) -> str:
        self.logins += 1
        token = f"token {self.logins}"
        await asyncio.sleep(0.01)
        return token


class Cache:
    def __init__(self) -> None:
        self.token: str | None = None
        self.requests = 0


# ANCHOR: race
async def check_then_login(auth: Auth, cache: Cache) -> str:
    if cache.token is not None:
        return cache.token
    token = await auth.login()
    cache.token = token
    return token


# ANCHOR_END: race
# ANCHOR: bad
async def login_under_thread_lock(
    auth: Auth, cache: Cache, lock: threading.Lock
) -> str:
    with lock:
        if cache.token is not None:
            return cache.token
        token = await auth.login()
        cache.token = token
        return token


# ANCHOR_END: bad
# ANCHOR: good
async def login_under_async_lock(
    auth: Auth, cache: Cache, lock: asyncio.Lock
) -> str:
    async with lock:
        if cache.token is not None:
            return cache.token
        token = await auth.login()
        cache.token = token
        return token


# ANCHOR_END: good
# ANCHOR: short
def next_request(cache: Cache, lock: threading.Lock) -> int:
    with lock:
        cache.requests += 1
        return cache.requests


# ANCHOR_END: short
def finishes(work: Coroutine[None, None, None]) -> bool:
    thread = threading.Thread(target=asyncio.run, args=(work,), daemon=True)
    thread.start()
    thread.join(0.4)
    return not thread.is_alive()


async def in_turn() -> None:
    auth, cache, lock = Auth(), Cache(), threading.Lock()
    await login_under_thread_lock(auth, cache, lock)
    await login_under_thread_lock(auth, cache, lock)


async def at_once() -> None:
    auth, cache, lock = Auth(), Cache(), threading.Lock()
    await asyncio.gather(
        login_under_thread_lock(auth, cache, lock),
        login_under_thread_lock(auth, cache, lock),
    )


def yes(value: bool) -> str:
    return "yes" if value else "no"


async def main() -> None:
    auth, cache = Auth(), Cache()
    tokens = await asyncio.gather(
        *(check_then_login(auth, cache) for _ in range(3))
    )
    print(f"race: three callers got {', '.join(tokens)}")
    kept = await check_then_login(auth, cache)
    print(f"race: a later caller got {kept}, logins: {auth.logins}")

    finished = await asyncio.to_thread(finishes, in_turn())
    print(f"bad: two callers in turn finished: {yes(finished)}")
    finished = await asyncio.to_thread(finishes, at_once())
    print(f"bad: two callers at once finished: {yes(finished)}")

    auth, cache, lock = Auth(), Cache(), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        callers = [
            group.create_task(login_under_async_lock(auth, cache, lock))
            for _ in range(3)
        ]
    tokens = [caller.result() for caller in callers]
    print(f"good: three callers got {', '.join(tokens)}")

    short = threading.Lock()
    numbers = await asyncio.gather(
        *(asyncio.to_thread(next_request, cache, short) for _ in range(100))
    )
    print(f"short: different numbers: {len(set(numbers))} of 100")


if __name__ == "__main__":
    asyncio.run(main())
