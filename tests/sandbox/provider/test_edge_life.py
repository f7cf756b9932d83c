"""The edge on the emulator: what AWS finds out when it makes things, what is kept in spite of the emulator, and other regions."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from moto.moto_api import state_manager

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.cloudfront import CODE, certificate, distribution
from tests.sandbox.provider.specs.route53 import zone
from tests.sandbox.provider.specs.s3_sharing import rule, versioned
from tests.sandbox.provider.world import World

DISTRIBUTION = "aws.cloudfront.Distribution"


@pytest.fixture
def slow() -> Iterator[None]:
    """Let the emulator take three looks to bring a new distribution everywhere."""
    state_manager.set_transition("cloudfront::distribution", {"progression": "manual", "times": 3})
    yield
    state_manager.unset_transition("cloudfront::distribution")


@pytest.fixture
def edge(world: World) -> Made:
    """Make a distribution as the program has it."""
    return world.make(DISTRIBUTION, **distribution(world))


def drift(world: World, made: Made) -> set[str]:
    """Return the inputs that a refresh finds changed."""
    _, outputs, inputs = world.driver(made.type).read(made)
    return set(world.driver(made.type).diff(Made(made.type, made.name, made.id, inputs, outputs), made.inputs).diffs)


def test_a_distribution_has_what_others_refer_to(edge: Made) -> None:
    """Its name in CloudFront's zone, its ARN and its version."""
    outputs = edge.outputs
    assert outputs["domainName"].endswith(".cloudfront.net")
    assert outputs["hostedZoneId"] == "Z2FDTNDATAQYW2"
    assert outputs["arn"] == f"arn:aws:cloudfront::123456789012:distribution/{edge.id}"
    assert outputs["status"] == "Deployed"
    assert outputs["etag"]


def test_what_the_emulator_loses_stays_in_the_outputs(world: World, edge: Made) -> None:
    """The access to the bucket, the way to the load balancer, and the functions."""
    outputs = bare(world.driver(DISTRIBUTION).read(edge)[1])
    site, services = outputs["origins"]
    assert site["originAccessControlId"] == edge.inputs["origins"][0]["originAccessControlId"]
    assert services["vpcOriginConfig"] == edge.inputs["origins"][1]["vpcOriginConfig"]
    behaviors = (outputs["defaultCacheBehavior"], *outputs["orderedCacheBehaviors"])
    assert [behavior["functionAssociations"][0]["eventType"] for behavior in behaviors] == ["viewer-request"] * 2


def test_a_change_behind_the_program_is_seen(world: World, edge: Made) -> None:
    """Of origins, behaviors and the rest."""
    client = world.client("cloudfront")
    answer = client.get_distribution_config(Id=edge.id)
    config = answer["DistributionConfig"]
    config["Origins"]["Items"][1]["CustomHeaders"]["Items"][0]["HeaderValue"] = "other"
    config["DefaultCacheBehavior"]["Compress"] = False
    config["CacheBehaviors"] = {"Quantity": 0}
    config["WebACLId"] = ""
    client.update_distribution(Id=edge.id, IfMatch=answer["ETag"], DistributionConfig=config)
    assert drift(world, edge) == {"origins", "defaultCacheBehavior", "orderedCacheBehaviors", "webAclId"}


def test_an_update_keeps_the_caller_s_reference(world: World, edge: Made) -> None:
    """AWS refuses another one."""
    driver, client = world.driver(DISTRIBUTION), world.client("cloudfront")
    before = client.get_distribution_config(Id=edge.id)["DistributionConfig"]["CallerReference"]
    driver.update(edge, {**edge.inputs, "comment": "Changed"})
    after = client.get_distribution_config(Id=edge.id)["DistributionConfig"]
    assert (after["CallerReference"], after["Comment"]) == (before, "Changed")


def test_an_emptied_list_reaches_the_emulator(world: World, edge: Made) -> None:
    """CloudFront takes the whole configuration each time."""
    driver, client = world.driver(DISTRIBUTION), world.client("cloudfront")
    driver.update(edge, {**edge.inputs, "aliases": [], "orderedCacheBehaviors": []})
    config = client.get_distribution_config(Id=edge.id)["DistributionConfig"]
    assert (config["Aliases"]["Quantity"], config["CacheBehaviors"]["Quantity"]) == (0, 0)


