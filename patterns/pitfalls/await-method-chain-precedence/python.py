"""Await takes the call chain on its right, and nothing of what follows it."""

import asyncio
import warnings
from collections.abc import Awaitable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[date]


NEWEST_FIRST = select(Item.name).order_by(Item.created_at.desc())
OLDEST_FIRST = select(Item.name).order_by(Item.created_at)


# ANCHOR: bad
async def list_items_as_printed(
    session: AsyncSession, skip: int = 0, limit: int = 10
) -> list[str]:
    statement = NEWEST_FIRST.offset(skip).limit(limit)
    return await session.scalars(statement).all()  # type: ignore


# ANCHOR_END: bad
# ANCHOR: good
async def list_items(
    session: AsyncSession, skip: int = 0, limit: int = 10
) -> list[str]:
    statement = NEWEST_FIRST.offset(skip).limit(limit)
    return list((await session.scalars(statement)).all())


# ANCHOR_END: good
# ANCHOR: untyped
async def list_items_untyped(session: Any) -> Any:
    return await session.scalars(NEWEST_FIRST).all()  # mypy is silent


# ANCHOR_END: untyped
# ANCHOR: both-await
async def oldest_item(session: AsyncSession) -> str | None:
    result = await session.stream_scalars(OLDEST_FIRST)
    return await result.first()


# ANCHOR_END: both-await
# ANCHOR: operators
async def number() -> int:
    return 3


async def numbers() -> list[int]:
    return [4, 5]


async def operators() -> list[int]:
    return [
        (await numbers())[1],
        await number() ** 2,
        -await number(),
        await number() + await number(),
    ]


# ANCHOR_END: operators
class Items:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.cache = {1: "lamp"}
        self.queries = 0

    async def cached(self, item_id: int) -> str | None:
        return self.cache.get(item_id)

    async def stored(self, item_id: int) -> str | None:
        self.queries += 1
        item = await self.session.get(Item, item_id)
        return item.name if item else None

    # ANCHOR: half
    async def get_item_half(self, item_id: int) -> str | None:
        name = await self.cached(item_id) or self.stored(item_id)
        return name  # type: ignore[return-value]

    # ANCHOR_END: half
    # ANCHOR: fallback
    async def get_item(self, item_id: int) -> str | None:
        return await self.cached(item_id) or await self.stored(item_id)

    # ANCHOR_END: fallback
    # ANCHOR: comma
    async def two_names(self) -> str:
        first, second = await self.stored(1), self.stored(2)
        return f"{first} and {second}"

    # ANCHOR_END: comma


async def outcome(call: Awaitable[Any]) -> str:
    try:
        return str(await call)
    except AttributeError as error:
        return f"AttributeError: {error}"


async def kind_of(call: Awaitable[object]) -> str:
    return type(await call).__name__


async def main() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine)
    async with sessions.begin() as session:
        for day, name in enumerate(["lamp", "desk", "sofa"], start=1):
            session.add(Item(name=name, created_at=date(2026, 1, day)))

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        async with sessions() as session:
            print("bad:", await outcome(list_items_as_printed(session)))
            print("untyped:", await outcome(list_items_untyped(session)))
            print("warnings:", *{str(warning.message) for warning in caught})
            print("good:", *await list_items(session, skip=1, limit=2))
            print("both await:", await oldest_item(session))
            print("operators:", *await operators())

            for item_id in (1, 2):
                items = Items(session)
                kind = await kind_of(items.get_item_half(item_id))
                print(f"half, item {item_id}: {kind}")
                found = await items.get_item(item_id)
                print(f"item {item_id}: {found}, queries: {items.queries}")
            text = await Items(session).two_names()
            print("comma:", text.partition(" at ")[0])
            print("AsyncSession.exec exists:", hasattr(session, "exec"))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
