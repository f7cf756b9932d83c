"""Names that AWS needs fixed, and the paths under which a stack keeps its things; everything else is auto-named."""

import hashlib
import re

import pulumi

HASH_LENGTH = 5

EDGE_REGION = "us-east-1"
"""Where AWS wants what belongs to a distribution of CloudFront: certificate, web ACL, logs, alarms
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html)."""


def fixed_name(name: str, limit: int) -> str:
    """`name` cut to fit `limit` characters with a hash of project, stack and name, since stacks may share an account.

    Letters, digits and hyphens only; the same stack and name always give the same result, two stacks never the same one.
    """
    digest = fingerprint(f"{pulumi.get_project()}/{pulumi.get_stack()}/{name}")
    words = re.sub(r"[^A-Za-z0-9-]+", "-", f"{pulumi.get_project()}-{pulumi.get_stack()}-{name}")
    return f"{words[: limit - HASH_LENGTH - 1].rstrip('-')}-{digest}"


def lowercase_name(name: str, limit: int) -> str:
    """The same for what AWS keeps in lowercase and without two hyphens in a row, whatever the stack is called."""
    return _single_hyphens(fixed_name(name, limit).lower())


def identifiers() -> str:
    """A pattern that matches the lowercase names of this stack, for policies that are written before these are known."""
    return f"{_single_hyphens(re.sub(r'[^a-z0-9-]+', '-', f'{pulumi.get_project()}-{pulumi.get_stack()}-'.lower()))}*"


def _single_hyphens(name: str) -> str:
    return re.sub("-{2,}", "-", name)


def fingerprint(text: str) -> str:
    """5 characters that tell the members of a list apart, so that adding, removing or sorting one leaves the others alone."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def stack_path(*parts: str) -> str:
    """The path of a parameter or log group: `/switchyard/<stack>/<part>/…`."""
    return "/" + "/".join((pulumi.get_project(), pulumi.get_stack(), *parts))


def retiring_tag(retiring: bool) -> dict[str, str]:  # noqa: FBT001 -- a setting's value
    """The tag of what its service no longer protects, by which the delivery pack tells it from a slip."""
    return {"retiring": "true"} if retiring else {}
