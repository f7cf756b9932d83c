"""How rendering grows with the number of services: seconds per resource, beside those of a program that is nothing but the resources.

The bare program registers the same tree on the same monitor: resources of the same classes with the same parents and dependencies, each
input a plain value, components with outputs of their own, from as deep in the call stack, which the SDK records with every resource. What
is measured is ours and not the SDK's.
"""

import inspect
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import Any, cast

import pulumi
import pulumi_aws
import pulumi_random

from ops.console import out, table
from tests.bench.ratio import Ratio
from tests.rendering import SECRET_KEY, UNKNOWN, Registration, Rendering, render_all, run, stack_config

SIZES = (2, 10, 50)
ROUNDS = 5
PACKAGES = {"aws": pulumi_aws, "random": pulumi_random}
MOST = 1.15
"""Seconds per resource may be at most this many times a bare program's."""


class Component(pulumi.ComponentResource):
    """With a constructor of its own, as a program's are: from where that was called is what the SDK records."""

    def __init__(self, kind: str, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__(kind, name, None, opts)


def config_of(size: int) -> dict[str, object]:
    """The production stack with so many services."""
    config = stack_config("prod")
    template = config["switchyard:services"]["api"]
    config["switchyard:services"] = {
        f"s{number}": {**template, "priority": number, "paths": [f"/s{number}/*"]} for number in range(1, size + 1)
    }
    config["switchyard:load_balancer"] = {**config["switchyard:load_balancer"], "rules_quota": 3 * size + 1}
    return config


def bare(registrations: Sequence[Registration]) -> Callable[[], None]:
    """Return a program of one loop that makes the same tree of resources."""
    makers = {each.urn: _maker(each, f"{each.name}-{number}") for number, each in enumerate(registrations)}

    def program() -> None:
        made: dict[str, pulumi.Resource] = {}
        providers = {name: package.Provider(name) for name, package in PACKAGES.items()}
        here = len(traceback.extract_stack())
        for each in registrations:
            needed = [made[urn] for urn in each.dependencies if urn in made]
            provider = providers.get(each.type.partition(":")[0])
            options = pulumi.ResourceOptions(parent=made.get(each.parent), depends_on=needed, provider=provider)
            made[each.urn] = _called_from(each.frames - here - 1, partial(makers[each.urn], opts=options))
            if not each.custom:
                cast("pulumi.ComponentResource", made[each.urn]).register_outputs({})

    return program


def _called_from(depth: int, make: Callable[[], pulumi.Resource]) -> pulumi.Resource:
    """Make a resource so many calls further down."""
    return _called_from(depth - 1, make) if depth > 0 else make()


def _maker(registration: Registration, name: str) -> Callable[..., pulumi.Resource]:
    package, place, noun = registration.type.split(":")
    module = place.partition("/")[0]
    if package not in PACKAGES:
        return partial(Component, registration.type, name)
    owner = getattr(PACKAGES[package], module) if module != "index" else PACKAGES[package]
    snake = {re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower(): _plain(value) for key, value in registration.inputs.items()}
    known = inspect.signature(getattr(owner, noun)._internal_init).parameters
    plural = {key if key in known else f"{key}s": value for key, value in snake.items()}
    return partial(getattr(owner, noun), name, **{key: value for key, value in plural.items() if key in known})


def _plain(value: Any) -> Any:
    """A value without what only the program that computed it can send: secrets, and what is not known yet."""
    if isinstance(value, dict):
        return "secret" if SECRET_KEY in value else {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return "unknown" if value == UNKNOWN else value


def seconds(*actions: Callable[[], Rendering]) -> list[float]:
    """CPU time of the middle one of some runs of each action, in turns: whatever else the machine does, it does to all of them.

    On one processor, where the system allows that: handing Python's lock from one to another costs more than what is measured.
    """
    with _one_processor():
        rounds = [[_taken(action) for action in actions] for _ in range(ROUNDS)]
    return [median(of_one) for of_one in zip(*rounds, strict=True)]


@contextmanager
def _one_processor() -> Iterator[None]:
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _taken(action: Callable[[], Rendering]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def resources_of(config: Mapping[str, object]) -> list[Registration]:
    """What the program registers of its own and of AWS's."""
    return [each for each in render_all("prod", config).registrations if not each.type.startswith("pulumi:")]


def measure() -> list[Ratio]:
    """Render at each size, and print what it took."""
    rows, ratios = [], []
    for size in SIZES:
        config = config_of(size)
        registrations = resources_of(config)
        count, program = len(registrations), bare(registrations)
        ours, theirs = seconds(partial(render_all, "prod", config), partial(run, program, {"aws:region": "eu-west-1"}))
        ratios.append(Ratio(f"rendering {size} services", ours / theirs, MOST))
        rows.append((str(size), str(count), f"{1000 * ours / count:.2f}", f"{1000 * theirs / count:.2f}", str(ratios[-1])))
    table(("services", "resources", "ms a resource", "bare", "ratio"), rows)
    out.print("Growth is linear where ms a resource stays level.\n")
    return ratios
