"""Tasks share what they like on one loop; a thread has one door to it."""

import asyncio
import threading

import httpx
from fastapi import FastAPI


class Desk:
    def __init__(self) -> None:
        self.greeted = 0

    async def greet(self, name: str) -> str:
        await asyncio.sleep(0)
        self.greeted += 1
        return f"hello {name}"


# ANCHOR: owned
async def greet_in_tasks(desk: Desk, names: list[str]) -> list[str]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(desk.greet(name)) for name in names]
    return [task.result() for task in tasks]


# ANCHOR_END: owned
# ANCHOR: borrowed
async def greet_together(desk: Desk, names: list[str]) -> list[str]:
    return await asyncio.gather(*(desk.greet(name) for name in names))


# ANCHOR_END: borrowed
class Card:
    def __init__(self, text: str) -> None:
        self.name = text.title()


# ANCHOR: handler
def app(desk: Desk) -> FastAPI:
    app = FastAPI()

    @app.get("/greet")
    async def show_greeting() -> str:
        card = Card("ann")
        return await desk.greet(card.name)

    return app


# ANCHOR_END: handler
# ANCHOR: from-thread
async def ask_a_thread() -> str:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def work() -> None:
        loop.call_soon_threadsafe(answer.set_result, "hello from a thread")

    threading.Thread(target=work).start()
    return await answer


# ANCHOR_END: from-thread
# ANCHOR: wrong-thread
async def ask_a_thread_directly() -> str:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()
    loop.set_debug(True)
    work = asyncio.to_thread(loop.call_soon, answer.set_result, "hello")
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    loop.set_debug(False)
    return f"{type(outcome).__name__}: {outcome}"


# ANCHOR_END: wrong-thread
async def main() -> None:
    desk = Desk()
    names = ["ann", "bob", "eve"]
    print(f"tasks: {', '.join(await greet_in_tasks(desk, names))}")
    print(f"together: {', '.join(await greet_together(desk, names))}")

    transport = httpx.ASGITransport(app=app(desk))
    async with httpx.AsyncClient(transport=transport) as client:
        response = await client.get("http://desk/greet")
    print(f"handler: {response.json()}")
    print(f"one desk greeted: {desk.greeted}")

    print(f"thread: {await ask_a_thread()}")
    print(f"wrong thread: {await ask_a_thread_directly()}")


if __name__ == "__main__":
    asyncio.run(main())
