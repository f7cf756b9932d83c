"""Route 53: the records of a zone."""

from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row

TYPES = ("A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT")

QUOTED = ("SPF", "TXT")
"""Types whose values AWS wants in quotes, and the program writes without."""

CARRIED = ("zoneId", "name", "type", "ttl", "records", "aliases")

STAR = "\\052"
"""How AWS writes the `*` of a wildcard."""


def find_record(client: Any, zone_id: str, name: str, type_: str) -> Any:
    """Return a record as AWS has it, with its full `Name` written plainly; None when the zone has none of that name and type."""
    full = _full_name(client, zone_id, name)
    page = client.list_resource_record_sets(HostedZoneId=zone_id, StartRecordName=f"{full}.", StartRecordType=type_, MaxItems="1")
    for record in page["ResourceRecordSets"]:
        if record["Name"].replace(STAR, "*").rstrip(".") == full and record["Type"] == type_:
            return record
    return None


def _full_name(client: Any, zone_id: str, name: str) -> str:
    """Return a name without the dot at its end; a name outside the zone is one relative to it, as the official provider has it."""
    zone = client.get_hosted_zone(Id=zone_id)["HostedZone"]["Name"]
    name, zone = (text.rstrip(".").lower() for text in (name, zone))
    return name if f".{name}".endswith(f".{zone}") else f"{name}.{zone}"


def _create(client: Any, facts: Facts) -> dict[str, str]:
    """Make the record. What is there already is overwritten only by leave: AWS refuses, and the emulator does not."""
    name, type_ = facts["name"].rstrip(".").lower(), facts["type"]
    if not facts.get("allowOverwrite") and find_record(client, facts["zoneId"], name, type_):
        raise ProviderError(
            f"InvalidChangeBatch: Tried to create resource record set [name='{name}.', type='{type_}'] but it already exists "
            "(allowOverwrite takes it over)"
        )
    _change(client, facts["zoneId"], ("UPSERT", _record_set(client, facts)))
    return {"Id": f"{facts['zoneId']}_{name}_{type_}"}


def _update(client: Any, facts: Facts) -> None:
    """Change the record; one of another type takes the place of the old one in the same batch, so that the name never has none."""
    changes = [("UPSERT", _record_set(client, facts))]
    old = facts["old"]
    gone = old["type"] != facts["type"] and find_record(client, old["zoneId"], old["name"], old["type"])
    _change(client, facts["zoneId"], *([("DELETE", gone)] if gone else []), *changes)


def _delete(client: Any, facts: Facts) -> None:
    """Delete the record as it is: AWS wants all of it named."""
    zone_id, name, type_ = _key(facts)
    record = find_record(client, zone_id, name, type_)
    if record:
        _change(client, zone_id, ("DELETE", record))


def _read(client: Any, facts: Facts) -> Any:
    """Return what is there, by Pulumi's names."""
    zone_id, name, type_ = _key(facts)
    record = find_record(client, zone_id, name, type_)
    target = record and record.get("AliasTarget")
    return record and {
        "zoneId": zone_id,
        "name": name,
        "type": type_,
        "fqdn": _full_name(client, zone_id, name),
        "ttl": record.get("TTL"),
        "records": [_unquoted(entry["Value"], type_) for entry in record.get("ResourceRecords", ())] or None,
        "aliases": target and [{"name": target["DNSName"].rstrip("."), **_alias(target)}],
    }


def _key(facts: Facts) -> tuple[str, str, str]:
    """Return zone, name and type; an import has them in the id only, where the name may hold underscores of its own."""
    if facts.get("zoneId"):
        return facts["zoneId"], facts["name"], facts["type"]
    zone_id, _, rest = str(facts["id"]).partition("_")
    name, _, type_ = rest.rpartition("_")
    if not name:
        raise ProviderError(f"{facts['id']!r} is no id of a record: it has the form ZONE_NAME_TYPE")
    return zone_id, name, type_


def _record_set(client: Any, facts: Facts) -> dict[str, Any]:
    """Return the record as AWS wants it."""
    record: dict[str, Any] = {"Name": _full_name(client, facts["zoneId"], facts["name"]), "Type": facts["type"]}
    for alias in facts.get("aliases") or ():
        to = {"HostedZoneId": alias["zoneId"], "DNSName": alias["name"], "EvaluateTargetHealth": alias["evaluateTargetHealth"]}
        return {**record, "AliasTarget": to}
    if not facts.get("records") or facts.get("ttl") is None:
        raise ProviderError("InvalidInput: Expected exactly one of [aliases, all of [ttl, and records]], but found none")
    values = [f'"{value}"' if facts["type"] in QUOTED else value for value in facts["records"]]
    return {**record, "TTL": facts["ttl"], "ResourceRecords": [{"Value": value} for value in values]}


def _change(client: Any, zone_id: str, *changes: tuple[str, Any]) -> None:
    batch = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
    client.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch={"Changes": batch})


def _alias(target: Any) -> dict[str, Any]:
    return {"zoneId": target["HostedZoneId"], "evaluateTargetHealth": target["EvaluateTargetHealth"]}


def _unquoted(value: str, type_: str) -> str:
    return value.removeprefix('"').removesuffix('"') if type_ in QUOTED else value


ROWS = (
    Row(
        type="aws.route53.Record",
        create=Call(_create, on=CARRIED),
        id="Id",
        read=Call(_read),
        update=Call(_update, on=CARRIED),
        delete=Call(_delete),
        replaces=("zoneId", "name"),
        kept=("allowOverwrite",),
        limits={"ttl": Limit(0, 2147483647), "type": Limit(choices=TYPES), "aliases": Limit(1, 1), "records": Limit(1)},
        conflicts=(("records", "aliases"), ("ttl", "aliases")),
    ),
)
