"""Keep at most ten calls in flight, and size a limit to its resource."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    create_async_engine,
)


class Api:
    """An external service that counts how many calls are in flight."""

    def __init__(self) -> None:
        self.in_flight = 0
        self.peak = 0

    async def get_product(self, product_id: int) -> str:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await asyncio.sleep(0.005 if product_id % 2 else 0.015)
        self.in_flight -= 1
        return f"product {product_id}"


# ANCHOR: core
class Products:
    def __init__(self, api: Api) -> None:
        self.api = api
        self.semaphore = asyncio.Semaphore(10)

    async def fetch_with_limit(self, product_id: int) -> str:
        async with self.semaphore:
            return await self.api.get_product(product_id)

    async def fetch_all_products(self, product_ids: list[int]) -> list[str]:
        fetches = [self.fetch_with_limit(pid) for pid in product_ids]
        return await asyncio.gather(*fetches)


# ANCHOR_END: core


# ANCHOR: per-call
async def fetch_all_products(api: Api, product_ids: list[int]) -> list[str]:
    semaphore = asyncio.Semaphore(10)

    async def fetch_with_limit(product_id: int) -> str:
        async with semaphore:
            return await api.get_product(product_id)

    fetches = [fetch_with_limit(pid) for pid in product_ids]
    return await asyncio.gather(*fetches)


# ANCHOR_END: per-call


class Database:
    """A pool whose queries last until a rush of callers is settled."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.rush = 0
        self.settled = 0
        self.all_settled = asyncio.Event()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        try:
            connection = await self.engine.connect()
        finally:
            self.settled += 1
            if self.settled == self.rush:
                self.all_settled.set()
        try:
            yield connection
        finally:
            await connection.close()

    async def slow_select(self, opened: AsyncConnection, item: int) -> str:
        await self.all_settled.wait()
        query = text("select 'item ' || :item").bindparams(item=item)
        return str(await opened.scalar(query))


# ANCHOR: pool
def open_database(folder: str) -> Database:
    url = f"sqlite+aiosqlite:///{folder}/items.db"
    engine = create_async_engine(
        url, pool_size=5, max_overflow=10, pool_timeout=1.2
    )
    return Database(engine)


async def get_items(database: Database, limit: int) -> list[str]:
    semaphore = asyncio.Semaphore(limit)

    async def limited_get(item_id: int) -> str:
        async with semaphore, database.connect() as connection:
            return await database.slow_select(connection, item_id)

    gets = [outcome(limited_get(item_id)) for item_id in range(50)]
    return await asyncio.gather(*gets)


# ANCHOR_END: pool


async def outcome(lookup: Awaitable[str]) -> str:
    try:
        await lookup
    except PoolTimeout as error:
        return str(error).split(",")[0]
    return "found"


async def main() -> None:
    product_ids = list(range(1, 41))
    expected = [f"product {pid}" for pid in product_ids]

    api = Api()
    found = await Products(api).fetch_all_products(product_ids)
    print("one call:", api.peak, "in flight")
    print("results in order:", "yes" if found == expected else "no")

    api = Api()
    await asyncio.gather(
        *(fetch_all_products(api, product_ids) for _ in range(3))
    )
    print("three calls, a limit per call:", api.peak, "in flight")

    api = Api()
    products = Products(api)
    await asyncio.gather(
        *(products.fetch_all_products(product_ids) for _ in range(3))
    )
    print("three calls, a shared limit:", api.peak, "in flight")

    with tempfile.TemporaryDirectory() as folder:
        for limit in (50, 15):
            database = open_database(folder)
            database.rush = limit
            outcomes = await get_items(database, limit)
            print(f"limit of {limit} over a pool of 15:")
            for name, count in sorted(Counter(outcomes).items()):
                print(f"  {count} x {name}")
            await database.engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
