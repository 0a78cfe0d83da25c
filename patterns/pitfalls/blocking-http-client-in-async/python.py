"""A blocking HTTP client sends one request at a time; an async one, all."""

import asyncio
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI

PATIENCE = 0.5
C = TypeVar("C")


class Upstream(BaseHTTPRequestHandler):
    """The other service: three requests at once, or patience ends once."""

    changed = Condition()
    now = 0
    peak = 0
    patient = True

    def do_GET(self) -> None:
        with Upstream.changed:
            Upstream.now += 1
            Upstream.peak = max(Upstream.peak, Upstream.now)
            Upstream.changed.notify_all()
            if Upstream.patient:
                Upstream.patient = Upstream.changed.wait_for(
                    lambda: Upstream.peak == 3, PATIENCE
                )
            Upstream.now -= 1
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"users")

    def log_message(self, *_: Any) -> None:
        """Nothing on the standard error."""


# ANCHOR: bad
async def get_users_blocking(client: httpx.Client, url: str) -> str:
    response = client.get(url)  # noqa: ASYNC212
    return response.text


# ANCHOR_END: bad
# ANCHOR: good
async def get_users(client: httpx.AsyncClient, url: str) -> str:
    response = await client.get(url)
    return response.text


# ANCHOR_END: good
# ANCHOR: hidden
def load_users(client: httpx.Client, url: str) -> str:
    return client.get(url).text


async def get_users_hidden(client: httpx.Client, url: str) -> str:
    return load_users(client, url)


# ANCHOR_END: hidden
# ANCHOR: thread
async def get_users_in_thread(client: httpx.Client, url: str) -> str:
    return await asyncio.to_thread(load_users, client, url)


# ANCHOR_END: thread
async def first() -> str:
    return "first"


async def second() -> str:
    return "second"


# ANCHOR: declared-twice
def declared_twice() -> FastAPI:
    app = FastAPI()
    app.get("/users")(first)
    app.get("/users")(second)
    return app


# ANCHOR_END: declared-twice
async def observe(
    example: Callable[[C, str], Awaitable[str]], client: C, url: str
) -> str:
    Upstream.peak, Upstream.patient = 0, True
    answers = await asyncio.gather(*(example(client, url) for _ in range(3)))
    return f"{len(answers)} answers, at once: {Upstream.peak}"


async def main() -> None:
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    Thread(target=upstream.serve_forever, args=[0.02]).start()
    url = f"http://127.0.0.1:{upstream.server_port}/users"

    with httpx.Client() as blocking:
        async with httpx.AsyncClient() as client:
            print("bad:", await observe(get_users_blocking, blocking, url))
            print("good:", await observe(get_users, client, url))
            print("hidden:", await observe(get_users_hidden, blocking, url))
            print("thread:", await observe(get_users_in_thread, blocking, url))
    await asyncio.to_thread(upstream.shutdown)
    upstream.server_close()

    transport = httpx.ASGITransport(declared_twice())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://app"
    ) as client:
        response = await client.get("/users")
    print("declared twice:", response.json())


if __name__ == "__main__":
    asyncio.run(main())
