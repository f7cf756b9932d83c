import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.edge import service_function, site_function

from .runtime import OWN_PAGE, Edge, Store, event, store

FUNCTIONS = pytest.mark.parametrize("code", [site_function(), service_function()], ids=["site", "service"])
PLAIN = settings(derandomize=True, deadline=None)
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


@st.composite
def networks(draw: st.DrawFn) -> str:
    """A network of either family."""
    address = draw(ADDRESSES)
    prefix = draw(st.integers(0, address.max_prefixlen))
    network = ipaddress.ip_network((address, prefix), strict=False)
    mapped = isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped
    return "::/0" if mapped else str(network)


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[str, str]:
    """A network, and an address in it or one bit off: a random pair would hardly ever meet."""
    network = ipaddress.ip_network(draw(networks()))
    host = draw(st.integers(0, network.num_addresses - 1))
    flipped = draw(st.sampled_from([0, *(1 << bit for bit in range(network.max_prefixlen))]))
    address = type(network.network_address)((int(network.network_address) + host) ^ flipped)
    return str(network), str(address)


@FUNCTIONS
def test_maintenance_answers_at_once(edge: Edge, code: str) -> None:
    """With 503 and when to come back; nothing may keep the answer, and the origin is not asked."""
    answer = edge.one(code, store(maintenance=True))
    assert answer.status == 503
    assert answer.result["statusDescription"] == "Service Unavailable"
    assert answer.headers == {**OWN_PAGE, "retry-after": "60"}
    assert answer.reads == ["maintenance"]


@FUNCTIONS
def test_maintenance_lets_its_networks_pass(edge: Edge, code: str) -> None:
    """Of both families; everybody else stays out."""
    closed = store(maintenance=True, allowed=["203.0.113.0/24", "2001:db8::/32"])
    viewers = ["203.0.113.9", "203.0.114.9", "2001:db8:1::1", "2001:db9::1"]
    answers = edge.ask(code, [(closed, event(ip=viewer)) for viewer in viewers])
    assert [answer.status for answer in answers] == [None, 503, None, 503]


@FUNCTIONS
def test_no_maintenance_lets_everybody_pass(edge: Edge, code: str) -> None:
    """Whatever the networks say."""
    answers = edge.ask(code, [(store(allowed=allowed), event()) for allowed in ([], ["203.0.113.0/24"])])
    assert [answer.status for answer in answers] == [None, None]


@pytest.mark.parametrize("broken", [None, {}, {"maintenance": "{"}, {"maintenance": "null"}, {"maintenance": '"on"'}], ids=str)
def test_a_gate_that_cannot_be_read_is_open(edge: Edge, broken: Store) -> None:
    """A fault of the store must not take the services down; the request passes as it came."""
    assert edge.one(service_function(), broken).result == event()["request"]


@pytest.mark.parametrize("network", ["", "/", "203.0.113.0/", "203.0.113.0/x", "203.0.113.0/33", "203.0.113.0/-1", "here"])
def test_a_network_that_is_none_admits_nobody(edge: Edge, network: str) -> None:
    """A value that somebody wrote by hand in a hurry must not open the gate to all."""
    by_hand = {"maintenance": f'{{"on":true,"allowed_networks":["{network}"]}}'}
    assert edge.one(service_function(), by_hand, ip="203.0.113.0").status == 503


def test_a_network_without_a_prefix_is_one_address(edge: Edge) -> None:
    """The settings always write one; somebody in a hurry may not."""
    by_hand = {"maintenance": '{"on":true,"allowed_networks":["203.0.113.7","2001:db8::7"]}'}
    viewers = ["203.0.113.7", "2001:db8::7", "203.0.113.6", "2001:db8::6"]
    answers = edge.ask(service_function(), [(by_hand, event(ip=viewer)) for viewer in viewers])
    assert [answer.status for answer in answers] == [None, None, 503, 503]


def test_a_value_without_networks_admits_nobody(edge: Edge) -> None:
    """The shortest value that somebody can write by hand."""
    assert edge.one(service_function(), {"maintenance": '{"on":true}'}).status == 503


def test_the_service_function_changes_nothing(edge: Edge) -> None:
    """Not even a path that the site would refuse: what a path means is the service's to say."""
    for uri in ("/", "/a/../b", "/releases/r1/", "/%zz", "//x"):
        answer = edge.one(service_function(), store(), uri=uri)
        assert answer.result == event(uri)["request"]
        assert answer.reads == ["maintenance"]


@PLAIN
@given(pairs=st.lists(neighbours(), min_size=1, max_size=30))
def test_networks_match_as_python_says(edge: Edge, pairs: list[tuple[str, str]]) -> None:
    """Addresses at the edge of a network and one bit beside it, both families, every length of prefix."""
    answers = edge.ask(service_function(), [(store(maintenance=True, allowed=[network]), event(ip=ip)) for network, ip in pairs])
    expected = [ipaddress.ip_address(ip) in ipaddress.ip_network(network) for network, ip in pairs]
    assert [answer.status is None for answer in answers] == expected


@PLAIN
@given(network=networks(), address=ADDRESSES, texts=st.sampled_from(["exploded", "compressed"]))
def test_an_address_may_be_written_in_any_way(edge: Edge, network: str, address: ipaddress.IPv4Address, texts: str) -> None:
    """In full or short; families never match each other."""
    answer = edge.one(service_function(), store(maintenance=True, allowed=[network]), ip=getattr(address, texts))
    assert (answer.status is None) == (address in ipaddress.ip_network(network))


def test_an_address_may_end_in_the_older_family_s_way(edge: Edge) -> None:
    """RFC 4291 allows `64:ff9b::192.0.2.33`."""
    closed = store(maintenance=True, allowed=["64:ff9b::c000:221/128"])
    answers = edge.ask(service_function(), [(closed, event(ip=f"64:ff9b::192.0.2.{last}")) for last in (33, 34)])
    assert [answer.status for answer in answers] == [None, 503]


def test_the_page_is_for_everybody(edge: Edge) -> None:
    """It says its language, has a title and a heading, follows the viewer's choice of light or dark, and loads nothing."""
    page = edge.one(service_function(), store(maintenance=True)).page
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "<title>Service Unavailable</title>" in page
    assert "<h1>Service Unavailable</h1>" in page
    assert not any(word in page for word in ("http", "src=", "href=", "url(", "@import", "<script"))


@FUNCTIONS
def test_the_page_keeps_its_style_under_its_own_policy(edge: Edge, code: str) -> None:
    """Nothing else may run or be loaded, and nobody may frame it; no word of the request is in it."""
    answer = edge.one(code, store(maintenance=True), uri="/<script>")
    assert answer.headers["content-security-policy"] == OWN_PAGE["content-security-policy"]
    assert ("<style>" in answer.page, "script" in answer.page) == (True, False)
