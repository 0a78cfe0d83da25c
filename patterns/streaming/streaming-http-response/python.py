"""A response body that is sent item by item while it is still being made."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import aiosqlite
import httpx
import uvicorn
from aiosqlite import Connection
from fastapi import Depends, FastAPI
from fastapi.responses import StreamingResponse

Lines = AsyncGenerator[str, None]

NDJSON = "application/x-ndjson"
SCHEMA = """
    CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO items (name) VALUES ('tea'), ('coffee'), ('cocoa');
"""

app = FastAPI()
log: list[str] = []
received = asyncio.Semaphore(0)
db_closed = asyncio.Event()


# ANCHOR: resource
async def get_db() -> AsyncIterator[Connection]:
    try:
        async with aiosqlite.connect(app.state.database) as db:
            yield db
    except asyncio.CancelledError:
        log.append("cancelled")
        raise
    finally:
        log.append("db closed")
        db_closed.set()


open_db = asynccontextmanager(get_db)
# ANCHOR_END: resource


# ANCHOR: core
async def fetch_items_stream(db: Connection) -> Lines:
    async with db.execute("SELECT id, name FROM items ORDER BY id") as rows:
        async for item_id, name in rows:
            log.append(f"made {item_id}")
            yield json.dumps({"id": item_id, "name": name}) + "\n"
            await received.acquire()  # until the client has this item


async def generate() -> Lines:
    async with open_db() as db, aclosing(fetch_items_stream(db)) as lines:
        async for line in lines:
            yield line


@app.get("/items/stream")
async def stream_items() -> StreamingResponse:
    return StreamingResponse(generate(), media_type=NDJSON)


# ANCHOR_END: core


# ANCHOR: error
async def generate_and_fail() -> Lines:
    async with aclosing(generate()) as lines:
        async for line in lines:
            if "coffee" in line:
                raise ValueError("no coffee left")
            yield line


@app.get("/items/broken")
async def stream_broken_items() -> StreamingResponse:
    return StreamingResponse(generate_and_fail(), media_type=NDJSON)


# ANCHOR_END: error


# ANCHOR: dependency
RequestDb = Annotated[Connection, Depends(get_db)]
FunctionDb = Annotated[Connection, Depends(get_db, scope="function")]


@app.get("/items/request-scope")
async def stream_open_db(db: RequestDb) -> StreamingResponse:
    return StreamingResponse(fetch_items_stream(db), media_type=NDJSON)


@app.get("/items/function-scope")
async def stream_closed_db(db: FunctionDb) -> StreamingResponse:
    return StreamingResponse(fetch_items_stream(db), media_type=NDJSON)


# ANCHOR_END: dependency


# ANCHOR: client
async def read(response: httpx.Response, leave: bool) -> None:
    try:
        async for line in response.aiter_lines():
            log.append(f"got {json.loads(line)['id']}")
            if leave:
                return
            received.release()
        log.append("end")
    except httpx.RemoteProtocolError as error:
        log.append(type(error).__name__)


# ANCHOR_END: client


async def main() -> None:
    sock = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{sock.getsockname()[1]}/items/"
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    with TemporaryDirectory() as folder:
        app.state.database = Path(folder, "items.db")
        async with aiosqlite.connect(app.state.database) as db:
            await db.executescript(SCHEMA)
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        async with httpx.AsyncClient(base_url=url) as client:
            for path, leave in [
                ("stream", False),
                ("broken", False),
                ("stream", True),
                ("request-scope", False),
                ("function-scope", False),
            ]:
                log.clear()
                db_closed.clear()
                async with client.stream("GET", path) as response:
                    await read(response, leave)
                async with asyncio.timeout(5):
                    await db_closed.wait()
                if path == "request-scope":
                    log.remove("db closed")  # before or after the end
                print(f"{path}: {response.status_code}, {', '.join(log)}")
        server.should_exit = True
        await serving


if __name__ == "__main__":
    asyncio.run(main())
