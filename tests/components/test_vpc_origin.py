import re

import pulumi_aws as aws

from components.naming import fingerprint
from components.vpc_origin import VpcOrigin, VpcOriginArgs
from tests.graph import takes_from, waits_for
from tests.rendering import UNKNOWN, Registration, Rendering, run

ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/lb/0123456789abcdef"


def origin(arn: str = ARN) -> Registration:
    """An origin that leads to a load balancer."""

    def program() -> None:
        VpcOrigin("origin", VpcOriginArgs(load_balancer_arn=arn, ready=[]))

    return run(program, {}, preview=False).one(aws.cloudfront.VpcOrigin, "origin")


def test_it_leads_to_the_load_balancer_by_https_alone(old_stack: Rendering) -> None:
    """With the newest TLS that CloudFront speaks to an origin."""
    made = old_stack.one(aws.cloudfront.VpcOrigin, "origin")
    config = made.inputs["vpcOriginEndpointConfig"]
    assert takes_from(old_stack, made, "vpcOriginEndpointConfig", aws.lb.LoadBalancer) == {"lb"}
    assert (config["originProtocolPolicy"], config["httpsPort"]) == ("https-only", 443)
    assert config["originSslProtocols"] == {"items": ["TLSv1.2"], "quantity": 1}


def test_there_is_a_gateway_and_a_load_balancer_before_there_is_a_way_in(new_stack: Rendering) -> None:
    """AWS refuses a VPC origin in a network without an internet gateway."""
    made = new_stack.one(aws.cloudfront.VpcOrigin, "origin")
    assert waits_for(new_stack, made, aws.ec2.InternetGateway) == {"network-internet"}
    assert waits_for(new_stack, made, aws.lb.LoadBalancer) == {"lb"}


def test_it_is_never_changed_but_made_anew() -> None:
    """AWS changes none that a distribution uses, and an update would wait for that for ever: the new one first, under a name of its own."""
    made = origin()
    assert made.replace_on_changes == ("vpcOriginEndpointConfig",)
    assert not made.delete_before_replace
    assert made.inputs.keys() - {"tags"} == {"vpcOriginEndpointConfig"}


def test_another_load_balancer_is_another_name() -> None:
    """Both stand side by side while the distribution moves, and AWS knows a name once; the same one keeps its name."""
    one, again, other = (origin(arn).inputs["vpcOriginEndpointConfig"]["name"] for arn in (ARN, ARN, f"{ARN[:-1]}0"))
    assert re.fullmatch(r"switchyard-test-origin-[0-9a-f]{5}-[0-9a-f]{5}", one)
    assert one == again
    assert one != other


def test_every_part_of_the_endpoint_is_in_the_name() -> None:
    """What could be changed some day has to change the name, or the new origin would collide with the old one."""
    config = origin().inputs["vpcOriginEndpointConfig"]
    assert config.keys() == {"name", "arn", "httpPort", "httpsPort", "originProtocolPolicy", "originSslProtocols"}
    ports = (str(int(config[port])) for port in ("httpPort", "httpsPort"))
    hashed = " ".join((ARN, *ports, config["originProtocolPolicy"], *config["originSslProtocols"]["items"]))
    assert config["name"].rsplit("-", 2)[1] == fingerprint(hashed)


def test_a_name_that_is_not_known_yet_stops_nothing(new_stack: Rendering) -> None:
    """In the first preview nobody knows the load balancer's ARN."""
    config = new_stack.one(aws.cloudfront.VpcOrigin, "origin").inputs["vpcOriginEndpointConfig"]
    assert config["name"] == config["arn"] == UNKNOWN
