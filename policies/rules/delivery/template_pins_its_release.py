"""A launch template names one AMI, and tags instances with the digest of the release."""

import re
from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def check(template: Resource) -> Iterator[Problem]:
    """Find a template that leaves the AMI to a lookup, or whose instances and disks do not say which release they run."""
    if not template.value("imageId", "").startswith("ami-"):
        yield template.problem("imageId", "must name one AMI")
    tagged = {tags.value("resourceType"): tags.value("tags.release", "") for tags in template.items("tagSpecifications")}
    if tagged.keys() != {"instance", "volume"} or not all(map(DIGEST.fullmatch, tagged.values())):
        yield template.problem("tagSpecifications", "must give instances and volumes the release's digest")


RULE = ResourceRule(
    name="template_pins_its_release",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
