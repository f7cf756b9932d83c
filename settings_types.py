"""The words that stack config is made of: each type checks one value and says what is allowed when it is wrong."""

import ipaddress
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

DIGEST = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/(?P<repository>[a-z0-9][a-z0-9._/-]*)@sha256:[0-9a-f]{64}"
)
"""An image in a private ECR registry, by digest: the only form that always names the same bytes."""

MAX_SERVICE_NAME = 10
"""`<service>-green-<role>` must stay within 24 characters, since auto-naming appends 8 and AWS allows a target group 32."""

ENDPOINT_VARIABLES = ("LOAD_BALANCER", "DOMAIN_NAME")
"""What every service is told beside its own settings: where the other services answer, and under which name."""

SITE = "site"
"""The static site is shifted and rolled back beside the services, under this name."""


class Section(BaseModel):
    """A part of stack config: frozen once built, and a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Color(StrEnum):
    """The two colors of a service."""

    BLUE = "blue"
    GREEN = "green"

    @property
    def other(self) -> "Color":
        """The color beside this one."""
        return Color.GREEN if self is Color.BLUE else Color.BLUE


class Nat(StrEnum):
    """How the private tiers reach the internet: a gateway in each zone, or one for all (cheaper, and lost with its zone)."""

    PER_ZONE = "per_zone"
    SINGLE = "single"


class Dependency(StrEnum):
    """A thing of the data tier that a service may use."""

    DATABASE = "database"
    REDIS = "redis"


def matching(pattern: str | re.Pattern[str], allowed: str) -> AfterValidator:
    """A check that the whole value matches `pattern`; `allowed` says in words what it should look like."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(allowed)
        return value

    return AfterValidator(check)


def _private_network(value: str) -> str:
    allowed = "must be a private IPv4 network from /16 to /23 written with its first address, for example 10.20.0.0/16"
    try:
        network = ipaddress.IPv4Network(value)
    except ValueError:
        raise ValueError(allowed) from None
    private = any(network.subnet_of(ipaddress.IPv4Network(block)) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
    if not private:
        raise ValueError(allowed)
    if network.prefixlen > 23:  # noqa: PLR2004 -- sixteen subnets of /27, the smallest a load balancer accepts
        raise ValueError(f"{allowed}: its sixteen subnets would be /{network.prefixlen + 4}, and a load balancer needs /27 or larger")
    if network.prefixlen < 16:  # noqa: PLR2004 -- AWS's own limit for a VPC
        raise ValueError(allowed)
    return value


def _any_network(value: str) -> str:
    try:
        ipaddress.IPv4Network(value)
    except ValueError:
        raise ValueError("must be an IPv4 network written with its first address, for example 203.0.113.0/24") from None
    return value


def unique(noun: str) -> AfterValidator:
    """A check that a list holds nothing twice."""

    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise ValueError(f"names {', '.join(twice)} twice: list each {noun} once")
        return values

    return AfterValidator(check)


def within(low: int, high: int, unit: str) -> AfterValidator:
    """A check that a number lies from `low` to `high`, both included."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"must be {low} to {high} {unit}".rstrip())
        return value

    return AfterValidator(check)


def other_than(taken: int, why: str) -> AfterValidator:
    """A check that a number is not one that something else has."""

    def check(value: int) -> int:
        if value == taken:
            raise ValueError(f"is taken: {why}")
        return value

    return AfterValidator(check)


def _service_name(value: str) -> str:
    if value == SITE:
        raise ValueError("is the name of the static site: give the service another one")
    if not re.fullmatch(rf"[a-z][a-z0-9-]{{0,{MAX_SERVICE_NAME - 2}}}[a-z0-9]", value) or "--" in value:
        raise ValueError(f"must be 2 to {MAX_SERVICE_NAME} lowercase letters, digits and single hyphens, starting with a letter")
    return value


def _path(value: str) -> str:
    if not re.fullmatch(r"/[A-Za-z0-9_.$/~@:+*?-]{0,127}", value):
        raise ValueError("must start with / and hold at most 128 of A-Z a-z 0-9 _ - . $ / ~ @ : + and the wildcards * ?")
    return value


def _one_of(values: tuple[int, ...], unit: str) -> Callable[[int], int]:
    def check(value: int) -> int:
        if value not in values:
            raise ValueError(f"must be one of {', '.join(map(str, values))} {unit}")
        return value

    return check


RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""What CloudWatch Logs accepts (PutRetentionPolicy)."""

AccountId = Annotated[str, matching(r"\d{12}", "must be the 12 digits of an AWS account, in quotes")]
Ami = Annotated[str, matching(r"ami-([0-9a-f]{8}|[0-9a-f]{17})", "must be an AMI id: ami- and 8 or 17 hexadecimal digits")]
Cidr = Annotated[str, AfterValidator(_any_network)]
DomainName = Annotated[
    str,
    matching(
        r"(?=.{4,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", "must be a domain name in lowercase of at most 64 characters"
    ),
]
Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an e-mail address")]
EnvName = Annotated[str, matching(r"[A-Z][A-Z0-9_]{0,63}", "must be an environment variable in capitals, digits and underscores")]
EnvValue = Annotated[str, matching(r"[^\0\r\n]{1,4096}", "must be 1 to 4096 characters in one line (SSM keeps no empty parameter)")]
HealthPath = Annotated[str, matching(r"/[A-Za-z0-9_.$/~@:+-]{0,1023}", "must be a path without wildcards or query, for example /healthz")]
HostedZoneId = Annotated[str, matching(r"Z[A-Z0-9]{1,31}", "must be a Route 53 hosted zone id: Z and capitals or digits")]
Image = Annotated[
    str,
    matching(
        DIGEST,
        "must be an image in ECR by digest: ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:64 hexadecimal digits (a tag can move)",
    ),
]
InstanceType = Annotated[
    str, matching(r"[a-z][a-z0-9-]*\.(nano|micro|small|medium|metal|(\d+)?x?large)", "must be an EC2 instance type, for example m8g.large")
]
PathPattern = Annotated[str, AfterValidator(_path)]
PrefixListId = Annotated[str, matching(r"pl-[0-9a-f]{8,17}", "must be the id of a managed prefix list: pl- and 8 to 17 hexadecimal digits")]
PrivateNetwork = Annotated[str, AfterValidator(_private_network)]
RetentionDays = Annotated[int, AfterValidator(_one_of(RETENTION_DAYS, "days"))]
SecretName = Annotated[str, matching(r"[a-z][a-z0-9-]{0,62}", "must be lowercase letters, digits and hyphens, at most 63")]
ServiceName = Annotated[str, AfterValidator(_service_name)]
Zone = Annotated[str, matching(r"[a-z]{2}(-[a-z]+)+-\d[a-z]", "must be an availability zone, for example eu-west-1a")]
