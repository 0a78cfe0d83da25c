"""Tests of async code: who runs them, on which loop, and in what time."""

import asyncio
import selectors
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI, HTTPException


async def is_paid(order_id: int) -> bool:
    await asyncio.sleep(0)
    return order_id < 5


async def wait_until_paid(order_id: int) -> bool:
    """Asks five times, and waits 100 seconds after each refusal."""
    for _ in range(5):
        if await is_paid(order_id):
            return True
        await asyncio.sleep(100)
    return False


# ANCHOR: app
@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.orders = {1: "tea"}
    yield


def create_app() -> FastAPI:
    app = FastAPI(lifespan=lifespan)

    @app.get("/orders/{order_id}")
    async def get_order(order_id: int) -> str:
        if order_id not in app.state.orders:
            raise HTTPException(404)
        return str(app.state.orders[order_id])

    return app


async def get(app: FastAPI, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport) as client:
        return await client.get(f"http://app{path}")


# ANCHOR_END: app
# ANCHOR: core
@pytest.mark.asyncio
async def test_orders() -> None:
    app = create_app()
    async with app.router.lifespan_context(app):
        assert (await get(app, "/orders/1")).json() == "tea"
        assert (await get(app, "/orders/7")).status_code == 404


# ANCHOR_END: core
# ANCHOR: lifespan
@pytest.mark.asyncio
async def test_without_lifespan() -> None:
    with pytest.raises(AttributeError, match="no attribute 'orders'"):
        await get(create_app(), "/orders/1")


# ANCHOR_END: lifespan
# ANCHOR: unmarked
async def test_unmarked() -> None:
    assert await is_paid(1)


@pytest.mark.anyio
async def test_with_anyio() -> None:
    assert await is_paid(1)


# ANCHOR_END: unmarked
# ANCHOR: bad
@pytest.mark.asyncio
async def test_forgotten_await() -> None:
    assert is_paid(7)  # a coroutine, which is true


# ANCHOR_END: bad
# ANCHOR: good
@pytest.mark.asyncio
async def test_awaited() -> None:
    assert not await is_paid(7)


# ANCHOR_END: good
# ANCHOR: paused
class Skip(selectors.DefaultSelector):
    """Skips a wait for a timer, and counts its seconds."""

    now = 0.0

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout if timeout is None else 0)
        if not ready and timeout:
            self.now += timeout
        return ready


class PausedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clock = Skip()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now


def test_gives_up() -> None:
    with asyncio.Runner(loop_factory=PausedLoop) as runner:
        assert not runner.run(wait_until_paid(7))
        assert runner.get_loop().time() == 500


# ANCHOR_END: paused
# ANCHOR: loops
loops: list[asyncio.AbstractEventLoop] = []


@pytest.mark.asyncio
async def test_first_loop() -> None:
    loops.append(asyncio.get_running_loop())


@pytest.mark.asyncio
async def test_second_loop() -> None:
    assert asyncio.get_running_loop() is not loops[0]
    assert loops[0].is_closed()


# ANCHOR_END: loops
class Recorder:
    """A plugin that notes how each test ended."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.split("::")[1]
        if report.failed:
            lines = str(report.longrepr).splitlines()
            self.outcomes[name] = f"failed, {lines[0]}"
        else:
            self.outcomes.setdefault(name, report.outcome)


def run_tests(mode: str, *options: str) -> dict[str, str]:
    recorder = Recorder()
    scope = "-oasyncio_default_fixture_loop_scope=function"
    quiet = ["-pno:cacheprovider", "-pno:terminal"]
    mode = f"-oasyncio_mode={mode}"
    pytest.main([__file__, mode, scope, *quiet, *options], plugins=[recorder])
    return recorder.outcomes


def main() -> None:
    sys.dont_write_bytecode = True
    for name, outcome in run_tests("strict").items():
        print(f"{name}: {outcome}")
    outcomes = run_tests("auto")
    print(f"auto mode: test_unmarked {outcomes['test_unmarked']}")
    outcomes = run_tests(
        "strict",
        "-Werror::RuntimeWarning",
        "-Werror::pytest.PytestUnraisableExceptionWarning",
    )
    outcome, _, _ = outcomes["test_forgotten_await"].partition(",")
    print(f"-W error: test_forgotten_await {outcome}")


if __name__ == "__main__":
    main()
