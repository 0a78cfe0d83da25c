"""Start a fixed set of fetches at once, and see what a failure leaves."""

import asyncio
import time


class Gauge:
    """Counts how many are inside at the same moment."""

    def __init__(self) -> None:
        self.now = 0
        self.peak = 0

    def enter(self) -> None:
        self.now += 1
        self.peak = max(self.peak, self.now)

    def leave(self) -> None:
        self.now -= 1


class Network:
    """Answers late, and records who waits and who is done."""

    def __init__(self) -> None:
        self.waiting = Gauge()
        self.finished: list[str] = []

    async def answer(self, name: str, seconds: float) -> None:
        self.waiting.enter()
        await asyncio.sleep(seconds)
        self.waiting.leave()
        self.finished.append(name)


class Inbox:
    """A notification service whose reply the program holds back."""

    def __init__(self) -> None:
        self.reply = asyncio.Event()
        self.log: list[str] = []


# ANCHOR: core
async def fetch_users(net: Network) -> str:
    await net.answer("users", 0.6)
    return "ada"


async def fetch_posts(net: Network) -> str:
    await net.answer("posts", 0.4)
    return "hello"


async def fetch_comments(net: Network) -> str:
    await net.answer("comments", 0.2)
    return "nice"


async def get_combined_data(net: Network) -> str:
    users, posts, comments = await asyncio.gather(
        fetch_users(net), fetch_posts(net), fetch_comments(net)
    )
    return f"users={users} posts={posts} comments={comments}"


# ANCHOR_END: core


# ANCHOR: parallel
async def build_report(at_work: Gauge) -> None:
    at_work.enter()
    end = time.perf_counter() + 0.05
    while time.perf_counter() < end:
        pass  # work: there is nothing to await
    at_work.leave()


async def build_reports(at_work: Gauge) -> None:
    await asyncio.gather(
        build_report(at_work), build_report(at_work), build_report(at_work)
    )


# ANCHOR_END: parallel


# ANCHOR: failure
async def get_recent_orders(user_id: int) -> int:
    await asyncio.sleep(0.01)
    if user_id == 2:
        raise RuntimeError("orders service is down")
    return 3


async def get_notifications(inbox: Inbox) -> int:
    inbox.log.append("asked")
    try:
        await inbox.reply.wait()
        inbox.log.append("marked as read")
        return 5
    finally:
        inbox.log.append("left")


async def get_dashboard_data(user_id: int, inbox: Inbox) -> str:
    recent_orders, notifications = await asyncio.gather(
        get_recent_orders(user_id), get_notifications(inbox)
    )
    return f"{recent_orders} orders, {notifications} notifications"


# ANCHOR_END: failure


async def main() -> None:
    net = Network()
    start = time.perf_counter()
    data = await get_combined_data(net)
    sooner = time.perf_counter() - start < 1.1
    print("waiting at once:", net.waiting.peak)
    print("finished:", ", ".join(net.finished))
    print("returned:", data)
    print("sooner than one by one:", "yes" if sooner else "no")

    at_work = Gauge()
    await build_reports(at_work)
    print("working at once:", at_work.peak)

    inbox = Inbox()
    inbox.reply.set()
    print("user 1:", await get_dashboard_data(1, inbox))
    print("user 1 log:", ", ".join(inbox.log))

    inbox = Inbox()
    try:
        await get_dashboard_data(2, inbox)
    except RuntimeError as error:
        inbox.log.append("error arrived")
        print("user 2:", error)
    inbox.reply.set()
    await asyncio.sleep(0.01)
    print("user 2 log:", ", ".join(inbox.log))


if __name__ == "__main__":
    asyncio.run(main())
