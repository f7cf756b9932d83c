"""Network ACLs, with their entries in them."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.limits import OF_NAMES, Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

DIRECTIONS = {"ingress": False, "egress": True}
"""The two lists of entries, and AWS's flag for each."""

DEFAULT_DENY = 32767
"""The number of the entry that AWS ends each list with; nobody can change it."""

ENTRY = {
    "ruleNo": "RuleNumber",
    "action": "RuleAction",
    "protocol": "Protocol",
    "cidrBlock": "CidrBlock",
    "ipv6CidrBlock": "Ipv6CidrBlock",
    "fromPort": "PortRange.From",
    "toPort": "PortRange.To",
    "icmpCode": "IcmpTypeCode.Code",
    "icmpType": "IcmpTypeCode.Type",
}

OF_ENTRY = {
    "ruleNo": Limit(1, DEFAULT_DENY - 1),
    "action": Limit(choices=("allow", "deny")),
    "protocol": Limit(pattern=r"-1|\d{1,3}", says="a protocol's number, such as 6 for TCP, or -1 for all"),
    "cidrBlock": OF_NAMES["cidrBlock"],
    "fromPort": Limit(0, 65535),
    "toPort": Limit(0, 65535),
}

ENTRIES = f"Entries[?Egress == `{{}}` && RuleNumber < `{DEFAULT_DENY}`]"

FOUND = (
    f"NetworkAcls[0] | @ && merge(@, {{ingress: {ENTRIES.format('false')}, egress: {ENTRIES.format('true')}, "
    "subnetIds: Associations[].SubnetId})"
)


def _write(client: Any, facts: Facts) -> None:
    """Bring the entries of both lists to what is asked for."""
    (acl,) = client.describe_network_acls(NetworkAclIds=[facts["id"]])["NetworkAcls"]
    there = {(entry["Egress"], entry["RuleNumber"]) for entry in acl["Entries"] if entry["RuleNumber"] < DEFAULT_DENY}
    wanted = {(flag, entry["ruleNo"]): entry for name, flag in DIRECTIONS.items() for entry in facts.get(name) or ()}
    for egress, number in sorted(there - wanted.keys()):
        client.delete_network_acl_entry(NetworkAclId=facts["id"], Egress=egress, RuleNumber=number)
    for (egress, number), entry in wanted.items():
        write = client.replace_network_acl_entry if (egress, number) in there else client.create_network_acl_entry
        write(NetworkAclId=facts["id"], Egress=egress, **_parameters(entry))


def _parameters(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as AWS takes it."""
    result: dict[str, Any] = {}
    for name, path in ENTRY.items():
        if entry.get(name) is not None:
            parent, _, member = path.rpartition(".")
            (result.setdefault(parent, {}) if parent else result)[member] = entry[name]
    return result


def _associate(client: Any, facts: Facts) -> None:
    """Bring the subnets to those asked for. A subnet has one network ACL at any time: one that leaves falls to the VPC's default."""
    acls = client.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [facts["vpcId"]]}])["NetworkAcls"]
    default = next(acl["NetworkAclId"] for acl in acls if acl["IsDefault"])
    wanted = set(facts.get("subnetIds") or ())
    for one in (association for acl in acls for association in acl["Associations"]):
        here, asked = one["NetworkAclId"] == facts["id"], one["SubnetId"] in wanted
        if here != asked:
            target = facts["id"] if asked else default
            client.replace_network_acl_association(AssociationId=one["NetworkAclAssociationId"], NetworkAclId=target)


def _leave(client: Any, facts: Facts) -> None:
    """Leave all subnets to the VPC's default network ACL, since AWS deletes none that is in use."""
    _associate(client, {**facts, "subnetIds": []})


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Find entries that AWS would not take beside each other, and ports in the wrong order."""
    for name in DIRECTIONS:
        entries = inputs.get(name) or []
        numbers = [entry.get("ruleNo") for entry in entries]
        for index, entry in enumerate(entries):
            if numbers[index] and numbers[index] in numbers[:index]:
                yield f"{name}[{index}].ruleNo", f"{numbers[index]} is taken: a number orders one entry"
            if entry.get("fromPort", 0) > entry.get("toPort", 65535):
                yield f"{name}[{index}].fromPort", f"{entry['fromPort']} is more than toPort, {entry['toPort']}"


ROWS = (
    Row(
        type="aws.ec2.NetworkAcl",
        create=Call("create_network_acl", take="NetworkAcl"),
        id="NetworkAclId",
        read=Call("describe_network_acls", "{NetworkAclIds: [id]}", FOUND),
        update=(Call(_write, on=tuple(DIRECTIONS)), Call(_associate, on=("subnetIds",))),
        delete=(Call(_leave), Call("delete_network_acl", "{NetworkAclId: id}")),
        names=ENTRY,
        computed={"arn": "arn:aws:ec2:{region}:{account}:network-acl/{id}"},
        replaces=("vpcId",),
        limits={f"{name}.{member}": limit for name in DIRECTIONS for member, limit in OF_ENTRY.items()},
        check=_failures,
    ),
)
