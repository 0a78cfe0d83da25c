"""A file whose name has every sign that a format must escape."""

import time


async def job() -> None:
    naïve = "𐐀"; time.sleep(len(naïve))
