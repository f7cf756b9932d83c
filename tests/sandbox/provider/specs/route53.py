"""Specs of Route 53."""

from tests.sandbox.provider.world import Spec, World


def zone(world: World, name: str = "example.com") -> str:
    """Return a new public zone."""
    made = world.client("route53").create_hosted_zone(Name=name, CallerReference=world.name())
    return str(made["HostedZone"]["Id"]).rpartition("/")[2]


def _record(world: World) -> dict[str, object]:
    return {
        "zoneId": zone(world),
        "name": "_proof._of.example.com.",
        "type": "CNAME",
        "records": ["_value.acm-validations.aws."],
        "ttl": 300,
        "allowOverwrite": True,
    }


SPECS = (
    Spec(
        type="aws.route53.Record",
        inputs=_record,
        change={"ttl": 60, "type": "TXT", "records": ["v=spf1 -all"]},
        replace={"name": "other.example.com"},
        not_imported=("name", "allowOverwrite"),
    ),
)
