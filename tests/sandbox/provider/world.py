"""What the specs of the rows are written in."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

from tests.sandbox.provider.driver import Driver, Made


@dataclass(frozen=True)
class World:
    """Makes the resources that the one under test refers to."""

    drivers: Mapping[str, Driver]
    stamp: str
    """Part of every name, so that tests do not meet in the account that they share."""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def driver(self, type_: str) -> Driver:
        """Return the plugin that serves a type."""
        return self.drivers[type_.split(".", maxsplit=1)[0]]

    def name(self) -> str:
        """Return a logical name that was not used before."""
        return f"t{self.stamp}{next(self._numbers)}"

    def make(self, type_: str, /, **inputs: Any) -> Made:
        """Create a resource of a type."""
        return self.driver(type_).make(type_, self.name(), **inputs)

    def id(self, type_: str, /, **inputs: Any) -> str:
        """Create a resource and return its id."""
        return self.make(type_, **inputs).id

    @staticmethod
    def client(service: str, region: str | None = None) -> Any:
        """Return a boto3 client of the account, for what happens beside the provider."""
        return boto3.session.Session().client(service, region_name=region)

    def vpc(self) -> str:
        """Return a new VPC."""
        return self.id("aws.ec2.Vpc", cidrBlock="10.0.0.0/16")

    def subnets(self, vpc: str) -> list[str]:
        """Return a subnet in each of two zones."""
        return [
            self.id("aws.ec2.Subnet", vpcId=vpc, cidrBlock=f"10.0.{number}.0/24", availabilityZone=f"eu-west-1{zone}")
            for number, zone in enumerate("ab")
        ]


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One row's test: sample inputs, a change in place and a change that replaces."""

    type: str
    """Python name of the class, such as `aws.ec2.Subnet`."""
    inputs: Callable[[World], dict[str, Any]]
    """Makes what the resource refers to, and returns inputs with as much as the program uses."""
    change: dict[str, Any] = field(default_factory=dict)
    """Inputs of a change in place; empty for a type that knows none."""
    replace: dict[str, Any] = field(default_factory=dict)
    """Inputs of a change that makes a new resource; empty for a type that knows none."""
    not_imported: tuple[str, ...] = ()
    """Inputs that an import by id cannot find out."""
    remains: str = ""
    """Why AWS still answers it after the deletion."""
