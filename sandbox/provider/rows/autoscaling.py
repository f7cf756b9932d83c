"""EC2 Auto Scaling: groups. What the emulator's groups do otherwise than AWS's is put right in `fleet.py`."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider import fleet, limits, tags
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row, switch
from sandbox.provider.schema import Failure

NAMED = "AutoScalingGroupName: id"

SUBNETS = "VPCZoneIdentifier: vpcZoneIdentifiers && join(',', vpcZoneIdentifiers)"

EMPTY = f"{{{SUBNETS}, DesiredCapacity: `0`, Tags: tags[].{{Key: key, Value: value, PropagateAtLaunch: propagateAtLaunch}}}}"
"""A group that launches nothing itself: `fleet.fill` does."""

WARM_POOL = (
    f"{{{NAMED}, PoolState: warmPool.poolState, MinSize: warmPool.minSize, MaxGroupPreparedCapacity: warmPool.maxGroupPreparedCapacity, "
    "InstanceReusePolicy: {ReuseOnScaleIn: warmPool.instanceReusePolicy.reuseOnScaleIn}}"
)

FOUND = (
    "AutoScalingGroups[0] | @ && merge(@, {warmPool: WarmPoolConfiguration, enabledMetrics: EnabledMetrics[].Metric, "
    "suspendedProcesses: sort(SuspendedProcesses[].ProcessName), "
    "terminationPolicies: TerminationPolicies != ['Default'] && TerminationPolicies || `null`})"
)

CHANGEABLE = (
    *("minSize", "maxSize", "launchTemplate", "mixedInstancesPolicy", "vpcZoneIdentifiers", "serviceLinkedRoleArn"),
    *("healthCheckType", "healthCheckGracePeriod", "defaultCooldown", "defaultInstanceWarmup", "instanceMaintenancePolicy", "context"),
    *("capacityRebalance", "maxInstanceLifetime", "placementGroup", "protectFromScaleIn", "terminationPolicies", "desiredCapacityType"),
)
"""What UpdateAutoScalingGroup carries, always all of it: the emulator forgets a policy that is not repeated. The desired capacity is not
among these, since a group that has scaled out must not shrink when something else changes."""

TEMPLATE = ("launchTemplate", "mixedInstancesPolicy")
"""A change of these starts an instance refresh."""

LOST = (
    *("availabilityZoneDistribution", "capacityRebalance", "capacityReservationSpecification", "context", "defaultCooldown"),
    *("defaultInstanceWarmup", "desiredCapacityType", "instanceLifecyclePolicy", "instanceMaintenancePolicy", "maxInstanceLifetime"),
    *("placementGroup", "serviceLinkedRoleArn", "terminationPolicies"),
)

KEPT = (
    *("forceDelete", "forceDeleteWarmPool", "ignoreFailedScalingActivities", "instanceRefresh", "metricsGranularity"),
    *("minElbCapacity", "waitForCapacityTimeout", "waitForElbCapacity"),
)

DEFAULTS = {
    "healthCheckGracePeriod": 300,
    "metricsGranularity": "1Minute",
    "waitForCapacityTimeout": "10m",
    "warmPool.maxGroupPreparedCapacity": -1,
    "warmPool.poolState": "Stopped",
}

STATES = ("InService", "Pending", "Standby", "Terminating", "Total")

METRICS = frozenset(
    (
        *("GroupMinSize", "GroupMaxSize", "GroupDesiredCapacity", "GroupAndWarmPoolDesiredCapacity", "GroupAndWarmPoolTotalCapacity"),
        *(f"Group{state}{unit}" for state in STATES for unit in ("Instances", "Capacity")),
        *(f"WarmPool{state}Capacity" for state in ("Desired", "Warmed", "Pending", "Terminating", "Total")),
    )
)

PROCESSES = frozenset(
    (
        *("AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "Launch", "ReplaceUnhealthy"),
        *("ScheduledActions", "Terminate"),
    )
)

SPOT = ("capacity-optimized", "capacity-optimized-prioritized", "lowest-price", "price-capacity-optimized")

DISTRIBUTION = "mixedInstancesPolicy.instancesDistribution"

LIMITS = {
    "minSize": Limit(0),
    "maxSize": Limit(0),
    "desiredCapacity": Limit(0),
    "healthCheckGracePeriod": Limit(0),
    "defaultInstanceWarmup": Limit(0),
    "healthCheckType": Limit(pattern=r"(EC2|ELB|VPC_LATTICE|EBS)(,(EC2|ELB|VPC_LATTICE|EBS))*", says="EC2, ELB, VPC_LATTICE or EBS"),
    "metricsGranularity": Limit(choices=("1Minute",)),
    "instanceRefresh.strategy": Limit(choices=("Rolling",)),
    "instanceRefresh.preferences.minHealthyPercentage": Limit(0, 100),
    "instanceRefresh.preferences.maxHealthyPercentage": Limit(100, 200),
    "waitForCapacityTimeout": Limit(pattern=r"0|(\d+(\.\d+)?(ms|s|m|h))+", says="a duration such as 10m, or 0"),
    "warmPool.minSize": Limit(0),
    "warmPool.maxGroupPreparedCapacity": Limit(-1),
    f"{DISTRIBUTION}.onDemandAllocationStrategy": Limit(choices=("prioritized", "lowest-price")),
    f"{DISTRIBUTION}.onDemandBaseCapacity": Limit(0),
    f"{DISTRIBUTION}.onDemandPercentageAboveBaseCapacity": Limit(0, 100),
    f"{DISTRIBUTION}.spotAllocationStrategy": Limit(choices=SPOT),
}


def _subnets(client: Any, facts: Facts) -> dict[str, Any]:
    """Return the group's subnets, which AWS answers as one text."""
    groups = client.describe_auto_scaling_groups(AutoScalingGroupNames=[facts["id"]])["AutoScalingGroups"]
    return {"vpcZoneIdentifiers": [name for group in groups for name in group.get("VPCZoneIdentifier", "").split(",") if name]}


