"""The AMIs that colors pin: which one is newest, and how old one is."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ops.desired import answer
from ops.errors import SwitchyardError
from ops.target import Target

DEPRECATED_AFTER_DAYS = 90
"""AWS deprecates an Amazon Linux 2023 AMI this long after its release: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html"""
OLD_AFTER_DAYS = 60
"""Leaves a month for a release before AWS deprecates the AMI."""
NEWEST = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-{kernel}-{architecture}"
"""AWS's public parameters: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html"""
KERNEL = re.compile(r"-kernel-(\d+\.\d+)-")
UNKNOWN = {"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"}


@dataclass(frozen=True)
class Ami:
    """An image as AWS describes it."""

    id: str
    name: str
    released: datetime

    @property
    def kernel(self) -> str:
        """The kernel line in its name; empty when the name has none."""
        found = KERNEL.search(self.name)
        return found[1] if found else ""

    @property
    def age_days(self) -> int:
        """Whole days since its release."""
        return (datetime.now(UTC) - self.released).days

    @property
    def deprecated_on(self) -> str:
        """The day on which AWS deprecates it."""
        return f"{self.released + timedelta(days=DEPRECATED_AFTER_DAYS):%Y-%m-%d}"

    @property
    def warning(self) -> str:
        """What is to be said of its age; empty while it is young."""
        if self.age_days >= DEPRECATED_AFTER_DAYS:
            return f"is {self.age_days} days old: AWS has deprecated it on {self.deprecated_on}"
        return f"is {self.age_days} days old: AWS deprecates it on {self.deprecated_on}" if self.age_days >= OLD_AFTER_DAYS else ""


def described(ec2: Any, ami: str) -> Ami | None:
    """The image; None when AWS knows none of this id, or has none any more."""
    images = answer(lambda: ec2.describe_images(ImageIds=[ami]), UNKNOWN).get("Images", [])
    return Ami(ami, images[0].get("Name", ""), datetime.fromisoformat(images[0]["CreationDate"])) if images else None


def newest(target: Target, kernel: str, architecture: str) -> str:
    """The id of the newest Amazon Linux 2023 AMI of a kernel line; SwitchyardError when the region has none."""
    name = NEWEST.format(kernel=kernel, architecture=architecture)
    found = target.client("ssm").get_parameters(Names=[name])["Parameters"]
    if not found:
        region = target.file.settings().region
        raise SwitchyardError(
            f"{region} has no Amazon Linux 2023 AMI of kernel {kernel} for {architecture}: no {name}.", "Name another --kernel."
        )
    return str(found[0]["Value"])
