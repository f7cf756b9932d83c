import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.graph import plain, takes_from
from tests.rendering import Rendering

CLOSED = {"cdn.only_networks": ["198.51.100.0/24"]}


@pytest.mark.parametrize(("family", "kind"), [("ipv4", "A"), ("ipv6", "AAAA")])
def test_the_name_leads_to_the_distribution(old_stack: Rendering, family: str, kind: str) -> None:
    """For both families, by an alias, whose queries are free and which may stand at the top of a zone."""
    record = old_stack.one(aws.route53.Record, f"dns-{family}")
    assert (record.inputs["name"], record.inputs["type"], record.inputs["zoneId"]) == ("app.example.com", kind, "Z0123456789ABC")
    (alias,) = record.inputs["aliases"]
    assert alias == {"name": "d111111abcdef8.cloudfront.net", "zoneId": "Z2FDTNDATAQYW2", "evaluateTargetHealth": False}
    assert takes_from(old_stack, record, "aliases", aws.cloudfront.Distribution) == {"cdn"}
    assert "records" not in record.inputs


def test_a_record_that_is_there_already_is_not_taken_over(old_stack: Rendering) -> None:
    """A name that leads elsewhere leads there for a reason: the update stops, and somebody decides."""
    for family in ("ipv4", "ipv6"):
        assert "allowOverwrite" not in old_stack.one(aws.route53.Record, f"dns-{family}").inputs


def test_the_home_page_is_asked_for_from_outside(old_stack: Rendering) -> None:
    """By the name that users type, over HTTPS, twice a minute; a page is on its way after three failures."""
    check = old_stack.one(aws.route53.HealthCheck, "dns-health").inputs
    assert (check["type"], check["fqdn"], check["port"], check["resourcePath"]) == ("HTTPS", "app.example.com", 443, "/")
    assert (check["enableSni"], check["requestInterval"], check["failureThreshold"], check["disabled"]) == (True, 30, 3, False)


def test_the_check_is_watched_in_us_east_1(old_stack: Rendering) -> None:
    """Route 53 has its figures nowhere else."""
    alarm = old_stack.one(aws.cloudwatch.MetricAlarm, "dns-away")
    assert alarm.inputs["dimensions"] == {"HealthCheckId": "dns-health-id"}
    assert alarm.inputs["region"] == "us-east-1"


def test_the_check_rests_where_nobody_may_come() -> None:
    """A stack that is closed to the public turns Route 53 away too: the check stays, asks nothing, and no alarm waits for it."""
    made = rendered(CLOSED)
    assert made.one(aws.route53.HealthCheck, "dns-health").inputs["disabled"] is True
    assert [found.name for found in made.of(aws.cloudwatch.MetricAlarm) if found.name.startswith("dns-")] == []


TAKES = {"name": "www.example.com", "now": True}


def test_a_name_is_taken_over_when_config_says_so() -> None:
    """And not before: its records then lead here, and the distribution and the services answer under it too."""
    ready, taken = (rendered({"domain.stands_in": {**TAKES, "now": now}}, preview=False) for now in (False, True))
    for made, names in ((ready, {"app.example.com"}), (taken, {"app.example.com", "www.example.com"})):
        addresses = [found for found in made.of(aws.route53.Record) if found.inputs["type"] in {"A", "AAAA"}]
        assert {found.inputs["name"] for found in addresses} == names
        assert len(addresses) == 2 * len(names)
        assert {*made.one(aws.cloudfront.Distribution, "cdn").inputs["aliases"]} == names
    told = [plain(made.one(aws.ssm.Parameter, "api-endpoint-DOMAIN_NAME").inputs["value"]) for made in (ready, taken)]
    assert told == ["app.example.com", "www.example.com"]


def test_a_name_that_is_taken_over_is_asked_for_too() -> None:
    """It is the one that users type, and has an alarm of its own."""
    made = rendered({"domain.stands_in": TAKES}, preview=False)
    checks = {found.name: found.inputs["fqdn"] for found in made.of(aws.route53.HealthCheck)}
    assert set(checks.values()) == {"app.example.com", "www.example.com"}
    alarms = {found.name for found in made.of(aws.cloudwatch.MetricAlarm) if found.name.startswith("dns-")}
    assert alarms == {name.replace("-health", "-away") for name in checks}


def test_a_record_of_a_name_that_is_taken_over_is_written_over() -> None:
    """It is known whose it is: config says that this stack stands in for that one."""
    made = rendered({"domain.stands_in": TAKES}, preview=False)
    taken = [found for found in made.of(aws.route53.Record) if found.inputs["name"] == "www.example.com"]
    assert [found.inputs.get("allowOverwrite") for found in taken] == [True, True]
