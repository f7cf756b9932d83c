"""WAF: web ACLs, IP sets, and the log of an ACL."""

import ipaddress
from collections.abc import Iterator
from typing import Any

from sandbox.provider import web_acl
from sandbox.provider.account import EDGE_REGION
from sandbox.provider.errors import ProviderError
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure
from sandbox.provider.words import Words

NAMING = Naming(128, pattern=r"[\w-]+", says="letters, digits, _ and -")

LOG_PREFIX = "aws-waf-logs-"

SETTINGS = ("defaultAction", "description", "visibilityConfig", "tokenDomains", "associationConfig")

BODIES = "{AssociationConfig: associationConfig && {RequestBody: {CLOUDFRONT: associationConfig.requestBodies[0].cloudfront}}}"

LOG = inside("LoggingConfiguration", "resourceArn", "logDestinationConfigs", "redactedFields")


def _find_acl(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return an ACL without its rules, which are resources of their own."""
    acl = web_acl.get(client, "WebACL", facts)
    if acl is None:
        return None
    body = (acl.get("AssociationConfig") or {}).get("RequestBody", {}).get("CLOUDFRONT")
    bodies = {"requestBodies": [{"cloudfront": body}]} if body else None
    rules = acl.pop("Rules", None) or []
    unset = dict.fromkeys(("Description", "TokenDomains"))
    return {**unset, **acl, "AssociationConfig": bodies, "Capacity": web_acl.capacity(rules)}


def _update_acl(client: Any, facts: Facts) -> None:
    """Change an ACL's settings; its rules stay as they are."""
    shape = client.meta.service_model.operation_model("UpdateWebACL").input_shape
    changed = Words("WebACL").parameters({name: facts.get(name) for name in SETTINGS[:-1]}, shape)
    bodies = (facts.get("associationConfig") or {}).get("requestBodies")
    size = bodies and {"DefaultSizeInspectionLimit": bodies[0]["cloudfront"]["defaultSizeInspectionLimit"]}
    association = {"RequestBody": {"CLOUDFRONT": size}} if size else None
    unset = dict.fromkeys(("Description", "TokenDomains"))
    web_acl.write(client, web_acl.there(client, "WebACL", facts), {**unset, **changed, "AssociationConfig": association})


def _drop_acl(client: Any, facts: Facts) -> None:
    client.delete_web_acl(**web_acl.key(web_acl.there(client, "WebACL", facts)))


def _find_set(client: Any, facts: Facts) -> dict[str, Any] | None:
    return web_acl.get(client, "IPSet", facts)


def _update_set(client: Any, facts: Facts) -> None:
    told = {"Description": facts["description"]} if facts.get("description") else {}
    client.update_ip_set(**web_acl.key(web_acl.there(client, "IPSet", facts)), Addresses=facts.get("addresses") or [], **told)


def _drop_set(client: Any, facts: Facts) -> None:
    """Delete an IP set, unless a rule still names it."""
    found = web_acl.there(client, "IPSet", facts)
    for listed in client.list_web_acls(Scope=found["Scope"])["WebACLs"]:
        if found["ARN"] in str(web_acl.acl_of(client, listed["ARN"]).get("Rules")):
            raise ProviderError(f"WAFAssociatedItemException: a rule of the web ACL {listed['Name']} names the IP set {found['Name']}")
    client.delete_ip_set(**web_acl.key(found))


def _refuse_log(_client: Any, facts: Facts) -> None:
    """Refuse, as AWS does, a log group that is not there."""
    for arn in facts["logDestinationConfigs"]:
        name = arn.split(":log-group:")[-1]
        groups = facts["clients"]("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        if ":log-group:" in arn and name not in [group["logGroupName"] for group in groups]:
            raise ProviderError(f"WAFLogDestinationPermissionIssueException: there is no log group {name}")


def _find_log(client: Any, facts: Facts) -> dict[str, Any]:
    """Return the log of an ACL, where the ACL is."""
    client = facts["clients"]("wafv2", region=EDGE_REGION) if ":global/" in facts["id"] else client
    found = client.get_logging_configuration(ResourceArn=facts["id"])["LoggingConfiguration"]
    return {"LoggingConfiguration": {"RedactedFields": None, **found}}


def _at_home(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("scope") == "CLOUDFRONT" and inputs.get("region", EDGE_REGION) != EDGE_REGION:
        yield "region", f"{inputs['region']!r}: what belongs to CloudFront is in {EDGE_REGION}"


def _acl_failures(inputs: Facts) -> Iterator[Failure]:
    yield from _at_home(inputs)
    for name in ("rules", "ruleJson"):
        if inputs.get(name):
            yield name, "the sandbox takes the rules of a web ACL as resources of their own, aws.wafv2.WebAclRule"
    if len(inputs.get("defaultAction") or {"allow": {}}) != 1:
        yield "defaultAction", "give allow or block"


def _set_failures(inputs: Facts) -> Iterator[Failure]:
    yield from _at_home(inputs)
    version = inputs.get("ipAddressVersion", "")
    for index, address in enumerate(inputs.get("addresses") or []):
        try:
            network = ipaddress.ip_network(address)
        except ValueError as error:
            yield f"addresses[{index}]", f"{address!r} is no CIDR block: {error}"
            continue
        if not network.prefixlen:
            yield f"addresses[{index}]", f"{address!r}: AWS takes no /0"
        if version and version != f"IPV{network.version}":
            yield f"addresses[{index}]", f"{address!r} is not of {version}"


def _log_failures(inputs: Facts) -> Iterator[Failure]:
    for index, arn in enumerate(inputs.get("logDestinationConfigs") or []):
        name = arn.rsplit(":", maxsplit=1)[-1].rsplit("/", maxsplit=1)[-1]
        if not name.startswith(LOG_PREFIX):
            yield f"logDestinationConfigs[{index}]", f"{name!r}: AWS delivers to names that begin with {LOG_PREFIX}"
        if ":global/" in inputs.get("resourceArn", "") and f":{EDGE_REGION}:" not in arn and arn.startswith("arn:aws:logs:"):
            yield f"logDestinationConfigs[{index}]", f"{arn!r}: the log of a web ACL for CloudFront is in {EDGE_REGION}"


ROWS = (
    Row(
        type="aws.wafv2.WebAcl",
        noun="WebACL",
        create=Call("create_web_acl", BODIES, "Summary"),
        id="Id",
        imports="{id}/{name}/{scope}",
        read=Call(_find_acl),
        update=Call(_update_acl, on=SETTINGS),
        delete=Call(_drop_acl),
        replaces=("scope",),
        fresh=("lockToken",),
        naming=NAMING,
        check=_acl_failures,
    ),
    Row(
        type="aws.wafv2.IpSet",
        noun="IPSet",
        create=Call("create_ip_set", take="Summary"),
        id="Id",
        imports="{id}/{name}/{scope}",
        read=Call(_find_set),
        update=Call(_update_set, on=("addresses", "description")),
        delete=Call(_drop_set),
        replaces=("scope", "ipAddressVersion"),
        fresh=("lockToken",),
        naming=NAMING,
        check=_set_failures,
    ),
    Row(
        type="aws.wafv2.WebAclLoggingConfiguration",
        before=Call(_refuse_log),
        create=Call("put_logging_configuration"),
        id="{resourceArn}",
        read=Call(_find_log),
        update=Call("put_logging_configuration"),
        delete=Call("delete_logging_configuration", "{ResourceArn: id}"),
        names=LOG,
        replaces=("resourceArn",),
        check=_log_failures,
    ),
)
