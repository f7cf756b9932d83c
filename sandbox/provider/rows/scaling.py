"""EC2 Auto Scaling: what makes a group grow and shrink, and whom it tells of launches."""

import re
import uuid
import zoneinfo
from collections.abc import Iterator
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

REQUESTS = "ALBRequestCountPerTarget"

LABEL = re.compile(r"(?P<balancer>app/[A-Za-z0-9-]{1,32}/[0-9a-f]{16})/(?P<group>targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]{16})")

SPECIFIED = "targetTrackingConfiguration.predefinedMetricSpecification"

UNCHANGED = -1
"""How the program says that a scheduled action leaves a size alone; AWS is told nothing then."""

SIZES = ("minSize", "maxSize", "desiredCapacity")

EVENTS = frozenset(
    f"autoscaling:{event}"
    for event in ("TEST_NOTIFICATION", *(f"EC2_INSTANCE_{what}{how}" for what in ("LAUNCH", "TERMINATE") for how in ("", "_ERROR")))
)


def _told(name: str) -> str:
    """Return the parameter of a size that is to be set, in JMESPath."""
    return f"{name[0].upper()}{name[1:]}: {name} != `{UNCHANGED}` && {name} || `null`"


def _answered(name: str) -> str:
    """Return the size as the program says it, in JMESPath."""
    member = f"{name[0].upper()}{name[1:]}"
    return f"{member}: {member} || `{UNCHANGED}`"


OF_GROUP = "AutoScalingGroupName: autoscalingGroupName"

ACTION = f"{{{', '.join(map(_told, SIZES))}}}"

FOUND_ACTION = f"ScheduledUpdateGroupActions[0] | @ && merge(@, {{{', '.join(map(_answered, SIZES))}}})"


def _refuse_untracked(_client: Any, facts: Facts) -> None:
    """Refuse, as AWS does, to track requests of a target group that gets none, or that is not the Auto Scaling group's."""
    specified = (facts.get("targetTrackingConfiguration") or {}).get("predefinedMetricSpecification") or {}
    if specified.get("predefinedMetricType") != REQUESTS:
        return
    label = LABEL.fullmatch(specified.get("resourceLabel") or "")
    if not label:
        raise ProviderError(f"ValidationError: {REQUESTS} needs a resource label")
    start = f"arn:aws:elasticloadbalancing:{facts['region']}:{facts['account']}"
    group = f"{start}:{label['group']}"
    if group not in _routed(facts["clients"]("elbv2"), f"{start}:loadbalancer/{label['balancer']}"):
        raise ProviderError(f"ValidationError: The load balancer does not route traffic to the target group: no rule names it ({label[0]})")
    owner = facts["clients"]("autoscaling").describe_load_balancer_target_groups(AutoScalingGroupName=facts["autoscalingGroupName"])
    if group not in [attached["LoadBalancerTargetGroupARN"] for attached in owner["LoadBalancerTargetGroups"]]:
        raise ProviderError(f"ValidationError: {label['group']} is not attached to the Auto Scaling group {facts['autoscalingGroupName']}")


def _routed(client: Any, balancer: str) -> set[str]:
    """Return the target groups that the rules of a load balancer name."""
    listeners = client.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    rules = [rule for listener in listeners for rule in client.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]]
    actions = [action for rule in rules for action in rule["Actions"]]
    weighted = [group for action in actions for group in action.get("ForwardConfig", {}).get("TargetGroups", ())]
    return {found["TargetGroupArn"] for found in (*actions, *weighted) if found.get("TargetGroupArn")}


def _unschedule(client: Any, facts: Facts) -> None:
    """Delete a scheduled action, which AWS answers with a general error when it is gone."""
    owner = {"AutoScalingGroupName": facts["autoscalingGroupName"]}
    if client.describe_scheduled_actions(**owner, ScheduledActionNames=[facts["id"]])["ScheduledUpdateGroupActions"]:
        client.delete_scheduled_action(**owner, ScheduledActionName=facts["id"])


