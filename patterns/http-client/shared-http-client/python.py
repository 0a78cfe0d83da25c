"""One pooled HTTP client for a whole application, and one client per call."""

import asyncio
import re
import socket
from asyncio import Runner, StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread
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


class Upstream:
    """The other service, in a thread and an event loop of its own."""

    connections = 0

    def start(self) -> str:
        sock = socket.create_server(("127.0.0.1", 0))
        coro = self.serve(sock)
        Thread(target=asyncio.run, args=(coro,), daemon=True).start()
        return f"http://127.0.0.1:{sock.getsockname()[1]}"

    async def serve(self, sock: socket.socket) -> None:
        server = await asyncio.start_server(self.accepted, sock=sock)
        await server.serve_forever()

    async def accepted(
        self, reader: StreamReader, writer: StreamWriter
    ) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(HEAD + b'{"id":1}')
        writer.close()


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


async def run_app(upstream: Upstream, paths: list[str]) -> None:
    """Start the application and GET every path 20 times, one by one."""
    sock = socket.create_server(("127.0.0.1", 0))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url) as browser:
        for path in paths:
            upstream.connections = 0
            answers = [await browser.get(path) for _ in range(20)]
            ok = sum(answer.status_code == 200 for answer in answers)
            print(f"{path}: {ok} answers, connections: {upstream.connections}")
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
def three_loops(url: str) -> list[str]:
    with Runner() as first, Runner() as second, Runner() as third:
        results = [first.run(fetch_global(url))]
        first.close()
        results.append(second.run(fetch_global(url)))
        results.append(second.run(fetch_global(url)))
        # The second event loop is still open, but nobody runs it.
        results.append(third.run(fetch_global(url)))
        return results


# ANCHOR_END: three-loops


def main() -> None:
    upstream = Upstream()
    app.state.upstream = url = upstream.start()
    asyncio.run(run_app(upstream, ["/shared", "/per-call"]))
    asyncio.run(run_app(upstream, ["/shared"]))

    for label, result in zip(LABELS, three_loops(url), strict=True):
        print(f"global client, {label}: {re.sub('<.*>', '<event>', result)}")


if __name__ == "__main__":
    main()
