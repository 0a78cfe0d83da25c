"""A small service with faults that linters know, and some that they know and no entry is about."""

import asyncio
import os
import subprocess
import time
import urllib.request


async def load(name: str) -> str:
    await asyncio.sleep(0)
    return name


async def pause() -> None:
    time.sleep(1)
    time.sleep(2)
    time.sleep(3)


async def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:
        body: bytes = response.read()
    return body


async def convert(path: str) -> str:
    subprocess.run(["convert", path])
    with open(path) as file:
        return file.read()


async def wait_for(path: str, timeout: float) -> None:
    while not os.path.exists(path):
        await asyncio.sleep(0.1)


async def main() -> int:
    load("forgotten")
    asyncio.create_task(load("dangling"))
    size = load("late").upper()
    unused = 1
    print(len(load("length")), wrong(1))
    return load("answer")


def wrong(text: str) -> str:
    return text


def plain() -> str:
    return await load("plain")
