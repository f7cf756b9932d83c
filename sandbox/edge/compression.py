"""What CloudFront compresses on the way out. Here by gzip alone: Brotli would need a library, and says nothing more of the stack.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
"""

import gzip
from dataclasses import replace

from sandbox.edge.messages import Response, directives

LEAST_BYTES, MOST_BYTES = 1_000, 10_000_000
STATUSES = (200, 403, 404)
TYPES = frozenset(
    (
        *("application/javascript", "application/json", "application/manifest+json", "application/rss+xml", "application/wasm"),
        *("application/xhtml+xml", "application/xml", "font/otf", "font/ttf", "image/svg+xml", "image/x-icon", "text/css", "text/csv"),
        *("text/html", "text/javascript", "text/markdown", "text/plain", "text/xml"),
    )
)
"""Of the documented list those that sites and services send."""


def compressed(response: Response, accepted: str) -> Response:
    """The response as a viewer gets it that accepts these encodings; `vary` says that it depends on them."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    plain = "content-encoding" not in response.headers and "no-transform" not in directives(response.headers.get("cache-control", ""))
    fits = response.status in STATUSES and LEAST_BYTES <= len(response.body) <= MOST_BYTES
    if not (plain and fits and kind in TYPES):
        return response
    varied = response.having(vary=_joined(response.headers.get("vary", "")))
    if "gzip" not in accepted.split(","):
        return varied
    tag = varied.headers.get("etag")
    weak = {"etag": tag if tag.startswith("W/") else f"W/{tag}"} if tag else {}
    return replace(varied.having(content_encoding="gzip", **weak), body=gzip.compress(response.body, mtime=0))


def _joined(vary: str) -> str:
    names = [name.strip() for name in vary.split(",") if name.strip()]
    return ", ".join(names if "accept-encoding" in (name.lower() for name in names) else [*names, "Accept-Encoding"])
