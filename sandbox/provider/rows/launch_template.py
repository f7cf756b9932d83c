"""EC2 launch templates: each change of what instances are is a new version."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure
from sandbox.provider.tags import OF_SERVICE

NAMED_ALIKE = (
    "blockDeviceMappings",
    "capacityReservationSpecification",
    "cpuOptions",
    "creditSpecification",
    "disableApiStop",
    "disableApiTermination",
    "ebsOptimized",
    "enclaveOptions",
    "hibernationOptions",
    "iamInstanceProfile",
    "imageId",
    "instanceInitiatedShutdownBehavior",
    "instanceMarketOptions",
    "instanceRequirements",
    "instanceType",
    "keyName",
    "licenseSpecifications",
    "maintenanceOptions",
    "metadataOptions",
    "monitoring",
    "placement",
    "privateDnsNameOptions",
    "tagSpecifications",
    "userData",
)
"""Properties of a version that AWS calls by the same names."""

DATA = {
    **inside("LaunchTemplateData", *NAMED_ALIKE),
    "vpcSecurityGroupIds": "LaunchTemplateData.SecurityGroupIds",
}
"""All properties of a version: AWS keeps them one level deeper."""

FOUND = (
    Call(
        "describe_launch_templates",
        "{LaunchTemplateIds: [id]}",
        "LaunchTemplates[0].{name: LaunchTemplateName, defaultVersion: DefaultVersionNumber, latestVersion: LatestVersionNumber}",
    ),
    Call(
        "describe_launch_template_versions",
        "{LaunchTemplateId: id, Versions: ['$Latest']}",
        "LaunchTemplateVersions[0].{LaunchTemplateData: LaunchTemplateData, VersionDescription: VersionDescription}",
    ),
)
"""A template is what its latest version says, as for the official provider."""

TAGS = Call("describe_tags", "{Filters: [{Name: 'resource-id', Values: [id]}]}", "{tags: Tags[].{Key: Key, Value: Value}}")
"""The emulator lists a template with the tags of its creation."""

USER_DATA_BYTES = 16384
"""https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"""

NAMING = Naming(128, pattern=r"[a-zA-Z0-9().\-/_]{3,}", says="3 to 128 letters, digits and ( ) . - / _")


def _user_data(text: str) -> str:
    """Return what is wrong with user data; empty when nothing is."""
    try:
        size = len(base64.b64decode(text, validate=True))
    except binascii.Error:
        return "is not in base64"
    return "" if size <= USER_DATA_BYTES else f"{size} bytes before base64 are more than AWS's {USER_DATA_BYTES}"


LIMITS = {
    "userData": Limit(test=_user_data),
    "metadataOptions.httpPutResponseHopLimit": Limit(1, 64),
    "tagSpecifications.resourceType": Limit(choices=("instance", "volume", "network-interface", "spot-instances-request")),
}


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Find disks that AWS could not make."""
    for index, mapping in enumerate(inputs.get("blockDeviceMappings") or []):
        disk = mapping.get("ebs") or {}
        if disk.get("kmsKeyId") and str(disk.get("encrypted", "true")).lower() != "true":
            yield f"blockDeviceMappings[{index}].ebs.kmsKeyId", "a disk with a key is encrypted: give encrypted as well"


def _default_to_latest(client: Any, facts: Facts) -> None:
    """Make the latest version the default one."""
    (template,) = client.describe_launch_templates(LaunchTemplateIds=[facts["id"]])["LaunchTemplates"]
    client.modify_launch_template(LaunchTemplateId=facts["id"], DefaultVersion=str(template["LatestVersionNumber"]))


ROWS = (
    Row(
        type="aws.ec2.LaunchTemplate",
        create=Call("create_launch_template", take="LaunchTemplate"),
        id="LaunchTemplateId",
        read=FOUND,
        update=(
            Call("create_launch_template_version", "{LaunchTemplateId: id}", on=(*DATA, "description")),
            Call(_default_to_latest, on=(*DATA, "description", "updateDefaultVersion"), when="updateDefaultVersion"),
            Call("modify_launch_template", "{LaunchTemplateId: id}", on=("defaultVersion",)),
        ),
        delete=Call("delete_launch_template", "{LaunchTemplateId: id}"),
        names={**DATA, "description": "VersionDescription"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:launch-template/{id}"},
        fresh=("latestVersion",),
        naming=NAMING,
        tagging=replace(OF_SERVICE["ec2"], list=TAGS),
        limits=LIMITS,
        conflicts=(("defaultVersion", "updateDefaultVersion"),),
        check=_failures,
    ),
)
