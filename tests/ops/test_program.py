"""The program as the Automation API runs it."""

import asyncio
import runpy
from collections.abc import Callable, Coroutine
from typing import cast

import pulumi
import pytest
from pulumi.runtime.settings import set_root_resource
from pulumi.runtime.stack import run_in_stack

from ops.program import program
from tests.rendering import render_all, run, stack_config


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Put something in the place of `__main__.py`."""
    return lambda instead: monkeypatch.setattr(runpy, "run_path", lambda *_, **__: instead())


def test_it_registers_all_that_main_makes() -> None:
    """And nothing else."""
    urns = {each.urn for each in run(program, stack_config("staging"), stack="staging").registrations}
    assert urns == {each.urn for each in render_all("staging").registrations}


def test_it_ends_with_its_resources_whatever_else_goes_on(main: Callable[[Callable[[], None]], None]) -> None:
    """A task that is not about a resource, as the SDK's server for callbacks, has no end of its own."""
    endless: list[asyncio.Task[None]] = []

    def instead() -> None:
        pulumi.ComponentResource("a:b:C", "made")
        endless.append(asyncio.ensure_future(asyncio.sleep(3600)))

    main(instead)
    assert [each.name for each in run(program, {}).registrations if each.name == "made"] == ["made"]
    assert len(endless) == 1


def test_a_failure_is_raised(main: Callable[[Callable[[], None]], None]) -> None:
    """As by the SDK, and not waited for."""

    def instead() -> None:
        pulumi.Output.from_input("a").apply(lambda _: 1 / 0)

    main(instead)
    with pytest.raises(ZeroDivisionError):
        run(program, {})


def test_one_that_is_dropped_while_it_waits_just_ends(main: Callable[[Callable[[], None]], None]) -> None:
    """As the SDK drops it when the engine dies: what it did after that would be done to the program that runs by then."""
    ended: list[asyncio.Task[None]] = []

    async def inside() -> None:
        set_root_resource(cast("pulumi.Resource", None))  # else a program runs already
        begun, late = asyncio.Event(), asyncio.get_running_loop().create_future()

        def instead() -> None:
            pulumi.export("late", late)
            begun.set()

        main(instead)
        ended.append(asyncio.ensure_future(run_in_stack(program)))
        await begun.wait()
        try:
            cast("Coroutine[None, None, None]", ended[0].get_coro()).close()
        finally:
            late.set_result("known")
        await asyncio.wait(ended)

    run(inside, {})
    assert "already awaited" in str(ended[0].exception())
