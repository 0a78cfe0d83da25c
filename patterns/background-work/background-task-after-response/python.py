"""Work that a request starts and that goes on after its response."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from tempfile import TemporaryDirectory
from typing import Annotated

import httpx
import uvicorn
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

app = FastAPI()
SessionLocal = async_sessionmaker(expire_on_commit=False)
mail_server = asyncio.Event()
log: list[str] = []
REQUESTS = [
    ("/users", "ann@example.com"),
    ("/late-commit", "bob@example.com"),
    ("/conflict", "ann@example.com"),
    ("/orders", "ann@example.com"),
    ("/orders", "nowhere"),
    ("/orders-safely", "nowhere"),
]


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]


class Message(BaseModel):
    email: str


# ANCHOR: core
async def get_db() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session


@app.post("/users", status_code=201)
async def create_user(
    user_in: Message,
    db: Annotated[AsyncSession, Depends(get_db)],
    background_tasks: BackgroundTasks,
) -> None:
    user = User(email=user_in.email)
    db.add(user)
    await db.commit()
    background_tasks.add_task(send_email, user.id)


async def send_email(user_id: int) -> None:
    async with SessionLocal() as session:
        user = await session.get(User, user_id)
    await mail_server.wait()
    log.append(f"e-mail to {user.email if user else 'nobody'}")


# ANCHOR_END: core


# ANCHOR: late-commit
async def get_db_and_commit() -> AsyncIterator[AsyncSession]:
    async with SessionLocal.begin() as session:
        yield session


@app.post("/late-commit", status_code=201)
async def create_user_uncommitted(
    user_in: Message,
    db: Annotated[AsyncSession, Depends(get_db_and_commit)],
    background_tasks: BackgroundTasks,
) -> None:
    user = User(email=user_in.email)
    db.add(user)
    await db.flush()
    background_tasks.add_task(send_email, user.id)


# ANCHOR_END: late-commit


# ANCHOR: handler-fails
@app.post("/conflict", status_code=201)
async def create_user_twice(background_tasks: BackgroundTasks) -> None:
    background_tasks.add_task(send_email, 1)
    raise HTTPException(409, "this user exists")


# ANCHOR_END: handler-fails


# ANCHOR: failure
async def send_confirmation(to: str) -> None:
    log.append("confirmation starts")
    await mail_server.wait()
    if "@" not in to:
        raise ValueError(f"bad address: {to}")
    log.append("confirmation sent")


async def send_notification(to: str) -> None:
    log.append("notification starts")
    await mail_server.wait()
    log.append("notification sent")


@app.post("/orders", status_code=201)
async def create_order(
    order: Message, background_tasks: BackgroundTasks
) -> None:
    background_tasks.add_task(send_confirmation, order.email)
    background_tasks.add_task(send_notification, order.email)


# ANCHOR_END: failure


# ANCHOR: attempt
async def attempt(task: Callable[[str], Awaitable[None]], to: str) -> None:
    try:
        await task(to)
    except Exception as error:
        log.append(f"failed, {error}")


@app.post("/orders-safely", status_code=201)
async def create_order_safely(
    order: Message, background_tasks: BackgroundTasks
) -> None:
    background_tasks.add_task(attempt, send_confirmation, order.email)
    background_tasks.add_task(attempt, send_notification, order.email)


# ANCHOR_END: attempt


# ANCHOR: signature
AFTER_A_DEFAULT = (
    "def create_user(db=Depends(get_db), tasks: BackgroundTasks): ..."
)
ANNOTATED = "def create_user(db: Database, tasks: BackgroundTasks): ..."


def outcome(source: str) -> str:
    try:
        compile(source, "main.py", "exec")
        return "compiles"
    except SyntaxError as error:
        return type(error).__name__


# ANCHOR_END: signature


class ServerLog(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        log.append(f"server logs {record.getMessage().strip()!r}")


async def main() -> None:
    sock = socket.create_server(("127.0.0.1", 0))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    logging.getLogger("uvicorn.error").addHandler(ServerLog(logging.ERROR))
    with TemporaryDirectory() as folder:
        engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/app.db")
        SessionLocal.configure(bind=engine)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        async with httpx.AsyncClient(base_url=url) as client:

            async def post(path: str, email: str) -> None:
                log.clear()
                mail_server.clear()
                response = await client.post(path, json={"email": email})
                log.append(str(response.status_code))

            for path, email in REQUESTS:
                await post(path, email)
                mail_server.set()
                await asyncio.gather(*server.server_state.tasks)
                print(f"{path} for {email}: {', '.join(log)}")

            await post("/users", "cy@example.com")
        # ANCHOR: shutdown
        server.should_exit = True
        stopped, _ = await asyncio.wait([serving], timeout=0.3)
        log.append("server stopped" if stopped else "server waits")
        mail_server.set()
        await serving
        log.append("server stopped")
        # ANCHOR_END: shutdown
        print(f"shutdown: {', '.join(log)}")
        await engine.dispose()
    print(f"parameter after a default: {outcome(AFTER_A_DEFAULT)}")
    print(f"annotated parameters: {outcome(ANNOTATED)}")


if __name__ == "__main__":
    asyncio.run(main())
