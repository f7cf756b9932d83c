"""`switchyard pin`: what AWS knows, written into the stack file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from ops.amis import Ami
from ops.errors import Exit
from ops.pins import CDN_PREFIX_LIST
from sandbox.seed import AccountFacts
from tests.ops.cloud import ACCOUNT, REGION, Cloud
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

ARM = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-{}-arm64"
PREFIX_LIST = "pl-4fa04526"


def newest(stack: StandIn, kernel: str) -> str:
    """The AMI that the emulated AWS calls the newest of a kernel line."""
    return str(stack.cloud.client("ssm").get_parameter(Name=ARM.format(kernel))["Parameter"]["Value"])


@pytest.fixture
def file(stack: StandIn) -> Any:
    """Give the stack file, in an account whose CDN list and newest AMIs are known under the ids that AWS tells."""
    images = dict.fromkeys((newest(stack, kernel) for kernel in ("6.1", "6.12")), "arm64")
    stack.cloud.sandbox.seed(AccountFacts(account_id=ACCOUNT, region=REGION, prefix_list_id=PREFIX_LIST, images=images))
    return stack.target.file


@pytest.fixture
def ec2(stack: StandIn) -> Iterator[Stubber]:
    """Answer in EC2's place, for what the emulator does not have."""
    with Stubber(stack.cloud.client("ec2")) as stubbed:
        yield stubbed


ZONES: list[dict[str, str]] = [{"ZoneName": f"{REGION}{letter}", "State": "available"} for letter in "abc"]


def test_the_idle_colors_get_the_newest_ami_of_their_kernel(file: Any, stack: StandIn, run: Run) -> None:
    """Live ones keep theirs; the diff and the commit are shown; the rest was right already."""
    before = file.settings().services
    result = run("pin")
    assert result.exit_code == Exit.DONE
    after = file.settings().services
    for name in ("api", "web"):
        assert after[name].green.ami == newest(stack, "6.1")
        assert after[name].model_copy(update={"green": before[name].green}) == before[name]
    assert "✓ staging: written into Pulumi.staging.yaml" in result.stdout
    assert f"+        ami: {newest(stack, '6.1')}\n" in result.stdout
    assert result.stdout.count("\n+  ") == 2
    assert 'Commit:\n  git commit -m "pin staging to what AWS says" Pulumi.staging.yaml' in result.stdout
    assert result.stderr == f"· available too, and not pinned: {REGION}c\n"


def test_a_second_pin_has_nothing_to_write(file: Any, run: Run) -> None:
    """And says so; the file is not touched."""
    run("pin")
    text, written = file.path.read_text(), file.path.stat().st_mtime_ns
    result = run("pin")
    assert "✓ staging: everything is pinned to what AWS says, nothing to write" in result.stdout
    assert "Commit" not in result.stdout
    assert (file.path.read_text(), file.path.stat().st_mtime_ns) == (text, written)


def test_a_kernel_line_can_be_named(file: Any, stack: StandIn, run: Run) -> None:
    """Nothing else moves a color to another kernel: a later pin stays on the line."""
    run("pin", "--kernel", "6.12")
    assert file.settings().services["api"].green.ami == newest(stack, "6.12") != newest(stack, "6.1")
    file.edit({"services.api.green.ami": newest(stack, "6.1")})
    run("pin")
    assert file.settings().services["api"].green.ami == newest(stack, "6.1")


@pytest.mark.parametrize("kernel", ["5.10", "default"])
def test_a_kernel_line_that_is_none_is_refused(run: Run, kernel: str) -> None:
    """AWS's `default` too: it changes by itself."""
    result = run("pin", "--kernel", kernel)
    assert result.exit_code == Exit.USAGE
    assert f"'{kernel}'" in result.stderr
    assert "6.18" in result.stderr


def test_one_service_can_be_named(file: Any, stack: StandIn, run: Run) -> None:
    """The other's AMIs stay."""
    before = file.settings().services["api"]
    run("pin", "--service", "web")
    assert file.settings().services["web"].green.ami == newest(stack, "6.1")
    assert file.settings().services["api"] == before


def test_a_service_that_does_not_exist_is_refused(file: Any, run: Run) -> None:
    """Those that do are named."""
    text = file.path.read_text()
    result = run("pin", "--service", "shop")
    assert result.exit_code == Exit.BAD_INPUT
    assert "✗ There is no service 'shop' in Pulumi.staging.yaml.\n  Name one of: api, web.\n" in result.stderr
    assert file.path.read_text() == text


def test_with_a_canary_neither_color_is_idle(file: Any, stack: StandIn, run: Run) -> None:
    """Both keep their AMI, and that is said."""
    file.edit({"services.api.canary.percent": 5})
    before = file.settings().services["api"]
    result = run("pin")
    assert "! api: green takes 5 % as canary, so that neither color is idle: both keep their AMI" in result.stderr
    assert file.settings().services["api"] == before
    assert file.settings().services["web"].green.ami == newest(stack, "6.1")


