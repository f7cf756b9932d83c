"""The site of a sandboxed stack in a real browser, while commands move its traffic. In this order, on one sandbox."""

import re
import signal
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from ops.errors import Exit
from tests.browser import NoBrowserError, chromium
from tests.engine.conftest import Switchyard

pytestmark = [pytest.mark.engine, pytest.mark.lean]

TARGET = ("-s", "staging", "--sandbox")
PATIENCE_MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser, or say why there is none."""
    try:
        with chromium() as opened:
            yield opened
    except NoBrowserError as error:
        pytest.skip(f"no browser can be had on this machine: {error}")


@pytest.fixture(scope="module")
def opened(switchyard: Switchyard, browser: Browser) -> Iterator[subprocess.Popen[str]]:
    """Bring the stack up and open its site at another terminal."""
    assert browser.is_connected()
    switchyard.set_up("up", *TARGET)
    process = switchyard.start("sandbox", "open", "-s", "staging", "--port", "0", apart=True)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.fixture(scope="module")
def url(opened: subprocess.Popen[str]) -> str:
    """Read where it answers."""
    assert opened.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", opened.stdout.readline())
    assert found
    return found[0]


@pytest.fixture(scope="module")
def errors() -> list[str]:
    """What the browser complains of: scripts that fail, and what the content security policy stops."""
    return []


@pytest.fixture(scope="module")
def page(browser: Browser, url: str, errors: list[str]) -> Iterator[Page]:
    """Open one page."""
    with browser.new_page() as page:
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        page.goto(url)
        yield page


def visit(page: Page, url: str) -> Response:
    """Load a page."""
    response = page.goto(url)
    assert response
    return response


def colors(page: Page, service: str) -> set[str]:
    """Ask the services again, and say which colors have answered."""
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("status")).to_contain_text("Asked at", timeout=PATIENCE_MILLISECONDS)
    told = page.locator(f"[data-service={service}] .color").all_inner_texts()
    return {text.partition(" ")[0] for text in told}


def test_the_site_is_shown_with_its_headers_and_both_services(page: Page, url: str, errors: list[str]) -> None:
    """The release that config names; scripts and styles run under the stack's own content security policy."""
    response = visit(page, url)
    headers = response.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert (headers["x-frame-options"], headers["x-robots-tag"]) == ("DENY", "noindex, nofollow")
    assert "strict-transport-security" not in headers
    expect(page.locator("#release")).to_have_text("release-1")
    assert (colors(page, "api"), colors(page, "web")) == ({"blue"}, {"blue"})
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About this sample")
    assert visit(page, url).headers["x-cache"] == "Hit from cloudfront"
    assert errors == []


def test_both_colors_answer_during_a_canary(switchyard: Switchyard, page: Page, url: str) -> None:
    """Without a reload: half of the requests, so that twenty of one color are a chance of one in a million."""
    visit(page, url)
    assert switchyard.run("shift", "api", "50", *TARGET).returncode == Exit.DONE
    assert colors(page, "api") | colors(page, "api") == {"blue", "green"}
    assert colors(page, "web") == {"blue"}


def test_a_flip_shows_at_the_next_request(switchyard: Switchyard, page: Page) -> None:
    """All answers are green's then."""
    assert switchyard.run("promote", "api", *TARGET).returncode == Exit.DONE
    assert colors(page, "api") == {"green"}


def test_maintenance_closes_site_and_services_and_lets_them_back(switchyard: Switchyard, page: Page, url: str) -> None:
    """The page says so with 503; afterwards everything is as before, by the same open command."""
    assert switchyard.run("impose", "maintenance", "--allow", "203.0.113.0/24", *TARGET).returncode == Exit.DONE
    shut = visit(page, url)
    assert (shut.status, shut.headers["cache-control"]) == (503, "no-store")
    expect(page.get_by_role("heading", level=1)).to_have_text("Service Unavailable")
    assert visit(page, f"{url}api/").status == 503
    assert switchyard.run("lift", "maintenance", *TARGET).returncode == Exit.DONE
    assert visit(page, url).status == 200
    assert colors(page, "api") == {"green"}


def test_ctrl_c_closes_it(opened: subprocess.Popen[str], page: Page) -> None:
    """And nothing is left behind."""
    assert page.url.startswith("http://127.0.0.1:")
    opened.send_signal(signal.SIGINT)
    told, warned = opened.communicate(timeout=60)
    assert "Traceback" not in warned, warned
    assert (opened.returncode, "closed" in told) == (Exit.DONE, True)
