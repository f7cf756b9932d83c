"""The functions as they run at the edge: the real code in Node, with a key-value store in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY, caching_value, maintenance_value, traffic_value
from sandbox.edge.functions import Functions
from sandbox.edge.functions import Store as Store  # noqa: PLC0414 -- handed on to the tests

OWN_PAGE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'",
    "content-type": "text/html; charset=utf-8",
}
"""What the functions' own pages say of themselves: nobody keeps them, nothing but their style runs, and nobody frames them."""


@dataclass(frozen=True)
class Answer:
    """What a function gave back for one request."""

    result: dict[str, Any]
    """The request that is passed on, or the response that is given."""
    reads: list[str]
    """The keys that were read, in order."""

    @property
    def status(self) -> int | None:
        """The status of a response; None if the request was passed on."""
        status: int | None = self.result.get("statusCode")
        return status

    @property
    def uri(self) -> str:
        """What is asked of the origin."""
        return str(self.result["uri"])

    @property
    def headers(self) -> dict[str, str]:
        """The headers, by name."""
        return {name: header["value"] for name, header in self.result["headers"].items()}

    @property
    def page(self) -> str:
        """The body of a response."""
        assert self.result["body"]["encoding"] == "text"
        return str(self.result["body"]["data"])


@dataclass(frozen=True)
class Edge:
    """Functions, and a process that runs them."""

    functions: Functions

    def ask(self, code: str, cases: Iterable[tuple[Store, dict[str, Any]]]) -> list[Answer]:
        """Run a function for each pair of store and event; an error of the function is an error of the test."""
        answers = self.functions.run(code, cases)
        assert [answer["error"] for answer in answers if "error" in answer] == []
        return [Answer(**answer) for answer in answers]

    def one(self, code: str, store: Store, uri: str = "/", ip: str = "198.51.100.7") -> Answer:
        """Run a function for one request."""
        return self.ask(code, [(store, event(uri, ip))])[0]


def event(uri: str = "/", ip: str = "198.51.100.7") -> dict[str, Any]:
    """Return a viewer's request as CloudFront hands it over (event structure, version 1.0)."""
    return {
        "version": "1.0",
        "context": {
            "distributionDomainName": "d111111abcdef8.cloudfront.net",
            "distributionId": "EDFDVBD6EXAMPLE",
            "eventType": "viewer-request",
            "requestId": "EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==",
        },
        "viewer": {"ip": ip},
        "request": {
            "method": "GET",
            "uri": uri,
            "querystring": {"page": {"value": "2"}},
            "headers": {"host": {"value": "www.example.com"}, "accept": {"value": "text/html"}},
            "cookies": {"session": {"value": "abc"}},
        },
    }


def answered(method: str = "GET") -> dict[str, Any]:
    """Return an origin's answer as CloudFront hands it over before the viewer gets it: with two cookies and a header of three lines."""
    asked = event("/api/users")
    line = {"value": "a=1", "attributes": "Path=/; HttpOnly"}
    return {
        **asked,
        "context": {**asked["context"], "eventType": "viewer-response"},
        "request": {**asked["request"], "method": method},
        "response": {
            "statusCode": 200,
            "statusDescription": "OK",
            "headers": {
                "content-type": {"value": "application/json"},
                "cache-control": {"value": "private, no-store"},
                "link": {"value": "</a>", "multiValue": [{"value": "</a>"}, {"value": "</b>"}, {"value": "</c>"}]},
            },
            "cookies": {"session": {"value": "abc", "attributes": "Secure"}, "a": {**line, "multiValue": [line, {"value": "a=2"}]}},
        },
    }


def store(
    live: str = "r1",
    canary: str = "",
    percent: int = 0,
    *,
    single_page: bool = False,
    maintenance: bool = False,
    allowed: Iterable[str] = (),
) -> dict[str, str]:
    """Return a store with every key, in which caching is off."""
    return {
        TRAFFIC_KEY: traffic_value(live, canary, percent, single_page),
        MAINTENANCE_KEY: maintenance_value(maintenance, list(allowed)),
        CACHING_KEY: caching_value(False),  # noqa: FBT003  as the settings say it
    }
