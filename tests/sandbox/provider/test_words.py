import datetime as dt
from typing import Any

import botocore.session
import pytest

from sandbox.provider import schema
from sandbox.provider.account import complete, pruned
from sandbox.provider.words import Walk, Words, find


def shape(service: str, operation: str) -> Any:
    """Return the input shape of an operation."""
    return botocore.session.get_session().get_service_model(service).operation_model(operation).input_shape


@pytest.mark.parametrize(
    ("name", "noun", "member"),
    [
        ("vpcId", "Subnet", "VpcId"),
        ("mfaDelete", "Versioning", "MFADelete"),
        ("name", "LoadBalancer", "LoadBalancerName"),
        ("arn", "targetGroup", "TargetGroupArn"),
        ("color", "Subnet", None),
    ],
)
def test_a_property_is_the_member_that_differs_in_case_or_repeats_the_noun(name: str, noun: str, member: str | None) -> None:
    """Two rules cover most of AWS."""
    assert find(name, dict.fromkeys(("VpcId", "MFADelete", "LoadBalancerName", "TargetGroupArn")), noun) == member


def test_an_exact_name_wins() -> None:
    """`take` may rename a member beside AWS's own."""
    assert find("boundary", {"Boundary": 1, "boundary": 2}, "Role") == "boundary"


def test_nested_things_and_their_nouns_are_translated() -> None:
    """A forward action in AWS's words."""
    words = Words("Rule", {"forward": "ForwardConfig"})
    actions = [{"type": "forward", "forward": {"targetGroups": [{"arn": "arn:blue", "weight": "0"}]}}]
    wanted = [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "arn:blue", "Weight": 0}]}}]
    assert words.parameters({"actions": actions, "color": "blue"}, shape("elbv2", "CreateRule")) == {"Actions": wanted}


def test_what_aws_keeps_flat_or_deeper_is_placed_there() -> None:
    """A health check beside its target group, a certificate in a list of one."""
    words = Words("TargetGroup", {"healthCheck": {"path": "HealthCheckPath", "matcher": "Matcher.HttpCode"}})
    given = words.parameters({"healthCheck": {"path": "/", "matcher": "200"}}, shape("elbv2", "CreateTargetGroup"))
    assert given == {"HealthCheckPath": "/", "Matcher": {"HttpCode": "200"}}
    words = Words("Listener", {"certificateArn": "Certificates.CertificateArn"})
    assert words.parameters({"certificateArn": "arn"}, shape("elbv2", "CreateListener")) == {"Certificates": [{"CertificateArn": "arn"}]}


def test_maps_lists_and_attributes_follow_the_shape() -> None:
    """Tags are a list of keys and values, an attribute of EC2 an object with a value, one id a list."""
    tags = Words("Key").parameters({"tags": {"a": "b"}}, shape("kms", "CreateKey"))
    assert tags == {"Tags": [{"TagKey": "a", "TagValue": "b"}]}
    attribute = Words("Subnet").parameters({"mapPublicIpOnLaunch": True}, shape("ec2", "ModifySubnetAttribute"))
    assert attribute == {"MapPublicIpOnLaunch": {"Value": True}}
    assert Words("Vpc").parameters({"vpcIds": "vpc-1"}, shape("ec2", "DescribeVpcs")) == {"VpcIds": ["vpc-1"]}
    listener = Words("Listener").parameters({"certificates": {"certificateArn": "arn"}}, shape("elbv2", "CreateListener"))
    assert listener == {"Certificates": [{"CertificateArn": "arn"}]}
    assert Words("Group").parameters({"tags": {"a": "b"}}, shape("logs", "CreateLogGroup")) == {"tags": {"a": "b"}}


def test_each_value_is_told_with_its_path() -> None:
    """Checks name the property, not the parameter."""
    told: list[str] = []
    walk = Walk(lambda path, _value, _shape: told.append(path))
    Words("Rule", {"forward": "ForwardConfig"}).parameters(
        {"actions": [{"forward": {"targetGroups": [{"weight": 1}]}}]}, shape("elbv2", "CreateRule"), walk
    )
    assert told == ["actions", "actions[0].forward.targetGroups", "actions[0].forward.targetGroups[0].weight"]


