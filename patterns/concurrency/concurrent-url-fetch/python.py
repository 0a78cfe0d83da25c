"""Fetch many URLs over one client, and keep an outcome for each of them."""

import asyncio
import json
import socket
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel


class Upstream:
    """Counts requests, and answers the busy ones when eight are there."""

    def __init__(self) -> None:
        self.eight = asyncio.Barrier(8)
        self.stop = asyncio.Event()
        self.now = self.peak = 0

    def app(self) -> FastAPI:
        app = FastAPI()
        app.get("/items/{item_id}")(self.item)
        app.get("/busy/{item_id}")(self.busy)
        app.get("/broken")(self.broken)
        app.get("/page")(self.page)
        app.get("/slow")(self.stop.wait)
        return app

    async def item(self, item_id: int) -> dict[str, int]:
        return {"id": item_id}

    async def busy(self, item_id: int) -> dict[str, int]:
        self.now += 1
        self.peak = max(self.peak, self.now)
        await self.eight.wait()
        await asyncio.sleep(0.02)  # time for a ninth to arrive
        self.now -= 1
        return {"id": item_id}

    async def broken(self) -> Response:
        return Response('{"detail":"upstream broke"}', 500)

    async def page(self) -> Response:
        return Response("<h1>hello</h1>")


# ANCHOR: core
class Item(BaseModel):
    id: int


@dataclass
class Failed:
    reason: str


async def fetch_data(client: httpx.AsyncClient, url: str) -> Item | Failed:
    try:
        response = await client.get(url)
        return Item.model_validate_json(response.raise_for_status().content)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Failed(reason(error))


async def process_urls(
    client: httpx.AsyncClient, urls: list[str]
) -> list[Item | Failed]:
    limit = asyncio.Semaphore(8)

    async def fetch(url: str) -> Item | Failed:
        async with limit:
            return await fetch_data(client, url)

    return await asyncio.gather(*[fetch(url) for url in urls])


# ANCHOR_END: core


# ANCHOR: reason
def reason(error: Exception) -> str:
    match error:
        case httpx.HTTPStatusError():
            return f"status {error.response.status_code}"
        case httpx.TimeoutException():
            return "timed out"
        case httpx.InvalidURL():
            return "bad address"
        case ValueError():
            return "no item"
        case _:
            return "no answer"


# ANCHOR_END: reason


# ANCHOR: unchecked
async def fetch_unchecked(client: httpx.AsyncClient, url: str) -> Any:
    response = await client.get(url)
    return response.json()


async def process_unchecked(
    client: httpx.AsyncClient, urls: list[str]
) -> list[dict[str, Any]]:
    tasks = [fetch_unchecked(client, url) for url in urls]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    return results  # type: ignore[return-value]


# ANCHOR_END: unchecked


def describe(outcome: Item | Failed) -> str:
    if isinstance(outcome, Failed):
        return outcome.reason
    return f"item {outcome.id}"


async def main() -> None:
    upstream = Upstream()
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(upstream.app(), log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"

    refusing = socket.socket()  # bound, and nobody listens
    refusing.bind(("127.0.0.1", 0))
    refused = f"http://127.0.0.1:{refusing.getsockname()[1]}"

    async with httpx.AsyncClient(timeout=0.9) as client:
        names = ["items/1", "broken", "page", "slow"]
        urls = [f"{url}/{name}" for name in names]
        outcomes = await process_urls(client, [*urls, refused, "http://a:port"])
        names += ["refused", "malformed"]
        for name, outcome in zip(names, outcomes, strict=True):
            print(f"{name}: {describe(outcome)}")

        busy = [f"{url}/busy/{item_id}" for item_id in range(24)]
        outcomes = await process_urls(client, busy)
        in_order = outcomes == [Item(id=item_id) for item_id in range(24)]
        print("24 items in order:", "yes" if in_order else "no")
        print("requests at once:", upstream.peak)

        results = await process_unchecked(client, urls[:3])
        for name, result in zip(names[:3], results, strict=True):
            found = isinstance(result, dict)
            kind = (
                json.dumps(result, separators=(",", ":"))
                if found
                else type(result).__name__
            )
            print(f"unchecked {name}: {kind}")

    upstream.stop.set()
    server.should_exit = True
    await serving
    refusing.close()


if __name__ == "__main__":
    asyncio.run(main())
