"""Patterns as the load balancer and CloudFront read them: `*` is any run of characters, `?` any one, and all others are themselves."""

import re
from collections.abc import Sequence


def fits(patterns: Sequence[str], text: str, flags: int = 0) -> bool:
    """Whether any pattern fits the whole text."""
    spelled = ("".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in pattern) for pattern in patterns)
    return any(re.fullmatch(pattern, text, flags | re.DOTALL) for pattern in spelled)
