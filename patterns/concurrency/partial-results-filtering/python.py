"""Use the lookups that succeeded, and report those that did not."""

import asyncio
from dataclasses import dataclass, field


class RepositoryError(Exception):
    pass


class TooManyFailed(Exception):
    pass


@dataclass
class Item:
    id: int


class Repository:
    """Items 1 to 5 on two shards: odd ids on shard 1, even ids on shard 0."""

    def __init__(self, down: int | None = None) -> None:
        self.down = down
        self.cut_off: int | None = None

    async def get(self, item_id: int) -> Item | None:
        assert item_id > 0, "ids start at 1"
        await asyncio.sleep(0)
        if item_id == self.cut_off:
            connection: asyncio.Future[None] = asyncio.Future()
            connection.cancel()  # its owner has closed it
            await connection
        if item_id % 2 == self.down:
            raise RepositoryError(f"shard {self.down} is down")
        return Item(item_id) if item_id <= 5 else None


# ANCHOR: core
@dataclass
class Lookup:
    found: list[Item] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    failed: dict[int, BaseException] = field(default_factory=dict)


async def get_multiple_items(repository: Repository, ids: list[int]) -> Lookup:
    tasks = [repository.get(item_id) for item_id in ids]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    lookup = Lookup()
    for item_id, result in zip(ids, results, strict=True):
        match result:
            case Item():
                lookup.found.append(result)
            case None:
                lookup.missing.append(item_id)
            case RepositoryError() | asyncio.CancelledError():
                lookup.failed[item_id] = result
            case BaseException():
                raise result  # a bug is not a partial result
    return lookup


# ANCHOR_END: core


# ANCHOR: threshold
def require(lookup: Lookup, may_fail: int) -> list[Item]:
    if len(lookup.failed) > may_fail:
        raise TooManyFailed(f"{len(lookup.failed)} lookups failed")
    return lookup.found


# ANCHOR_END: threshold


# ANCHOR: filter
async def get_items_filtered(
    repository: Repository, ids: list[int]
) -> list[Item]:
    tasks = [repository.get(item_id) for item_id in ids]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    return [
        result  # type: ignore[misc]
        for result in results
        if result is not None and not isinstance(result, Exception)
    ]


# ANCHOR_END: filter


def listed(values: list[Item] | list[int]) -> str:
    names = [
        str(value.id) if isinstance(value, Item) else repr(value)
        for value in values
    ]
    return " ".join(names) or "none"


def show(lookup: Lookup) -> str:
    return (
        f"found {listed(lookup.found)}, missing {listed(lookup.missing)}, "
        f"failed {listed(list(lookup.failed))}"
    )


async def main() -> None:
    ids = [1, 2, 3, 4, 5]
    print("all up:", show(await get_multiple_items(Repository(), ids)))
    lookup = await get_multiple_items(Repository(down=1), ids)
    print("shard 1 down:", show(lookup))
    for may_fail in (3, 2):
        try:
            answer = listed(require(lookup, may_fail))
        except TooManyFailed as error:
            answer = str(error)
        print(f"{may_fail} may fail: {answer}")

    for label, repository, asked in (
        ("unknown ids", Repository(), [6, 8]),
        ("shard 0 down", Repository(down=0), [2, 4]),
    ):
        items = await get_items_filtered(repository, asked)
        print(f"{label}, filtered: {listed(items)}")
        lookup = await get_multiple_items(repository, asked)
        print(f"{label}: {show(lookup)}")

    repository = Repository()
    repository.cut_off = 2
    items = await get_items_filtered(repository, [2, 4])
    kept = ", ".join(type(item).__name__ for item in items)
    print("2 cut off, filtered:", kept)
    print("2 cut off:", show(await get_multiple_items(repository, [2, 4])))

    try:
        await get_multiple_items(repository, [0, 4])
    except AssertionError as error:
        print("bug:", error)


if __name__ == "__main__":
    asyncio.run(main())
