"""Fetch five thousand items, and count what exists while they are fetched."""

import asyncio
from collections.abc import Iterable, Iterator


class Catalog:
    """Reads ids and answers them, and counts the most of each at once."""

    def __init__(self) -> None:
        self.read = self.begun = self.answered = 0
        self.in_flight = self.held = self.tasks = 0

    def ids(self) -> Iterator[int]:
        for item_id in range(1, 5001):
            self.read += 1
            yield item_id

    async def get_item(self, item_id: int) -> str:
        self.begun += 1
        self.in_flight = max(self.in_flight, self.begun - self.answered)
        self.held = max(self.held, self.read - self.answered)
        if item_id % 500 == 1:  # counting tasks is slow
            self.tasks = max(self.tasks, len(asyncio.all_tasks()))
        await asyncio.sleep(0.001)
        self.answered += 1
        return f"item {item_id}"


# ANCHOR: bad
async def bad_example(catalog: Catalog, ids: Iterable[int]) -> list[str]:
    gets = [catalog.get_item(item_id) for item_id in ids]
    return await asyncio.gather(*gets)


# ANCHOR_END: bad


# ANCHOR: limited
async def limited_example(catalog: Catalog, ids: Iterable[int]) -> list[str]:
    semaphore = asyncio.Semaphore(50)

    async def limited_get(item_id: int) -> str:
        async with semaphore:
            return await catalog.get_item(item_id)

    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(limited_get(item_id)) for item_id in ids]
    return [task.result() for task in tasks]


# ANCHOR_END: limited


# ANCHOR: good
async def good_example(catalog: Catalog, ids: Iterable[int]) -> list[str]:
    items: list[str] = []
    waiting = iter(ids)  # shared: every id goes to one worker

    async def get_items() -> None:
        for item_id in waiting:
            items.append(await catalog.get_item(item_id))

    async with asyncio.TaskGroup() as tg:
        for _ in range(50):
            tg.create_task(get_items())
    return items


# ANCHOR_END: good


async def main() -> None:
    expected = [f"item {item_id}" for item_id in range(1, 5001)]
    for name, example in [
        ("gather", bad_example),
        ("semaphore", limited_example),
        ("workers", good_example),
    ]:
        catalog = Catalog()
        items = await example(catalog, catalog.ids())
        complete = sorted(items) == sorted(expected)
        print(f"{name}, complete: {'yes' if complete else 'no'}")
        print(f"  in flight: {catalog.in_flight}")
        print(f"  ids held: {catalog.held}")
        print(f"  tasks: {catalog.tasks}")


if __name__ == "__main__":
    asyncio.run(main())
