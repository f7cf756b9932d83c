import pulumi_aws as aws
import pytest

from components.naming import fingerprint
from tests.configs import rendered
from tests.graph import takes_from, waits_for
from tests.rendering import Rendering

RULES = {"api-blue-preview", "api-green-preview", "api-traffic"}


@pytest.mark.parametrize("policy", ["cpu", "load"])
def test_a_policy_waits_for_the_listener_rules(new_stack: Rendering, policy: str) -> None:
    """AWS refuses to track requests of a target group that no rule names."""
    made = new_stack.one(aws.autoscaling.Policy, f"api-blue-{policy}")
    assert waits_for(new_stack, made, aws.lb.ListenerRule) == RULES
    assert takes_from(new_stack, made, "autoscalingGroupName", aws.autoscaling.Group) == {"api-blue-group"}
    assert made.inputs["policyType"] == "TargetTrackingScaling"


def test_requests_are_tracked_by_the_color_s_own_label(old_stack: Rendering) -> None:
    """Load balancer and target group, as CloudWatch names them."""
    tracking = old_stack.one(aws.autoscaling.Policy, "api-blue-load").inputs["targetTrackingConfiguration"]
    assert tracking["predefinedMetricSpecification"] == {
        "predefinedMetricType": "ALBRequestCountPerTarget",
        "resourceLabel": "app/lb/0123456789abcdef/targetgroup/api-blue/0123456789abcdef",
    }
    assert tracking["targetValue"] == 1000


def test_targets_are_config() -> None:
    """A color's own; its twin keeps its."""
    made = rendered({"services.api.blue.capacity.cpu_percent": 70, "services.api.blue.capacity.requests_per_target": 9})
    values = {
        policy.name: policy.inputs["targetTrackingConfiguration"]["targetValue"]
        for policy in made.of(aws.autoscaling.Policy)
        if policy.name.startswith("api")
    }
    assert values == {"api-blue-cpu": 70, "api-blue-load": 9, "api-green-cpu": 50, "api-green-load": 1000}


def test_a_start_sets_the_size_and_leaves_the_bounds() -> None:
    """-1 is "unchanged": 0 would close the group, and a bound would outlive the hour."""
    start = {"cron": "0 7 * * 1-5", "desired": 6, "time_zone": "Europe/Dublin"}
    made = rendered({"services.api.blue.capacity.schedule": [start]})
    (scheduled,) = made.of(aws.autoscaling.Schedule)
    inputs = dict(scheduled.inputs)
    assert takes_from(made, scheduled, "autoscalingGroupName", aws.autoscaling.Group) == {"api-blue-group"}
    inputs.pop("autoscalingGroupName")
    assert inputs == {
        "scheduledActionName": f"api-blue-{fingerprint('0 7 * * 1-5 Europe/Dublin 6')}",
        "recurrence": "0 7 * * 1-5",
        "timeZone": "Europe/Dublin",
        "minSize": -1,
        "maxSize": -1,
        "desiredCapacity": 6,
    }


def test_another_size_at_the_same_time_replaces_the_start() -> None:
    """AWS refuses an update that repeats a first start time which is past, and two starts at one time: the old one goes first."""
    start = {"cron": "0 7 * * 1-5", "desired": 6}
    (before,) = rendered({"services.api.blue.capacity.schedule": [start]}).of(aws.autoscaling.Schedule)
    (after,) = rendered({"services.api.blue.capacity.schedule": [{**start, "desired": 7}]}).of(aws.autoscaling.Schedule)
    assert before.name == after.name
    assert before.inputs["scheduledActionName"] != after.inputs["scheduledActionName"]
    assert after.delete_before_replace


def test_a_start_that_comes_first_moves_no_other() -> None:
    """Names follow the time, not the place in the list."""
    starts = [{"cron": f"0 {hour} * * *", "desired": 6} for hour in (7, 12)]
    one = rendered({"services.api.blue.capacity.schedule": starts[1:]}).of(aws.autoscaling.Schedule)
    both = rendered({"services.api.blue.capacity.schedule": starts}).of(aws.autoscaling.Schedule)
    assert {start.name for start in one} < {start.name for start in both}
