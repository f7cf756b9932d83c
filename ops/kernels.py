"""The kernel lines of Amazon Linux 2023, one of which a pinned AMI has."""

from enum import StrEnum


class Kernel(StrEnum):
    """Each has AMIs of its own (https://docs.aws.amazon.com/linux/al2023/ug/ec2.html).

    AWS's `default` is none of them: it moves to another line once a year, under everyone who follows it.
    """

    V6_1 = "6.1"
    V6_12 = "6.12"
    V6_18 = "6.18"
