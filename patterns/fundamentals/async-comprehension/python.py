"""Collect, index and filter what an async generator yields."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass
class User:
    id: int
    name: str
    is_active: bool


class ApiError(Exception):
    pass


class Api:
    """Two pages of users; counts the requests, and the loads at work."""

    def __init__(self, broken_page: int | None = None) -> None:
        self.broken_page = broken_page
        self.asked = 0
        self.now = 0
        self.peak = 0

    async def page(self, number: int) -> list[User]:
        self.asked += 1
        await asyncio.sleep(0)
        if number == self.broken_page:
            raise ApiError(f"page {number} is broken")
        if number == 1:
            return [User(1, "ada", True), User(2, "bob", False)]
        return [User(3, "cyd", True)]

    async def load_name(self, user: User) -> str:
        self.now += 1
        self.peak = max(self.peak, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return user.name


# ANCHOR: core
async def fetch_users(api: Api) -> AsyncIterator[User]:
    for number in (1, 2):
        for user in await api.page(number):
            yield user


async def describe_users(api: Api) -> str:
    users = [user async for user in fetch_users(api)]
    user_map = {u.id: u async for u in fetch_users(api)}
    active_users = [u async for u in fetch_users(api) if u.is_active]

    last = user_map[3].name
    return f"{len(users)} users, {len(active_users)} active, 3 is {last}"


# ANCHOR_END: core


# ANCHOR: one-by-one
async def names_in_turn(api: Api) -> list[str]:
    return [await api.load_name(user) async for user in fetch_users(api)]


async def names_together(api: Api) -> list[str]:
    users = [user async for user in fetch_users(api)]
    return await asyncio.gather(*[api.load_name(user) for user in users])


# ANCHOR_END: one-by-one


# ANCHOR: broken-page
async def names_or_error(api: Api) -> list[str]:
    try:
        return [user.name async for user in fetch_users(api)]
    except ApiError as error:
        return [str(error)]


async def names_before_error(api: Api) -> list[str]:
    names = []
    try:
        async for user in fetch_users(api):
            names.append(user.name)
    except ApiError as error:
        names.append(str(error))
    return names


# ANCHOR_END: broken-page


# ANCHOR: unused
async def warm_up(api: Api) -> str:
    fetch_users(api)
    return "warmed up"


# ANCHOR_END: unused


# ANCHOR: list-source
async def fetch_user_list(api: Api) -> list[User]:
    return await api.page(1)


async def active_names(api: Api) -> list[str]:
    return [u.name for u in await fetch_user_list(api) if u.is_active]


# ANCHOR_END: list-source


# ANCHOR: wrong-source
async def map_users(api: Api) -> dict[int, User]:
    users = fetch_user_list(api)
    return {u.id: u async for u in users}  # type: ignore[attr-defined]


async def tuple_of_users(api: Api) -> tuple[User, ...]:
    users = (u async for u in fetch_users(api))
    return tuple(users)  # type: ignore[arg-type]


# ANCHOR_END: wrong-source


async def main() -> None:
    print("core:", await describe_users(Api()))

    api = Api()
    names = ", ".join(await names_in_turn(api))
    print(f"in turn: {names}, {api.peak} at a time")
    api = Api()
    names = ", ".join(await names_together(api))
    print(f"together: {names}, {api.peak} at a time")

    print("page 2 broken:", ", ".join(await names_or_error(Api(2))))
    print("in a loop:", ", ".join(await names_before_error(Api(2))))
    print("from a list:", ", ".join(await active_names(Api())))

    api = Api()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(f"{await warm_up(api)}: {api.asked} requests")
        print("warnings:", len(caught))

        for wrong in (map_users, tuple_of_users):
            try:
                await wrong(Api())
            except TypeError as error:
                print(f"{wrong.__name__}: {error}")
        print("warning:", caught[0].message)


if __name__ == "__main__":
    asyncio.run(main())
