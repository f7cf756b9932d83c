"""Specs of EC2 launch templates."""

import base64
from typing import Any

from tests.sandbox.provider.world import Spec, World

PROFILE = "arn:aws:iam::123456789012:instance-profile/web"


def user_data(script: str) -> str:
    """Return a script as a template takes it."""
    return base64.b64encode(script.encode()).decode()


def launch_template(world: World) -> dict[str, Any]:
    """Return the inputs of a template like the program's."""
    disk = {"encrypted": "true", "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/1", "volumeType": "gp3", "volumeSize": 20}
    tags = {"service": "web", "release": "1"}
    return {
        "imageId": "ami-0123456789abcdef0",
        "userData": user_data("#!/bin/sh"),
        "iamInstanceProfile": {"arn": PROFILE},
        "vpcSecurityGroupIds": [world.id("aws.ec2.SecurityGroup", vpcId=world.vpc())],
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpTokens": "required",
            "httpPutResponseHopLimit": 1,
            "instanceMetadataTags": "enabled",
        },
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {**disk, "deleteOnTermination": "true"}}],
        "monitoring": {"enabled": True},
        "tagSpecifications": [{"resourceType": kind, "tags": tags} for kind in ("instance", "volume")],
        "updateDefaultVersion": True,
        "tags": {"service": "web"},
    }


SPECS = (
    Spec(
        type="aws.ec2.LaunchTemplate",
        inputs=launch_template,
        change={
            "imageId": "ami-0fedcba9876543210",
            "userData": user_data("#!/bin/bash"),
            "description": "next",
            "instanceType": "m8g.large",
            "creditSpecification": {"cpuCredits": "standard"},
            "monitoring": {"enabled": False},
            "tags": {"service": "api"},
        },
        replace={"name": "another"},
        not_imported=("updateDefaultVersion",),
    ),
)
