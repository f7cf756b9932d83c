"""What the CDN keeps of a service's answers, it gives to the user for whom it was made, and to nobody else."""

import json
from collections.abc import Iterator

from components.edge import CACHING_KEY
from policies.rules.aws_types import CACHE_POLICY, DISTRIBUTION, KEY_VALUE
from policies.rules.delivery.preview_asks_for_the_token import HEADER
from policies.rules.edge import behaviors, leads_inside, named
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

KEY = "parametersInCacheKeyAndForwardedToOrigin"
WHOSE = frozenset({"authorization", HEADER})
"""For whom an answer is, and by which color it was made where somebody has asked for one."""
AWS_DEFAULT_SECONDS, AWS_MOST_SECONDS = 86_400, 31_536_000


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a path of services whose answers may reach somebody else: by a key that forgets who has asked, or by a cookie in them."""
    policies = [(each, named(each, "cachePolicyId", CACHE_POLICY, stack)) for each in behaviors(distribution)]
    yield from (each.problem("cachePolicyId", "is no policy of the stack") for each, policy in policies if not policy)
    used = {policy.urn: policy for each, policy in policies if policy and leads_inside(distribution, each)}.values()
    for policy in used:
        if policy.value("maxTtl", AWS_MOST_SECONDS):
            yield from _mixed(policy)
        if not policy.value("minTtl", 0) and policy.value("defaultTtl", AWS_DEFAULT_SECONDS):
            yield policy.problem("defaultTtl", "keeps answers of which the service does not say so")
    forced = any(policy.value("minTtl", 0) for policy in used)
    for key in stack.of_type(KEY_VALUE):
        if used and key.value("key") == CACHING_KEY and json.loads(key.value("value"))["on"] is not forced:
            yield key.problem("value", "does not say whether answers are kept against their will, so that their cookies go")


def _mixed(policy: Resource) -> Iterator[Problem]:
    key = policy.inputs.part(KEY)
    headers = {header.lower() for header in key.value("headersConfig.headers.items", [])}
    if key.value("headersConfig.headerBehavior") != "whitelist" or not headers >= WHOSE:
        yield key.problem("headersConfig", "leaves out for whom an answer is, or which color has made it")
    cookies = key.value("cookiesConfig.cookieBehavior"), key.value("cookiesConfig.cookies.items", [])
    if cookies[0] != "all" and not (cookies[0] == "whitelist" and cookies[1]):
        yield key.problem("cookiesConfig", "leaves out the session")
    if key.value("queryStringsConfig.queryStringBehavior") != "all":
        yield key.problem("queryStringsConfig", "leaves out what was asked for")


RULE = StackRule(
    name="kept_answers_belong_to_one_user",
    applies_to=(DISTRIBUTION,),
    check=check,
)