def test_a_color_that_rollback_would_return_to_is_forgotten_as_such(file: Any, run: Run) -> None:
    """It would not be the release that was there; where nothing changes, nothing is forgotten."""
    file.edit({"services.api.previous": "green"})
    result = run("pin")
    assert "! api: `rollback` returned to green until now; its AMI is replaced, so that there is nothing to return to" in result.stderr
    assert file.settings().services["api"].previous is None
    file.edit({"services.api.previous": "green"})
    assert "`rollback`" not in run("pin").stderr
    assert file.settings().services["api"].previous == "green"


def test_the_architecture_is_that_of_the_instance_types(file: Any, stack: StandIn, run: Run) -> None:
    """An AMI boots on no other."""
    file.edit({"services.api.green.instance_types": ["m7i.large"]})
    run("pin")
    name = ARM.format("6.1").replace("arm64", "x86_64")
    assert file.settings().services["api"].green.ami == stack.cloud.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]


@pytest.mark.parametrize(
    ("images", "why"),
    [
        ([], "AWS has no such image for this account."),
        ([{"Name": "ours", "CreationDate": "2026-01-01T00:00:00.000Z"}], "its name has none."),
    ],
    ids=["no image", "no kernel in its name"],
)
def test_without_a_kernel_to_keep_one_must_be_named(file: Any, ec2: Stubber, run: Run, images: list[Any], why: str) -> None:
    """For a new stack, or AMIs of one's own. Stubbed for the name, which the emulator's images all have."""
    text, ami = file.path.read_text(), file.settings().services["api"].green.ami
    ec2.add_response("describe_availability_zones", {"AvailabilityZones": ZONES})
    ec2.add_response("describe_managed_prefix_lists", {"PrefixLists": [{"PrefixListId": PREFIX_LIST}]})
    ec2.add_response("describe_images", {"Images": images}, expected_params={"ImageIds": [ami]})
    result = run("pin")
    assert result.exit_code == Exit.BAD_INPUT
    assert f"✗ api: the kernel of green's {ami} cannot be told: {why}\n  Name one: --kernel 6.1, 6.12, 6.18.\n" in result.stderr
    assert file.path.read_text() == text


def test_a_region_without_such_an_ami_is_told(file: Any, stack: StandIn, run: Run) -> None:
    """By the parameter's name. Stubbed: the emulator has all of them."""
    with Stubber(stack.cloud.client("ssm")) as ssm:
        ssm.add_response("get_parameters", {"Parameters": [], "InvalidParameters": [ARM.format("6.18")]})
        result = run("pin", "--kernel", "6.18")
    assert result.exit_code == Exit.FAILED
    assert f"✗ {REGION} has no Amazon Linux 2023 AMI of kernel 6.18 for arm64: no {ARM.format('6.18')}." in result.stderr
    assert "Name another --kernel." in result.stderr
    assert file.settings().services["api"].green.ami != newest(stack, "6.18")


def test_the_cdns_prefix_list_is_written(file: Any, run: Run) -> None:
    """The id differs by region."""
    file.edit({"network.cdn_prefix_list_id": "pl-00000000"})
    run("pin")
    assert file.settings().network.cdn_prefix_list_id == PREFIX_LIST


def test_a_region_that_the_cdn_does_not_reach_is_told(file: Any, ec2: Stubber, run: Run) -> None:
    """Stubbed: the emulator has the list everywhere."""
    ec2.add_response("describe_availability_zones", {"AvailabilityZones": ZONES})
    ec2.add_response("describe_managed_prefix_lists", {"PrefixLists": []})
    result = run("pin")
    assert result.exit_code == Exit.FAILED
    assert f"✗ {REGION} has no prefix list {CDN_PREFIX_LIST}.\n  The CDN reaches no origin there: take another region.\n" in result.stderr
    assert file.settings().network.cdn_prefix_list_id == PREFIX_LIST


def zoned(ec2: Stubber, zones: list[dict[str, str]], images: list[dict[str, str]] | None = None) -> None:
    """Let EC2 tell these zones, and these images for each color of one service."""
    ec2.add_response("describe_availability_zones", {"AvailabilityZones": zones})
    ec2.add_response("describe_managed_prefix_lists", {"PrefixLists": [{"PrefixListId": PREFIX_LIST}]})
    for _ in range(2):
        ec2.add_response("describe_images", {"Images": images or []})


def test_a_zone_that_is_gone_is_taken_out(file: Any, ec2: Stubber, run: Run) -> None:
    """Others are never put in its place. Stubbed: the emulator's zones stay."""
    file.edit({"network.availability_zones": [f"{REGION}{letter}" for letter in "abc"]})
    zoned(ec2, [ZONES[0], ZONES[2]])
    result = run("pin", "--service", "web", "--kernel", "6.1")
    assert f"! this account has no {REGION}b any more: zones listed behind it get other subnets" in result.stderr
    assert file.settings().network.availability_zones == (f"{REGION}a", f"{REGION}c")


