"""The rules of a web ACL: AWS has no operation for one, so the ACL is read and written back as a whole."""

import functools
from collections.abc import Iterator
from typing import Any

import botocore.session

from sandbox.provider import limits, web_acl
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure
from sandbox.provider.words import Walk, Words

WINDOWS = (60, 120, 300, 600)
"""Seconds in which a rate rule counts."""

OF_GROUPS = frozenset({"managedRuleGroupStatement", "ruleGroupReferenceStatement"})

RULE = ("name", "priority", "statement", "action", "overrideAction", "ruleLabels", "visibilityConfig", "captchaConfig", "challengeConfig")

WORDS = Words("WebAclRule")


@functools.cache
def rule_shape() -> Any:
    """Return botocore's model of a rule, which no operation takes by itself."""
    return botocore.session.get_session().get_service_model("wafv2").shape_for("Rule")


def _find_rule(client: Any, facts: Facts) -> dict[str, Any] | None:
    rules = web_acl.acl_of(client, facts["webAclArn"]).get("Rules") or []
    found = next((rule for rule in rules if rule["Name"] == facts["name"]), None)
    return found and {**dict.fromkeys(("Action", "OverrideAction", "RuleLabels")), **found, "webAclArn": facts["webAclArn"]}


def _put_rule(client: Any, facts: Facts) -> None:
    """Add a rule to its ACL; one of the same name is taken over, as by the official provider."""
    acl = web_acl.acl_of(client, facts["webAclArn"])
    rule = WORDS.parameters({name: facts.get(name) for name in RULE}, rule_shape())
    rules = [other for other in acl.get("Rules") or [] if other["Name"] != facts["name"]]
    web_acl.refuse([*rules, rule])
    web_acl.write(client, acl, {"Rules": [*rules, rule]})


def _drop_rule(client: Any, facts: Facts) -> None:
    """Take a rule out of its ACL; the emulator leaves the last one where it is."""
    acl = web_acl.acl_of(client, facts["webAclArn"])
    web_acl.write(client, acl, {"Rules": [rule for rule in acl.get("Rules") or [] if rule["Name"] != facts["name"]]})


def _failures(inputs: Facts) -> Iterator[Failure]:
    found = list[Failure]()

    def leaf(path: str, value: Any, shape: Any) -> None:
        reason = limits.of_shape(value, shape)
        if reason:
            found.append((path, reason))

    WORDS.parameters({name: inputs[name] for name in RULE if name in inputs}, rule_shape(), Walk(leaf))
    yield from found
    statement = inputs.get("statement") or {}
    of_group = bool(OF_GROUPS & statement.keys())
    misplaced = "action" if of_group else "overrideAction"
    if statement and inputs.get(misplaced):
        yield misplaced, "a rule group's rule has an overrideAction, and any other one an action"
    window = (statement.get("rateBasedStatement") or {}).get("evaluationWindowSec", WINDOWS[0])
    if window not in WINDOWS:
        yield "statement.rateBasedStatement.evaluationWindowSec", f"{window}: AWS counts in {', '.join(map(str, WINDOWS))} seconds"


ROWS = (
    Row(
        type="aws.wafv2.WebAclRule",
        create=Call(_put_rule, on=(*RULE, "webAclArn")),
        id="{webAclArn},{name}",
        read=Call(_find_rule),
        update=Call(_put_rule, on=RULE),
        delete=Call(_drop_rule),
        replaces=("webAclArn",),
        kept=("timeouts",),
        naming=Naming(128, pattern=r"[\w-]+", says="letters, digits, _ and -"),
        conflicts=(("action", "overrideAction"),),
        check=_failures,
    ),
)
