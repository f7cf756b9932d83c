"""Tags as the official provider has them: the provider's default tags under the resource's own, all of them in `tagsAll`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.row import Call, Row, Tagging
from sandbox.provider.schema import Failure
from sandbox.provider.wire import UNKNOWN, has_unknown

MOST = 50
"""Tags of a resource: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"""

KEY_LENGTH, VALUE_LENGTH = 128, 256
"""Characters."""

FORM = re.compile(r"[\w\s.:/=+\-@]*")
"""Characters that every service takes in a tag."""

OF_SERVICE: Mapping[str, Tagging] = {
    "acm": Tagging(
        Call("add_tags_to_certificate", "{CertificateArn: id, Tags: tags}"),
        Call("remove_tags_from_certificate", "{CertificateArn: id, Tags: keys[].{Key: @}}"),
        Call("list_tags_for_certificate", "{CertificateArn: id}", "{tags: Tags}"),
    ),
    "backup": Tagging(
        Call("tag_resource", "{ResourceArn: arn, Tags: tags}"),
        Call("untag_resource", "{ResourceArn: arn, TagKeyList: keys}"),
        Call("list_tags", "{ResourceArn: arn}", "{tags: Tags}"),
    ),
    "cloudfront": Tagging(
        Call("tag_resource", "{Resource: arn, Tags: {Items: tags}}"),
        Call("untag_resource", "{Resource: arn, TagKeys: {Items: keys}}"),
        Call("list_tags_for_resource", "{Resource: arn}", "{tags: Tags.Items}"),
    ),
    "cloudwatch": Tagging(
        Call("tag_resource", "{ResourceARN: arn, Tags: tags}"),
        Call("untag_resource", "{ResourceARN: arn, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceARN: arn}", "{tags: Tags}"),
    ),
    "ec2": Tagging(
        Call("create_tags", "{Resources: [id], Tags: tags}"),
        Call("delete_tags", "{Resources: [id], Tags: keys[].{Key: @}}"),
    ),
    "elasticache": Tagging(
        Call("add_tags_to_resource", "{ResourceName: arn, Tags: tags}"),
        Call("remove_tags_from_resource", "{ResourceName: arn, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceName: arn}", "{tags: TagList}"),
    ),
    "elbv2": Tagging(
        Call("add_tags", "{ResourceArns: [id], Tags: tags}"),
        Call("remove_tags", "{ResourceArns: [id], TagKeys: keys}"),
        Call("describe_tags", "{ResourceArns: [id]}", "{tags: TagDescriptions[0].Tags}"),
    ),
    "events": Tagging(
        Call("tag_resource", "{ResourceARN: arn, Tags: tags}"),
        Call("untag_resource", "{ResourceARN: arn, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceARN: arn}", "{tags: Tags}"),
    ),
    "kms": Tagging(
        Call("tag_resource", "{KeyId: id, Tags: tags}"),
        Call("untag_resource", "{KeyId: id, TagKeys: keys}"),
        Call("list_resource_tags", "{KeyId: id}", "{tags: Tags}"),
    ),
    "logs": Tagging(
        Call("tag_resource", "{resourceArn: arn, tags: tags}"),
        Call("untag_resource", "{resourceArn: arn, tagKeys: keys}"),
        Call("list_tags_for_resource", "{resourceArn: arn}", "{tags: tags}"),
    ),
    "rds": Tagging(
        Call("add_tags_to_resource", "{ResourceName: arn, Tags: tags}"),
        Call("remove_tags_from_resource", "{ResourceName: arn, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceName: arn}", "{tags: TagList}"),
    ),
    "route53": Tagging(
        Call("change_tags_for_resource", "{ResourceType: 'healthcheck', ResourceId: id, AddTags: tags}"),
        Call("change_tags_for_resource", "{ResourceType: 'healthcheck', ResourceId: id, RemoveTagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceType: 'healthcheck', ResourceId: id}", "{tags: ResourceTagSet.Tags}"),
    ),
    "s3": Tagging(  # S3 knows only all tags at once: they are removed before the others are put
        Call("put_bucket_tagging", "{Bucket: id, Tagging: {TagSet: tags}}"),
        Call("delete_bucket_tagging", "{Bucket: id}"),
        Call("get_bucket_tagging", "{Bucket: id}", "{tags: TagSet}"),
    ),
    "secretsmanager": Tagging(
        Call("tag_resource", "{SecretId: id, Tags: tags}"),
        Call("untag_resource", "{SecretId: id, TagKeys: keys}"),
    ),
    "sns": Tagging(
        Call("tag_resource", "{ResourceArn: id, Tags: tags}"),
        Call("untag_resource", "{ResourceArn: id, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceArn: id}", "{tags: Tags}"),
    ),
    "ssm": Tagging(
        Call("add_tags_to_resource", "{ResourceType: 'Parameter', ResourceId: id, Tags: tags}"),
        Call("remove_tags_from_resource", "{ResourceType: 'Parameter', ResourceId: id, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceType: 'Parameter', ResourceId: id}", "{tags: TagList}"),
    ),
    "stepfunctions": Tagging(
        Call("tag_resource", "{resourceArn: id, tags: tags}"),
        Call("untag_resource", "{resourceArn: id, tagKeys: keys}"),
        Call("list_tags_for_resource", "{resourceArn: id}", "{tags: tags}"),
    ),
    "wafv2": Tagging(
        Call("tag_resource", "{ResourceARN: arn, Tags: tags}"),
        Call("untag_resource", "{ResourceARN: arn, TagKeys: keys}"),
        Call("list_tags_for_resource", "{ResourceARN: arn}", "{tags: TagInfoForResource.TagList}"),
    ),
}


def of_row(row: Row) -> Tagging:
    """Return how a row's service tags."""
    return row.tagging or OF_SERVICE[row.boto3_service]