def _policy_failures(inputs: Facts) -> Iterator[Failure]:
    tracking = inputs.get("targetTrackingConfiguration") or {}
    metric = tracking.get("predefinedMetricSpecification") or {}
    label, requests = metric.get("resourceLabel"), metric.get("predefinedMetricType") == REQUESTS
    if label and not requests:
        yield f"{SPECIFIED}.resourceLabel", f"only {REQUESTS} has one"
    elif label and not LABEL.fullmatch(label):
        yield (
            f"{SPECIFIED}.resourceLabel",
            f"{label!r} does not have the form app/<name>/<id>/targetgroup/<name>/<id>, the two ARN suffixes",
        )
    if tracking and inputs.get("policyType") != "TargetTrackingScaling":
        yield "policyType", f"{inputs.get('policyType')!r}: targetTrackingConfiguration goes with TargetTrackingScaling"
    if metric and tracking.get("customizedMetricSpecification"):
        yield SPECIFIED, "give it or customizedMetricSpecification, not both"


def _schedule_failures(inputs: Facts) -> Iterator[Failure]:
    given = {name: inputs[name] for name in SIZES if inputs.get(name, UNCHANGED) != UNCHANGED}
    if given.get("minSize", 0) > given.get("maxSize", given.get("minSize", 0)):
        yield "minSize", f"{given['minSize']} is more than maxSize, {given['maxSize']}"
    if all(inputs.get(name) == UNCHANGED for name in SIZES):
        yield "desiredCapacity", f"at least one of {', '.join(SIZES)} must be set"


def _action_arn(facts: Facts) -> str:
    """Return the ARN of a scheduled action, which the emulator does not answer."""
    owner, name = facts["autoscalingGroupName"], facts["scheduledActionName"]
    start = f"arn:aws:autoscaling:{facts['region']}:{facts['account']}:scheduledUpdateGroupAction"
    return f"{start}:{uuid.uuid5(uuid.NAMESPACE_URL, owner + name)}:autoScalingGroupName/{owner}:scheduledActionName/{name}"


def _zone(name: str) -> str:
    return "" if name in zoneinfo.available_timezones() else f"{name!r} is no time zone of the IANA database"


def _events(names: list[str]) -> str:
    unknown = set(names) - EVENTS
    return f"{', '.join(sorted(unknown))}: it is one of {', '.join(sorted(EVENTS))}" if unknown else ""


ACTION_LIMITS = {
    **dict.fromkeys(SIZES, Limit(UNCHANGED)),
    "recurrence": Limit(pattern=r"\S+( \S+){4}", says="a cron expression of five fields"),
    "timeZone": Limit(test=_zone),
}

ROWS = (
    Row(
        type="aws.autoscaling.Policy",
        before=Call(_refuse_untracked),
        create=Call("put_scaling_policy"),
        id="{name}",
        imports="{autoscalingGroupName}/{name}",
        read=Call("describe_policies", f"{{{OF_GROUP}, PolicyNames: [id]}}", "ScalingPolicies[0]"),
        update=Call("put_scaling_policy"),
        delete=Call("delete_policy", f"{{{OF_GROUP}, PolicyName: id}}"),
        defaults={"policyType": "SimpleScaling", "enabled": True},
        replaces=("autoscalingGroupName",),
        lost=("enabled",),
        check=_policy_failures,
    ),
    Row(
        type="aws.autoscaling.Schedule",
        create=Call("put_scheduled_update_group_action", ACTION),
        id="{scheduledActionName}",
        read=Call("describe_scheduled_actions", f"{{{OF_GROUP}, ScheduledActionNames: [id]}}", FOUND_ACTION),
        update=Call("put_scheduled_update_group_action", ACTION),
        delete=Call(_unschedule),
        names={name: f"unset.{name}" for name in SIZES},
        computed={"arn": _action_arn},
        defaults=dict.fromkeys(SIZES, 0),
        replaces=("autoscalingGroupName", "scheduledActionName"),
        lost=("startTime", "endTime"),
        limits=ACTION_LIMITS,
        check=_schedule_failures,
    ),
    Row(
        type="aws.autoscaling.Notification",
        recorded="the emulator has no PutNotificationConfiguration",
        id="{topicArn}",
        replaces=("topicArn",),
        limits={"groupNames": Limit(1), "notifications": Limit(1, test=_events)},
    ),
)
