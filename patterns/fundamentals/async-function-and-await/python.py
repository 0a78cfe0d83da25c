"""An async function runs when it is awaited, and its coroutine only once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import select
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine("sqlite+aiosqlite://")


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


@dataclass
class UserProfile:
    name: str

    @classmethod
    def from_user(cls, user: User) -> Self:
        return cls(name=user.name)


@dataclass
class Store:
    session: async_sessionmaker[AsyncSession]
    asked: list[int] = field(default_factory=list)


# ANCHOR: core
async def get_user(store: Store, user_id: int) -> User | None:
    store.asked.append(user_id)
    async with store.session() as db:
        return await db.get(User, user_id)


async def get_user_profile(
    store: Store,
    user_id: int,
) -> UserProfile | None:
    user = await get_user(store, user_id)
    return UserProfile.from_user(user) if user else None


# ANCHOR_END: core
# ANCHOR: lazy
async def call_then_await(store: Store) -> str:
    coroutine = get_user(store, 1)
    called = len(store.asked)
    await coroutine
    return f"called: {called} run, awaited: {len(store.asked)} run"


# ANCHOR_END: lazy
# ANCHOR: started
async def start_then_await(store: Store) -> str:
    task = asyncio.create_task(get_user(store, 1))
    await asyncio.sleep(0.01)  # waits for something else
    started = len(store.asked)
    await task
    return f"started: {started} run, awaited: {len(store.asked)} run"


# ANCHOR_END: started
# ANCHOR: twice
async def await_twice(store: Store) -> str:
    coroutine = get_user(store, 1)
    await coroutine
    outcome = "awaited again"
    try:
        await coroutine
    except RuntimeError as error:
        outcome = str(error)
    return outcome


# ANCHOR_END: twice
# ANCHOR: unchecked
async def profile_unchecked(store: Store, user_id: int) -> UserProfile:
    user = await get_user(store, user_id)
    return UserProfile.from_user(user)  # type: ignore[arg-type]


# ANCHOR_END: unchecked
# ANCHOR: shared-session
db = AsyncSession(engine)  # one session for the whole module


async def get_user_shared(user_id: int) -> User | None:
    result = await db.execute(select(User).where(User.id == user_id))
    return result.scalar_one_or_none()


async def two_requests(get: Callable[[int], Awaitable[User | None]]) -> str:
    user = await get(1)
    assert user is not None
    user.name = "draft"  # this request fails before its commit
    seen = await get(1)  # this is another request
    return "nobody" if seen is None else seen.name


# ANCHOR_END: shared-session
def name_of(profile: UserProfile | None) -> str:
    return "nobody" if profile is None else profile.name


async def main() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    session = async_sessionmaker(engine)
    async with session.begin() as setup:
        setup.add(User(id=1, name="ada"))

    store = Store(session)
    print("known id:", name_of(await get_user_profile(store, 1)))
    print("unknown id:", name_of(await get_user_profile(store, 2)))
    print(await call_then_await(Store(session)))
    print(await start_then_await(Store(session)))
    print("second await:", await await_twice(store))
    try:
        await profile_unchecked(store, 2)
    except AttributeError as error:
        print("unknown id, unchecked:", error)

    seen = await two_requests(lambda user_id: get_user(store, user_id))
    print("a session each: the other request sees", seen)
    seen = await two_requests(get_user_shared)
    print("one session: the other request sees", seen)
    await db.commit()  # the other request commits
    saved = await get_user_profile(store, 1)
    print("one session: the other request saves", name_of(saved))
    await db.close()
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
