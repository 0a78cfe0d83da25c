"""Take what comes first, stop the rest, and starve nobody in a loop."""

import asyncio
from collections.abc import Awaitable, Callable

Log = list[str]


class Mirror:
    def __init__(self, name: str) -> None:
        self.name = name
        self.ready, self.answered = asyncio.Event(), asyncio.Event()

    async def fetch(self, log: Log) -> str:
        try:
            await self.ready.wait()
        except asyncio.CancelledError:
            log.append(f"{self.name} stopped")
            raise
        log.append(f"{self.name} answered")
        self.answered.set()
        return self.name


# ANCHOR: core
async def first_answer(log: Log, near: Mirror, far: Mirror) -> str:
    tasks = [asyncio.create_task(mirror.fetch(log)) for mirror in (near, far)]
    first = asyncio.FIRST_COMPLETED
    try:
        done, _ = await asyncio.wait(tasks, return_when=first)
        return next(task for task in tasks if task in done).result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


# ANCHOR_END: core
# ANCHOR: loser
async def winner_only(log: Log, near: Mirror, far: Mirror) -> str:
    tasks = [asyncio.create_task(mirror.fetch(log)) for mirror in (near, far)]
    first = asyncio.FIRST_COMPLETED
    done, _ = await asyncio.wait(tasks, return_when=first)
    return next(task for task in tasks if task in done).result()


# ANCHOR_END: loser
class Inbox:
    def __init__(self) -> None:
        self.orders: asyncio.Queue[str] = asyncio.Queue()
        self.signals: asyncio.Queue[str] = asyncio.Queue()
        for _ in range(2000):
            self.orders.put_nowait("orders")
        for _ in range(200):
            self.signals.put_nowait("signals")
        self.order = asyncio.create_task(self.orders.get())
        self.signal = asyncio.create_task(self.signals.get())

    async def wait(self) -> None:
        pair = (self.order, self.signal)
        await asyncio.wait(pair, return_when=asyncio.FIRST_COMPLETED)

    def take_order(self) -> str:
        order = self.order.result()
        self.order = asyncio.create_task(self.orders.get())
        return order

    def take_signal(self) -> str:
        signal = self.signal.result()
        self.signal = asyncio.create_task(self.signals.get())
        return signal


# ANCHOR: every-branch
async def every_branch(inbox: Inbox) -> list[str]:
    await inbox.wait()
    taken: list[str] = []
    if inbox.order.done():
        taken.append(inbox.take_order())
    if inbox.signal.done():
        taken.append(inbox.take_signal())
    return taken


# ANCHOR_END: every-branch
# ANCHOR: busy-first
async def busy_first(inbox: Inbox) -> list[str]:
    await inbox.wait()
    order_first = inbox.order.done()
    return [inbox.take_order() if order_first else inbox.take_signal()]


# ANCHOR_END: busy-first
# ANCHOR: rare-first
async def rare_first(inbox: Inbox) -> list[str]:
    await inbox.wait()
    signal_first = inbox.signal.done()
    return [inbox.take_signal() if signal_first else inbox.take_order()]


# ANCHOR_END: rare-first
async def take(step: Callable[[Inbox], Awaitable[list[str]]]) -> str:
    inbox = Inbox()
    taken: list[str] = []
    while len(taken) < 1000:
        taken += await step(inbox)
    inbox.order.cancel()
    inbox.signal.cancel()
    orders, signals = taken.count("orders"), taken.count("signals")
    return f"orders {orders}, signals {signals}"


async def main() -> None:
    log: Log = []
    near, far = Mirror("near"), Mirror("far")
    asyncio.get_running_loop().call_soon(near.ready.set)
    log.append(f"caller has {await first_answer(log, near, far)}")
    print(f"first answer: {', '.join(log)}")

    log.clear()
    log.append(f"caller has {await winner_only(log, near, far)}")
    far.ready.set()
    await far.answered.wait()
    print(f"winner only: {', '.join(log)}")

    print(f"every branch: {await take(every_branch)}")
    print(f"busy first: {await take(busy_first)}")
    print(f"rare first: {await take(rare_first)}")


if __name__ == "__main__":
    asyncio.run(main())
