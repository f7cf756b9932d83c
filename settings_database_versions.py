"""PostgreSQL as RDS has it: which versions AWS still creates, and how large an instance class is."""

import re
from collections.abc import Mapping

from settings_limits import matching

VERSION = re.compile(r"(?P<major>\d{2})\.(?P<minor>\d{1,2})", re.ASCII)
ALLOWED_VERSION = matching(
    VERSION, "must be a version of PostgreSQL with its minor, for example 17.11: which one runs is never AWS's choice"
)

CREATED_FROM: Mapping[int, int] = {14: 18, 15: 13, 16: 9, 17: 5, 18: 1}
"""By major version in standard support, the oldest minor of which AWS makes new instances
(https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html)."""
WITHDRAWN = frozenset({(14, 21), (15, 16), (16, 12), (17, 8), (18, 2)})
"""The minors of February 2026, which AWS took back."""
PROXIED = range(10, 19)
"""Majors that RDS Proxy serves (RDS user guide, "Supported Regions and DB engines for RDS Proxy")."""

CLASS = re.compile(r"db\.(?P<family>[tmrx])\d[a-z]{0,3}\.(?P<size>micro|small|medium|(\d{1,2})?x?large)", re.ASCII)
ALLOWED_CLASS = matching(CLASS, "must be a DB instance class, for example db.m8g.large")
GIB_OF_A_LARGE = {"t": 8, "m": 8, "r": 16, "x": 32}
"""Memory by family; each size has twice that of the one before (https://aws.amazon.com/rds/instance-types/)."""
SMALL_SIZES = {"micro": 1, "small": 2, "medium": 4}
"""GiB of the sizes below `large`; only burstable and a few others have them."""
BURSTABLE_CPUS = 2


def version_of(version: str) -> tuple[int, int]:
    """Major and minor."""
    found = VERSION.fullmatch(version)
    if not found:
        raise ValueError(f"{version!r} is no version")
    return int(found["major"]), int(found["minor"])


def created(version: str) -> bool:
    """Whether AWS makes new instances of it, without paid extended support. What is newer than the table is AWS's to know."""
    major, minor = version_of(version)
    return major >= min(CREATED_FROM) and minor >= CREATED_FROM.get(major, 0) and (major, minor) not in WITHDRAWN


def memory_gib(instance_class: str) -> int:
    """Memory of an instance of the class."""
    family, size = _parts(instance_class)
    return SMALL_SIZES[size] if size in SMALL_SIZES else GIB_OF_A_LARGE[family] * _larges(size)


def cpus(instance_class: str) -> int:
    """Virtual processors of an instance of the class."""
    _, size = _parts(instance_class)
    return BURSTABLE_CPUS if size in SMALL_SIZES else 2 * _larges(size)


def _parts(instance_class: str) -> tuple[str, str]:
    found = CLASS.fullmatch(instance_class)
    if not found:
        raise ValueError(f"{instance_class!r} is no DB instance class")
    return found["family"], found["size"]


def _larges(size: str) -> int:
    """How many times a `large` the size is: `xlarge` 2, `4xlarge` 8."""
    return 1 if size == "large" else 2 * int(size.removesuffix("xlarge") or 1)
