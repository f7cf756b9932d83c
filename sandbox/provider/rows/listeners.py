"""Elastic Load Balancing: listeners and their weighted rules."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.lb_attributes import LISTENER, changing, reading
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

WEIGHT = Limit(0, 999)

ACTIONS = {
    "forward": "ForwardConfig",
    "redirect": "RedirectConfig",
    "fixedResponse": "FixedResponseConfig",
    "authenticateCognito": "AuthenticateCognitoConfig",
    "authenticateOidc": "AuthenticateOidcConfig",
    "stickiness": "TargetGroupStickinessConfig",
    "duration": "DurationSeconds",
}

CONDITIONS = {
    "hostHeader": "HostHeaderConfig",
    "httpHeader": "HttpHeaderConfig",
    "httpRequestMethod": "HttpRequestMethodConfig",
    "pathPattern": "PathPatternConfig",
    "queryStrings": "QueryStringConfig.Values",
    "sourceIp": "SourceIpConfig",
}

FIELDS = (
    "Conditions: conditions[].merge(@, {Field: hostHeader && 'host-header' || httpHeader && 'http-header' "
    "|| httpRequestMethod && 'http-request-method' || pathPattern && 'path-pattern' || queryStrings && 'query-string' || 'source-ip'})"
)
"""AWS wants to be told by name which of its members a condition has."""

PRIORITIES = "{RulePriorities: [{RuleArn: id, Priority: priority}]}"


def _listener(facts: Facts) -> str:
    """Return the listener of a rule, which AWS does not answer: the rule's ARN goes on where the listener's ends."""
    return str(facts["id"]).replace(":listener-rule/", ":listener/").rsplit("/", 1)[0]


def _actions(name: str) -> Any:
    """Return a check of the actions in a property: each has the arguments of its type."""

    def failures(inputs: Facts) -> Iterator[Failure]:
        for index, action in enumerate(inputs.get(name) or []):
            at, forward = f"{name}[{index}]", action.get("forward") or {}
            if forward and action.get("targetGroupArn"):
                yield f"{at}.targetGroupArn", "give it or forward, not both: AWS would send everything to the first group"
            if forward and not 1 <= len(forward.get("targetGroups") or []) <= 5:  # noqa: PLR2004 - AWS's quota, which cannot be raised
                yield f"{at}.forward.targetGroups", "a forward action has 1 to 5 target groups"
            if action.get("type") == "redirect" and not action.get("redirect"):
                yield f"{at}.redirect", "an action of type redirect needs it"

    return failures


ROWS = (
    Row(
        type="aws.lb.Listener",
        create=Call("create_listener", take="Listeners[0]"),
        id="ListenerArn",
        read=(Call("describe_listeners", "{ListenerArns: [id]}", "Listeners[0]"), reading("listener", LISTENER)),
        update=(Call("modify_listener", "{ListenerArn: id}"), changing("listener", LISTENER)),
        delete=Call("delete_listener", "{ListenerArn: id}"),
        names={**ACTIONS, "certificateArn": "Certificates.CertificateArn"},
        replaces=("loadBalancerArn",),
        limits={"defaultActions.forward.targetGroups.weight": WEIGHT},
        check=_actions("defaultActions"),
    ),
    Row(
        type="aws.lb.ListenerRule",
        noun="Rule",
        create=Call("create_rule", f"{{{FIELDS}}}", "Rules[0]"),
        id="RuleArn",
        read=Call("describe_rules", "{RuleArns: [id]}", "Rules[0]"),
        update=(Call("modify_rule", f"{{RuleArn: id, {FIELDS}}}"), Call("set_rule_priorities", PRIORITIES)),
        delete=Call("delete_rule", "{RuleArn: id}"),
        names={**ACTIONS, **CONDITIONS},
        computed={"listenerArn": _listener},
        replaces=("listenerArn",),
        limits={"actions.forward.targetGroups.weight": WEIGHT, "conditions": Limit(1), "actions": Limit(1)},
        check=_actions("actions"),
    ),
)
