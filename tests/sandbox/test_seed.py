"""What the account holds before the stack arrives: read from the stack file, planted in a real emulator, seen through boto3."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from ops.errors import BadInputError, SwitchyardError
from sandbox.emulator import Emulator
from sandbox.seed import ANY_ACCOUNT, AccountFacts, facts_from, seed

STACK = {
    "config": {
        "aws:region": "eu-central-1",
        "switchyard:account_id": "111122223333",
        "switchyard:domain": {"name": "app.example.com", "hosted_zone_id": "Z0123456789ABC"},
        "switchyard:network": {"cdn_prefix_list_id": "pl-a3a144ca"},
        "switchyard:database": {"replica_of": "arn:aws:rds:eu-west-1:111122223333:db:source", "version": "17.11"},
        "switchyard:services": {
            "api": {
                "blue": {"ami": "ami-0aaaaaaaaaaaaaaaa", "instance_types": ["m8g.large", "m7g.large"]},
                "green": {"ami": "ami-0bbbbbbbbbbbbbbbb", "instance_types": ["m7i.large"]},
            },
            "web": {"blue": {"ami": "ami-0aaaaaaaaaaaaaaaa", "instance_types": ["c8gn.large"]}},
        },
    }
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One emulator for the module: what a test plants is additive, so each uses an account of its own."""
    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    yield emulator.start().port
    emulator.stop()


def client(port: int, service: str, facts: AccountFacts) -> Any:
    """Make a boto3 client for the account."""
    return boto3.client(
        service,
        region_name=facts.region,
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id=facts.account_id,
        aws_secret_access_key="none",
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_facts_are_read_from_the_stack_file() -> None:
    """Account, region, zone, prefix list and the images of every color with their architecture."""
    assert facts_from(STACK) == AccountFacts(
        account_id="111122223333",
        region="eu-central-1",
        hosted_zone_id="Z0123456789ABC",
        domain_name="app.example.com",
        prefix_list_id="pl-a3a144ca",
        images={"ami-0aaaaaaaaaaaaaaaa": "arm64", "ami-0bbbbbbbbbbbbbbbb": "x86_64"},
        followed_database="arn:aws:rds:eu-west-1:111122223333:db:source",
        database_version="17.11",
    )


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {"config": "text"},
        {"config": {"switchyard:services": [1], "switchyard:domain": "app.example.com", "switchyard:account_id": "12"}},
        {
            "config": {
                "aws:region": "Dublin",
                "switchyard:services": {"api": None, "web": {"blue": {"ami": "ami-XYZ", "instance_types": 3}}},
            }
        },
    ],
)
def test_a_broken_stack_file_yields_no_facts(broken: object) -> None:
    """The program's settings report it, so the seed must not be what fails first."""
    assert facts_from(broken) == AccountFacts()


@pytest.mark.parametrize(
    ("instance_type", "architecture"),
    [
        ("m8g.large", "arm64"), ("t4g.small", "arm64"), ("c7gn.xlarge", "arm64"), ("im4gn.large", "arm64"), ("a1.large", "arm64"),
        ("m7i-flex.large", "x86_64"), ("g5.xlarge", "x86_64"), ("g6e.xlarge", "x86_64"), ("t3.micro", "x86_64"), ("u-6tb1.metal", "x86_64"),
    ],
)  # fmt: skip
def test_the_architecture_follows_the_instance_type(instance_type: str, architecture: str) -> None:
    """AWS names Arm types with a `g` after the generation; the `g` family itself is x86."""
    pins = {"ami": "ami-0aaaaaaaaaaaaaaaa", "instance_types": [instance_type]}
    stack = {"config": {"switchyard:services": {"api": {"blue": pins}}}}
    assert dict(facts_from(stack).images) == {"ami-0aaaaaaaaaaaaaaaa": architecture}


@pytest.mark.parametrize(
    ("domain", "zone"), [("app.example.com", "example.com"), ("example.com", "example.com"), ("a.b.example.com", "b.example.com")]
)
def test_the_zone_is_the_domains_parent(domain: str, zone: str) -> None:
    """A domain of two labels is a zone itself."""
    assert AccountFacts(domain_name=domain).zone_name == zone


