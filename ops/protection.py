"""Lifting protection, which exists for the end of a rehearsal only: on AWS it is lifted by a reviewed change of the program."""

from ops.database.parts import INSTANCE
from ops.deployment import Deployment
from ops.errors import RefusedError

LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer"


def lift(deployment: Deployment) -> None:
    """Lift the engine's protection of stateful things, and AWS's own of load balancer and databases; refuses outside the sandbox."""
    if not deployment.target.sandboxed:
        raise RefusedError(f"Protection of {deployment.target.name} on AWS is not lifted by a command.", "Change the program, in a review.")
    deployment.unprotect()
    elbv2, rds = deployment.target.client("elbv2"), deployment.target.client("rds")
    off = [{"Key": "deletion_protection.enabled", "Value": "false"}]
    for resource in deployment.resources:
        if resource["type"] == LOAD_BALANCER:
            elbv2.modify_load_balancer_attributes(LoadBalancerArn=resource["id"], Attributes=off)
        if resource["type"] == INSTANCE:
            rds.modify_db_instance(DBInstanceIdentifier=resource["inputs"]["identifier"], DeletionProtection=False, ApplyImmediately=True)