def test_answers_come_back_as_the_type_has_them() -> None:
    """Text becomes numbers, lists of keys and values become maps, documents become text."""
    words = Words("TargetGroup", {"healthCheck": {"interval": "HealthCheckIntervalSeconds", "matcher": "Matcher.HttpCode"}})
    thing = {
        "TargetGroupName": "blue",
        "TargetGroupArn": "arn",
        "Port": "443",
        "Tags": [{"Key": "a", "Value": "b"}],
        "HealthCheckIntervalSeconds": 10,
        "Matcher": {"HttpCode": "200"},
        "VpcId": None,
    }
    assert words.properties(thing, schema.load("aws.lb.TargetGroup").outputs) == {
        "name": "blue",
        "arn": "arn",
        "port": 443,
        "tags": {"a": "b"},
        "healthCheck": {"interval": 10, "matcher": "200"},
        "vpcId": None,
    }
    role = {"AssumeRolePolicyDocument": {"Version": "2012-10-17"}, "CreateDate": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}
    assert Words("Role", {"assumeRolePolicy": "AssumeRolePolicyDocument"}).properties(role, schema.load("aws.iam.Role").outputs) == {
        "assumeRolePolicy": '{"Version": "2012-10-17"}',
        "createDate": "2026-01-02T00:00:00+00:00",
    }


def test_a_choice_without_more_words_is_kept() -> None:
    """`Block: {}` says something by being there."""
    kinds = schema.load("aws.wafv2.WebAclRule").outputs
    assert Words("WebAclRule").properties({"Action": {"Block": {}}}, kinds) == {"action": {"block": {}}}
    assert Words("WebAclRule").properties({"Action": None}, kinds) == {"action": None}


def test_what_aws_could_have_said_is_told_from_what_it_never_says() -> None:
    """A member missing from an answer means that it is not set."""
    told = botocore.session.get_session().get_service_model("elbv2").operation_model("DescribeRules").output_shape
    (rule,) = complete({"Rules": [{"RuleArn": "arn", "Actions": [{"Type": "forward"}]}]}, told)["Rules"]
    assert rule["Priority"] is None
    assert rule["Actions"][0]["ForwardConfig"] is None
    assert "Color" not in rule


def test_parameters_that_come_to_nothing_are_dropped() -> None:
    """JMESPath answers null for what is not there; an empty list is a value."""
    assert pruned({"a": None, "b": {"c": None}, "d": [None, {"e": None}], "f": [], "g": False}) == {"d": [], "f": [], "g": False}


WRAPPED = Words(
    "Distribution", {"aliases": "DistributionConfig.Aliases", "cachedMethods": "AllowedMethods.CachedMethods", "locations": "Items"}
)


@pytest.mark.parametrize("first", ["allowedMethods", "cachedMethods"])
def test_cloudfront_s_lists_say_how_long_they_are(first: str) -> None:
    """A list, a list inside what another one says, and a structure that has more than its items; in whatever order."""
    methods = {"allowedMethods": ["GET", "HEAD", "OPTIONS"], "cachedMethods": ["GET"]}
    behavior = {first: methods.pop(first), **methods, "trustedKeyGroups": ["a"]}
    given = WRAPPED.parameters({"defaultCacheBehavior": behavior}, shape("cloudfront", "CreateDistribution").members["DistributionConfig"])
    assert given == {
        "DefaultCacheBehavior": {
            "AllowedMethods": {
                "Quantity": 3,
                "Items": ["GET", "HEAD", "OPTIONS"],
                "CachedMethods": {"Quantity": 1, "Items": ["GET"]},
            },
            "TrustedKeyGroups": {"Enabled": True, "Quantity": 1, "Items": ["a"]},
        }
    }
    assert WRAPPED.parameters({"aliases": []}, shape("cloudfront", "CreateDistribution")) == {
        "DistributionConfig": {"Aliases": {"Quantity": 0, "Items": []}}
    }
    restriction = {"geoRestriction": {"restrictionType": "whitelist", "locations": ["DE"]}}
    restrictions = shape("cloudfront", "CreateDistribution").members["DistributionConfig"].members["Restrictions"]
    assert WRAPPED.parameters(restriction, restrictions) == {
        "GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 1, "Items": ["DE"]}
    }


def test_cloudfront_s_tags_are_a_list_in_a_structure() -> None:
    """They come as a map, or as the structure itself."""
    create, wanted = shape("cloudfront", "CreateKeyValueStore"), {"Tags": {"Items": [{"Key": "a", "Value": "b"}]}}
    assert Words("KeyValueStore").parameters({"tags": {"a": "b"}}, create) == wanted
    assert Words("KeyValueStore").parameters({"tags": {"Items": {"a": "b"}}}, create) == wanted


def test_cloudfront_s_lists_come_back_bare() -> None:
    """Also those that have nothing in them; what stands elsewhere in an answer than in the parameters is found by its name."""
    types = schema.load("aws.cloudfront.Distribution").outputs
    answer = {"Aliases": {"Quantity": 1, "Items": ["a.b"]}, "CustomErrorResponses": {"Quantity": 0}}
    assert WRAPPED.properties(answer, types) == {"aliases": ["a.b"], "customErrorResponses": []}
