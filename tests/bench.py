"""How rendering grows with the number of services, as ratios within one run: `make bench`.

A bare program registers the same resources on the same monitor in one loop, with plain inputs, so that
what is measured is ours and not the SDK's.
"""

import inspect
import re
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

import pulumi
import pulumi_aws
import pulumi_random

from ops.console import out, table
from tests.rendering import Registration, Rendering, render_all, run, stack_config

SIZES = (2, 10, 50)
RUNS = 3
PACKAGES = {"aws": pulumi_aws, "random": pulumi_random}
MOST = 1.15
"""Seconds per resource may be at most this many times a bare program's."""


def config_of(size: int) -> dict[str, object]:
    """The production stack with so many services."""
    config = stack_config("prod")
    template = config["switchyard:services"]["api"]
    config["switchyard:services"] = {
        f"s{number}": {**template, "priority": number, "paths": [f"/s{number}/*"]} for number in range(1, size + 1)
    }
    config["switchyard:load_balancer"] = {**config["switchyard:load_balancer"], "rules_quota": 3 * size + 1}
    return config


def bare(registrations: Sequence[Registration]) -> Rendering:
    """A program of one loop that makes the same resources of the same classes, each input a plain value."""
    makers = [_maker(registration, f"{registration.name}-{number}") for number, registration in enumerate(registrations)]

    def program() -> None:
        for make in makers:
            make()

    return run(program, {"aws:region": "eu-west-1"})


def _maker(registration: Registration, name: str) -> Callable[[], pulumi.Resource]:
    package, place, noun = registration.type.split(":")
    module = place.partition("/")[0]
    if package not in PACKAGES:
        return partial(pulumi.ComponentResource, registration.type, name)
    owner = getattr(PACKAGES[package], module) if module != "index" else PACKAGES[package]
    snake = {re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower(): value for key, value in registration.inputs.items()}
    known = inspect.signature(getattr(owner, noun)._internal_init).parameters
    plural = {key if key in known else f"{key}s": value for key, value in snake.items()}
    return partial(getattr(owner, noun), name, **{key: value for key, value in plural.items() if key in known})


def seconds(action: Callable[[], Rendering]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    """Print seconds per resource at each size, beside the bare program's."""
    rows = []
    for size in SIZES:
        config = config_of(size)
        registrations = [each for each in render_all("prod", config).registrations if not each.type.startswith("pulumi:")]
        count = len(registrations)
        ours, theirs = seconds(partial(render_all, "prod", config)), seconds(partial(bare, registrations))
        rows.append((str(size), str(count), f"{1000 * ours / count:.2f}", f"{1000 * theirs / count:.2f}", f"{ours / theirs:.2f}"))
    table(("services", "resources", "ms a resource", "bare", "ratio"), rows)
    out.print(f"Linear growth: ms a resource stays level; the ratio is to stay below {MOST}.")


if __name__ == "__main__":
    main()
