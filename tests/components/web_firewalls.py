"""A small program that is a web firewall and nothing else, rendered as often as it takes."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.web_firewall import WebFirewall, WebFirewallArgs
from settings_web_firewall import WebFirewall as Config
from tests.rendering import Registration, Rendering, run

LOGIN = {"paths": ["/api/login", "/api/token"], "requests": 20, "window_seconds": 60}
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"


def firewall(
    config: Mapping[str, Any] | None = None, *, lockdown: bool = False, networks: Sequence[str] = ("203.0.113.0/24", "2001:db8::/48")
) -> Rendering:
    """Render a web firewall with these settings, by default the defaults and a limit for logins."""
    settings = Config.model_validate({"limits": {"login": LOGIN}} if config is None else config)

    def program() -> None:
        args = WebFirewallArgs(
            account_id="123456789012",
            key_arn=KEY,
            log_retention_days=365,
            settings=settings,
            lockdown=lockdown,
            allowed_networks=networks,
        )
        made = WebFirewall("waf", args)
        pulumi.export("arn", made.arn)

    return run(program, {}, preview=False)


def in_order(rendering: Rendering) -> list[Registration]:
    """The rules as the ACL runs them."""
    return sorted(rendering.of(aws.wafv2.WebAclRule), key=lambda rule: float(rule.inputs["priority"]))
