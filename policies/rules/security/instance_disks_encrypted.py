"""Every disk of an instance is encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY, LAUNCH_TEMPLATE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

ROOT_DEVICE = "/dev/xvda"
"""What Amazon Linux 2023 boots from; a disk of another name stands beside it."""


def check(template: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a disk without encryption, or by a key that is not the stack's; what is not listed is the AMI's own, as it was made."""
    disks = template.items("blockDeviceMappings")
    if ROOT_DEVICE not in {disk.value("deviceName", "") for disk in disks}:
        yield template.problem("blockDeviceMappings", "does not list the root disk, so the AMI decides about it")
    for disk in disks:
        if disk.value("ebs.encrypted", "false") != "true":
            yield disk.problem("ebs.encrypted", "is not on")
        if not disk.has("ebs.kmsKeyId") or not stack.sources(template, "blockDeviceMappings", KEY):
            yield disk.problem("ebs.kmsKeyId", "is no key of the stack")


RULE = StackRule(
    name="instance_disks_encrypted",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
