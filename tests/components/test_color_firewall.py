import pulumi_aws as aws

from components.color_firewall import ways_out
from components.naming import fingerprint
from settings_types import Dependency
from tests.configs import rendered
from tests.graph import names, takes_from
from tests.rendering import Rendering


def _out(rendering: Rendering, color: str) -> dict[str, tuple[object, str]]:
    """The color's ways out: rule to port and destination."""
    found = {}
    for rule in rendering.of(aws.vpc.SecurityGroupEgressRule):
        if takes_from(rendering, rule, "securityGroupId", aws.ec2.SecurityGroup) == {color}:
            group = takes_from(rendering, rule, "referencedSecurityGroupId", aws.ec2.SecurityGroup)
            endpoint = takes_from(rendering, rule, "prefixListId", aws.ec2.VpcEndpoint)
            where = next(iter(group | endpoint), str(rule.inputs.get("cidrIpv4")))
            found[rule.name.removeprefix(f"{color}-")] = (rule.inputs["fromPort"], where)
    return found


def test_a_color_goes_where_its_service_must(new_stack: Rendering) -> None:
    """Other services by the load balancer, AWS by the endpoints and S3's own, what it uses, and the listed networks on 443."""
    assert _out(new_stack, "api-blue") == {
        "lb": (443, "firewall-lb"),
        "aws": (443, "firewall-endpoints"),
        "s3": (443, "endpoints-s3"),
        "database": (5432, "firewall-database"),
        "redis": (6379, "firewall-redis"),
        f"net-{fingerprint('0.0.0.0/0')}": (443, "0.0.0.0/0"),
    }
    assert "database" not in _out(new_stack, "web-blue")


def test_the_load_balancer_alone_comes_in(new_stack: Rendering) -> None:
    """On the port where the instance ends TLS."""
    rules = [
        rule
        for rule in new_stack.of(aws.vpc.SecurityGroupIngressRule)
        if takes_from(new_stack, rule, "securityGroupId", aws.ec2.SecurityGroup) == {"api-green"}
    ]
    assert names(rules) == {"api-green-lb"}
    assert takes_from(new_stack, rules[0], "referencedSecurityGroupId", aws.ec2.SecurityGroup) == {"firewall-lb"}
    assert rules[0].inputs["fromPort"] == 8443


def test_colors_do_not_share_a_group(new_stack: Rendering) -> None:
    """Clearing one isolates one color."""
    own = {group.name for group in new_stack.of(aws.ec2.SecurityGroup) if "color" in group.inputs.get("tags", {})}
    assert own == {"api-blue", "api-green", "web-blue", "web-green"}


def test_egress_can_be_closed() -> None:
    """With no network listed, nothing outside the VPC is reached but AWS."""
    closed = rendered({"network.egress_cidrs": []})
    assert not [rule.name for rule in closed.of(aws.vpc.SecurityGroupEgressRule) if "cidrIpv4" in rule.inputs]


def test_a_network_taken_from_the_list_leaves_the_other_rules_alone() -> None:
    """AWS refuses to turn one rule into its neighbor's twin, so a rule is named after its network and not after its place."""
    lists = (["198.51.100.0/24", "203.0.113.0/24"], ["203.0.113.0/24"])
    both, one = (rendered({"network.egress_cidrs": cidrs}) for cidrs in lists)
    kept = f"api-blue-net-{fingerprint('203.0.113.0/24')}"
    kind = aws.vpc.SecurityGroupEgressRule
    assert both.one(kind, kept).inputs == one.one(kind, kept).inputs
    assert len(both.of(kind)) == len(one.of(kind)) + 2


def test_in_quarantine_a_color_has_its_group_and_nothing_in_it() -> None:
    """Nothing goes in or out; the group stays, since the instances are in it. The other color does not notice."""
    made, before = rendered({"contingency.quarantine": ["api.green"]}), rendered({})
    assert "api-green" in names(made.of(aws.ec2.SecurityGroup))
    for kind in (aws.vpc.SecurityGroupIngressRule, aws.vpc.SecurityGroupEgressRule):
        assert not {name for name in names(made.of(kind)) if name.startswith("api-green-")}
        assert names(made.of(kind)) == {name for name in names(before.of(kind)) if not name.startswith("api-green-")}


def test_the_ways_out_are_known_by_their_roles() -> None:
    """What a quarantine removes and its end brings back, for who must know it without rendering."""
    made = rendered({"network.egress_cidrs": ["198.51.100.0/24", "203.0.113.0/24"]})
    roles = ways_out((Dependency.DATABASE, Dependency.REDIS), ("198.51.100.0/24", "203.0.113.0/24"))
    assert set(roles) == set(_out(made, "api-green"))
