"""What stays open when nobody closes a client, a pool or a connection."""

import asyncio
import gc
import socket
import tempfile
import warnings
from collections.abc import Awaitable, Callable

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PATIENCE = 0.8
ANSWER = b"HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\nok"


class Upstream(asyncio.Protocol):
    """The other service: it knows how many connections are open."""

    open_now = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        Upstream.open_now += 1

    def data_received(self, data: bytes) -> None:
        missing = b"GET /missing" in data
        status = b"404 Not Found" if missing else b"200 OK"
        self.transport.write(ANSWER % status)

    def connection_lost(self, exc: Exception | None) -> None:
        Upstream.open_now -= 1

    @classmethod
    async def still_open(cls) -> int:
        """What is open once nothing is, or after thirty looks."""
        for _ in range(30):
            if cls.open_now == 0:
                break
            await asyncio.sleep(0.01)
        return cls.open_now


# ANCHOR: bad
async def bad_example(url: str) -> str:
    client = httpx.AsyncClient()
    response = await client.get(url)
    return response.text


# ANCHOR_END: bad
# ANCHOR: good
async def good_example(url: str) -> str:
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
        return response.text


# ANCHOR_END: good
# ANCHOR: closed-last
async def closed_last(url: str) -> str:
    client = httpx.AsyncClient()
    response = await client.get(url)
    data = response.raise_for_status().text
    await client.aclose()
    return data


# ANCHOR_END: closed-last
# ANCHOR: shared
async def shared(url: str) -> str:
    client = httpx.AsyncClient()
    theirs = client
    await client.aclose()
    return (await theirs.get(url)).text


# ANCHOR_END: shared
# ANCHOR: goodbye
async def say_bye(near: socket.socket) -> None:
    _, writer = await asyncio.open_connection(sock=near)
    writer.write(b"bye")
    writer.close()
    await writer.wait_closed()


# ANCHOR_END: goodbye
# ANCHOR: pool
async def end_pool(engine: AsyncEngine) -> str:
    async with engine.connect() as lent:
        ending = asyncio.create_task(engine.dispose())
        done, _ = await asyncio.wait([ending], timeout=PATIENCE)
        waits = ending not in done
        used = await lent.scalar(text("SELECT 'still works'"))
    await ending
    async with engine.connect() as connection:
        new = await connection.scalar(text("SELECT 'works too'"))
    return f"waits: {yes(waits)}, lent: {used}, new: {new}"


# ANCHOR_END: pool
# ANCHOR: module-level
def as_printed() -> str:
    source = "async with httpx.AsyncClient() as client: ..."
    try:
        return str(compile(source, "guide", "exec"))
    except SyntaxError as error:
        return f"SyntaxError: {error.msg}"


# ANCHOR_END: module-level
async def outcome(call: Awaitable[str]) -> str:
    try:
        return await call
    except httpx.HTTPStatusError as error:
        return f"{error.response.status_code} {error.response.reason_phrase}"
    except RuntimeError as error:
        return f"RuntimeError: {error}"


async def observe(
    example: Callable[[str], Awaitable[str]], urls: list[str]
) -> str:
    answers = [await outcome(example(url)) for url in urls]
    return f"{' '.join(answers)}, open: {await Upstream.still_open()}"


def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    gc.disable()  # so that the collector runs when this program says so
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upstream, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    url, missing = f"http://{host}:{port}/", f"http://{host}:{port}/missing"

    print("bad:", await observe(bad_example, [url] * 3))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # ANCHOR: collected
        gc.collect()
        # ANCHOR_END: collected
    told = " ".join({warning.category.__name__ for warning in caught})
    print(f"collected: {told}, open: {await Upstream.still_open()}")
    print("good:", await observe(good_example, [url] * 3))
    print("closed last:", await observe(closed_last, [url]))
    print("closed last:", await observe(closed_last, [missing]))
    gc.collect()
    print("shared:", await observe(shared, [url]))

    near, far = socket.socketpair()
    await say_bye(near)
    print("goodbye:", far.makefile().read())
    far.close()

    with tempfile.TemporaryDirectory() as folder:
        engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/db")
        print("pool:", await end_pool(engine))
        await engine.dispose()
    print("as printed:", as_printed())


if __name__ == "__main__":
    asyncio.run(main())
