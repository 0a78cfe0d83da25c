"""A commit before the answer is one that the client can rely on."""

import asyncio
import os
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import uvicorn
from fastapi import BackgroundTasks, Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import UniqueConstraint, make_url, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


# ANCHOR: table
class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("email", deferrable=True, initially="DEFERRED"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]


# ANCHOR_END: table


class UserCreate(BaseModel):
    email: str


class UserOut(BaseModel):
    id: int


seen_by_task: dict[int, bool] = {}
closed: Counter[AsyncSession] = Counter()


class CountedSession(AsyncSession):
    async def close(self) -> None:
        await super().close()
        closed[self] += 1


DATABASE_URL = make_url(os.environ["POSTGRES_URL"]).set(
    drivername="postgresql+asyncpg"
)
engine = create_async_engine(DATABASE_URL)
AsyncSessionLocal = async_sessionmaker(
    engine, class_=CountedSession, expire_on_commit=False
)
app = FastAPI()


# ANCHOR: session
async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSessionLocal() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]
# ANCHOR_END: session


# ANCHOR: send-email
async def send_email(user_id: int) -> None:
    async with AsyncSessionLocal() as session:
        user = await session.get(User, user_id)
    seen_by_task[user_id] = user is not None


# ANCHOR_END: send-email


# ANCHOR: core
@app.post("/users/", status_code=201)
async def create_user(
    user_in: UserCreate, background_tasks: BackgroundTasks, db: Session
) -> UserOut:
    user = User(email=user_in.email)
    db.add(user)
    await db.commit()
    background_tasks.add_task(send_email, user.id)
    return UserOut(id=user.id)


# ANCHOR_END: core


# ANCHOR: email-taken
@app.exception_handler(IntegrityError)
async def email_taken(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "email taken"}, status_code=409)


# ANCHOR_END: email-taken


# ANCHOR: no-commit
@app.post("/no-commit/users/", status_code=201)
async def create_user_no_commit(
    user_in: UserCreate, background_tasks: BackgroundTasks, db: Session
) -> UserOut:
    user = User(email=user_in.email)
    db.add(user)
    await db.flush()
    background_tasks.add_task(send_email, user.id)
    return UserOut(id=user.id)


# ANCHOR_END: no-commit


# ANCHOR: commit-after-yield
async def get_db() -> AsyncSession:  # type: ignore[misc]
    async with AsyncSessionLocal() as session:
        try:
            yield session
            await session.commit()
        except Exception:
            await session.rollback()
            raise
        finally:
            await session.close()


@app.post("/late/users/", status_code=201)
async def create_user_late(
    user_in: UserCreate,
    background_tasks: BackgroundTasks,
    db: Annotated[AsyncSession, Depends(get_db)],
) -> UserOut:
    return await create_user_no_commit(user_in, background_tasks, db)


# ANCHOR_END: commit-after-yield


# ANCHOR: function-scope
@app.post("/scoped/users/", status_code=201)
async def create_user_scoped(
    user_in: UserCreate,
    background_tasks: BackgroundTasks,
    db: Annotated[AsyncSession, Depends(get_db, scope="function")],
) -> UserOut:
    return await create_user_no_commit(user_in, background_tasks, db)


# ANCHOR_END: function-scope


@asynccontextmanager
async def serve() -> AsyncIterator[httpx.AsyncClient]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    # uvicorn drops the connection when a dependency fails after the answer
    one_request_each = httpx.Limits(max_keepalive_connections=0)
    try:
        async with httpx.AsyncClient(
            base_url=url, limits=one_request_each
        ) as client:
            yield client
    finally:
        server.should_exit = True
        await serving


def yes_no(fact: bool) -> str:
    return "yes" if fact else "no"


async def main() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)

    answers: list[tuple[str, httpx.Response]] = []
    async with serve() as client:
        for label, path, email in [
            ("commit, new email", "/users/", "ada"),
            ("commit, email taken", "/users/", "ada"),
            ("no commit, new email", "/no-commit/users/", "bob"),
            ("commit after yield, new email", "/late/users/", "cyd"),
            ("commit after yield, email taken", "/late/users/", "ada"),
            ("function scope, new email", "/scoped/users/", "dan"),
            ("function scope, email taken", "/scoped/users/", "ada"),
        ]:
            response = await client.post(path, json={"email": email})
            answers.append((label, response))

    async with AsyncSessionLocal() as session:
        rows = (await session.scalars(select(User).order_by(User.id))).all()
    stored = {user.id for user in rows}
    for label, response in answers:
        line = f"{label}: {response.status_code} {response.text}"
        if response.status_code == 201:
            user_id = response.json()["id"]
            line += f", stored: {yes_no(user_id in stored)}"
            line += f", seen by task: {yes_no(seen_by_task[user_id])}"
        print(line)
    print("emails stored:", ", ".join(user.email for user in rows))
    twice = [session for session, calls in closed.items() if calls == 2]
    print(f"sessions closed twice: {len(twice)}")
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
