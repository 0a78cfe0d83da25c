"""A coroutine that is called but never awaited does not run; it only warns."""

import asyncio
import sys
import warnings
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.exceptions import FastAPIError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

NAMES = text("SELECT 'ann' UNION ALL SELECT 'bob'")


async def send_email(outbox: list[str], to: str) -> None:
    outbox.append(to)


# ANCHOR: bad
async def bad_example(outbox: list[str], to: str) -> str:
    send_email(outbox, to)  # type: ignore[unused-coroutine]
    return "user created"


# ANCHOR_END: bad
# ANCHOR: good
async def good_example(outbox: list[str], to: str) -> str:
    await send_email(outbox, to)
    return "user created"


# ANCHOR_END: good
# ANCHOR: held
async def held_example(outbox: list[str], recipients: list[str]) -> str:
    pending = [send_email(outbox, to) for to in recipients]
    return f"{len(pending)} mails queued"


# ANCHOR_END: held
# ANCHOR: value
async def no_await(db: AsyncSession) -> list[str]:
    return list(db.scalars(NAMES).all())  # type: ignore[attr-defined]


async def await_too_late(db: AsyncSession) -> list[str]:
    return list(await db.scalars(NAMES).all())  # type: ignore[attr-defined]


async def get_users(db: AsyncSession) -> list[str]:
    return list((await db.scalars(NAMES)).all())


# ANCHOR_END: value
# ANCHOR: route
def declare_route(app: FastAPI) -> None:
    app.get("/users/")(get_users)  # its db parameter has no Depends


# ANCHOR_END: route
Query = Callable[[AsyncSession], Awaitable[list[str]]]


async def outcome(query: Query, db: AsyncSession) -> str:
    try:
        return " ".join(await query(db))
    except AttributeError as error:
        return f"AttributeError: {error}"


def told(caught: list[warnings.WarningMessage]) -> str:
    lines = [f"{w.category.__name__}: {w.message}" for w in caught]
    caught.clear()
    return ", ".join(lines) or "no warning"


async def main() -> None:
    outbox: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RuntimeWarning)

        answer = await bad_example(outbox, "ann@example.com")
        print(f"bad: {answer}, mails sent: {len(outbox)}")
        print(f"bad: {told(caught)}")
        answer = await held_example(outbox, ["ann@example.com"])
        print(f"held: {answer}, mails sent: {len(outbox)}")
        print(f"held: {told(caught)}")
        answer = await good_example(outbox, "ann@example.com")
        print(f"good: {answer}, mails sent: {len(outbox)}")
        print(f"good: {told(caught)}")

        engine = create_async_engine("sqlite+aiosqlite://")
        async with AsyncSession(engine) as db:
            for query in (no_await, await_too_late, get_users):
                print(f"{query.__name__}: {await outcome(query, db)}")
        await engine.dispose()

    try:
        declare_route(FastAPI())
    except FastAPIError as error:
        print(f"route: FastAPIError: {str(error).split('!')[0]}")

    # ANCHOR: as-error
    ignored: list[str] = []
    sys.unraisablehook = lambda hook: ignored.append(str(hook.exc_value))
    warnings.simplefilter("error", RuntimeWarning)
    answer = await bad_example(outbox, "ann@example.com")
    # ANCHOR_END: as-error
    print(f"warnings as errors: {answer}, errors ignored: {len(ignored)}")


if __name__ == "__main__":
    asyncio.run(main())
