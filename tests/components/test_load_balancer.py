import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import takes_from
from tests.rendering import Rendering


def test_the_load_balancer_is_internal_and_kept(new_stack: Rendering) -> None:
    """In the application tier, protected twice: by the engine and by AWS."""
    balancer = new_stack.one(aws.lb.LoadBalancer, "lb")
    assert balancer.protect
    assert balancer.inputs["internal"] is True
    assert balancer.inputs["loadBalancerType"] == "application"
    assert balancer.inputs["enableDeletionProtection"] is True
    assert takes_from(new_stack, balancer, "subnets", aws.ec2.Subnet) == {f"network-app-{zone}" for zone in "abc"}
    assert takes_from(new_stack, balancer, "securityGroups", aws.ec2.SecurityGroup) == {"firewall-lb"}


def test_requests_are_hardened(new_stack: Rendering) -> None:
    """What AWS leaves off is said: odd headers are dropped, and a zone can be shifted away."""
    inputs = new_stack.one(aws.lb.LoadBalancer, "lb").inputs
    assert inputs["dropInvalidHeaderFields"] is True
    assert inputs["desyncMitigationMode"] == "defensive"
    assert inputs["enableZonalShift"] is True


def test_both_logs_are_on(new_stack: Rendering) -> None:
    """A bucket alone turns nothing on: `enabled` is false unless it is said."""
    inputs = new_stack.one(aws.lb.LoadBalancer, "lb").inputs
    assert inputs["accessLogs"]["enabled"] is True
    assert inputs["connectionLogs"]["enabled"] is True
    assert inputs["accessLogs"]["prefix"] != inputs["connectionLogs"]["prefix"]


def test_the_one_listener_speaks_modern_tls(new_stack: Rendering) -> None:
    """A pinned policy, since the API's own default is of 2016; nothing listens on plain HTTP."""
    (listener,) = new_stack.of(aws.lb.Listener)
    assert (listener.inputs["port"], listener.inputs["protocol"]) == (443, "HTTPS")
    assert listener.inputs["sslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"


def test_answers_carry_security_headers(new_stack: Rendering) -> None:
    """HSTS, no sniffing of types, and no word of what software it is."""
    inputs = new_stack.one(aws.lb.Listener, "lb-https").inputs
    assert inputs["routingHttpResponseServerEnabled"] is False
    assert inputs["routingHttpResponseStrictTransportSecurityHeaderValue"] == "max-age=31536000; includeSubDomains"
    assert inputs["routingHttpResponseXContentTypeOptionsHeaderValue"] == "nosniff"


def test_what_no_service_asked_for_is_not_found(new_stack: Rendering) -> None:
    """The default action forwards nothing to anybody."""
    (action,) = new_stack.one(aws.lb.Listener, "lb-https").inputs["defaultActions"]
    assert action["type"] == "fixed-response"
    assert action["fixedResponse"]["statusCode"] == "404"


def test_the_idle_timeout_is_config() -> None:
    """Up to what an instance waits itself."""
    longer = rendered({"load_balancer.idle_timeout_seconds": 70})
    assert longer.one(aws.lb.LoadBalancer, "lb").inputs["idleTimeout"] == 70
