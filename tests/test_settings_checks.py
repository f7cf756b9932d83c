import fnmatch
import itertools
import re

import botocore.session
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import settings_types as types
from settings_checks import architecture, secret_variable
from settings_paths import overlap
from settings_types import DIGEST
from tests.configs import many, parsed

PATTERNS = st.text(alphabet="ab*?", max_size=4)


def _matches(pattern: str, path: str) -> bool:
    """What a load balancer does with a pattern, by another program: `[` means nothing there."""
    return fnmatch.fnmatchcase(path, pattern)


@given(PATTERNS, PATTERNS)
@settings(max_examples=300, deadline=None)
def test_patterns_overlap_when_some_path_matches_both(one: str, two: str) -> None:
    """Held against every path of up to eight letters: a path that matches both needs no more than the two patterns' own lengths."""
    paths = ("".join(letters) for length in range(len(one) + len(two) + 1) for letters in itertools.product("ab", repeat=length))
    found = any(_matches(one, path) and _matches(two, path) for path in paths)
    assert overlap(one, two) is found
    assert overlap(two, one) is found


@given(st.text(alphabet="ab*?", max_size=30), st.text(alphabet="abc", max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_path_overlaps_the_pattern_that_it_matches(pattern: str, path: str) -> None:
    """A path without wildcards is a pattern for itself."""
    assert overlap(pattern, path) is _matches(pattern, path)


@pytest.mark.parametrize(
    ("count", "quota", "paths"),
    [(1, 100, 1), (33, 100, 1), (34, 102, 1), (50, 150, 1), (17, 100, 4)],
)
def test_as_many_services_as_the_quotas_allow_are_accepted(count: int, quota: int, paths: int) -> None:
    """33 services by AWS's defaults, up to 50 once the rules quota was raised."""
    made = parsed({"services": many(count, paths), "load_balancer.rules_quota": quota})
    assert len(made.services) == count


def test_seventy_paths_are_accepted() -> None:
    """A distribution has 75 behaviors by default, and five are the site's."""
    made = parsed({"services": many(18, paths=4) | many(1, paths=2)})
    assert sum(len(service.paths) for service in made.services.values()) == 70


@pytest.mark.parametrize("name", ["a1", "api", "a-b", "checkouts1"])
def test_a_service_may_have_any_short_name_in_kebab_case(name: str) -> None:
    """Two to ten characters."""
    assert name in parsed({"services": {name: many(1)["s0"]}}).services


@pytest.mark.parametrize("name", ["a", "1a", "a-", "a--b", "a_b", "A1", "abcdefghijk", "a\n"])
def test_a_service_name_that_aws_or_the_style_refuses_is_refused(name: str) -> None:
    """A target group's name begins and ends with a letter or a digit."""
    with pytest.raises(Exception, match="lowercase letters, digits and single hyphens"):
        parsed({"services": {name: many(1)["s0"]}})


def test_a_secret_has_the_variable_that_the_boot_template_gives_it() -> None:
    """fetch-parameters writes the same name."""
    assert secret_variable("payment-key") == "PAYMENT_KEY"


ARM = ("a1", "t4g", "m8g", "c7gn", "c6gd", "r8g", "x2gd", "im4gn", "is4gen", "g5g", "hpc7g", "i8ge")
X86 = ("t3", "t3a", "m7i", "m7i-flex", "c6in", "g4dn", "g6", "gr6", "p5en", "x2iedn", "inf2", "u-6tb1", "hpc7a")


@pytest.mark.parametrize(("family", "expected"), [*((name, "arm64") for name in ARM), *((name, "x86_64") for name in X86)])
def test_a_family_s_letters_tell_its_processor(family: str, expected: str) -> None:
    """A `g` after the generation is Graviton; a `g` before it is a graphics card."""
    assert architecture(f"{family}.large") == expected


def test_every_instance_type_of_ec2_is_accepted_as_one() -> None:
    """The model of EC2's API lists them all."""
    kinds = botocore.session.get_session().get_service_model("ec2").shape_for("InstanceType").metadata["enum"]
    accepts = TypeAdapter(types.InstanceType)
    assert [accepts.validate_python(kind) for kind in kinds] == kinds


def test_a_repository_name_is_what_ecr_accepts() -> None:
    """The model of ECR's API has the pattern and the length."""
    shape = botocore.session.get_session().get_service_model("ecr").shape_for("RepositoryName").metadata
    names = ("a", "ab", "a/b", "a__b", "a___b", "a..b", "a.b", "a-", "-a", "a--b", "a/", "team/api", "x" * 256, "x" * 257, "A", "a_b/c-d")
    for name in names:
        refused = not re.fullmatch(shape["pattern"], name) or not shape["min"] <= len(name) <= shape["max"]
        image = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/{name}@sha256:{'a' * 64}"
        assert bool(DIGEST.fullmatch(image)) is not refused, name
