"""The sandbox holds what the program is made of: both stacks, as they are rendered, against the table."""

from collections.abc import Iterator, Mapping

import pytest

from sandbox.provider import rows, schema
from sandbox.provider.row import Row
from sandbox.provider.wire import decode, encode
from tests.rendering import Registration, render, stack_config
from tests.sandbox.provider.driver import CONFIG, Driver, Properties, bare
from tests.sandbox.provider.world import World

STACKS = ("staging", "prod", "recovery")


@pytest.fixture(scope="module")
def program() -> Mapping[str, list[Registration]]:
    """Return what each stack registers in its first preview, when nothing that AWS makes is known: components and providers aside."""
    return {stack: [made for made in render(stack) if made.custom and not made.type.startswith("pulumi:")] for stack in STACKS}


@pytest.fixture(scope="module")
def types(program: Mapping[str, list[Registration]]) -> set[str]:
    """Return the types of both stacks."""
    return {made.type for registrations in program.values() for made in registrations}


@pytest.fixture
def region(stack: str, endpoint: str, random: Driver) -> Iterator[World]:
    """The stack's own region: its plugin knows what is in another one."""
    assert endpoint
    aws = Driver("aws", {**CONFIG, "region": stack_config(stack)["aws:region"]})
    yield World({"aws": aws, "random": random}, stack)
    aws.close()


def table() -> dict[str, Row]:
    """Return all rows by type token."""
    return {token: row for package in ("aws", "random") for token, row in rows.of(package).items()}


def received(made: Registration) -> Properties:
    """Return the inputs of a registration as a plugin receives them, without the wrappers of secrets."""
    return bare(decode(encode(made.inputs)))


def test_the_table_has_every_type_of_the_program(types: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A type without a row would stop the sandbox in the middle of an update."""
    assert types <= table().keys()
    recorded = {token: table()[token].recorded for token in sorted(types) if table()[token].recorded}
    with capsys.disabled():
        print(f"\nThe program's {len(types)} types: {len(types) - len(recorded)} emulated, {len(recorded)} recorded")  # noqa: T201 - told in every run
        for token, reason in recorded.items():
            print(f"  {token}: {reason}")  # noqa: T201 - as above


def test_what_is_only_recorded_says_why(types: set[str]) -> None:
    """The AWS types of the program that no emulator holds are few, and each has a reason in words."""
    of_aws = [table()[token].recorded for token in types if token.startswith("aws:")]
    reasons = [reason for reason in of_aws if reason]
    assert all(len(reason.split()) > 3 for reason in reasons)
    assert len(reasons) < len(of_aws) / 10


@pytest.mark.parametrize("stack", STACKS)
def test_every_property_of_the_program_is_one_of_its_type(stack: str, program: Mapping[str, list[Registration]]) -> None:
    """The SDK's own classes know each of them, at any depth."""
    misfits = {
        f"{made.name}.{path}": reason
        for made in program[stack]
        for path, reason in schema.load(table()[made.type].type).failures(received(made))
    }
    assert misfits == {}


@pytest.mark.parametrize("stack", STACKS)
def test_the_provider_takes_every_resource_of_the_program(stack: str, program: Mapping[str, list[Registration]], region: World) -> None:
    """Each input reaches a call, within AWS's limits: nothing is dropped silently, and nothing is refused half-way through an update."""
    failures = {}
    for made in program[stack]:
        type_ = table()[made.type].type
        found = region.driver(type_).check(type_, made.name, received(made))[1]
        failures.update({f"{made.name}.{path}": reason for path, reason in found.items()})
    assert failures == {}
