"""Certificate Manager: certificates that are proven by DNS."""

from typing import Any

import boto3

from sandbox.provider.account import CONFIG
from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.rows.route53 import find_record

FOUND = (
    "Certificate.merge(@, {validationMethod: DomainValidationOptions[0].ValidationMethod, "
    "DomainValidationOptions: sort_by(DomainValidationOptions || `[]`, &DomainName)})"
)
"""The emulator lists the names of a certificate in another order each time."""

PROOF = {
    "resourceRecordName": "ResourceRecord.Name",
    "resourceRecordType": "ResourceRecord.Type",
    "resourceRecordValue": "ResourceRecord.Value",
}


def _describe(client: Any, facts: Facts) -> Any:
    """Describe a certificate. AWS lists its domain name among the alternative ones as well, which the program need not."""
    answer = client.describe_certificate(CertificateArn=facts["id"])
    found = answer["Certificate"]
    asked = facts.get("subjectAlternativeNames")
    found["SubjectAlternativeNames"] = sorted(
        name for name in found["SubjectAlternativeNames"] if asked is None or name in asked or name != found["DomainName"]
    )
    return answer


def _validate(client: Any, facts: Facts) -> Any:
    """Describe a certificate as AWS would: issued when public DNS proves each of its names, where the emulator does not look."""
    answer = client.describe_certificate(CertificateArn=facts["certificateArn"])
    found = answer["Certificate"]
    if found["Type"] != "AMAZON_ISSUED":
        raise ProviderError(f"ACM Certificate ({found['CertificateArn']}) has type {found['Type']}, no validation necessary")
    told = {fqdn.rstrip(".") for fqdn in facts.get("validationRecordFqdns") or ()}
    dns = boto3.session.Session().client("route53", region_name=facts["region"], config=CONFIG)
    for option in found["DomainValidationOptions"]:
        record = option["ResourceRecord"]
        if told and record["Name"].rstrip(".") not in told:
            raise ProviderError(f"missing {option['DomainName']} DNS validation record: {record['Name'].rstrip('.')}")
        if not _is_public(dns, record):
            found["Status"] = "PENDING_VALIDATION"
    return answer


def _is_public(dns: Any, wanted: Any) -> bool:
    """Whether a public zone of the account holds the record."""
    for zone in dns.list_hosted_zones()["HostedZones"]:
        if not zone["Config"]["PrivateZone"] and f".{wanted['Name']}".endswith(f".{zone['Name']}"):
            record = find_record(dns, zone["Id"].rpartition("/")[2], wanted["Name"], wanted["Type"]) or {}
            if {entry["Value"].rstrip(".") for entry in record.get("ResourceRecords", ())} == {wanted["Value"].rstrip(".")}:
                return True
    return False


ROWS = (
    Row(
        type="aws.acm.Certificate",
        create=Call("request_certificate", "{DomainValidationOptions: validationOptions}"),
        id="CertificateArn",
        read=Call(_describe, take=FOUND),
        update=Call("update_certificate_options", "{CertificateArn: id}", on=("options",)),
        delete=Call("delete_certificate", "{CertificateArn: id}"),
        names=PROOF,
        replaces=(
            *("domainName", "subjectAlternativeNames", "validationMethod", "validationOptions"),
            *("keyAlgorithm", "certificateAuthorityArn"),
        ),
        lost=("keyAlgorithm",),
        limits={"domainName": Limit(1, 64)},
    ),
    Row(
        type="aws.acm.CertificateValidation",
        create=Call(_validate, take="Certificate", on=("certificateArn", "validationRecordFqdns"), until="Certificate.Status == 'ISSUED'"),
        id="{certificateArn}",
        read=Call("describe_certificate", "{CertificateArn: certificateArn}", "[Certificate][?Status == 'ISSUED'] | [0]"),
        replaces=("certificateArn", "validationRecordFqdns"),
    ),
)
