"""One pooled HTTP client for a whole application, and one client per call."""

import asyncio
import re
import socket
from asyncio import Runner, to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"
LABELS = [
    "loop 1",
    "loop 1 closed, loop 2",
    "loop 2 again",
    "loop 2 idle, loop 3",
]


class Upstream(asyncio.Protocol):
    """The other service: one object for each TCP connection it accepts."""

    connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        Upstream.connections += 1

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self.transport.write(HEAD + b'{"id":1}')


# ANCHOR: core
@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with httpx.AsyncClient(timeout=30.0) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/shared")
async def fetch_shared(request: Request) -> Any:
    client: httpx.AsyncClient = request.app.state.client
    response = await client.get(request.app.state.upstream)
    return response.raise_for_status().json()


# ANCHOR_END: core


# ANCHOR: per-call
@app.get("/per-call")
async def fetch_per_call(request: Request) -> Any:
    async with httpx.AsyncClient(timeout=30.0) as client:
        response = await client.get(request.app.state.upstream)
        return response.raise_for_status().json()


# ANCHOR_END: per-call


async def run_app(paths: list[str]) -> None:
    """Start the application and GET every path ten times, one by one."""
    sock = socket.create_server(("127.0.0.1", 0))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url) as browser:
        for path in paths:
            Upstream.connections = 0
            answers = [await browser.get(path) for _ in range(10)]
            ok = sum(answer.status_code == 200 for answer in answers)
            print(f"{path}: {ok} answers, connections: {Upstream.connections}")
    server.should_exit = True
    await serving


# ANCHOR: module-global
_client: httpx.AsyncClient | None = None


def get_http_client() -> httpx.AsyncClient:
    global _client
    if _client is None:
        _client = httpx.AsyncClient(timeout=30.0)
    return _client


async def fetch_global(url: str) -> str:
    try:
        response = await get_http_client().get(url)
        return response.text
    except RuntimeError as error:
        return f"{type(error).__name__}: {error}"


# ANCHOR_END: module-global


# ANCHOR: three-loops
async def three_loops(url: str) -> list[str]:
    first, second, third = Runner(), Runner(), Runner()
    results = [await to_thread(first.run, fetch_global(url))]
    await to_thread(first.close)
    results.append(await to_thread(second.run, fetch_global(url)))
    results.append(await to_thread(second.run, fetch_global(url)))
    # The second event loop is still open, but nobody runs it.
    results.append(await to_thread(third.run, fetch_global(url)))
    await to_thread(second.close)
    await to_thread(third.close)
    return results


# ANCHOR_END: three-loops


async def main() -> None:
    # The other service runs here. Each application and each client of this
    # program runs in a thread with an event loop of its own.
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upstream, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    app.state.upstream = url = f"http://{host}:{port}"
    for paths in [["/shared", "/per-call"], ["/shared"]]:
        await to_thread(asyncio.run, run_app(paths))

    for label, result in zip(LABELS, await three_loops(url), strict=True):
        print(f"global client, {label}: {re.sub('<.*>', '<event>', result)}")


if __name__ == "__main__":
    asyncio.run(main())
