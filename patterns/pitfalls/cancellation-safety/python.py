"""A read that is cancelled half way loses what it has taken, or does not."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

SHORT, LONG = 0.05, 5.0


@asynccontextmanager
async def connection() -> AsyncIterator[
    tuple[asyncio.StreamReader, asyncio.StreamWriter]
]:
    near_socket, far_socket = socket.socketpair()
    near, near_writer = await asyncio.open_connection(sock=near_socket)
    _, far = await asyncio.open_connection(sock=far_socket)
    yield near, far
    for writer in (near_writer, far):
        writer.close()
        await writer.wait_closed()


# ANCHOR: in-time
async def in_time(limit: float, read: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(limit):
            return await read
    except TimeoutError:
        return "timed out"
    except ValueError as error:
        return str(error)


# ANCHOR_END: in-time
# ANCHOR: exact
async def read_six(stream: asyncio.StreamReader) -> str:
    text = await stream.readexactly(6)
    return text.decode()


async def exact() -> list[str]:
    async with connection() as (near, far):
        far.write(b"abc")
        first = await in_time(SHORT, read_six(near))
        far.write(b"defghi")
        second = await in_time(LONG, read_six(near))
        return [first, second]


# ANCHOR_END: exact
def length(header: bytes | bytearray) -> int:
    if not header.isdigit():
        raise ValueError(f"{header.decode()} is not a length")
    return int(header)


# ANCHOR: bad
async def read_frame(stream: asyncio.StreamReader) -> str:
    header = await stream.readexactly(2)
    text = await stream.readexactly(length(header))
    return text.decode()


async def bad() -> list[str]:
    async with connection() as (near, far):
        far.write(b"05he")
        first = await in_time(SHORT, read_frame(near))
        far.write(b"llo05world")
        second = await in_time(LONG, read_frame(near))
        return [first, second]


# ANCHOR_END: bad
# ANCHOR: good
class Frames:
    def __init__(self, stream: asyncio.StreamReader) -> None:
        self.stream = stream
        self.buffer = bytearray()

    async def read_frame(self) -> str:
        while (text := self.take_frame()) is None:
            piece = await self.stream.read(1024)
            if not piece:
                raise ValueError("closed")
            self.buffer += piece
        return text

    def take_frame(self) -> str | None:
        if len(self.buffer) < 2:
            return None
        end = 2 + length(self.buffer[:2])
        if len(self.buffer) < end:
            return None
        text = self.buffer[2:end].decode()
        del self.buffer[:end]
        return text


# ANCHOR_END: good
async def good() -> list[str]:
    async with connection() as (near, far):
        frames = Frames(near)
        far.write(b"05he")
        first = await in_time(SHORT, frames.read_frame())
        far.write(b"llo05world")
        far.close()
        second = await in_time(LONG, frames.read_frame())
        third = await in_time(LONG, frames.read_frame())
        fourth = await in_time(LONG, frames.read_frame())
        return [first, second, third, fourth]


# ANCHOR: kept
async def kept() -> list[str]:
    async with connection() as (near, far):
        far.write(b"05he")
        frame = asyncio.create_task(read_frame(near))
        first = await in_time(SHORT, asyncio.shield(frame))
        far.write(b"llo05world")
        second = await in_time(LONG, frame)
        return [first, second]


# ANCHOR_END: kept
async def main() -> None:
    print(f"exact: {', then '.join(await exact())}")
    print(f"bad: {', then '.join(await bad())}")
    print(f"good: {', then '.join(await good())}")
    print(f"kept: {', then '.join(await kept())}")


if __name__ == "__main__":
    asyncio.run(main())