def test_the_account_holds_what_the_file_names(port: int, facts: AccountFacts) -> None:
    """Zone, prefix list and images are found under their ids, and the images are all there are."""
    seed(port, facts)
    ec2 = client(port, "ec2", facts)
    images = ec2.describe_images()["Images"]
    assert {image["ImageId"]: image["Architecture"] for image in images} == facts.images
    assert all(image["Name"].startswith("al2023-ami-2023.") and image["CreationDate"] for image in images)
    zone = client(port, "route53", facts).get_hosted_zone(Id=facts.hosted_zone_id)["HostedZone"]
    assert (zone["Name"], zone["Config"]["PrivateZone"]) == ("example.com.", False)
    lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
    cdn = [each["PrefixListId"] for each in lists if each["PrefixListName"] == "com.amazonaws.global.cloudfront.origin-facing"]
    assert cdn == [facts.prefix_list_id]
    assert ec2.get_managed_prefix_list_entries(PrefixListId=facts.prefix_list_id)["Entries"]
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert [each["ZoneName"] for each in zones] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    assert client(port, "sts", facts).get_caller_identity()["Account"] == facts.account_id


def test_the_account_holds_no_network_of_its_own(port: int, facts: AccountFacts) -> None:
    """No default VPC, nor anything of it: what is found later is what the stack has built."""
    seed(port, facts)
    ec2 = client(port, "ec2", facts)
    assert ec2.describe_vpcs()["Vpcs"] == []
    assert ec2.describe_subnets()["Subnets"] == []
    assert ec2.describe_security_groups()["SecurityGroups"] == []
    assert ec2.describe_network_acls()["NetworkAcls"] == []
    assert ec2.describe_route_tables()["RouteTables"] == []