def at_birth(row: Row, members: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    """Return what a creation with these parameters carries so that the thing is never there without its tags; nothing where it cannot.

    The emulator takes the tags of a launch template for those of its instances.
    """
    if "TagSpecifications" in members and "tagSpecifications" not in row.names:
        kind = re.search(r":([a-z-]+)/", str(row.computed.get("arn")))
        return {"TagSpecifications": [{"resourceType": kind[1] if kind else row.type.split(".")[-1].lower(), "tags": tags}]}
    return {"tags": tags} if {"Tags", "tags"} & set(members) else {}


def merged(tags: Any, defaults: Mapping[str, str]) -> Any:
    """`tagsAll`: default tags under the resource's own; unknown as a whole when any of them is."""
    if has_unknown(tags):
        return UNKNOWN
    return {**defaults, **(tags or {})}


def split(actual: Mapping[str, str], own: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, Any]:
    """Return the outputs `tags` and `tagsAll` for the tags that a resource carries; AWS's own (`aws:...`) count for neither."""
    there = {key: value for key, value in actual.items() if not key.startswith("aws:")}
    tags = {key: value for key, value in there.items() if key in own or defaults.get(key) != value}
    return {"tags": tags, "tagsAll": there}


def failures(tags: Mapping[str, Any]) -> Iterator[Failure]:
    """Tags that AWS refuses."""
    if len(tags) > MOST:
        yield "tags", f"{len(tags)} tags, default tags included, are more than AWS's {MOST}"
    for key, value in tags.items():
        at = f'tags["{key}"]'
        if key.lower().startswith("aws:"):
            yield at, "keys that begin with aws: are AWS's own"
        if not 1 <= len(key) <= KEY_LENGTH or not FORM.fullmatch(key):
            yield at, f"a key has 1 to {KEY_LENGTH} letters, digits, spaces or . : / = + - @ _"
        if value != UNKNOWN and (len(str(value)) > VALUE_LENGTH or not FORM.fullmatch(str(value))):
            yield at, f"{value!r}: a value has at most {VALUE_LENGTH} letters, digits, spaces or . : / = + - @ _"
