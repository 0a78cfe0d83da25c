"""Where a route's code runs, and what it does to /health while it waits."""

import asyncio
import socket
import threading
import time

import httpx
import uvicorn
from fastapi import FastAPI

PATIENCE = 0.7


class UserService:
    """A slow service: it answers once /health has, or when patience ends."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.health_answered = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()

    def run(self, calls: int) -> None:
        for _ in range(calls):
            caller, _ = self.listener.accept()
            with caller, caller.makefile("rw") as stream:
                user_id = stream.readline().strip()
                self.health_answered.clear()
                self.asked.set()
                alive = self.health_answered.wait(PATIENCE)
                stream.write(f"user {user_id}, health answered: {yes(alive)}")

    def fetch(self, user_id: int) -> str:
        with socket.create_connection(self.address) as connection:
            connection.sendall(f"{user_id}\n".encode())
            return connection.makefile().read()

    async def fetch_async(self, user_id: int) -> str:
        reader, writer = await asyncio.open_connection(*self.address)
        writer.write(f"{user_id}\n".encode())
        answer = await reader.read()
        writer.close()
        return answer.decode()


service = UserService()
app = FastAPI()


@app.get("/health")
async def health() -> str:
    service.health_answered.set()
    return "ok"


# ANCHOR: core
@app.get("/await/users/{user_id}")
async def get_user(user_id: int) -> str:
    return await service.fetch_async(user_id)


# ANCHOR_END: core
# ANCHOR: bad
@app.get("/block/users/{user_id}")
async def get_user_blocking(user_id: int) -> str:
    return service.fetch(user_id)


# ANCHOR_END: bad
# ANCHOR: thread
@app.get("/thread/users/{user_id}")
def get_user_in_thread(user_id: int) -> str:
    return service.fetch(user_id)


# ANCHOR_END: thread
# ANCHOR: trivial
@app.get("/async-def/thread")
async def thread_of_async_def() -> int:
    return threading.get_ident()


@app.get("/def/thread")
def thread_of_def() -> int:
    return threading.get_ident()


# ANCHOR_END: trivial
# ANCHOR: cpu
@app.get("/compute/{size}")
def compute(size: int) -> float:
    began = time.thread_time()
    sum(number * number for number in range(size))
    return time.thread_time() - began  # CPU time of this thread


async def two_computations(client: httpx.AsyncClient) -> bool:
    began = time.monotonic()
    requests = [client.get("/compute/600000") for _ in range(2)]
    spent = [float(r.text) for r in await asyncio.gather(*requests)]
    return sum(spent) < (time.monotonic() - began) * 1.1


# ANCHOR_END: cpu
async def beside_health(client: httpx.AsyncClient, path: str) -> str:
    service.asked.clear()
    user = asyncio.create_task(client.get(path))
    await asyncio.to_thread(service.asked.wait)
    await client.get("/health")
    return str((await user).json())


def yes(condition: bool) -> str:
    return "yes" if condition else "no"


async def main() -> None:
    threading.Thread(target=service.run, args=[3], daemon=True).start()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    backend = threading.Thread(
        target=server.run, args=[[listener]], daemon=True
    )
    backend.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url) as client:
        for kind in ("await", "block", "thread"):
            print(f"{kind}:", await beside_health(client, f"/{kind}/users/7"))

        routes = ("/async-def/thread", "/def/thread")
        idents = {(await client.get(route)).text for route in routes}
        print("def leaves the loop's thread:", yes(len(idents) == 2))
        one_core = await two_computations(client)
        print("two computations share one core:", yes(one_core))
    server.should_exit = True
    backend.join()


if __name__ == "__main__":
    asyncio.run(main())
