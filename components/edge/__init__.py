"""What CloudFront runs on each request: three functions, composed of the small JavaScript files here, and the values of the keys they read.

Text in, text out. Comments are left behind when the files are composed, so that an edit of one publishes no function.
"""

import ipaddress
import json
import re
from collections.abc import Sequence
from pathlib import Path

RUNTIME = "cloudfront-js-2.0"
"""The runtime that can read a key-value store:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html"""

CODE_LIMIT_BYTES = 10240
"""Largest function, not adjustable: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
The API's own model admits 40,960 bytes; the quota is the smaller of the two."""

VALUE_LIMIT_BYTES = 1024
"""Largest value of a key: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores"""

TRAFFIC_KEY = "traffic"
"""The key that says which release of the site viewers see."""

MAINTENANCE_KEY = "maintenance"
"""The key that says whether maintenance is on, and who may pass."""

CACHING_KEY = "caching"
"""The key that says whether services' answers are kept against their will, and must then set no cookie that others would get."""

_FOLDER = Path(__file__).parent
_GATE = ("store.js", "answer.js", "networks.js", "gate.js")
_SITE = (*_GATE, "release.js", "path.js", "site.js")
_SERVICE = (*_GATE, "service.js")
_ANSWERS = ("store.js", "answers.js")
RELEASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
"""What a release may be called: one segment of a path, and no hidden one."""


def site_function() -> str:
    """Return the code for the default behavior: the gate, then the way into the viewer's release."""
    return _compose(_SITE)


def service_function() -> str:
    """Return the code for the services' behaviors and for assets: the gate alone."""
    return _compose(_SERVICE)


def answers_function() -> str:
    """Return the code for the answers of services: what may be kept against the service's will sets no cookie."""
    return _compose(_ANSWERS)


def traffic_value(live: str, canary: str, percent: int, single_page: bool, previous: str = "") -> str:  # noqa: FBT001  a value has no order
    """Return the value of `TRAFFIC_KEY`: `percent` of the viewers (0 to 100) see the release `canary`, all others `live`.

    With `single_page` each path without an extension is the release's `/index.html`. `previous` is the way back, for who reads the key.
    A release that is no folder's name, a percent out of range or one without a canary is a `ValueError`.
    """
    for role, release in (("live", live), ("canary", canary), ("previous", previous)):
        if not RELEASE.fullmatch(release) and (release or role == "live"):
            raise ValueError(f"edge: {role} is {release!r}; a release's id must match {RELEASE.pattern}")
    if not 0 <= percent <= 100:  # noqa: PLR2004  the range is said in the message
        raise ValueError(f"edge: percent is {percent}; allowed are 0 to 100")
    if percent and not canary:
        raise ValueError(f"edge: percent is {percent}, but there is no canary; name its release or set percent to 0")
    value = {"live": live, "canary": canary, "percent": percent, "single_page": single_page, "previous": previous}
    return _value(TRAFFIC_KEY, value)


def maintenance_value(on: bool, allowed_networks: Sequence[str]) -> str:  # noqa: FBT001  as above
    """Return the value of `MAINTENANCE_KEY`: when `on`, only viewers of `allowed_networks` (CIDR blocks of either family) pass.

    What is no network, or more of them than a value holds (about 40 IPv4 or 20 IPv6 networks), is a `ValueError`.
    """
    return _value(MAINTENANCE_KEY, {"on": on, "allowed_networks": [_network(network) for network in allowed_networks]})


def caching_value(on: bool) -> str:  # noqa: FBT001  as above
    """Return the value of `CACHING_KEY`."""
    return _value(CACHING_KEY, {"on": on})


def _network(text: str) -> str:
    """Return a network in the one way of writing it that the gate reads."""
    try:
        network = ipaddress.ip_network(text)
    except ValueError as error:
        raise ValueError(f"edge: {text!r} is no network: {error}; write it as 203.0.113.0/24 or 2001:db8::/32") from error
    if isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped is not None:
        raise ValueError(f"edge: {text!r} is an IPv4 network written as IPv6; write it as 203.0.113.0/24")
    return network.with_prefixlen


def _value(key: str, value: dict[str, object]) -> str:
    """Return the value of a key as compact JSON, the same for the same input; more than the store takes is a `ValueError`."""
    text = json.dumps(value, separators=(",", ":"))
    if len(text) > VALUE_LIMIT_BYTES:
        raise ValueError(f"edge: the key {key!r} would have {len(text)} bytes; CloudFront takes {VALUE_LIMIT_BYTES}: shorten its lists")
    return text


def _compose(names: Sequence[str]) -> str:
    """Return the files one after the other, without empty lines and without lines that are comments."""
    lines = (line for name in names for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line.strip() and not line.lstrip().startswith("//"))
