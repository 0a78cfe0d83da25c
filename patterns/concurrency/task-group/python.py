"""Run one task per user in a group: all finish, or all stop."""

import asyncio
import json

import httpx
from fastapi import FastAPI, HTTPException
from fastapi.encoders import jsonable_encoder

DELAYS = {1: 0.06, 2: 0.02, 3: 0.04, 7: 5.0}


# ANCHOR: member
class Accounts:
    def __init__(self) -> None:
        self.log: list[str] = []

    async def get_user(self, uid: int) -> str:
        self.log.append(f"asked {uid}")
        try:
            await asyncio.sleep(DELAYS.get(uid, 0))
            if uid >= 400:
                raise LookupError(f"no user {uid}")
            return f"user {uid}"
        finally:
            self.log.append(f"left {uid}")


# ANCHOR_END: member


# ANCHOR: core
async def get_multiple_users(
    accounts: Accounts, user_ids: list[int]
) -> list[str]:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(accounts.get_user(uid)) for uid in user_ids]
    return [task.result() for task in tasks]


# ANCHOR_END: core


# ANCHOR: task-objects
async def get_multiple_tasks(
    accounts: Accounts, user_ids: list[int]
) -> list[str]:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(accounts.get_user(uid)) for uid in user_ids]
    return tasks  # type: ignore[return-value]


# ANCHOR_END: task-objects


app = FastAPI()


# ANCHOR: unhandled-group
async def find_user(uid: int) -> str:
    try:
        return await Accounts().get_user(uid)
    except LookupError as error:
        raise HTTPException(404, str(error)) from error


@app.post("/unhandled")
async def read_users_unhandled(user_ids: list[int]) -> list[str]:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(find_user(uid)) for uid in user_ids]
    return [task.result() for task in tasks]


# ANCHOR_END: unhandled-group


# ANCHOR: endpoint
@app.post("/users")
async def read_users(user_ids: list[int]) -> list[str]:
    try:
        return await get_multiple_users(Accounts(), user_ids)
    except* LookupError as group:
        missing = "; ".join(str(error) for error in group.exceptions)
        raise HTTPException(404, missing) from group


# ANCHOR_END: endpoint


async def main() -> None:
    accounts = Accounts()
    users = await get_multiple_users(accounts, [1, 2, 3])
    print("log:", ", ".join(accounts.log))
    print("returned:", ", ".join(users))

    accounts = Accounts()
    try:
        await get_multiple_users(accounts, [7, 404])
    except Exception as error:
        accounts.log.append("error arrived")
        print("arrived as:", repr(error))
    print("log:", ", ".join(accounts.log))

    tasks = await get_multiple_tasks(Accounts(), [2, 3])
    print("guide's list:", ", ".join(type(task).__name__ for task in tasks))
    print("guide's list as JSON:", json.dumps(jsonable_encoder(tasks)))

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test"
    ) as client:
        for path in ("/unhandled", "/users"):
            for user_ids in ([2, 3], [7, 404, 405]):
                response = await client.post(path, json=user_ids)
                print(f"{path}: {response.status_code} {response.text}")


if __name__ == "__main__":
    asyncio.run(main())
