"""What is compressed on the way out, and what is not."""

import gzip

import pytest

from sandbox.edge.compression import compressed
from sandbox.edge.messages import Response

BODY = b"a" * 2000


def response(status: int = 200, body: bytes = BODY, **headers: str) -> Response:
    """A page that can be compressed, but for what is said."""
    spelled = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {"content-type": "text/html; charset=utf-8", **spelled}, (), body)


def test_a_page_is_compressed_for_who_accepts_it() -> None:
    """Its tag gets weak, and it says what it depends on."""
    found = compressed(response(etag='"1"', vary="Origin"), "br,gzip")
    assert gzip.decompress(found.body) == BODY
    assert {name: found.headers[name] for name in ("content-encoding", "etag", "vary")} == {
        "content-encoding": "gzip",
        "etag": 'W/"1"',
        "vary": "Origin, Accept-Encoding",
    }


def test_who_accepts_it_not_gets_it_plain() -> None:
    """And others on the way know that it depends on that."""
    found = compressed(response(etag='W/"1"', vary="accept-encoding"), "br")
    assert (found.body, "content-encoding" in found.headers, found.headers["vary"]) == (BODY, False, "accept-encoding")


@pytest.mark.parametrize(
    "unfit",
    [
        response(body=b"a" * 999),
        response(status=500),
        response(content_type="image/png"),
        response(content_encoding="br"),
        response(cache_control="public, no-transform"),
    ],
    ids=["small", "error", "picture", "compressed", "no-transform"],
)
def test_the_rest_is_left_alone(unfit: Response) -> None:
    """As CloudFront leaves it."""
    assert compressed(unfit, "gzip") == unfit