def test_a_distribution_that_is_to_be_retained_is_only_disabled(world: World) -> None:
    """`retainOnDelete` leaves it, out of service."""
    made = world.make(DISTRIBUTION, **distribution(world), retainOnDelete=True)
    world.driver(DISTRIBUTION).delete(made)
    assert not world.client("cloudfront").get_distribution_config(Id=made.id)["DistributionConfig"]["Enabled"]


BUCKETLESS = {"originId": "services", "domainName": "app.example.com"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"defaultCacheBehavior": {"targetOriginId": "site", "viewerProtocolPolicy": "https-only"}}, "needs cachePolicyId"),
        ({"origins": [{"originId": "site", "domainName": "app.example.com"}, BUCKETLESS]}, "is no bucket"),
        ({"aliases": ["app.example.org"]}, "app.example.org is not a name of the certificate"),
    ],
)
def test_what_does_not_fit_is_refused_when_it_is_made(world: World, changes: dict[str, Any], reason: str) -> None:
    """As AWS does, with a reason."""
    with pytest.raises(grpc.RpcError, match=reason):
        world.make(DISTRIBUTION, **{**distribution(world), **changes})


def test_a_distribution_refers_to_what_is_there(world: World) -> None:
    """A control, a function and a certificate that nobody made are refused."""
    inputs = distribution(world)
    gone = {"functionAssociations": [{"eventType": "viewer-request", "functionArn": "arn:aws:cloudfront::123456789012:function/gone"}]}
    site, services = inputs["origins"]
    wrong: dict[str, dict[str, Any]] = {
        "NoSuchOriginAccessControl": {"origins": [{**site, "originAccessControlId": "E0GONE"}, services]},
        "NoSuchFunctionExists": {"defaultCacheBehavior": {**inputs["defaultCacheBehavior"], **gone}},
        "ResourceNotFound": {
            "viewerCertificate": {
                **inputs["viewerCertificate"],
                "acmCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
            }
        },
    }
    for reason, changes in wrong.items():
        with pytest.raises(grpc.RpcError, match=reason):
            world.make(DISTRIBUTION, **{**inputs, **changes})


def test_a_name_is_one_distribution_s(world: World, edge: Made) -> None:
    """AWS refuses an alias that another one has; its own it may keep."""
    inputs = distribution(world)
    taken = edge.inputs["aliases"]
    covered = {**inputs["viewerCertificate"], "acmCertificateArn": certificate(world, taken[0])}
    with pytest.raises(grpc.RpcError, match="CNAMEAlreadyExists"):
        world.make(DISTRIBUTION, **{**inputs, "aliases": taken, "viewerCertificate": covered})
    world.driver(DISTRIBUTION).update(edge, {**edge.inputs, "comment": "Changed"})


@pytest.mark.parametrize("type_", ["A", "AAAA"])
def test_a_record_may_be_an_alias_of_a_distribution(world: World, edge: Made, type_: str) -> None:
    """It stands in the zone as it was asked for, and comes back so."""
    alias = {"name": edge.outputs["domainName"], "zoneId": edge.outputs["hostedZoneId"], "evaluateTargetHealth": False}
    zone_id = zone(world, domain := edge.inputs["aliases"][0])
    made = world.make("aws.route53.Record", zoneId=zone_id, name=domain, type=type_, aliases=[alias])
    found = world.client("route53").list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
    assert [record["AliasTarget"]["HostedZoneId"] for record in found if record["Type"] == type_] == ["Z2FDTNDATAQYW2"]
    assert drift(world, made) == set()


def test_a_function_is_changed_under_its_name(world: World) -> None:
    """ARN and tags stay, version and code are new."""
    made = world.make("aws.cloudfront.Function", code=CODE, runtime="cloudfront-js-2.0", tags={"Name": "gate"})
    driver, client = world.driver(made.type), world.client("cloudfront")
    updated = driver.update(made, {**made.inputs, "code": f"{CODE} // open"})
    assert client.get_function(Name=made.id)["FunctionCode"].read().decode() == f"{CODE} // open"
    assert [updated.outputs[name] for name in ("arn", "tags")] == [made.outputs[name] for name in ("arn", "tags")]
    assert updated.outputs["etag"] != made.outputs["etag"]
    assert updated.outputs["liveStageEtag"] == updated.outputs["etag"]


