"""Plants an account's facts in moto, inside its process: over the API moto invents the ids of zones, prefix lists and images.

Each function may run again and again: it adds what is missing and leaves the rest.
"""

import secrets
from itertools import takewhile
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ec2.models.managed_prefixes import ManagedPrefixList
from moto.rds.models import rds_backends
from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.utilities.id_generator import moto_id_manager
from moto.utilities.utils import get_partition

from sandbox.rds_mends import PLANTED
from sandbox.seed import MIN_LABELS, AccountFacts
from settings_database import MASTER, NAME

CDN_PREFIX_LIST_NAME = "com.amazonaws.global.cloudfront.origin-facing"

SOURCE_GIB, SECRET_BYTES = 20, 24
ITS_GROUP = "sg-00000000000000000"
"""Stands in a network that nobody here sees."""

AMAZON_ACCOUNT_ID = "137112412989"
"""The owner of Amazon Linux. https://docs.aws.amazon.com/linux/al2023/ug/ec2.html"""


class UnseedableError(Exception):
    """The facts contradict the cloud, or what is planted already."""


class SeededPrefixList(ManagedPrefixList):
    """A managed prefix list of AWS under the id that a stack file gives it."""

    def __init__(self, model: ManagedPrefixList, prefix_list_id: str) -> None:
        self.__dict__.update(model.__dict__)
        self.id = prefix_list_id
        self.prefix_list_arn = self.arn(self.ec2_backend.region_name, self.owner_id)


def plant(facts: AccountFacts) -> None:
    """Give the account the things of `facts`; an UnseedableError names the one that cannot be."""
    try:
        ec2 = ec2_backends[facts.account_id][facts.region]
    except KeyError:
        raise UnseedableError(f"aws:region: the emulator knows no region {facts.region!r}.") from None
    remove_default_network(ec2)
    if facts.prefix_list_id:
        plant_prefix_list(ec2, facts.prefix_list_id)
    for ami_id, architecture in facts.images.items():
        plant_image(ec2, ami_id, architecture)
    if facts.hosted_zone_id and facts.domain_name:
        plant_zone(route53_backends[facts.account_id][get_partition(facts.region)], facts.hosted_zone_id, facts.zone_name)
    if facts.followed_database:
        plant_database(facts.followed_database, facts.database_version)


def remove_default_network(ec2: Any) -> None:
    """Remove the default VPC and all in it: a resource that names no network of the stack must fail, as in an account without one."""
    for vpc in ec2.describe_vpcs(filters={"is-default": ["true"]}):
        inside = {"vpc-id": [vpc.id]}
        for subnet in ec2.describe_subnets(filters=inside):
            ec2.delete_subnet(subnet.id)
        for acl in ec2.describe_network_acls(filters=inside):
            del ec2.network_acls[acl.id]
        ec2.delete_vpc(vpc.id)


def plant_prefix_list(ec2: Any, prefix_list_id: str) -> None:
    """List the CDN's prefix list under the given id, in place of moto's own, whose id is a new one at each start."""
    lists = ec2.managed_prefix_lists
    if prefix_list_id in lists:
        return
    model = next(found for found in lists.values() if found.prefix_list_name == CDN_PREFIX_LIST_NAME)
    lists[prefix_list_id] = SeededPrefixList(model, prefix_list_id)
    if not isinstance(model, SeededPrefixList):
        del lists[model.id]


def plant_image(ec2: Any, ami_id: str, architecture: str) -> None:
    """List an Amazon Linux 2023 image under the given id, released today."""
    if ami_id in ec2.amis:
        return
    now = utcnow()
    ec2.amis[ami_id] = Ami(
        ec2,
        ami_id,
        name=f"al2023-ami-2023.12.{now:%Y%m%d}.0-kernel-6.1-{architecture}",
        description=f"Amazon Linux 2023 AMI {architecture} HVM kernel-6.1",
        owner_id=AMAZON_ACCOUNT_ID,
        owner_alias="amazon",
        public=True,
        architecture=architecture,
        creation_date=now,
        virtualization_type="hvm",
        hypervisor="xen",
        root_device_type="ebs",
        root_device_name="/dev/xvda",
        region_name=ec2.describe_availability_zones()[0].name,
    )


def plant_database(arn: str, version: str) -> None:
    """Make the database that the stack's own follows, in its region, unless the stack that has it is up here too.

    It is encrypted and backed up, as every database of this project. That other stack finds the name free when it comes up later.
    """
    _, _, _, region, account, _, name = arn.split(":")
    try:
        backend = rds_backends[account][region]
    except KeyError:
        raise UnseedableError(f"switchyard:database.replica_of: the emulator knows no region {region!r}.") from None
    if name in backend.databases:
        return
    made = backend.create_db_instance(
        {
            "db_instance_identifier": name,
            "db_name": NAME,
            "engine": "postgres",
            "engine_version": version,
            "db_instance_class": "db.t4g.medium",
            "allocated_storage": SOURCE_GIB,
            "storage_type": "gp3",
            "storage_encrypted": True,
            "master_username": MASTER,
            "master_user_password": secrets.token_urlsafe(SECRET_BYTES),
            "backup_retention_period": 1,
            "vpc_security_group_ids": [ITS_GROUP],
        }
    )
    setattr(made, PLANTED, True)


def plant_zone(route53: Any, zone_id: str, name: str) -> None:
    """Make the public hosted zone under the given id. A zone that two stacks name is the parent of both their domains."""
    zone = route53.zones.get(zone_id)
    if zone is None:
        identifier = HostedZoneIdentifier(route53.account_id, f"{name}.", None)
        moto_id_manager.set_custom_id(identifier, zone_id)
        route53.create_hosted_zone(f"{name}.", private_zone=False)
        moto_id_manager.unset_custom_id(identifier)
        return
    common = common_parent(zone.name.rstrip("."), name)
    if common.count(".") + 1 < MIN_LABELS:
        raise UnseedableError(
            f"switchyard:domain: hosted zone {zone_id} holds {zone.name.rstrip('.')} in this sandbox, so it cannot hold {name} as well."
        )
    for record in zone.rrsets:
        if record.name.rstrip(".") == zone.name.rstrip(".") and record.type in {"NS", "SOA"}:
            record.name = f"{common}."
    zone.name = f"{common}."


def common_parent(one: str, other: str) -> str:
    """Find the longest domain that holds both; empty when there is none."""
    pairs = zip(reversed(one.split(".")), reversed(other.split(".")), strict=False)
    shared = [left for left, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    return ".".join(reversed(shared))
