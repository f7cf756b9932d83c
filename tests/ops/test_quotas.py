"""AWS's quotas beside what a stack needs."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from ops.quotas import ADDRESSES, RULES, TARGET_GROUPS, VCPUS, VPCS, Checked, Need, checked, needs, unasked_types
from ops.target import tracked_file
from tests.ops.stand_in import StandIn

OURS = [{"Key": "project", "Value": "switchyard"}, {"Key": "stack", "Value": "staging"}]


@pytest.fixture
def needed(stack: StandIn) -> Any:
    """Tell how much of a quota the stack needs now."""
    return lambda quota: next(need for need in needs(stack.target) if need.quota is quota)


@pytest.fixture
def service_quotas(stack: StandIn) -> Iterator[Stubber]:
    """Answer in the place of Service Quotas, of which the emulator has the VPC's only."""
    with Stubber(stack.cloud.client("service-quotas")) as stubbed:
        yield stubbed


@pytest.mark.parametrize(
    ("quota", "count", "why"),
    [
        (RULES, 100, "config counts on them (switchyard:load_balancer.rules_quota)"),
        (TARGET_GROUPS, 4, "two a service"),
        (VCPUS, 32, "every color at its capacity.max"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_need_follows_from_config(needed: Any, quota: Any, count: int, why: str) -> None:
    """Two services, four colors of at most four instances of two vCPUs."""
    assert needed(quota) == Need(quota, count, why)


def tagged(kind: str, *tags: dict[str, str]) -> list[dict[str, Any]]:
    """The tags of something that is being made."""
    return [{"ResourceType": kind, "Tags": list(tags)}]


def test_a_nat_gateway_in_each_zone_takes_an_address_each(needed: Any, stack: StandIn) -> None:
    """And what others have of them counts, but not what the stack has already."""
    ec2 = stack.cloud.client("ec2")
    before = needed(ADDRESSES).needed
    stack.target.file.edit({"network.nat": "per_zone"})
    assert needed(ADDRESSES).needed == before + 1
    made = [
        ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip", *tags))["AllocationId"] for tags in (OURS, OURS, OURS[1:])
    ]
    try:
        assert needed(ADDRESSES) == Need(ADDRESSES, before + 2, f"2 for the NAT gateways, and others have {before}")
    finally:
        for address in made:
            ec2.release_address(AllocationId=address)


def test_the_stack_takes_one_vpc(needed: Any, stack: StandIn) -> None:
    """Whether it has it already or not; those of others count."""
    ec2 = stack.cloud.client("ec2")
    before = needed(VPCS).needed
    made = [ec2.create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=tagged("vpc", *tags))["Vpc"]["VpcId"] for tags in (OURS, OURS[:1])]
    try:
        assert needed(VPCS) == Need(VPCS, before + 1, f"the stack's own, and others have {before}")
    finally:
        for vpc in made:
            ec2.delete_vpc(VpcId=vpc)


def test_each_color_counts_with_the_largest_of_its_types(needed: Any, stack: StandIn) -> None:
    """Since it may run on any of them; a type of another family has no part in this quota."""
    stack.target.file.edit({"services.api.green.instance_types": ["t4g.small", "m8g.2xlarge"]})
    assert needed(VCPUS).needed == 3 * 4 * 2 + 4 * 8
    stack.target.file.edit({"services.api.green.instance_types": ["g5g.xlarge"]})
    assert needed(VCPUS).needed == 3 * 4 * 2
    assert unasked_types(stack.target.file.settings()) == ["g5g.xlarge"]


def test_without_standard_types_no_vcpu_is_asked_for(needed: Any, stack: StandIn) -> None:
    """EC2 would describe all types there are."""
    services = [f"services.{name}.{color}.instance_types" for name in ("api", "web") for color in ("blue", "green")]
    stack.target.file.edit({key: ["g5g.xlarge"] for key in services})
    assert needed(VCPUS).needed == 0


def test_the_committed_stacks_use_standard_types_only() -> None:
    """So that nothing of theirs stays unasked."""
    assert [unasked_types(tracked_file(name).settings()) for name in ("staging", "prod", "recovery")] == [[], [], []]


def test_the_emulator_tells_the_vpcs_quota_only(stack: StandIn) -> None:
    """What cannot be asked is neither enough nor short."""
    found = {each.need.quota: (each.allowed, each.short) for each in checked(stack.target)}
    assert found == {
        RULES: (None, False),
        TARGET_GROUPS: (None, False),
        ADDRESSES: (None, False),
        VPCS: (5, False),
        VCPUS: (None, False),
    }


def test_a_quota_that_was_never_raised_has_its_default(service_quotas: Stubber, stack: StandIn) -> None:
    """AWS keeps the values that apply apart from the defaults."""
    for quota in (RULES, TARGET_GROUPS, ADDRESSES, VPCS, VCPUS):
        which = {"ServiceCode": quota.service, "QuotaCode": quota.code}
        service_quotas.add_client_error("get_service_quota", "NoSuchResourceException", expected_params=which)
        service_quotas.add_response("get_aws_default_service_quota", {"Quota": {"Value": 5.0}}, expected_params=which)
    found = {each.need.quota: each.short for each in checked(stack.target)}
    assert found == {RULES: True, TARGET_GROUPS: False, ADDRESSES: False, VPCS: False, VCPUS: True}


def test_who_may_not_ask_gets_no_default(service_quotas: Stubber, stack: StandIn) -> None:
    """The value that applies may be far above it."""
    for _ in range(5):
        service_quotas.add_client_error("get_service_quota", "AccessDeniedException")
    assert [each.allowed for each in checked(stack.target)] == [None] * 5


@pytest.mark.parametrize(("allowed", "short"), [(4, True), (5, False), (6, False), (None, False), (0, True)])
def test_a_quota_is_short_below_the_need(allowed: int | None, short: bool) -> None:  # noqa: FBT001 -- a case
    """Just enough is enough."""
    assert Checked(Need(VPCS, 5, ""), allowed).short is short