def test_a_function_s_name_may_be_used_again(world: World) -> None:
    """The tags of the one before are not its own."""
    inputs = {"name": world.name(), "code": CODE, "runtime": "cloudfront-js-2.0"}
    old = world.make("aws.cloudfront.Function", **inputs, tags={"Name": "gate"}, publish=False)
    assert not old.outputs.get("liveStageEtag")
    world.driver(old.type).delete(old)
    new = world.make("aws.cloudfront.Function", **inputs)
    assert new.outputs["tagsAll"] == {"Project": "switchyard", "Owner": "default"}


def test_a_pair_s_size_is_known(world: World) -> None:
    """It is what the store is charged for."""
    made = world.make(
        "aws.cloudfront.KeyvaluestoreKey",
        keyValueStoreArn=world.make("aws.cloudfront.KeyValueStore").outputs["arn"],
        key="ü",
        value="ab",
    )
    assert made.outputs["totalSizeInBytes"] == 4


def test_a_certificate_of_another_region_is_proven_by_a_global_record(world: World) -> None:
    """One record proves the certificate of the stack's region and that of CloudFront's."""
    domain = f"{world.name()}.com"
    here, there = (
        world.make("aws.acm.Certificate", domainName=domain, validationMethod="DNS", **place) for place in ({}, {"region": "us-east-1"})
    )
    assert there.id.startswith("arn:aws:acm:us-east-1:")
    zone_id = zone(world, domain)
    for made in (here, there):
        proof = bare(made.outputs)["domainValidationOptions"][0]
        names = {"name": proof["resourceRecordName"], "type": proof["resourceRecordType"], "records": [proof["resourceRecordValue"]]}
        world.make("aws.route53.Record", zoneId=zone_id, ttl=60, allowOverwrite=True, **names)
    assert world.id("aws.acm.CertificateValidation", certificateArn=there.id, region="us-east-1") == there.id
    assert drift(world, there) == set()


def test_a_certificate_of_another_region_waits_for_its_record(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not issued by being elsewhere."""
    monkeypatch.setattr("sandbox.provider.account.PATIENCE_SECONDS", 0.0)
    arn = certificate(world, f"{world.name()}.com")
    with pytest.raises(grpc.RpcError, match="gave up waiting"):
        world.make("aws.acm.CertificateValidation", certificateArn=arn, region="us-east-1")


def test_a_bucket_may_be_in_another_region(world: World) -> None:
    """It is made there, says so, and is found, changed, imported and deleted there."""
    made = world.make("aws.s3.Bucket", region="eu-central-1", tags={"Name": "replica"})
    place = world.client("s3").get_bucket_location(Bucket=made.id)["LocationConstraint"]
    assert (place, made.outputs["region"], made.outputs["bucketRegion"]) == ("eu-central-1", "eu-central-1", "eu-central-1")
    assert drift(world, made) == set()
    assert world.driver(made.type).fetch(made.type, f"{made.id}@eu-central-1")[1]["region"] == "eu-central-1"
    world.driver(made.type).delete(made)
    assert world.driver(made.type).read(made)[0] == ""


def test_a_replication_needs_versions_on_both_sides(world: World) -> None:
    """AWS looks at the bucket and at its replica."""
    type_, role = "aws.s3.BucketReplicationConfig", "arn:aws:iam::123456789012:role/copies"
    source, replica = versioned(world, "eu-west-1"), versioned(world, "eu-central-1")
    bare_ = world.id("aws.s3.Bucket")
    for bucket, target in ((bare_, replica), (source, bare_)):
        with pytest.raises(grpc.RpcError, match="Versioning must be 'Enabled'"):
            world.make(type_, bucket=bucket, role=role, rules=[rule(target)])
    assert world.id(type_, bucket=source, role=role, rules=[rule(replica)]) == source


@pytest.mark.parametrize(
    ("inputs", "reason"), [({"type": "HTTPS"}, "needs fqdn or ipAddress"), ({"type": "TCP", "fqdn": "a.b"}, "needs a port")]
)
def test_a_health_check_looks_at_something(world: World, inputs: dict[str, Any], reason: str) -> None:
    """An endpoint has an address."""
    with pytest.raises(grpc.RpcError, match=reason):
        world.make("aws.route53.HealthCheck", **inputs)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("given", "status"), [({}, "Deployed"), ({"waitForDeployment": False}, "InProgress")])
def test_a_distribution_is_waited_for_unless_told_otherwise(world: World, given: dict[str, Any], status: str) -> None:
    """CloudFront takes minutes to bring one everywhere."""
    assert world.make(DISTRIBUTION, **distribution(world), **given).outputs["status"] == status
