"""A known id answers 200 with the user, an unknown id answers 404."""

import asyncio
import json
import warnings
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


# ANCHOR: types
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    secret: Mapped[str]


class UserProfile(BaseModel):
    id: int
    name: str


# ANCHOR_END: types


engine = create_async_engine("sqlite+aiosqlite://")
async_session_factory = async_sessionmaker(engine, expire_on_commit=False)


async def get_db() -> AsyncIterator[AsyncSession]:
    async with async_session_factory() as session:
        yield session


Db = Annotated[AsyncSession, Depends(get_db)]
app = FastAPI()


# ANCHOR: core
@app.get("/users/{user_id}")
async def get_user(user_id: int, db: Db) -> UserProfile:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="user not found")
    return UserProfile(id=user.id, name=user.name)


# ANCHOR_END: core


# ANCHOR: raw-row
async def find_user(db: AsyncSession, user_id: int) -> User:
    result = await db.execute(select(User).where(User.id == user_id))
    return result.scalar_one_or_none()  # type: ignore[return-value]


@app.get("/raw/users/{user_id}", response_model=None)
async def get_user_raw(user_id: int, db: Db) -> User:
    return await find_user(db, user_id)


# ANCHOR_END: raw-row


# ANCHOR: await-order
async def find_by_name(db: AsyncSession, name: str) -> User | None:
    query = select(User).where(User.name == name)
    return (await db.scalars(query)).first()


# ANCHOR_END: await-order


# ANCHOR: await-last
async def find_await_last(db: AsyncSession, name: str) -> User | None:
    query = select(User).where(User.name == name)
    return await db.scalars(query).first()  # type: ignore


# ANCHOR_END: await-last


async def get(client: httpx.AsyncClient, label: str, path: str) -> None:
    response = await client.get(path)
    body = response.text
    if response.headers["content-type"] == "application/json":
        body = json.dumps(
            response.json(), sort_keys=True, separators=(",", ":")
        )
    if response.status_code == 422:
        body = response.json()["detail"][0]["msg"]
    print(f"{label}: {response.status_code} {body}")


async def main() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_session_factory.begin() as db:
        db.add(User(id=1, name="ada", secret="s3cret"))

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://app"
    ) as client:
        await get(client, "known id", "/users/1")
        await get(client, "unknown id", "/users/2")
        await get(client, "not an id", "/users/ada")
        await get(client, "raw row, known id", "/raw/users/1")
        await get(client, "raw row, unknown id", "/raw/users/2")

        async with async_session_factory() as db:
            for name in ("ada", "bob"):
                user = await find_by_name(db, name)
                print(f"by name, {name}: {user.name if user else 'nobody'}")
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    await find_await_last(db, "ada")
                except AttributeError as error:
                    print(f"await last: {error}")
            print(f"warning: {caught[0].message}")

        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE users"))
        await get(client, "table dropped", "/users/1")
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
