"""The web ACL: what looks at every request at the edge, before the cache and before anything of ours."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import web_firewall_rules as rules
from components.blue_green import PREVIEW_HEADER
from components.documents import allow, for_account, policy
from components.edge_catalogue import WEB_ACL
from components.naming import EDGE_REGION, fixed_name
from components.watched import Watched
from components.web_firewall_rules import Rule
from settings_web_firewall import WebFirewall as Settings

SCOPE = "CLOUDFRONT"
LOG_GROUP_PREFIX = "aws-waf-logs-"
"""AWS delivers to no log group of another name."""
REDACTED_HEADERS = ("authorization", "cookie", PREVIEW_HEADER)
"""Headers that hold secrets; the log has their names only."""
NAME_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class WebFirewallArgs:
    """What is looked for, who may pass in an emergency, and how the log is kept."""

    account_id: str
    """Only log deliveries of this account may write the log."""
    key_arn: pulumi.Input[str]
    """A KMS key in us-east-1 that CloudWatch Logs may use there for log groups that begin with `aws-waf-logs-`."""
    log_retention_days: int
    """How long requests are kept."""
    settings: Settings
    """AWS's rule groups, the limits, and how much of a body is looked at."""
    lockdown: bool
    """Whether everybody outside `allowed_networks` is blocked."""
    allowed_networks: Sequence[str]
    """Networks, IPv4 or IPv6, that may pass then."""


