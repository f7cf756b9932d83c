import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.edge import site_function

from .runtime import OWN_PAGE, Edge, Store, event, store

CODE = site_function()
SIGNS = ["/", "//", ".", "..", "\\", "%2e", "%2E%2e", "%2f", "%5c", "%252e", "%252f", "%255c", "%", "%c0%af"]
NAMES = ["releases", "%72eleases", "r2", "assets", "a.js"]
PIECES = st.sampled_from([*SIGNS, *NAMES])


def asked(edge: Edge, uris: list[str], *, single_page: bool = False) -> list[str | int]:
    """Return for each URI what the origin is asked, or the status that is answered instead."""
    answers = edge.ask(CODE, [(store(single_page=single_page), event(uri)) for uri in uris])
    return [answer.uri if answer.status is None else answer.status for answer in answers]


@pytest.mark.parametrize(
    ("uri", "file"),
    [
        ("/", "/index.html"),
        ("/docs/", "/docs/index.html"),
        ("/docs", "/docs/index.html"),
        ("/docs/v1.2/", "/docs/v1.2/index.html"),
        ("/v1.2/docs", "/v1.2/docs/index.html"),
        ("/app.js", "/app.js"),
        ("/caf%C3%A9/", "/caf%C3%A9/index.html"),
        ("/caf%C3%A9.html", "/caf%C3%A9.html"),
        ("/100%25.html", "/100%25.html"),
        ("/a+b.html", "/a+b.html"),
        ("/docs%2Fguide", "/docs%2Fguide/index.html"),
        ("/app%2Ejs", "/app%2Ejs"),
        ("/releasesnotes", "/releasesnotes/index.html"),
        ("/docs/releases/", "/docs/releases/index.html"),
        ("/.well-known/security.txt", "/.well-known/security.txt"),
        ("/.well-known/apple-app-site-association", "/.well-known/apple-app-site-association"),
        ("/.well-known/acme-challenge/x-Y_z", "/.well-known/acme-challenge/x-Y_z"),
        ("/%2Ewell-known/change-password", "/%2Ewell-known/change-password"),
        ("/docs/.well-known/x", "/docs/.well-known/x/index.html"),
        ("/.well-knownx/y", "/.well-knownx/y/index.html"),
        ("/...", "/..."),
    ],
)
def test_a_path_leads_into_the_release(edge: Edge, uri: str, file: str) -> None:
    """A folder is its index, and a name without a dot is a folder; a file is asked for exactly as it was written."""
    assert asked(edge, [uri]) == [f"/releases/r1{file}"]


def test_only_the_path_changes(edge: Edge) -> None:
    """Method, query, headers and cookies go to the origin as they came."""
    answer = edge.one(CODE, store(), uri="/docs")
    assert answer.result == {**event()["request"], "uri": "/releases/r1/docs/index.html"}


def test_a_single_page_answers_every_path_without_an_extension(edge: Edge) -> None:
    """Its router reads the path. A file that does not exist stays a file: the bucket's 404, not a page where a script was expected."""
    page = "/releases/r1/index.html"
    uris = ["/", "/users", "/users/", "/users/7/edit", "/group%2Fname", "/app.js", "/missing/app.js"]
    expected = [page, page, page, page, page, "/releases/r1/app.js", "/releases/r1/missing/app.js"]
    assert asked(edge, uris, single_page=True) == expected


def test_a_well_known_name_is_a_file_for_a_single_page_too(edge: Edge) -> None:
    """Programs ask for it (RFC 8615), and a page in its place would be taken for an answer. It belongs to the release like any file."""
    names = ["/.well-known/assetlinks.json", "/.well-known/apple-app-site-association", "/.well-known/openid-configuration"]
    assert asked(edge, names, single_page=True) == [f"/releases/r1{name}" for name in names]


def test_assets_belong_to_no_release(edge: Edge) -> None:
    """They are passed through as they came, and the release is not even looked up; a page of that name is a page."""
    answer = edge.one(CODE, store(), uri="/assets/app-1f2e.js")
    assert answer.result == event("/assets/app-1f2e.js")["request"]
    assert answer.reads == ["maintenance"]
    assert asked(edge, ["/assets"]) == ["/releases/r1/assets/index.html"]


@pytest.mark.parametrize("single_page", [True, False])
@pytest.mark.parametrize(
    "uri",
    [
        "/releases/r2/index.html",
        "/releases/",
        "/releases",
        "/%72eleases/r2/",
        "/releases%2Fr2/",
        "/./releases/r2/",
        "//releases/r2/",
        "/%2Freleases/r2/",
        "/x/../releases/r2/",
        "/assets/../releases/r2/index.html",
        "/assets/%2e%2e/releases/r2/index.html",
        "/assets/..%2Freleases/r2/index.html",
        "/assets/..\\releases/r2/index.html",
        "/assets/%252e%252e/releases/r2/index.html",
        "/%2572eleases/r2/",
    ],
)
def test_no_release_is_read_by_its_name(edge: Edge, uri: str, single_page: bool) -> None:  # noqa: FBT001  a parameter of the test
    """However the name is written: an idle release is nobody's to see."""
    assert asked(edge, [uri], single_page=single_page) == [404]


@pytest.mark.parametrize("uri", ["", "docs", "/..", "/docs/..", "/../x.js", "/docs/./x.js", "/%", "/%zz", "/%ff", "/a%5cb.js"])
def test_a_path_that_no_honest_link_has_is_not_found(edge: Edge, uri: str) -> None:
    """Browsers resolve dot segments before they ask."""
    assert asked(edge, [uri]) == [404]


def test_what_is_not_found_is_kept_by_nobody(edge: Edge) -> None:
    """The answer has a page, and the release is not looked up for it."""
    answer = edge.one(CODE, store(), uri="/releases/")
    assert answer.result["statusDescription"] == "Not Found"
    assert answer.headers == OWN_PAGE
    assert "<title>Not Found</title>" in answer.page
    assert answer.reads == ["maintenance"]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(paths=st.lists(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=8), min_size=1, max_size=20), single_page=st.booleans())
def test_no_path_leaves_its_release(edge: Edge, paths: list[list[str]], single_page: bool) -> None:  # noqa: FBT001  a parameter of the test
    """Not even for a bucket that would decode as often as it can and resolve what it reads."""
    for found in asked(edge, ["/" + "".join(pieces) for pieces in paths], single_page=single_page):
        if found != 404:
            assert _resolved(str(found)).startswith(("/releases/r1/", "/assets/"))


def _resolved(uri: str) -> str:
    """Return the path that a careless reader makes of a URI."""
    while (decoded := unquote(uri)) != uri:
        uri = decoded
    return posixpath.normpath(uri.replace("\\", "/"))


@pytest.mark.parametrize("broken", [None, {}, {"traffic": "{"}, {"traffic": "null"}, {"traffic": '{"live":""}'}], ids=str)
def test_without_the_key_there_is_no_release_to_guess(edge: Edge, broken: Store) -> None:
    """503, to be asked again in 5 s."""
    answer = edge.one(CODE, broken)
    assert answer.status == 503
    assert answer.headers == {**OWN_PAGE, "retry-after": "5"}


def test_a_request_reads_two_keys_at_most(edge: Edge) -> None:
    """The gate's and the traffic's, each once, in this order."""
    uris = ["/", "/docs", "/a/b/c.js", "/deep/" * 50]
    answers = edge.ask(CODE, [(store(canary="r2", percent=50, single_page=flag), event(uri)) for uri in uris for flag in (True, False)])
    assert {tuple(answer.reads) for answer in answers} == {("maintenance", "traffic")}
