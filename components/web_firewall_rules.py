"""The rules of the web ACL as plain data, in the order in which they look at a request.

Which rule meets which line of the OWASP Top 10:2025 (a test holds every name to what is rendered):

| line | rules | by |
|---|---|---|
| A01 Broken Access Control | common, lockdown | GenericLFI, GenericRFI, EC2MetaDataSSRF |
| A02 Security Misconfiguration | common, bad-inputs | RestrictedExtensions, ExploitablePaths, PROPFIND |
| A03 Software Supply Chain Failures | bad-inputs | Log4JRCE, ReactJSRCE |
| A05 Injection | sqli, common, unix | SQLi, CrossSiteScripting |
| A06 Insecure Design | requests, limit-login | |
| A07 Authentication Failures | limit-login, ip-reputation, anonymous-ip, bots | AWSManagedIPReputationList |
| A08 Software or Data Integrity Failures | bad-inputs | JavaDeserializationRCE |

`limit-login` stands for any limit of `web_firewall.limits`. No rule here meets the others: A04 (cryptography) is the TLS policy of the CDN
and the load balancer, A09 (logging) the log of this ACL and the alarms, A10 (exceptional conditions) the services' own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import wafv2
from pulumi_aws.wafv2 import WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigArgs as GroupConfig
from pulumi_aws.wafv2 import (
    WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesBotControlRuleSetArgs as BotControl,
)
from pulumi_aws.wafv2 import WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs as Instead
from pulumi_aws.wafv2 import WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs as CountInstead
from pulumi_aws.wafv2 import WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs as Override
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementArgs as Rate
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementCustomKeyArgs as Key
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementCustomKeyIpArgs as AddressKey
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementCustomKeyUriPathArgs as PathKey
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementCustomKeyUriPathTextTransformationArgs as KeyTransformation
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementScopeDownStatementArgs as Scope
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatementArgs as ScopeRegex
from pulumi_aws.wafv2 import WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatementFieldToMatchArgs as ScopeField
from pulumi_aws.wafv2 import (
    WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatementFieldToMatchUriPathArgs as ScopePath,
)
from pulumi_aws.wafv2 import (
    WebAclRuleStatementRateBasedStatementScopeDownStatementRegexMatchStatementTextTransformationArgs as ScopeTransformation,
)

from components.managed_rules import GROUPS
from settings_web_firewall import Group, Limit, priority

LOCKDOWN_PRIORITY, REQUESTS_PRIORITY = 0, 100
SITE_WINDOW_SECONDS = 300
BOT_CONTROL = "AWSManagedRulesBotControlRuleSet"

PATH_TRANSFORMATIONS = ("URL_DECODE", "NORMALIZE_PATH")
"""What a path goes through before it is looked at, so that /%6Cogin and /a/../login are /login."""

ADDRESS = AddressKey()  # type: ignore[no-untyped-call]  # a class without arguments
PATH = ScopePath()  # type: ignore[no-untyped-call]  # as above
AS_THE_GROUP_SAYS = wafv2.WebAclRuleOverrideActionArgs(
    none=wafv2.WebAclRuleOverrideActionNoneArgs()  # type: ignore[no-untyped-call]  # as above
)
BLOCK = wafv2.WebAclRuleActionArgs(block=wafv2.WebAclRuleActionBlockArgs())
COUNT = wafv2.WebAclRuleActionArgs(count=wafv2.WebAclRuleActionCountArgs())


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the ACL."""

    role: str
    """Its name in the ACL and in the log."""
    priority: int
    """Its place: the lowest looks first."""
    statement: wafv2.WebAclRuleStatementArgs
    """What it matches."""
    action: wafv2.WebAclRuleActionArgs | None = None
    """What happens to a request that matches; None for a managed group, whose rules say so themselves."""


def in_order(rules: Iterable[Rule]) -> Sequence[Rule]:
    """The rules as the ACL runs them."""
    return sorted(rules, key=lambda rule: rule.priority)


def lockdown(networks: Sequence[pulumi.Input[str]], *, on: bool) -> Rule:
    """Who is in none of the networks (ARNs of IP sets): blocked while lockdown is on, else counted, so that the switch is one action."""
    sets = [wafv2.WebAclRuleStatementIpSetReferenceStatementArgs(arn=network) for network in networks]
    members = [wafv2.WebAclRuleStatementArgs(ip_set_reference_statement=member) for member in sets]
    inside = wafv2.WebAclRuleStatementArgs(or_statement=wafv2.WebAclRuleStatementOrStatementArgs(statements=members))
    outside = wafv2.WebAclRuleStatementArgs(not_statement=wafv2.WebAclRuleStatementNotStatementArgs(statement=inside))
    return Rule(role="lockdown", priority=LOCKDOWN_PRIORITY, statement=outside, action=BLOCK if on else COUNT)


def requests(most: int) -> Rule:
    """What one address may ask of the whole site in five minutes."""
    rate = Rate(aggregate_key_type="IP", limit=most, evaluation_window_sec=SITE_WINDOW_SECONDS)
    statement = wafv2.WebAclRuleStatementArgs(rate_based_statement=rate)
    return Rule(role="requests", priority=REQUESTS_PRIORITY, statement=statement, action=BLOCK)


def limits(given: Mapping[str, Limit]) -> list[Rule]:
    """What one address may ask of one path, by the paths' limits."""
    return [_limit(name, limit) for name, limit in given.items()]


def managed(groups: Mapping[str, Group]) -> list[Rule]:
    """AWS's rule groups at their pinned versions."""
    return [_managed(name, group) for name, group in groups.items()]


def _limit(name: str, limit: Limit) -> Rule:
    """A rate by a key of address and path, so that one of AWS's few rate rules serves several paths."""
    plain = [KeyTransformation(priority=place, type=kind) for place, kind in enumerate(PATH_TRANSFORMATIONS)]
    rate = Rate(
        aggregate_key_type="CUSTOM_KEYS",
        custom_keys=[Key(ip=ADDRESS), Key(uri_path=PathKey(text_transformations=plain))],
        limit=limit.requests,
        evaluation_window_sec=limit.window_seconds,
        scope_down_statement=_paths(limit.pattern),
    )
    statement = wafv2.WebAclRuleStatementArgs(rate_based_statement=rate)
    return Rule(role=f"limit-{name}", priority=priority(name), statement=statement, action=BLOCK)


def _paths(pattern: str) -> Scope:
    plain = [ScopeTransformation(priority=place, type=kind) for place, kind in enumerate(PATH_TRANSFORMATIONS)]
    field = ScopeField(uri_path=PATH)
    return Scope(regex_match_statement=ScopeRegex(regex_string=pattern, field_to_match=field, text_transformations=plain))


def _managed(name: str, group: Group) -> Rule:
    known = GROUPS[name]
    configs = [GroupConfig(aws_managed_rules_bot_control_rule_set=BotControl(inspection_level="COMMON"))]
    statement = wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
        vendor_name="AWS",
        name=name,
        version=group.version or known.version,
        managed_rule_group_configs=configs if name == BOT_CONTROL else None,
        rule_action_overrides=[Override(name=rule, action_to_use=Instead(count=CountInstead())) for rule in group.count] or None,
    )
    wrapped = wafv2.WebAclRuleStatementArgs(managed_rule_group_statement=statement)
    return Rule(role=known.role, priority=known.priority, statement=wrapped)
