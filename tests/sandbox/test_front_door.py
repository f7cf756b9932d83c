"""The front door: what the load balancer and an instance would answer, by what the emulator holds of them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import urllib3

from components.blue_green import PREVIEW_HEADER, RELEASE_HEADER
from ops.target import tracked_file
from sandbox.account import Sandbox
from sandbox.front_door import opened
from settings_types import Color
from tests.ops.cloud import Cloud, forward, token_of

SETTINGS = tracked_file("staging").settings()
BLUE, GREEN = (SETTINGS.services["api"].pins(color).image.partition("@")[2] for color in Color)
NO_TOKEN = {PREVIEW_HEADER: "wrong"}
"""No preview rule takes it, and an instance tells its release all the same: the header is there."""


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Bring staging's web tier up in an emulator of its own."""
    sandbox = Sandbox(tmp_path_factory.mktemp("aws"))
    sandbox.emulator.start()
    made = Cloud(sandbox)
    made.bring_up(SETTINGS)
    yield made
    sandbox.remove()


@pytest.fixture
def url(cloud: Cloud) -> Iterator[str]:
    """Open the door to it, as the committed file has it."""
    cloud.reset(SETTINGS)
    with opened(cloud.client("elbv2"), cloud.client("ec2"), cloud.listener) as base:
        yield base


def ask(url: str, path: str = "/api/", method: str = "GET", **headers: str) -> urllib3.BaseHTTPResponse:
    """One request; underscores in the names of headers stand for dashes."""
    spelled = {name.replace("_", "-"): value for name, value in headers.items()}
    return urllib3.request(method, f"{url}{path}", headers=spelled, retries=False, redirect=False)


@pytest.fixture
def rule(cloud: Cloud) -> Iterator[Any]:
    """Make a rule before all others; it is gone afterwards."""
    made: list[str] = []

    def make(action: Mapping[str, Any], *conditions: Mapping[str, Any]) -> None:
        told = cloud.client("elbv2").create_rule(
            ListenerArn=cloud.listener, Priority=len(made) + 40, Conditions=conditions, Actions=[action]
        )
        made.append(told["Rules"][0]["RuleArn"])

    yield make
    for arn in made:
        cloud.client("elbv2").delete_rule(RuleArn=arn)


def fixed(text: str) -> Mapping[str, Any]:
    """An action that answers by itself."""
    return {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "MessageBody": text, "ContentType": "text/plain"}}


def condition(field: str, config: str, *values: str) -> Mapping[str, Any]:
    """What a request must have."""
    return {"Field": field, config: {"Values": list(values)}}


@pytest.mark.parametrize(("color", "digest"), [(Color.BLUE, BLUE), (Color.GREEN, GREEN)])
def test_a_token_reaches_its_color_whatever_the_weights(url: str, color: Color, digest: str) -> None:
    """The answer names the release, by the instance's tag."""
    answer = ask(url, **{PREVIEW_HEADER: token_of("api", color)})
    assert (answer.status, answer.headers[RELEASE_HEADER]) == (200, digest)


def test_without_the_preview_header_no_release_is_told(url: str) -> None:
    """Users are not told what runs."""
    answer = ask(url)
    assert answer.status == 200
    assert RELEASE_HEADER not in answer.headers


@pytest.mark.parametrize(("blue", "green", "releases"), [(100, 0, {BLUE}), (0, 100, {GREEN}), (50, 50, {BLUE, GREEN})])
def test_traffic_goes_by_the_weights(cloud: Cloud, url: str, blue: int, green: int, releases: set[str]) -> None:
    """Read at each request, so that a shift shows at once."""
    cloud.set_weights("api", {Color.BLUE: blue, Color.GREEN: green})
    assert {ask(url, **NO_TOKEN).headers[RELEASE_HEADER] for _ in range(60 if len(releases) > 1 else 5)} == releases


def test_weights_of_nothing_lead_nowhere(cloud: Cloud, url: str) -> None:
    """As the load balancer has it."""
    cloud.set_weights("api", {Color.BLUE: 0, Color.GREEN: 0})
    assert ask(url).status == 503


