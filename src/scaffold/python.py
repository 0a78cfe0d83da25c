"""TODO: One sentence that says what this program shows."""

import asyncio


# ANCHOR: core
async def greet(name: str) -> str:
    await asyncio.sleep(0)
    return f"hello {name}"


async def greet_both() -> tuple[str, str]:
    return await asyncio.gather(greet("ada"), greet("bob"))


# ANCHOR_END: core


async def main() -> None:
    first, second = await greet_both()
    print(first)
    print(second)


if __name__ == "__main__":
    asyncio.run(main())
