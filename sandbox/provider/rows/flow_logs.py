"""VPC flow logs."""

from collections.abc import Iterator

from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

SOURCES = {"vpcId": "VPC", "subnetId": "Subnet", "eniId": "NetworkInterface"}
"""Whose traffic is logged, and AWS's types for it."""

FIXED = (
    "trafficType",
    "logDestination",
    "logDestinationType",
    "iamRoleArn",
    "deliverCrossAccountRole",
    "logFormat",
    "maxAggregationInterval",
    "destinationOptions",
)
"""What AWS cannot change of a flow log: anything but its tags."""

KIND = " || ".join(f"{name} && '{kind}'" for name, kind in SOURCES.items())
LOGGED = f"{{ResourceIds: [vpcId || subnetId || eniId], ResourceType: {KIND}}}"

FOUND = (
    "FlowLogs[0] | @ && merge(@, {vpcId: starts_with(ResourceId, 'vpc-') && ResourceId || null, "
    "subnetId: starts_with(ResourceId, 'subnet-') && ResourceId || null, eniId: starts_with(ResourceId, 'eni-') && ResourceId || null})"
).replace("null", "`null`")


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Find what AWS refuses of a flow log, or accepts and then delivers nothing."""
    kind, destination = inputs.get("logDestinationType"), inputs.get("logDestination") or ""
    wanted = {"cloud-watch-logs": "arn:aws:logs:", "s3": "arn:aws:s3:", "kinesis-data-firehose": "arn:aws:firehose:"}.get(kind or "", "")
    if not destination.startswith(wanted) and destination:
        yield "logDestination", f"{destination!r}: a destination of type {kind} has an ARN that begins with {wanted}"
    if kind != "cloud-watch-logs" and inputs.get("iamRoleArn"):
        yield "iamRoleArn", f"a destination of type {kind} takes no role: AWS writes there by itself"


ROWS = (
    Row(
        type="aws.ec2.FlowLog",
        create=Call("create_flow_logs", LOGGED),
        id="FlowLogIds[0]",
        read=Call("describe_flow_logs", "{FlowLogIds: [id]}", FOUND),
        delete=Call("delete_flow_logs", "{FlowLogIds: [id]}"),
        names={"iamRoleArn": "DeliverLogsPermissionArn"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:vpc-flow-log/{id}"},
        defaults={"logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 600},
        replaces=(*SOURCES, *FIXED),
        limits={"maxAggregationInterval": Limit(choices=(60, 600))},
        conflicts=(tuple(SOURCES),),
        check=_failures,
    ),
)
