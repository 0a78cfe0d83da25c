"""Three workers deliver twelve orders from a queue with two places."""

import asyncio
from collections.abc import Iterator


class NoRouteError(Exception):
    """An order cannot be delivered: number 4, or all while it is down."""


class Hooks:
    """Makes and delivers orders, and counts how many exist at once."""

    def __init__(self, down: bool = False) -> None:
        self.down = down
        self.made = self.begun = self.ended = 0
        self.open = self.in_flight = 0
        self.delivered: list[int] = []
        self.failed: list[str] = []
        self.workers: list[asyncio.Task[None]] = []

    def orders(self) -> Iterator[int]:
        for order in range(1, 13):
            self.made += 1
            self.open = max(self.open, self.made - self.ended)
            yield order

    async def deliver(self, order: int) -> None:
        self.begun += 1
        self.in_flight = max(self.in_flight, self.begun - self.ended)
        await asyncio.sleep(0.01)
        self.ended += 1
        if self.down or order == 4:
            raise NoRouteError(f"no route for order {order}")
        self.delivered.append(order)


# ANCHOR: worker
async def handle(hooks: Hooks, order: int) -> None:
    try:
        await hooks.deliver(order)
    except NoRouteError as error:
        hooks.failed.append(str(error))


async def worker(hooks: Hooks, queue: asyncio.Queue[int]) -> None:
    while True:
        order = await queue.get()
        try:
            await handle(hooks, order)
        finally:
            queue.task_done()


# ANCHOR_END: worker


# ANCHOR: core
async def run_pool(hooks: Hooks, places: int) -> None:
    queue = asyncio.Queue[int](places)
    async with asyncio.TaskGroup() as tg:
        workers = [tg.create_task(worker(hooks, queue)) for _ in range(3)]

        for order in hooks.orders():
            await queue.put(order)  # waits while the queue is full

        await queue.join()
        for idle in workers:
            idle.cancel()


# ANCHOR_END: core


# ANCHOR: fragile
async def fragile_worker(hooks: Hooks, queue: asyncio.Queue[int]) -> None:
    while True:
        order = await queue.get()
        await hooks.deliver(order)
        queue.task_done()


async def run_fragile_pool(hooks: Hooks) -> None:
    queue = asyncio.Queue[int](2)
    hooks.workers = [
        asyncio.create_task(fragile_worker(hooks, queue)) for _ in range(3)
    ]
    for order in hooks.orders():
        await queue.put(order)
    await queue.join()


# ANCHOR_END: fragile


async def nothing_moves(hooks: Hooks) -> None:
    """Waits until no order has been in flight for twenty turns."""
    quiet = 0
    while quiet < 20:
        await asyncio.sleep(0)
        quiet = quiet + 1 if hooks.begun == hooks.ended else 0


async def main() -> None:
    for places in (2, 100):
        hooks = Hooks()
        await run_pool(hooks, places)
        counts = f"{hooks.in_flight} in flight, {hooks.open} open"
        print(f"queue of {places}: {counts}")
        print("  delivered:", join(hooks.delivered))
        print("  failed:", join(hooks.failed))

    hooks_of = {"one": Hooks(), "every": Hooks(down=True)}
    runs = {name: run_fragile_pool(hooks) for name, hooks in hooks_of.items()}
    pools = {name: asyncio.create_task(run) for name, run in runs.items()}
    for name, hooks in hooks_of.items():
        await nothing_moves(hooks)
        print(f"fragile, {name} order fails:")
        print("  delivered:", join(hooks.delivered))
        ended = [w.exception() for w in hooks.workers if w.done()]
        print("  workers left:", 3 - len(ended))
        print("  pool ended:", "yes" if pools[name].done() else "no")


def join(values: list[int] | list[str]) -> str:
    return " ".join(map(str, sorted(values))) or "none"


if __name__ == "__main__":
    asyncio.run(main())
