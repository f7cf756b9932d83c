"""Things of WAF: found with their lock tokens, written back as a whole, refused where their rules do not go together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components import managed_rules
from components.managed_rules import GROUPS, MOST_UNITS
from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Facts

Statement = Mapping[str, Any]

SCOPES = ("CLOUDFRONT", "REGIONAL")

KINDS = {"WebACL": "web_acl", "IPSet": "ip_set"}
"""boto3's words for AWS's nouns."""

MOST_RATE_RULES = 10
"""https://docs.aws.amazon.com/waf/latest/developerguide/limits.html"""


def get(client: Any, noun: str, facts: Facts) -> dict[str, Any] | None:
    """Return a thing with its scope and lock token: by name and scope, or when these are not known by its id alone."""
    kind, id_ = KINDS[noun], facts["id"].split("/")[0]
    for scope, name in _places(client, noun, facts, id_):
        answer = getattr(client, f"get_{kind}")(Name=name, Scope=scope, Id=id_)
        return {**answer[noun], "LockToken": answer["LockToken"], "Scope": scope}
    return None


def _places(client: Any, noun: str, facts: Facts, id_: str) -> Iterator[tuple[str, str]]:
    if facts.get("scope") and facts.get("name"):
        yield facts["scope"], facts["name"]
        return
    for scope in SCOPES:
        listed = getattr(client, f"list_{KINDS[noun]}s")(Scope=scope)[f"{noun}s"]
        yield from ((scope, found["Name"]) for found in listed if found["Id"] == id_)


def there(client: Any, noun: str, facts: Facts) -> dict[str, Any]:
    """Return a thing that has to be there."""
    found = get(client, noun, facts)
    if not found:
        raise ProviderError(f"WAFNonexistentItemException: there is no {noun} {facts['id']}")
    return found


def key(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters by which a change names a thing."""
    return {name: thing[name] for name in ("Name", "Scope", "Id", "LockToken")}


def acl_of(client: Any, arn: str) -> dict[str, Any]:
    """Return the ACL of an ARN: `arn:aws:wafv2:us-east-1:123456789012:global/webacl/<name>/<id>`."""
    where, _, name, id_ = arn.split(":")[5].split("/")
    return there(client, "WebACL", {"name": name, "id": id_, "scope": SCOPES[where != "global"]})


def write(client: Any, acl: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    """Write an ACL back with something changed: what is not sent, AWS forgets."""
    members = client.meta.service_model.operation_model("UpdateWebACL").input_shape.members
    client.update_web_acl(**{name: value for name, value in {**acl, **changed}.items() if name in members and value not in (None, "")})


def refuse(rules: Sequence[Mapping[str, Any]]) -> None:
    """Raise ProviderError for rules that no web ACL may have together."""
    for member in ("Name", "Priority"):
        given = [rule[member] for rule in rules]
        twice = sorted({str(value) for value in given if given.count(value) > 1})
        if twice:
            raise ProviderError(f"WAFInvalidParameterException: two rules have the {member.lower()} {', '.join(twice)}")
    rates = sum("RateBasedStatement" in rule["Statement"] for rule in rules)
    if rates > MOST_RATE_RULES:
        raise ProviderError(f"WAFLimitsExceededException: {rates} rate rules are more than the {MOST_RATE_RULES} of a web ACL")
    units = capacity(rules)
    if units > MOST_UNITS:
        raise ProviderError(f"WAFLimitsExceededException: {units} capacity units are more than the {MOST_UNITS} of a web ACL")


def capacity(rules: Sequence[Mapping[str, Any]]) -> int:
    """Return the capacity units that rules take; statements that the program does not use count as the least one, an IP set."""
    return sum(_units(rule["Statement"]) for rule in rules)


def _units(statement: Statement) -> int:
    return sum(_of_kind(kind, body) for kind, body in statement.items())


def _of_kind(kind: str, body: Statement) -> int:
    match kind:
        case "ManagedRuleGroupStatement":
            if body["Name"] not in GROUPS:
                raise ProviderError(f"WAFInvalidParameterException: there is no managed rule group {body['Name']}")
            own = GROUPS[str(body["Name"])].units
        case "RateBasedStatement":
            own = managed_rules.RATE_UNITS + managed_rules.AGGREGATION_KEY_UNITS * len(body.get("CustomKeys") or ())
        case "RegexMatchStatement":
            plain = [change for change in body["TextTransformations"] if change["Type"] != "NONE"]
            own = managed_rules.REGEX_UNITS + managed_rules.TRANSFORMATION_UNITS * len(plain)
        case "NotStatement" | "AndStatement" | "OrStatement":
            own = sum(map(_units, body.get("Statements") or [body["Statement"]]))
        case _:
            own = managed_rules.IP_SET_UNITS
    return own + _units(body.get("ScopeDownStatement") or {})