def test_seeding_again_changes_nothing_and_adds_what_is_new(port: int, facts: AccountFacts) -> None:
    """A network that the stack has built stays, records stay, a newly pinned image comes along."""
    account = replace(facts, account_id="222233334444")
    seed(port, account)
    ec2, route53 = client(port, "ec2", account), client(port, "route53", account)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    record = {"Name": "app.example.com", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": '"here"'}]}
    change = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    route53.change_resource_record_sets(HostedZoneId=account.hosted_zone_id, ChangeBatch=change)
    seed(port, replace(account, images={"ami-0cccccccccccccccc": "arm64"}, prefix_list_id="pl-93a247fa"))
    assert [each["VpcId"] for each in ec2.describe_vpcs()["Vpcs"]] == [vpc]
    assert {each["ImageId"] for each in ec2.describe_images()["Images"]} == {*account.images, "ami-0cccccccccccccccc"}
    records = route53.list_resource_record_sets(HostedZoneId=account.hosted_zone_id)["ResourceRecordSets"]
    assert [each["Type"] for each in records] == ["NS", "SOA", "TXT"]
    named = ec2.describe_managed_prefix_lists(PrefixListIds=["pl-4fa04526", "pl-93a247fa"])["PrefixLists"]
    assert len(named) == 2


def test_accounts_in_one_emulator_do_not_see_each_other(port: int, facts: AccountFacts) -> None:
    """The access key is the account, so that two stacks of different accounts may live side by side."""
    other = AccountFacts(account_id="333344445555", region=facts.region)
    seed(port, facts)
    seed(port, other)
    assert client(port, "ec2", other).describe_images()["Images"] == []
    assert client(port, "sts", other).get_caller_identity()["Account"] == other.account_id


def test_an_unknown_image_is_refused(port: int, facts: AccountFacts) -> None:
    """As AWS does; moto alone would start it."""
    account = replace(facts, account_id="444455556666")
    seed(port, account)
    ec2 = client(port, "ec2", account)
    with pytest.raises(ClientError, match=r"InvalidAMIID\.NotFound"):
        ec2.describe_images(ImageIds=["ami-0ddddddddddddddd"])
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    launch: dict[str, Any] = {"InstanceType": "m8g.large", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1}
    with pytest.raises(ClientError, match=r"InvalidAMIID\.NotFound"):
        ec2.run_instances(ImageId="ami-0ddddddddddddddd", **launch)
    assert ec2.run_instances(ImageId="ami-0123456789abcdef0", **launch)["Instances"]


@pytest.mark.parametrize("order", [["a.app.example.com", "app.example.com"], ["app.example.com", "a.app.example.com"]])
def test_a_zone_that_two_stacks_name_holds_both_domains(port: int, facts: AccountFacts, order: list[str]) -> None:
    """Staging's domain lies deeper than production's, and both name the same zone."""
    account = replace(facts, account_id=f"55556666777{order[0].count('.')}")
    for domain in order:
        seed(port, replace(account, domain_name=domain))
    zone = client(port, "route53", account).get_hosted_zone(Id=account.hosted_zone_id)["HostedZone"]
    assert (zone["Name"], zone["ResourceRecordSetCount"]) == ("example.com.", 2)


def test_a_zone_of_another_domain_is_an_error(port: int, facts: AccountFacts) -> None:
    """One id cannot stand for two unrelated zones; the message names both."""
    account = replace(facts, account_id="666677778888")
    seed(port, account)
    with pytest.raises(BadInputError, match=r"holds example\.com .* cannot hold example\.org") as raised:
        seed(port, replace(account, domain_name="app.example.org"))
    assert "switchyard down" in raised.value.next_step


def test_a_region_that_does_not_exist_is_an_error(port: int) -> None:
    """The message names the key and the value."""
    with pytest.raises(BadInputError, match=r"aws:region.*'eu-west-9'"):
        seed(port, AccountFacts(account_id=ANY_ACCOUNT, region="eu-west-9"))


def waiting(account_id: str) -> AccountFacts:
    """The facts of a stack whose database follows one of another region."""
    source = f"arn:aws:rds:eu-west-1:{account_id}:db:source"
    return AccountFacts(account_id=account_id, region="eu-central-1", followed_database=source, database_version="17.11")


def replica(port: int, facts: AccountFacts) -> Any:
    """Let a database follow, with a key of its own region; return what the emulator says of it."""
    key = client(port, "kms", facts).create_key()["KeyMetadata"]["Arn"]
    rds = client(port, "rds", facts)
    rds.create_db_instance_read_replica(
        DBInstanceIdentifier="copy",
        SourceDBInstanceIdentifier=facts.followed_database,
        KmsKeyId=key,
        DBInstanceClass="db.m8g.large",
        VpcSecurityGroupIds=["sg-1"],
    )
    return rds.describe_db_instances(DBInstanceIdentifier="copy")["DBInstances"][0]


def test_the_database_that_is_followed_is_there(port: int) -> None:
    """In its own region, encrypted and backed up, once: AWS replicates nothing else."""
    facts = waiting("777788889999")
    for _ in range(2):
        seed(port, facts)
    [source] = client(port, "rds", replace(facts, region="eu-west-1")).describe_db_instances()["DBInstances"]
    assert (source["DBInstanceArn"], source["EngineVersion"]) == (facts.followed_database, "17.11")
    assert source["StorageEncrypted"]
    assert source["BackupRetentionPeriod"]
    assert replica(port, facts)["ReadReplicaSourceDBInstanceIdentifier"] == facts.followed_database


def test_the_stack_that_is_followed_may_come_up_later(port: int) -> None:
    """Its database takes the place of what stood for it, and what follows goes on; a second one of the name is refused, as ever."""
    facts = waiting("888899990000")
    seed(port, facts)
    replica(port, facts)
    rds = client(port, "rds", replace(facts, region="eu-west-1"))
    wanted = {
        "DBInstanceIdentifier": "source",
        "Engine": "postgres",
        "DBInstanceClass": "db.m8g.large",
        "AllocatedStorage": 100,
        "VpcSecurityGroupIds": ["sg-1"],
    }
    made = rds.create_db_instance(**wanted, MasterUsername="switchyard", MasterUserPassword="a" * 20)["DBInstance"]
    assert made["AllocatedStorage"] == 100
    assert rds.describe_db_instances()["DBInstances"][0]["ReadReplicaDBInstanceIdentifiers"] == [
        f"arn:aws:rds:eu-central-1:{facts.account_id}:db:copy"
    ]
    seed(port, facts)
    with pytest.raises(ClientError, match="DBInstanceAlreadyExists"):
        rds.create_db_instance(**wanted, MasterUsername="switchyard", MasterUserPassword="a" * 20)


def test_a_database_of_a_region_that_does_not_exist_is_an_error(port: int) -> None:
    """The message names the key and the value."""
    with pytest.raises(BadInputError, match=r"replica_of.*'eu-west-9'"):
        seed(port, AccountFacts(account_id=ANY_ACCOUNT, followed_database="arn:aws:rds:eu-west-9:123456789012:db:source"))


def test_seeding_an_emulator_that_is_gone_is_an_error(tmp_path: Path, facts: AccountFacts) -> None:
    """The operator is told, without a traceback."""
    emulator = Emulator(tmp_path)
    gone = emulator.start().port
    emulator.stop()
    with pytest.raises(SwitchyardError, match="does not take the account's facts"):
        seed(gone, facts)
