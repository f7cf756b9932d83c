from typing import Any

import botocore.session
import pytest

from sandbox.provider import limits
from sandbox.provider.limits import Limit
from sandbox.provider.wire import UNKNOWN


@pytest.mark.parametrize(
    ("limit", "good", "bad", "reason"),
    [
        (Limit(1, 4000), 60, 4001, "4001 is more than 4000"),
        (Limit(7, 30), 7, 6, "6 is less than 7"),
        (Limit(high=6), "api-", "api-blue", "'api-blue' is more than 6 characters"),
        (Limit(low=2), ["a", "b"], ["a"], "['a'] is less than 2 members"),
        (Limit(pattern="[a-z]+", says="letters"), "abc", "a1", "'a1' does not have the form: letters"),
        (Limit(pattern="[a-z]+"), "abc", "a1", "'a1' does not have the form: [a-z]+"),
        (Limit(choices=("on", "off")), "on", "On", "'On' is not one of on, off"),
    ],
)
def test_a_limit_says_what_is_wrong(limit: Limit, good: Any, bad: Any, reason: str) -> None:
    """The value and what is allowed; nothing for what is right, absent or unknown."""
    assert limit.failure(bad) == reason
    assert [limit.failure(value) for value in (good, None, UNKNOWN, [UNKNOWN])] == [""] * 4


@pytest.mark.parametrize(
    ("operation", "member", "value", "reason"),
    [
        ("CreateTargetGroup", "HealthCheckIntervalSeconds", 4, "4 is less than 5"),
        ("CreateTargetGroup", "HealthCheckIntervalSeconds", "400", "400.0 is more than 300"),
        ("CreateTargetGroup", "Port", "web", "'web' is not a number"),
        ("CreateTargetGroup", "Protocol", "SMTP", "'SMTP' is not one of HTTP, "),
        ("CreateTargetGroup", "HealthCheckPath", "/" * 1025, "is more than 1024 characters"),
        ("CreateTargetGroup", "HealthCheckPath", "/healthz", ""),
    ],
)
def test_botocore_s_model_is_held_against_a_value(operation: str, member: str, value: Any, reason: str) -> None:
    """It knows ranges, lengths and choices, but botocore checks few of them."""
    model = botocore.session.get_session().get_service_model("elbv2").operation_model(operation)
    told = limits.of_shape(value, model.input_shape.members[member])
    assert reason in told
    assert bool(told) is bool(reason)


def test_a_secret_is_not_repeated() -> None:
    """Only that it is too long."""
    model = botocore.session.get_session().get_service_model("secretsmanager").operation_model("PutSecretValue")
    assert limits.of_shape("x" * 65537, model.input_shape.members["SecretString"]) == "the value is more than 65536 characters"


def test_a_pattern_that_python_cannot_read_is_left_out() -> None:
    """They are Java's."""
    model = botocore.session.get_session().get_service_model("iam").operation_model("CreateRole")
    name = model.input_shape.members["RoleName"]
    assert "does not have the form" in limits.of_shape("a b", name)
    name.metadata["pattern"] = r"[\p{L}"
    assert limits.of_shape("a b", name) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not valid JSON"),
        ("[]", 'it has no "Statement"'),
        ('{"Version": "2012", "Statement": []}', "has Version '2012'"),
        ('{"Statement": {"Effect": "allow", "Action": "*"}}', "(number 1) that has the Effect 'allow'"),
        ('{"Statement": [{"Effect": "Allow"}]}', "that has no Action"),
        ('{"Statement": ["x"]}', "that is no object"),
        ('{"Statement": [{"Effect": "Allow", "Action": "*", "Ressource": "*"}]}', "does not know: Ressource"),
        ('{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}', ""),
        ('{"Statement": "' + UNKNOWN, ""),
    ],
)
def test_a_broken_policy_document_is_refused(text: str, reason: str) -> None:
    """The emulator takes most of them."""
    told = limits.OF_NAMES["policy"].failure(text)
    assert reason in told
    assert bool(told) is bool(reason)


def test_a_network_has_no_host_bits() -> None:
    """AWS would change it silently or refuse it."""
    assert "has host bits set" in limits.OF_NAMES["cidrBlock"].failure("10.0.0.1/16")
    assert limits.OF_NAMES["cidrIpv6"].failure("2001:db8::/64") == ""


def test_a_path_finds_its_values_through_lists() -> None:
    """Each with its exact place."""
    values = {"actions": [{"groups": [{"weight": 1}, {}]}, {"groups": None}]}
    assert [(path, value) for path, value in limits.at(values, "actions.groups.weight") if value] == [("actions[0].groups[0].weight", 1)]
    assert next(iter(limits.at(values, "actions")))[0] == "actions"
