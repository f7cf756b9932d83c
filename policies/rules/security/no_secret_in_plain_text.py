"""No secret stands in plain text in what the stack is made of."""

import base64
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from policies.rules.aws_types import PARAMETER
from policies.rules.layer import EVERY_TYPE, StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.wire import SecretText

FORMATS = re.compile(
    r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"  # AWS access keys
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}"  # GitHub, GitLab
    r"|\bxox[abeprs]-[\w-]{10}|\bsk_live_\w{16}|\bAIza[\w-]{35}"  # Slack, Stripe, Google
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\."  # JSON web tokens
    r"|://[^/\s:@]+:[^/\s:@$]+@"  # a password in an address
    r"|(?i:password|passwd|secret|api_?key|access_?token)[\"']?\s*(=|:(?=[\s\"']))\s*[\"']?[^\s\"'$<{(]{8}"  # no colon of an ARN's
)
BASE64 = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}")
"""Long enough to be user data, which is read as the text that it is."""
WORD = re.compile(r"[A-Za-z0-9+]{32,}")
MOST_BITS = 4.2
"""Bits that a letter may carry. Of 32 random letters and digits it carries about 4.4, of a hexadecimal digest 4 at most."""
FEWEST_DIGITS = 2
"""Names in camel case have fewer."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:  # noqa: ARG001 -- asked once all is known of where values come from
    """Find what looks like a secret and is not marked as one; what comes from another resource is judged there."""
    for name in resource.set_inputs:
        if not resource.sources.get(name):
            resource.value(name, None)
        for path, text in resource.texts(name):
            if _is_plain(resource, text) and _gives_away(text):
                yield resource.problem(path, "looks like a secret in plain text")


def _is_plain(resource: Resource, text: str) -> bool:
    """AWS keeps the value of a plain parameter in plain text, whatever the engine does."""
    return not isinstance(text, SecretText) or (resource.type == PARAMETER and resource.value("type") != "SecureString")


@cache
def _gives_away(text: str) -> bool:
    """Of a text that occurs again, as names and ARNs do, the answer is known."""
    read = base64.b64decode(text).decode(errors="replace") if BASE64.fullmatch(text) and len(text) % 4 == 0 else text
    return bool(FORMATS.search(read)) or any(map(_is_random, WORD.findall(read)))


def _is_random(word: str) -> bool:
    bits = -sum(count / len(word) * math.log2(count / len(word)) for count in Counter(word).values())
    return bits > MOST_BITS and sum(map(str.isdigit, word)) >= FEWEST_DIGITS


RULE = StackRule(
    name="no_secret_in_plain_text",
    applies_to=EVERY_TYPE,
    check=check,
)
