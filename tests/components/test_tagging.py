from collections import Counter

import pulumi
import pulumi_aws as aws
import pytest

from components.tagging import RESOURCE_TAG, name_tag
from tests.graph import token
from tests.rendering import Rendering, run

NAMELESS = (
    *(aws.ec2.Vpc, aws.ec2.Subnet, aws.ec2.InternetGateway, aws.ec2.Eip, aws.ec2.NatGateway, aws.ec2.RouteTable, aws.ec2.NetworkAcl),
    *(aws.ec2.VpcEndpoint, aws.ec2.FlowLog, aws.kms.Key, aws.acm.Certificate),
)
"""What AWS gives a random id and nothing else."""


@pytest.mark.parametrize("kind", NAMELESS, ids=token)
def test_what_has_no_name_in_aws_carries_its_logical_one(new_stack: Rendering, kind: type[pulumi.Resource]) -> None:
    """Known in the first preview, so that the policies see it, too."""
    made = new_stack.of(kind)
    assert made
    assert [found.inputs["tags"][RESOURCE_TAG] for found in made] == [found.name for found in made]


def test_the_tag_tells_the_things_of_a_type_apart(new_stack: Rendering) -> None:
    """In two components a logical name could be the same, and a thing found by it would be the wrong one."""
    tags = Counter((found.type, found.name) for found in new_stack.registrations if found.custom)
    assert [key for key, times in tags.items() if times > 1] == []


def test_what_enters_an_instance_stays_as_it_is(new_stack: Rendering) -> None:
    """A tag more would replace every running instance once."""
    groups, templates = new_stack.of(aws.autoscaling.Group), new_stack.of(aws.ec2.LaunchTemplate)
    assert {tag["key"] for group in groups for tag in group.inputs["tags"]} & {RESOURCE_TAG} == set()
    at_launch = [specification["tags"].keys() for template in templates for specification in template.inputs["tagSpecifications"]]
    assert groups
    assert at_launch
    assert [keys for keys in at_launch if RESOURCE_TAG in keys] == []


@pytest.mark.parametrize("own", [{}, {"tier": "all"}])
@pytest.mark.parametrize("late", [False, True], ids=["plain", "output"])
def test_the_tag_comes_beside_those_that_are_there(own: dict[str, str], *, late: bool) -> None:
    """Also beside some that come with another resource."""

    def program() -> None:
        pulumi.runtime.register_stack_transformation(name_tag)
        aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", tags=pulumi.Output.from_input(own) if late else own)

    assert run(program, {}).one(aws.ec2.Vpc, "main").inputs["tags"] == {**own, "resource": "main"}