class WebFirewall(pulumi.ComponentResource):
    """A web ACL for CloudFront with AWS's rule groups, limits by address and path, the switch for lockdown, and a log without secrets.

    All of it in us-east-1. AWS takes one write a second, so the resources are made one after the other. The rules are resources of
    their own and not the ACL's: switching lockdown changes one rule, and another network changes one IP set. That is why the ACL
    ignores `rules`, as the provider's documentation asks for.

    Stateful: the log group is protected; the rest is not. About 24 USD a month with the default rules: 5 for the ACL, 1 for each of nine
    rules, 10 for bot control; then 0.60 per million requests and 1.00 for those that bot control sees beyond ten million
    (https://aws.amazon.com/waf/pricing/), and the log by volume.
    """

    arn: pulumi.Output[str]
    """What the distribution names as its web ACL: known once every rule stands."""
    watched: Sequence[Watched]
    """The ACL."""

    def __init__(self, name: str, args: WebFirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:WebFirewall", name, None, opts)
        four = self._networks(f"{name}-ipv4", "IPV4", _of_version(args.allowed_networks, ipv6=False), None)
        six = self._networks(f"{name}-ipv6", "IPV6", _of_version(args.allowed_networks, ipv6=True), four)
        acl = self._acl(name, args, six)
        group = self._log_group(name, args)
        delivery = self._delivery(name, args, group)
        log = self._log(name, acl, group, delivery)
        last = self._rules(name, acl, _rules(args, four, six), log)
        self.arn = last.web_acl_arn
        metric = acl.visibility_config.metric_name
        self.watched = [Watched(name=name, subject=WEB_ACL, dimensions={"WebACL": metric}, region=EDGE_REGION)]
        self.register_outputs({})

    def _networks(self, name: str, version: str, networks: Sequence[str], after: aws.wafv2.IpSet | None) -> aws.wafv2.IpSet:
        return aws.wafv2.IpSet(
            name,
            region=EDGE_REGION,
            scope=SCOPE,
            ip_address_version=version,
            addresses=networks,
            description="Who may pass while lockdown or maintenance is on",
            opts=pulumi.ResourceOptions(parent=self, depends_on=[after] if after else []),
        )

    def _acl(self, name: str, args: WebFirewallArgs, after: aws.wafv2.IpSet) -> aws.wafv2.WebAcl:
        body = aws.wafv2.WebAclAssociationConfigRequestBodyCloudfrontArgs(default_size_inspection_limit=f"KB_{args.settings.body_kb}")
        bodies = [aws.wafv2.WebAclAssociationConfigRequestBodyArgs(cloudfront=body)]
        return aws.wafv2.WebAcl(
            f"{name}-acl",
            region=EDGE_REGION,
            scope=SCOPE,
            default_action=aws.wafv2.WebAclDefaultActionArgs(allow=aws.wafv2.WebAclDefaultActionAllowArgs()),
            association_config=aws.wafv2.WebAclAssociationConfigArgs(request_bodies=bodies),
            visibility_config=aws.wafv2.WebAclVisibilityConfigArgs(
                metric_name=fixed_name(name, NAME_LENGTH), cloudwatch_metrics_enabled=True, sampled_requests_enabled=True
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[after], ignore_changes=["rules"]),
        )

    def _rules(
        self, name: str, acl: aws.wafv2.WebAcl, given: Sequence[Rule], log: aws.wafv2.WebAclLoggingConfiguration
    ) -> aws.wafv2.WebAclRule:
        made = [self._rule(name, acl, given[0], log)]
        for rule in given[1:]:
            made.append(self._rule(name, acl, rule, made[-1]))
        return made[-1]

    def _rule(self, name: str, acl: aws.wafv2.WebAcl, rule: Rule, after: pulumi.Resource) -> aws.wafv2.WebAclRule:
        return aws.wafv2.WebAclRule(
            f"{name}-{rule.role}",
            region=EDGE_REGION,
            web_acl_arn=acl.arn,
            name=rule.role,
            priority=rule.priority,
            statement=rule.statement,
            action=rule.action,
            override_action=None if rule.action else rules.AS_THE_GROUP_SAYS,
            visibility_config=aws.wafv2.WebAclRuleVisibilityConfigArgs(
                metric_name=rule.role, cloudwatch_metrics_enabled=True, sampled_requests_enabled=True
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[after]),
        )

    def _log_group(self, name: str, args: WebFirewallArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            f"{name}-log",
            region=EDGE_REGION,
            name=f"{LOG_GROUP_PREFIX}{fixed_name(name, NAME_LENGTH)}",
            kms_key_id=args.key_arn,
            retention_in_days=args.log_retention_days,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _delivery(self, name: str, args: WebFirewallArgs, group: aws.cloudwatch.LogGroup) -> aws.cloudwatch.LogResourcePolicy:
        own = {
            **for_account(args.account_id),
            "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{EDGE_REGION}:{args.account_id}:*"},
        }
        streams = [pulumi.Output.concat(group.arn, ":*")]
        actions = ("logs:CreateLogStream", "logs:PutLogEvents")
        return aws.cloudwatch.LogResourcePolicy(
            f"{name}-delivery",
            region=EDGE_REGION,
            policy_name=fixed_name(name, NAME_LENGTH),
            policy_document=policy(allow(actions, streams, Principal={"Service": "delivery.logs.amazonaws.com"}, Condition=own)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _log(
        self, name: str, acl: aws.wafv2.WebAcl, group: aws.cloudwatch.LogGroup, delivery: aws.cloudwatch.LogResourcePolicy
    ) -> aws.wafv2.WebAclLoggingConfiguration:
        headers = [aws.wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(name=header) for header in REDACTED_HEADERS]
        return aws.wafv2.WebAclLoggingConfiguration(
            f"{name}-logging",
            region=EDGE_REGION,
            resource_arn=acl.arn,
            log_destination_configs=[group.arn],
            redacted_fields=[aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs(single_header=header) for header in headers],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[delivery]),
        )


def _of_version(networks: Sequence[str], *, ipv6: bool) -> list[str]:
    return [network for network in networks if (":" in network) is ipv6]


def _rules(args: WebFirewallArgs, four: aws.wafv2.IpSet, six: aws.wafv2.IpSet) -> Sequence[Rule]:
    settings, lockdown = args.settings, rules.lockdown([four.arn, six.arn], on=args.lockdown)
    return rules.in_order([lockdown, rules.requests(settings.requests), *rules.limits(settings.limits), *rules.managed(settings.groups)])