def _failures(inputs: Facts) -> Iterator[Failure]:
    low, high = inputs.get("minSize", 0), inputs.get("maxSize")
    desired = inputs.get("desiredCapacity", low)
    if high is not None and low > high:
        yield "minSize", f"{low} is more than maxSize, {high}"
    elif high is not None and not low <= desired <= high:
        yield "desiredCapacity", f"{desired} is not between minSize, {low}, and maxSize, {high}"
    unknown = set(inputs.get("enabledMetrics") or ()) - METRICS
    if unknown:
        yield "enabledMetrics", f"AWS has no metric {', '.join(sorted(unknown))}"
    strange = set(inputs.get("suspendedProcesses") or ()) - PROCESSES
    if strange:
        yield "suspendedProcesses", f"AWS has no process {', '.join(sorted(strange))}"
    yield from tags.failures({tag["key"]: tag["value"] for tag in inputs.get("tags") or () if {"key", "value"} <= tag.keys()})
    yield from _percentages("instanceMaintenancePolicy", inputs.get("instanceMaintenancePolicy") or {})
    yield from _percentages("instanceRefresh.preferences", (inputs.get("instanceRefresh") or {}).get("preferences") or {})
    yield from _beyond(inputs)


def _beyond(inputs: Facts) -> Iterator[Failure]:
    """Find what AWS would do and the sandbox does not."""
    if inputs.get("availabilityZones"):
        yield "availabilityZones", "the sandbox launches into subnets: give vpcZoneIdentifiers"
    if (inputs.get("instanceRefresh") or {}).get("triggers"):
        yield "instanceRefresh.triggers", "the sandbox replaces instances for a new template only"
    for path, weight in limits.at(inputs, "mixedInstancesPolicy.launchTemplate.overrides.weightedCapacity"):
        if weight not in (None, "1"):
            yield path, "the sandbox counts instances, each as one"


def _percentages(at: str, policy: Facts) -> Iterator[Failure]:
    """Of a pair of healthy percentages: AWS wants at most 100 between them."""
    low, high = policy.get("minHealthyPercentage"), policy.get("maxHealthyPercentage")
    if low is None or high is None or low == high == -1:
        return
    if high < 100 or low < 0:  # noqa: PLR2004 - percent
        yield f"{at}.maxHealthyPercentage", f"{low} to {high}: it is 0 to 100 at least and 100 to 200 at most, or -1 for both"
    elif high - low > 100:  # noqa: PLR2004 - percent
        yield f"{at}.maxHealthyPercentage", f"{high} is more than 100 above minHealthyPercentage, {low}"


CHANGES = (
    Call(fleet.trim, on=("maxSize",)),
    Call("update_auto_scaling_group", f"{{{NAMED}, {SUBNETS}, MinSize: `0`}}", on=CHANGEABLE),
    Call(fleet.fill, on=("minSize",)),
    Call("update_auto_scaling_group", f"{{{NAMED}, {SUBNETS}}}", on=CHANGEABLE),
    Call(fleet.resize, on=("desiredCapacity",)),
    Call(fleet.retarget, on=("targetGroupArns",)),
    Call(fleet.retag, on=("tags",)),
    Call("enable_metrics_collection", f"{{{NAMED}, Metrics: enabledMetrics, Granularity: '1Minute'}}", on=("enabledMetrics",)),
    *switch("warmPool", "put_warm_pool", "delete_warm_pool", WARM_POOL),
    Call(fleet.suspend, on=("suspendedProcesses",)),
    Call(fleet.refresh, on=TEMPLATE, when="instanceRefresh && !contains(suspendedProcesses || `[]`, 'InstanceRefresh')"),
)
"""In this order: the emulator launches by itself what is below a minimum, all of it into one zone."""

ROWS = (
    Row(
        type="aws.autoscaling.Group",
        noun="AutoScalingGroup",
        create=Call("create_auto_scaling_group", EMPTY),
        after=Call(fleet.fill),
        id="{name}",
        read=(Call("describe_auto_scaling_groups", "{AutoScalingGroupNames: [id]}", FOUND), Call(_subnets)),
        update=CHANGES,
        delete=Call(fleet.disband),
        names={"protectFromScaleIn": "NewInstancesProtectedFromScaleIn"},
        defaults=DEFAULTS,
        kept=KEPT,
        lost=LOST,
        limits=LIMITS,
        conflicts=(("launchTemplate", "mixedInstancesPolicy"),),
        check=_failures,
    ),
)
