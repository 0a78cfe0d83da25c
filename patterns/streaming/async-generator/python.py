"""An async generator makes values on demand, and somebody has to close it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import aclosing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Log = list[str]
NAMES = ["tea", "coffee", "cocoa"]


class Base(DeclarativeBase):
    pass


class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Db:
    """Three products, one connection, and a log."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.session = async_sessionmaker(engine)
        self.log: Log = []


# ANCHOR: core
async def stream_all_products(db: Db) -> AsyncGenerator[Product, None]:
    async with db.session() as session:
        query = select(Product).order_by(Product.id)
        async for product in await session.stream_scalars(query):
            db.log.append(f"made {product.name}")
            yield product


async def process_all(db: Db) -> None:
    async with aclosing(stream_all_products(db)) as products:
        db.log.append("called")
        async for product in products:
            db.log.append(f"processed {product.name}")


# ANCHOR_END: core
# ANCHOR: bad
async def first_and_next(db: Db) -> str:
    products = stream_all_products(db)
    async for product in products:
        first = product.name
        break
    return f"{first}, then {await next_query(db)}"


# ANCHOR_END: bad
# ANCHOR: good
async def first_closed_and_next(db: Db) -> str:
    async with aclosing(stream_all_products(db)) as products:
        async for product in products:
            first = product.name
            break
    return f"{first}, then {await next_query(db)}"


# ANCHOR_END: good
async def next_query(db: Db) -> str:
    async with db.session() as session:
        try:
            return str(await session.scalar(text("SELECT 'an answer'")))
        except PoolTimeout:
            return "no connection"


# ANCHOR: collected
async def count(log: Log) -> AsyncGenerator[int, None]:
    owner = asyncio.current_task()
    try:
        for number in (1, 2, 3):
            yield number
    finally:
        other = asyncio.current_task() is not owner
        log.append("closed by another task" if other else "closed")


async def leave_early(log: Log) -> None:
    async for number in count(log):
        log.append(f"got {number}")
        break
    log.append("after the loop")
    await asyncio.sleep(0.05)


# ANCHOR_END: collected
# ANCHOR: timeout
async def wait_for_each(log: Log) -> None:
    async with aclosing(count(log)) as numbers:
        while True:
            async with asyncio.timeout(0.05):
                number = await anext(numbers, None)
            if number is None:
                break
            log.append(f"got {number}")
            await asyncio.sleep(0.1)  # takes longer than any wait may


# ANCHOR_END: timeout
# ANCHOR: timeout-inside
async def count_in_time() -> AsyncGenerator[int, None]:
    async with asyncio.timeout(0.05):
        for number in (1, 2, 3):
            yield number


async def wait_for_all(log: Log) -> None:
    async with aclosing(count_in_time()) as numbers:
        async for number in numbers:
            log.append(f"got {number}")
            await asyncio.sleep(5)


# ANCHOR_END: timeout-inside
async def fetch_page(number: int) -> list[str] | None:
    await asyncio.sleep(0)
    return NAMES[number * 2 - 2 : number * 2] or None


# ANCHOR: by-hand
class Pages(AsyncIterator[list[str]]):
    def __init__(self) -> None:
        self.number = 1

    async def __anext__(self) -> list[str]:
        page = await fetch_page(self.number)
        if page is None:
            raise StopAsyncIteration
        self.number += 1
        return page


# ANCHOR_END: by-hand
# ANCHOR: wrong-stream
async def names_as_printed(session: AsyncSession) -> list[str]:
    products = session.stream(select(Product))
    return [p.name async for p in products]  # type: ignore[attr-defined]


async def names_of_rows(session: AsyncSession) -> list[str]:
    rows = await session.stream(select(Product))
    return [row.name async for row in rows]


async def names_of_products(session: AsyncSession) -> list[str]:
    products = await session.stream_scalars(select(Product))
    return [product.name async for product in products]


# ANCHOR_END: wrong-stream
async def outcome(names: Awaitable[list[str]]) -> str:
    try:
        return " ".join(await names)
    except (TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


async def main() -> None:
    with TemporaryDirectory() as folder:
        engine = create_async_engine(
            f"sqlite+aiosqlite:///{Path(folder, 'products.db')}",
            pool_size=1,
            max_overflow=0,
            pool_timeout=0.3,
        )
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        db = Db(engine)
        async with db.session.begin() as session:
            session.add_all([Product(name=name) for name in NAMES])

        await process_all(db)
        print(", ".join(db.log))
        print(f"left open: {await first_and_next(db)}")
        await asyncio.sleep(0.05)
        print(f"closed: {await first_closed_and_next(db)}")
        async with db.session() as session:
            for names in (names_as_printed, names_of_rows, names_of_products):
                print(f"{names.__name__}: {await outcome(names(session))}")
        await engine.dispose()

    log: Log = []
    await leave_early(log)
    print(f"left early: {', '.join(log)}")
    log = []
    await wait_for_each(log)
    print(f"timeout outside: {', '.join(log)}")
    log = []
    reader = asyncio.create_task(wait_for_all(log))
    await asyncio.wait([reader])
    ended = "cancelled" if reader.cancelled() else "not cancelled"
    print(f"timeout inside: {', '.join(log)}, reader {ended}")
    pages = [" ".join(page) async for page in Pages()]
    print(f"pages: {', '.join(pages)}")


if __name__ == "__main__":
    asyncio.run(main())
