"""What Python runs and the `ruff.toml` of `counterpart lints` reports."""

import asyncio
import subprocess
import time
from pathlib import Path

import httpx


async def pause() -> None:
    time.sleep(0.001)  #~ ASYNC251


async def load(path: str) -> str:
    with open(path) as file:  #~ ASYNC230
        return file.read()


async def exists(path: str) -> bool:
    return Path(path).exists()  #~ ASYNC240


async def fetch(url: str) -> str:
    return httpx.get(url).text  #~ ASYNC210


async def convert() -> int:
    return subprocess.run(["true"]).returncode  #~ ASYNC221


async def answer() -> str:
    return input()  #~ ASYNC250


async def wait_until(done: list[bool]) -> None:
    while not done:  #~ ASYNC110
        await asyncio.sleep(0.001)


async def start() -> None:
    asyncio.create_task(pause())  #~ RUF006
    await asyncio.sleep(0)
