"""`switchyard down`: end a rehearsal. It exists in the sandbox only."""

from ops.console import done
from ops.deployment import Deployment
from ops.errors import RefusedError
from ops.parts import BUCKET
from ops.protection import lift
from ops.recovery import recover
from ops.target import SandboxTarget


def down(deployment: Deployment) -> None:
    """Lift protection, destroy the stack, drop its copy of the stack file, and stop the emulator."""
    target = deployment.target
    if not isinstance(target, SandboxTarget):
        hint = "On AWS: lift protection by a reviewed change, then `pulumi destroy`. In the sandbox: add --sandbox."
        raise RefusedError(f"{target.name} on AWS is not taken down by this command.", hint)
    summary = destroyed(deployment)
    done(f"{target.name} is gone: {summary}" if summary else f"{target.name} is not up")
    target.sandbox.end(target.name)
    target.sandbox.emulator.stop()
    done("the emulator has stopped")


def destroyed(deployment: Deployment) -> str:
    """Settle what was half-done, lift protection and destroy everything; what came of it, in short, empty where there is nothing."""
    recover(deployment)
    if not deployment.resources:
        return ""
    lift(deployment)
    _empty_buckets(deployment)
    return deployment.destroy(f"destroying {deployment.target.name}", "down").summary


def _empty_buckets(deployment: Deployment) -> None:
    """Delete every version of every object: S3 deletes no bucket with anything in it. First none logs any more who asks."""
    buckets = [
        (deployment.target.client("s3", str(each["outputs"].get("region", ""))), str(each["id"]))
        for each in deployment.resources
        if each["type"] == BUCKET
    ]
    for s3, name in buckets:
        s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={})
    for s3, name in buckets:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
            for item in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                s3.delete_object(Bucket=name, Key=item["Key"], VersionId=item["VersionId"])
