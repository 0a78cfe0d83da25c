"""Wait for every task, and tell values, errors, bugs and cancellation apart."""

import asyncio
import io
import logging
from dataclasses import dataclass


class ServiceError(Exception):
    """A failure that has to be expected now and then."""


class Shop:
    """Answers three questions; some of them may have a fault."""

    def __init__(self, questions: str, fault: str) -> None:
        self.questions = questions
        self.fault = fault
        self.feed: asyncio.Future[None] = asyncio.Future()

    async def answer(self, question: str, answers: list[str]) -> str:
        fault = self.fault if question in self.questions else ""
        if fault == "down":
            raise ServiceError(f"{question} is down")
        if fault == "cut off":
            await self.feed
        await asyncio.sleep(0.01)
        return answers[7 if fault == "bug" else 0]

    async def get_user(self) -> str:
        return await self.answer("user", ["ada"])

    async def get_recent_orders(self) -> list[str]:
        return [await self.answer("orders", ["tea"])]

    async def get_notifications(self) -> list[str]:
        return [await self.answer("notifications", ["sent"])]


# ANCHOR: core
async def collect_outcomes(tasks: list[asyncio.Task[list[str]]]) -> list[str]:
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    return [describe(outcome) for outcome in outcomes]


def describe(outcome: list[str] | BaseException) -> str:
    match outcome:
        case asyncio.CancelledError():
            return "cancelled"
        case ServiceError():
            return f"error, {outcome}"
        case BaseException():
            return f"bug, {outcome!r}"
        case orders:
            return f"value, {orders[0]}"


# ANCHOR_END: core

logger = logging.getLogger("dashboard")


@dataclass
class DashboardData:
    user: str
    orders: list[str]
    notifications: list[str]

    def __str__(self) -> str:
        parts: list[object] = [self.user, self.orders, self.notifications]
        return ", ".join(map(name, parts))


def name(part: object) -> str:
    is_error = isinstance(part, BaseException)
    return type(part).__name__ if is_error else str(part)


# ANCHOR: dashboard
async def get_dashboard_data(shop: Shop) -> DashboardData:
    user, orders, notifications = await asyncio.gather(
        shop.get_user(),
        shop.get_recent_orders(),
        shop.get_notifications(),
        return_exceptions=True,
    )
    if isinstance(user, BaseException):
        raise ServiceError("no user, no dashboard") from user
    return DashboardData(
        user,
        or_none("orders", orders),
        or_none("notifications", notifications),
    )


def or_none(part: str, outcome: list[str] | BaseException) -> list[str]:
    if isinstance(outcome, BaseException):
        logger.warning("no %s: %s", part, name(outcome))
        return []
    return outcome


# ANCHOR_END: dashboard


# ANCHOR: unchecked
async def get_dashboard_unchecked(shop: Shop) -> DashboardData:
    user, orders, notifications = await asyncio.gather(
        shop.get_user(),
        shop.get_recent_orders(),
        shop.get_notifications(),
        return_exceptions=True,
    )
    if isinstance(orders, Exception):
        orders = []
    if isinstance(notifications, Exception):
        notifications = []
    return DashboardData(user, orders, notifications)  # type: ignore[arg-type]


# ANCHOR_END: unchecked


# ANCHOR: keyword-fields
def warn(part: str, error: BaseException) -> None:
    logger.warning(f"no {part}", error=error)  # type: ignore[call-arg]


# ANCHOR_END: keyword-fields


# ANCHOR: undefined-name
async def fetch_data(url: str) -> str:
    return str(await aiohttp.ClientSession().get(url))  # type: ignore # noqa


async def process_urls(urls: list[str]) -> list[str]:
    tasks = [fetch_data(url) for url in urls]
    return await asyncio.gather(*tasks, return_exceptions=True)  # type: ignore


# ANCHOR_END: undefined-name


async def main() -> None:
    logged = io.StringIO()
    logger.addHandler(logging.StreamHandler(logged))

    faults = ["", "down", "cut off", "bug"]
    shops = [Shop("orders", fault) for fault in faults]
    tasks = [asyncio.create_task(shop.get_recent_orders()) for shop in shops]
    tasks[2].cancel()
    for number, outcome in enumerate(await collect_outcomes(tasks), 1):
        print(f"shop {number}: {outcome}")

    for questions, fault in [
        ("orders, notifications", "down"),
        ("notifications", "cut off"),
        ("user", "down"),
    ]:
        shop = Shop(questions, fault)
        shop.feed.cancel()  # its owner has stopped it
        try:
            checked = str(await get_dashboard_data(shop))
        except ServiceError as error:
            checked = f"{error} because {error.__cause__}"
        print(f"{questions} {fault}: {checked}")
        unchecked = await get_dashboard_unchecked(shop)
        print(f"{questions} {fault}, unchecked: {unchecked}")
    print("logged:", ", ".join(logged.getvalue().splitlines()))

    try:
        warn("orders", ServiceError("orders is down"))
    except TypeError as error:
        print("warn:", error)
    urls = await process_urls(["/a", "/b"])
    print("process_urls:", ", ".join(map(repr, urls)))


if __name__ == "__main__":
    asyncio.run(main())
