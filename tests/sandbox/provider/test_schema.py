import pytest

from sandbox.provider import schema


def test_a_type_knows_its_token_and_properties() -> None:
    """All of it comes from the SDK's class."""
    subnet = schema.load("aws.ec2.Subnet")
    assert subnet.token == schema.token("aws.ec2.Subnet") == "aws:ec2/subnet:Subnet"
    assert subnet.required == {"vpcId"}
    assert {"cidrBlock", "tags"} <= subnet.inputs.keys()
    assert {"arn", "tagsAll"} <= subnet.outputs.keys() - subnet.inputs.keys()
    assert subnet.taggable
    assert not schema.load("aws.s3.BucketPolicy").taggable
    assert schema.load("random.RandomId").token == schema.token("random.RandomId")


@pytest.mark.parametrize(
    ("inputs", "path", "reason"),
    [
        ({"vpcID": "x"}, "vpcID", "did you mean 'vpcId'?"),
        ({"healthCheck": {"pathh": "/"}}, "healthCheck.pathh", "TargetGroupHealthCheck has no property 'pathh': did you mean 'path'?"),
        ({"healthCheck": [{"path": "/"}]}, "healthCheck", "expected an object"),
        ({"targetFailovers": {"onDeregistration": "x"}}, "targetFailovers", "expected a list"),
        ({"targetFailovers": [{"colour": "x"}]}, "targetFailovers[0].colour", "has no property 'colour'"),
        ({"port": [443]}, "port", "expected a single value"),
    ],
)
def test_an_input_that_the_type_does_not_have_is_named_with_what_comes_close(inputs: dict[str, object], path: str, reason: str) -> None:
    """At any depth."""
    ((found, told),) = schema.load("aws.lb.TargetGroup").failures(inputs)
    assert found == path
    assert reason in told


def test_a_missing_required_input_is_named() -> None:
    """In the official provider's words."""
    failures = schema.load("aws.s3.BucketPolicy").failures({"bucket": "b"})
    assert list(failures) == [("policy", "Missing required property 'policy'")]


def test_what_aws_chooses_is_told_from_what_stays_unset() -> None:
    """Removing `healthCheck` from a program changes nothing, removing `slowStart` does."""
    target_group = schema.load("aws.lb.TargetGroup")
    assert "healthCheck" in schema.computed(target_group.cls)
    assert "slowStart" not in schema.computed(target_group.cls)
