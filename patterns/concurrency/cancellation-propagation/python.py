"""Cancel a batch from outside, and see what its items do on the way out."""

import asyncio


class Items:
    """Hands out claims, and holds all work until the gate opens."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.gate = asyncio.Event()

    def events(self, item: int) -> str:
        ends = (f" {item}", " ended")
        return ", ".join(event for event in self.log if event.endswith(ends))

    def claim(self, item: int) -> None:
        self.log.append(f"claimed {item}")

    async def process(self, item: int) -> str:
        await self.gate.wait()
        self.log.append(f"processed {item}")
        return f"result {item}"

    async def release(self, item: int) -> None:
        self.log.append(f"releasing {item}")
        await asyncio.sleep(0.02)
        self.log.append(f"released {item}")

    async def save(self, item: int) -> None:
        self.log.append(f"saving {item}")
        await self.gate.wait()
        self.log.append(f"saved {item}")


# ANCHOR: core
async def process_item(items: Items, item: int) -> str:
    items.claim(item)
    try:
        return await items.process(item)
    finally:
        await items.release(item)


async def process_batch(items: Items, batch: list[int]) -> list[str]:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(process_item(items, item)) for item in batch]
    return [task.result() for task in tasks]


# ANCHOR_END: core


# ANCHOR: stop
async def stop_batch(items: Items) -> bool:
    task = asyncio.create_task(process_batch(items, [1, 2]))
    await asyncio.sleep(0.01)  # both items are being processed

    task.cancel()
    await asyncio.wait([task])
    items.log.append("batch ended")
    return task.cancelled()


# ANCHOR_END: stop


# ANCHOR: twice
async def stop_item_twice(items: Items) -> None:
    task = asyncio.create_task(process_item(items, 3))
    await asyncio.sleep(0.01)

    task.cancel()
    await asyncio.sleep(0.01)  # it is being released
    task.cancel()
    await asyncio.wait([task])
    items.log.append("item ended")


# ANCHOR_END: twice


# ANCHOR: refuse
async def refuse(items: Items) -> str:
    try:
        return await items.process(4)
    except asyncio.CancelledError:
        return "refused"


# ANCHOR_END: refuse


# ANCHOR: shield
async def save_item(items: Items, saves: asyncio.TaskGroup) -> None:
    saving = saves.create_task(items.save(5))
    await asyncio.shield(saving)


async def stop_saving(items: Items) -> None:
    async with asyncio.TaskGroup() as saves:
        task = asyncio.create_task(save_item(items, saves))
        await asyncio.sleep(0.01)

        task.cancel()
        await asyncio.wait([task])
        items.log.append("caller ended")
        items.gate.set()


# ANCHOR_END: shield


async def main() -> None:
    items = Items()
    items.gate.set()
    print("returned:", ", ".join(await process_batch(items, [1])))
    print("item 1:", items.events(1))

    items = Items()
    print("batch cancelled:", "yes" if await stop_batch(items) else "no")
    print("item 1:", items.events(1))
    print("item 2:", items.events(2))

    items = Items()
    await stop_item_twice(items)
    print("item 3:", items.events(3))

    task = asyncio.create_task(refuse(Items()))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    cancelled = "yes" if task.cancelled() else "no"
    print(f"item 4: cancelled: {cancelled}, returned: {task.result()}")

    items = Items()
    await stop_saving(items)
    print("item 5:", items.events(5))


if __name__ == "__main__":
    asyncio.run(main())
