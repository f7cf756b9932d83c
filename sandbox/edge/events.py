"""Between messages and the events that CloudFront hands to functions, and takes back from them (event structure, version 1.0).

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from sandbox.edge.messages import Request, Response

REQUEST, RESPONSE = "viewer-request", "viewer-response"


def request_event(request: Request, host: str) -> dict[str, Any]:
    """The event of a viewer's request."""
    return _event(REQUEST, request, host)


def response_event(request: Request, host: str, response: Response) -> dict[str, Any]:
    """The event of an answer on its way to the viewer; bodies are not shown to functions."""
    told = {
        "statusCode": response.status,
        "statusDescription": _phrase(response.status),
        "headers": _values(response.headers),
        "cookies": dict(_set_cookies(response.cookies)),
    }
    return {**_event(RESPONSE, request, host), "response": told}


def _event(kind: str, request: Request, host: str) -> dict[str, Any]:
    return {
        "version": "1.0",
        "context": {
            "distributionDomainName": host,
            "distributionId": "SANDBOX",
            "eventType": kind,
            "requestId": "sandbox",
        },
        "viewer": {"ip": request.address},
        "request": {
            "method": request.method,
            "uri": request.path,
            "querystring": _queries(request.query),
            "headers": _values(request.headers),
            "cookies": _values(request.cookies),
        },
    }


def passed_on(result: Mapping[str, Any], request: Request) -> Request:
    """The request that a function passes on."""
    told = result["querystring"]
    query = request.query if told == _queries(request.query) else "&".join(_query(told))
    cookies = {name: str(cookie["value"]) for name, cookie in result["cookies"].items()}
    headers = {name: str(header["value"]) for name, header in result["headers"].items()}
    return replace(request, method=result["method"], path=result["uri"], query=query, headers=headers, cookies=cookies)


def given(result: Mapping[str, Any]) -> Response:
    """The response that a function gives at once."""
    told = result.get("body") or ""
    text = told if isinstance(told, str) else told["data"]
    body = base64.b64decode(text) if isinstance(told, dict) and told.get("encoding") == "base64" else text.encode()
    headers = {name: str(header["value"]) for name, header in (result.get("headers") or {}).items()}
    return Response(int(result["statusCode"]), headers, tuple(_lines(result.get("cookies") or {})), body)


def looked_at(result: Mapping[str, Any], response: Response) -> Response:
    """The response as a function leaves it; its body stays."""
    headers = {name: str(header["value"]) for name, header in result["headers"].items()}
    return replace(response, status=int(result["statusCode"]), headers=headers, cookies=tuple(_lines(result.get("cookies") or {})))


def _values(given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in given.items()}


def _queries(query: str) -> dict[str, Any]:
    """The query by name; of a name that comes twice, all its values."""
    found: dict[str, Any] = {}
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        if name in found:
            many = found[name].setdefault("multiValue", [{"value": found[name]["value"]}])
            many.append({"value": value})
            found[name]["value"] = value
        else:
            found[name] = {"value": value}
    return found


def _query(told: Mapping[str, Any]) -> Iterator[str]:
    for name, one in told.items():
        for value in one.get("multiValue") or [one]:
            yield f"{name}={value['value']}" if value["value"] else name


def _set_cookies(lines: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Cookies by name; of a name that comes twice, all of them."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        pair, _, attributes = line.partition(";")
        name, _, value = pair.partition("=")
        found.setdefault(name.strip(), []).append({"value": value, "attributes": attributes.strip()})
    for name, all_of_it in found.items():
        yield name, {**all_of_it[-1], **({"multiValue": all_of_it} if len(all_of_it) > 1 else {})}


def _lines(cookies: Mapping[str, Any]) -> Iterator[str]:
    for name, one in cookies.items():
        for each in one.get("multiValue") or [one]:
            yield f"{name}={each['value']}" + (f"; {each['attributes']}" if each.get("attributes") else "")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
