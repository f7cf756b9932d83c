"""What AWS says of the managed rule groups that a web ACL may use: what each costs in capacity, and which rules it has.

Units, rule names and versions are those of AWS's developer guide, "AWS Managed Rules rule groups list" and its changelog
(https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html). AWS silently ignores an override of a rule
that a group does not have, so names are checked here; a group whose list is empty takes any. When AWS adds a rule, it is added here.

Groups that need an account of their own setup (fraud control, DDoS) are not among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_UNITS = 5000
"""Capacity units of a web ACL, fixed by AWS (https://docs.aws.amazon.com/waf/latest/developerguide/limits.html)."""
BASIC_UNITS = 1500
"""What the basic price of a request covers (https://aws.amazon.com/waf/pricing/)."""

IP_SET_UNITS = 1
RATE_UNITS = 2
AGGREGATION_KEY_UNITS = 30
REGEX_UNITS = 3
TRANSFORMATION_UNITS = 10
"""Units of what our own rules are made of (developer guide, "Rule statements list")."""


@dataclass(frozen=True, kw_only=True)
class ManagedGroup:
    """One rule group of AWS's."""

    role: str
    """What our rule for it is called."""
    priority: int
    """Where our rule stands in the ACL; what AWS bills by the request comes last, so that it sees what the others let pass."""
    units: int
    """Capacity units (WCU)."""
    versioned: bool = True
    """Whether it has static versions to pin."""
    version: str | None = None
    """The version that is used unless stack config names another one: the newest at the time of this program."""
    rules: tuple[str, ...] = ()
    """Its rules; empty where AWS's list could not be checked."""


def _each(rule: str, parts: str) -> tuple[str, ...]:
    return tuple(f"{rule}_{part}" for part in parts.split())


COMMON = (
    "NoUserAgent_HEADER",
    "UserAgent_BadBots_HEADER",
    *_each("SizeRestrictions", "QUERYSTRING Cookie_HEADER BODY URIPATH"),
    *_each("EC2MetaDataSSRF", "BODY COOKIE URIPATH QUERYARGUMENTS"),
    *_each("GenericLFI", "QUERYARGUMENTS URIPATH BODY"),
    *_each("RestrictedExtensions", "URIPATH QUERYARGUMENTS"),
    *_each("GenericRFI", "QUERYARGUMENTS BODY URIPATH"),
    *_each("CrossSiteScripting", "COOKIE QUERYARGUMENTS BODY URIPATH"),
)
BAD_INPUTS = (
    *_each("JavaDeserializationRCE", "HEADER BODY URIPATH QUERYSTRING"),
    "Host_localhost_HEADER",
    "PROPFIND_METHOD",
    "ExploitablePaths_URIPATH",
    *_each("Log4JRCE", "HEADER QUERYSTRING BODY URIPATH"),
    "ReactJSRCE_BODY",
)
SQLI = (*_each("SQLi", "QUERYARGUMENTS BODY COOKIE URIPATH"), *_each("SQLiExtendedPatterns", "QUERYARGUMENTS BODY"))
REPUTATION = ("AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList")

GROUPS: Mapping[str, ManagedGroup] = {
    "AWSManagedRulesAmazonIpReputationList": ManagedGroup(role="ip-reputation", priority=10, units=25, versioned=False, rules=REPUTATION),
    "AWSManagedRulesAnonymousIpList": ManagedGroup(
        role="anonymous-ip", priority=20, units=50, versioned=False, rules=("AnonymousIPList", "HostingProviderIPList")
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": ManagedGroup(
        role="bad-inputs", priority=20_010, units=200, version="Version_1.26", rules=BAD_INPUTS
    ),
    "AWSManagedRulesCommonRuleSet": ManagedGroup(role="common", priority=20_020, units=700, version="Version_1.23", rules=COMMON),
    "AWSManagedRulesSQLiRuleSet": ManagedGroup(role="sqli", priority=20_030, units=200, version="Version_2.5", rules=SQLI),
    "AWSManagedRulesUnixRuleSet": ManagedGroup(role="unix", priority=20_040, units=100, version="Version_3.2"),
    "AWSManagedRulesLinuxRuleSet": ManagedGroup(role="linux", priority=20_050, units=200, rules=_each("LFI", "URIPATH QUERYSTRING HEADER")),
    "AWSManagedRulesAdminProtectionRuleSet": ManagedGroup(role="admin", priority=20_060, units=100, rules=("AdminProtection_URIPATH",)),
    "AWSManagedRulesPHPRuleSet": ManagedGroup(role="php", priority=20_070, units=100),
    "AWSManagedRulesWordPressRuleSet": ManagedGroup(role="wordpress", priority=20_080, units=100),
    "AWSManagedRulesWindowsRuleSet": ManagedGroup(role="windows", priority=20_090, units=200),
    "AWSManagedRulesBotControlRuleSet": ManagedGroup(role="bots", priority=20_100, units=50, version="Version_6.1"),
}
"""By AWS's name; all of the vendor AWS."""

BASELINE = (
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesAmazonIpReputationList",
)
"""What no stack goes without."""
