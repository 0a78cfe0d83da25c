"""Start tasks early, await them later, and see what an early error leaves."""

import asyncio
import gc
from typing import Any


class CountService:
    """Counts rows when its reply comes, or fails if it is down."""

    def __init__(self, site: "Site", name: str, rows: int) -> None:
        self.site = site
        self.name = name
        self.rows = rows
        self.reply = asyncio.Event()

    async def count(self) -> int:
        self.site.log.append(f"{self.name} asked")
        await self.reply.wait()
        if self.name in self.site.down:
            self.site.log.append(f"{self.name} failed")
            raise RuntimeError(f"{self.name} is down")
        self.site.log.append(f"{self.name} counted")
        return self.rows


class Site:
    """A log and three services: users replies at once, the others later."""

    def __init__(self, *down: str) -> None:
        self.log: list[str] = []
        self.down = down
        self.user_service = CountService(self, "users", 3)
        self.post_service = CountService(self, "posts", 12)
        self.comment_service = CountService(self, "comments", 40)
        self.user_service.reply.set()

    def let_reply(self) -> None:
        self.post_service.reply.set()
        self.comment_service.reply.set()

    async def get_title(self) -> str:
        await asyncio.sleep(0.01)
        self.log.append("title ready")
        self.let_reply()
        return "home"


# ANCHOR: core
async def get_dashboard(site: Site) -> str:
    users_task = asyncio.create_task(site.user_service.count())
    posts_task = asyncio.create_task(site.post_service.count())
    comments_task = asyncio.create_task(site.comment_service.count())

    title = await site.get_title()  # the tasks run meanwhile

    users_count = await users_task
    posts_count = await posts_task
    comments_count = await comments_task
    return f"{title}: {users_count}, {posts_count}, {comments_count}"


# ANCHOR_END: core


# ANCHOR: without-tasks
async def get_dashboard_without_tasks(site: Site) -> str:
    users = site.user_service.count()
    posts = site.post_service.count()
    comments = site.comment_service.count()

    title = await site.get_title()  # nothing else runs

    return f"{title}: {await users}, {await posts}, {await comments}"


# ANCHOR_END: without-tasks


# ANCHOR: failure
async def dashboard_or_error(site: Site) -> str:
    try:
        return await get_dashboard(site)
    except RuntimeError as error:
        site.log.append("error arrived")
        return f"error: {error}"


# ANCHOR_END: failure


# ANCHOR: owned
async def get_dashboard_owned(site: Site) -> str:
    async with asyncio.TaskGroup() as tg:
        users_task = tg.create_task(site.user_service.count())
        posts_task = tg.create_task(site.post_service.count())
        comments_task = tg.create_task(site.comment_service.count())
        title = await site.get_title()

    users_count = users_task.result()
    posts_count = posts_task.result()
    comments_count = comments_task.result()
    return f"{title}: {users_count}, {posts_count}, {comments_count}"


# ANCHOR_END: owned


async def owned_or_error(site: Site) -> str:
    answer = ""
    try:
        answer = await get_dashboard_owned(site)
    except* RuntimeError as group:
        site.log.append("error arrived")
        answer = f"error: {group.exceptions[0]}"
    return answer


# ANCHOR: forgotten
async def start_and_forget() -> None:
    asyncio.create_task(asyncio.Event().wait())  # noqa: RUF006
    await asyncio.sleep(0)


# ANCHOR_END: forgotten


async def main() -> None:
    reports: list[str] = []

    def report(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        reports.append(context["message"] + (f": {error}" if error else ""))

    asyncio.get_running_loop().set_exception_handler(report)

    site = Site()
    print("tasks:", await get_dashboard(site))
    print("log:", ", ".join(site.log))
    site = Site()
    print("no tasks:", await get_dashboard_without_tasks(site))
    print("log:", ", ".join(site.log))

    site = Site("users", "posts")
    print("in turn:", await dashboard_or_error(site))
    await asyncio.sleep(0.01)
    gc.collect()
    print("log:", ", ".join(site.log))
    print("reported:", "; ".join(reports) or "nothing")

    site = Site()
    print("owned:", await get_dashboard_owned(site))
    site = Site("users", "posts")
    print("owned:", await owned_or_error(site))
    site.let_reply()
    await asyncio.sleep(0.01)
    print("log:", ", ".join(site.log))

    reports.clear()
    await start_and_forget()
    gc.collect()
    print("forgotten, still alive:", len(asyncio.all_tasks()) - 1)
    print("reported:", "; ".join(reports) or "nothing")


if __name__ == "__main__":
    asyncio.run(main())