def test_a_color_without_instances_answers_503(cloud: Cloud, url: str) -> None:
    """In the load balancer's own name."""
    cloud.size("api-green", floor=0, desired=0)
    answer = ask(url, **{PREVIEW_HEADER: token_of("api", Color.GREEN)})
    assert (answer.status, answer.data) == (503, b"no healthy target")


def test_an_instance_that_went_takes_no_request(cloud: Cloud, url: str) -> None:
    """Though the emulated balancer still calls it healthy."""
    ids = [instance["InstanceId"] for instance in cloud.group("api-green")["Instances"]]
    cloud.client("ec2").stop_instances(InstanceIds=ids)
    try:
        assert ask(url, **{PREVIEW_HEADER: token_of("api", Color.GREEN)}).status == 503
    finally:
        cloud.client("ec2").start_instances(InstanceIds=ids)


def test_what_no_rule_takes_gets_the_default_answer(url: str) -> None:
    """The listener's own."""
    assert ask(url, "/").status == 404


@pytest.mark.parametrize(
    ("path", "taken"),
    [("/x1/main.js", True), ("/x1/a/b.js?c=/", True), ("/X1/main.js", False), ("/x12/main.js", False), ("/x1/main-js", False)],
)
def test_path_patterns_are_the_load_balancers(url: str, rule: Any, path: str, taken: bool) -> None:  # noqa: FBT001 -- a parameter
    """`*` is any run of characters, `?` any one, case counts, and the query is not looked at."""
    rule(fixed("taken"), condition("path-pattern", "PathPatternConfig", "/y", "/x?/*.js"))
    assert (ask(url, path).data == b"taken") is taken


def test_hosts_are_compared_without_case(url: str, rule: Any) -> None:
    """And without the port."""
    rule(
        fixed("taken"), condition("host-header", "HostHeaderConfig", "*.example.com"), condition("path-pattern", "PathPatternConfig", "/h")
    )
    assert ask(url, "/h", host="WWW.Example.com:443").data == b"taken"
    assert ask(url, "/h").status == 404


def test_the_first_rule_decides(url: str, rule: Any) -> None:
    """By priority, not by age."""
    for text in ("first", "second"):
        rule(fixed(text), condition("path-pattern", "PathPatternConfig", "/p"))
    assert ask(url, "/p").data == b"first"


def test_what_is_not_emulated_is_said(url: str, rule: Any) -> None:
    """An action by 501; a condition is never met."""
    gone = {"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Path": "/"}}
    rule(gone, condition("path-pattern", "PathPatternConfig", "/r"))
    rule(fixed("taken"), condition("http-request-method", "HttpRequestMethodConfig", "GET"))
    assert ask(url, "/r").status == 501
    assert ask(url, "/m").status == 404


def test_a_head_request_gets_no_body(url: str) -> None:
    """As HTTP has it."""
    answer = ask(url, "/", "HEAD")
    assert (answer.status, answer.data) == (404, b"")


def test_the_door_is_closed_afterwards(cloud: Cloud) -> None:
    """No server is left behind."""
    with opened(cloud.client("elbv2"), cloud.client("ec2"), cloud.listener) as base:
        assert ask(base).status == 200
    with pytest.raises(urllib3.exceptions.NewConnectionError):
        ask(base)


def test_a_forward_to_one_group_needs_no_weight(cloud: Cloud, url: str, rule: Any) -> None:
    """AWS's short form of the action."""
    [short] = forward(cloud.services["api"].target_groups, {Color.BLUE: 0, Color.GREEN: 1})
    rule(
        {"Type": "forward", "TargetGroupArn": short["ForwardConfig"]["TargetGroups"][1]["TargetGroupArn"]},
        condition("path-pattern", "PathPatternConfig", "/s"),
    )
    assert ask(url, "/s", **NO_TOKEN).headers[RELEASE_HEADER] == GREEN


def test_an_instance_says_who_it_is(url: str) -> None:
    """As JSON, or as a page to a browser; its own words are not taken for markup."""
    told = json.loads(ask(url, "/api/x").data)
    assert (told["release"], told["method"], told["path"]) == (BLUE, "GET", "/api/x")
    page = ask(url, "/api/x<y>", accept="text/html,*/*")
    assert (page.headers["content-type"], BLUE.encode() in page.data, b"<y>" in page.data) == ("text/html; charset=utf-8", True, False)
