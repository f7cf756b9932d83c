"""The scan itself: that the scanner gets the stack as it is, and that the page says what it found."""

import re

import pytest
import yaml

from tests.policies.test_real_stacks import resources
from tests.rendering import ROOT
from tests.scan.__main__ import REASONS, rows, unexplained
from tests.scan.plan import plan, type_of

REPORT = {"results": {"failed_checks": [{"check_id": "CKV_1", "resource": f"aws_eip.{name}"} for name in "ba"]}}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("aws:lb/loadBalancer:LoadBalancer", "aws_lb"),
        ("aws:lb/targetGroup:TargetGroup", "aws_lb_target_group"),
        ("aws:ec2/launchTemplate:LaunchTemplate", "aws_launch_template"),
        ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws_vpc_security_group_egress_rule"),
        ("aws:s3/bucketPolicy:BucketPolicy", "aws_s3_bucket_policy"),
        ("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "aws_s3_bucket_replication_configuration"),
        ("aws:rds/instance:Instance", "aws_db_instance"),
        ("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", "aws_db_proxy_default_target_group"),
    ],
)
def test_a_type_has_the_name_that_scanners_know(ours: str, theirs: str) -> None:
    """A scanner is silent about a type that it does not know."""
    assert type_of(ours) == theirs


def test_the_plan_holds_the_whole_stack() -> None:
    """Blocks are lists, tags are maps, and what comes from another resource says so."""
    stack = resources("prod", preview=False)
    written = plan(stack)["planned_values"]["root_module"]["resources"]
    assert len(written) == len({each["address"] for each in written}) == len([each for each in stack if each.type.startswith("aws:")])
    values = {each["address"]: each["values"] for each in written}
    assert values["aws_launch_template.api-blue-boot"]["metadata_options"][0]["http_tokens"] == "required"
    assert {tag["key"] for tag in values["aws_autoscaling_group.api-blue-group"]["tag"]} >= {"project", "color"}
    assert values["aws_lb_listener.lb-https"]["default_action"][0]["type"] == "fixed-response"
    parameters = values["aws_db_parameter_group.database-parameters"]["parameter"]
    assert {"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"} in parameters
    assert len(values["aws_cloudfront_distribution.cdn"]["origin"]) > 1
    assert values["aws_cloudwatch_metric_alarm.lb-5xx"]["tags"] == {}
    expressions = {each["address"]: each["expressions"] for each in plan(stack)["configuration"]["root_module"]["resources"]}
    assert expressions["aws_s3_bucket_policy.lb-logs-policy"]["bucket"]["references"] == [
        "aws_s3_bucket.lb-logs.id",
        "aws_s3_bucket.lb-logs",
    ]


def test_a_finding_without_a_reason_is_told() -> None:
    """And one with a reason is a row of the page."""
    assert list(rows(REPORT, {"CKV_1": "Because."})) == ["| CKV_1 | `aws_eip.a` and 1 more | Because. |"]
    assert unexplained(REPORT, {"CKV_2": "Because."}) == ["CKV_1"]


def test_the_page_has_every_reason_and_no_finding_without_one() -> None:
    """Else: `make scan`, which a test cannot run, since it installs the scanner."""
    page = (ROOT / "docs" / "reference" / "scan.md").read_text(encoding="utf-8")
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    assert dict(re.findall(r"^\| (CKV\w+) \| .+ \| (.*) \|$", page, re.MULTILINE)) == reasons
