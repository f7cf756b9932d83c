import json

import pulumi_aws as aws

from components.catalogue import CATALOGUE
from tests.configs import changed, rendered
from tests.graph import takes_from
from tests.rendering import Rendering, render_all

WATCHED = (
    *(aws.lb.LoadBalancer, aws.lb.TargetGroup, aws.autoscaling.Group, aws.ec2.NatGateway, aws.acm.Certificate, aws.sns.Topic),
    *(aws.cloudfront.Distribution, aws.cloudfront.Function, aws.route53.HealthCheck),
)


def test_every_signal_has_a_graph_with_a_line_for_each_resource(old_stack: Rendering) -> None:
    """Under the namespace, metric and dimensions of its alarms."""
    body = json.loads(old_stack.one(aws.cloudwatch.Dashboard, "dashboard").inputs["dashboardBody"])
    shown = {widget["properties"]["title"]: widget["properties"]["metrics"] for widget in body["widgets"]}
    assert len(shown) == sum(len(subject.signals) for subject in CATALOGUE)
    assert shown["NatGateway: ErrorPortAllocation, Sum"] == [
        ["AWS/NATGateway", "ErrorPortAllocation", "NatGatewayId", f"network-nat-{zone}-id", {"label": f"nat-{zone}"}] for zone in "abc"
    ]
    assert [line[-1]["label"] for line in shown["TargetGroup: TargetResponseTime, p99"]] == [
        "api-blue",
        "api-green",
        "web-blue",
        "web-green",
    ]


def test_a_new_stack_s_dashboard_comes_from_what_it_shows(new_stack: Rendering) -> None:
    """That is how the policy pack knows in a preview what is on it."""
    dashboard = new_stack.one(aws.cloudwatch.Dashboard, "dashboard")
    for kind in WATCHED:
        assert takes_from(new_stack, dashboard, "dashboardBody", kind) == {each.name for each in new_stack.of(kind)}


def test_graphs_stay_within_cloudwatch_s_limits(old_stack: Rendering) -> None:
    """At most 500 metrics on a page and 24 columns; a period of whole minutes."""
    body = json.loads(old_stack.one(aws.cloudwatch.Dashboard, "dashboard").inputs["dashboardBody"])
    assert sum(len(widget["properties"]["metrics"]) for widget in body["widgets"]) <= 500
    assert {widget["width"] for widget in body["widgets"]} == {8}
    assert all(widget["properties"]["period"] % 60 == 0 for widget in body["widgets"])


def test_what_a_stack_does_not_have_has_no_graph() -> None:
    """A stack that is closed to the public is not asked for from outside, and CloudWatch refuses a graph without a line."""
    made = rendered({"cdn.only_networks": ["198.51.100.0/24"]}, preview=False)
    widgets = json.loads(made.one(aws.cloudwatch.Dashboard, "dashboard").inputs["dashboardBody"])["widgets"]
    assert [widget["properties"]["title"] for widget in widgets if not widget["properties"]["metrics"]] == []
    assert not any("HealthCheck" in widget["properties"]["title"] for widget in widgets)


def test_the_order_of_services_in_the_file_moves_no_line(old_stack: Rendering) -> None:
    """Lines are in the order of their names, so that sorting the file changes no graph."""
    config = changed({})
    config["switchyard:services"] = dict(reversed(config["switchyard:services"].items()))
    swapped = render_all("prod", config, preview=False).one(aws.cloudwatch.Dashboard, "dashboard")
    assert swapped.inputs == old_stack.one(aws.cloudwatch.Dashboard, "dashboard").inputs