def test_with_too_few_zones_left_nothing_is_written(file: Any, ec2: Stubber, run: Run) -> None:
    """What settings do not allow stops the whole pin. Stubbed, as above."""
    text = file.path.read_text()
    zoned(ec2, [ZONES[0], ZONES[2]])
    result = run("pin", "--service", "web", "--kernel", "6.1")
    assert result.exit_code == Exit.BAD_INPUT
    assert "must be 2 to 4 zones" in result.stderr
    assert file.path.read_text() == text


def test_an_outage_takes_no_zone_out(file: Any, ec2: Stubber, run: Run) -> None:
    """Its subnets would go with it. Stubbed: the emulator has no outages."""
    zoned(ec2, [ZONES[0], {**ZONES[1], "State": "impaired"}, {**ZONES[2], "State": "unavailable"}])
    result = run("pin", "--service", "web", "--kernel", "6.1")
    assert f"! AWS calls {REGION}b impaired; it stays pinned" in result.stderr
    assert "not pinned" not in result.stderr
    assert file.settings().network.availability_zones == (f"{REGION}a", f"{REGION}b")


def test_another_account_is_taken_on_demand_only(file: Any, stack: StandIn, run: Run) -> None:
    """The wrong profile must not move a stack to another account."""
    text = file.path.read_text()
    other = Cloud(stack.cloud.sandbox, account="999999999999")
    images = {pins.ami: "arm64" for service in file.settings().services.values() for pins in (service.blue, service.green)}
    other.sandbox.seed(AccountFacts(account_id=other.account, region=REGION, prefix_list_id=PREFIX_LIST, images=images))
    stack.target.cloud = other
    result = run("pin")
    assert result.exit_code == Exit.REFUSED
    assert result.stderr == (
        "✗ The credentials are for account 999999999999, and the stack is for 123456789012.\n"
        "  Switch to the other profile; or let the stack move to this account with --account.\n"
    )
    assert file.path.read_text() == text
    assert run("pin", "--account").exit_code == Exit.DONE
    assert file.settings().account_id == "999999999999"


def test_the_sandbox_writes_nothing(file: Any, stack: StandIn, run: Run) -> None:
    """It shows the diff that an operator would commit."""
    stack.target.sandboxed = True
    text = file.path.read_text()
    result = run("pin")
    assert result.exit_code == Exit.DONE
    assert "✓ staging: the sandbox shows what a pin would write, and writes nothing" in result.stdout
    assert f"+        ami: {newest(stack, '6.1')}\n" in result.stdout
    assert "An operator on AWS would commit:" in result.stdout
    assert file.path.read_text() == text


@pytest.mark.usefixtures("file")
def test_the_age_of_every_ami_is_told(stack: StandIn, run: Run) -> None:
    """Of the colors that take traffic too; an AMI that AWS does not know stands out."""
    stack.cloud.client("ec2").deregister_image(ImageId=newest(stack, "6.1"))
    result = run("pin", "--service", "api")
    assert "api     │ blue (takes traffic) │ ami-316823ac67a92a5a9 │ 0 days" in result.stdout
    assert f"api     │ green                │ {newest(stack, '6.1')} │ unknown" in result.stdout
    assert f"! api: AWS has no image {newest(stack, '6.1')} for this account (any more): green cannot launch instances" in result.stderr


@pytest.mark.parametrize(
    ("days", "warning"),
    [
        (59, ""),
        (60, "is 60 days old: AWS deprecates it on {}"),
        (89, "is 89 days old: AWS deprecates it on {}"),
        (90, "is 90 days old: AWS has deprecated it on {}"),
    ],
)
def test_an_ami_is_warned_of_before_aws_deprecates_it(days: int, warning: str) -> None:
    """A month before: that is time for a release."""
    released = datetime.now(UTC) - timedelta(days=days, minutes=1)
    ami = Ami("ami-1", "al2023-ami-2023.12.20260918.0-kernel-6.12-arm64", released)
    assert ami.warning == warning.format(f"{released + timedelta(days=90):%Y-%m-%d}")
    assert ami.kernel == "6.12"


def test_an_old_ami_is_warned_of(file: Any, ec2: Stubber, run: Run) -> None:
    """Stubbed: the emulator's images are of today."""
    released = datetime.now(UTC) - timedelta(days=75)
    zoned(ec2, ZONES, [{"Name": "x", "CreationDate": released.isoformat()}])
    result = run("pin", "--service", "web", "--kernel", "6.1")
    assert f"! web: blue's {file.settings().services['web'].blue.ami} is 75 days old: AWS deprecates it on " in result.stderr
