"""`switchyard release`."""

import json
from collections.abc import Iterator

import pytest

from ops.errors import Exit
from ops.rollout import Rollout
from ops.traffic import Fleet
from tests.ops.cloud import Cloud
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:{'a' * 64}"
DIGEST = IMAGE.partition("@")[2]
NEXT, UNKNOWN = IMAGE.replace("a" * 64, "b" * 64), IMAGE.replace("a" * 64, "c" * 64)


@pytest.fixture(autouse=True)
def refreshes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No instance refresh is known: the emulated Auto Scaling has none (tests/ops/test_rollout.py)."""
    monkeypatch.setattr(Rollout, "_refresh", lambda _self: {})


@pytest.fixture(autouse=True)
def registry(cloud: Cloud) -> Iterator[None]:
    """Two images in ECR."""
    ecr = cloud.client("ecr")
    ecr.create_repository(repositoryName="api")
    for number, image in enumerate((IMAGE, NEXT)):
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": {"digest": f"sha256:{number:064}", "size": 1},
            }
        )
        ecr.put_image(repositoryName="api", imageManifest=manifest, imageDigest=image.partition("@")[2])
    yield
    ecr.delete_repository(repositoryName="api", force=True)


def test_the_idle_colors_instances_are_replaced_and_no_traffic_moves(stack: StandIn, run: Run) -> None:
    """Two lines of config, the template and the group's version of it; the old release is what undoes it."""
    before, ami = stack.target.file.settings().services["api"], stack.target.file.settings().services["api"].blue.ami
    result = run("release", "api", "--image", IMAGE, "--ami", ami)
    assert result.exit_code == Exit.DONE, result.stderr
    green = stack.target.file.settings().services["api"].green
    assert (green.image, green.ami, green.irreversible) == (IMAGE, ami, False)
    assert stack.applied == [["api-green-boot", "api-green-group"]]
    assert stack.cloud.runs("api-green") == {(ami, DIGEST)}
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}
    assert "2 of 2 instances of green run the release; blue takes all traffic as before" in result.stdout
    undo = f"switchyard release api --image {before.green.image} --ami {before.green.ami} --boot 1 -s staging"
    assert undo in result.stdout


def test_what_is_not_given_stays_pinned(stack: StandIn, run: Run) -> None:
    """A new image on the same AMI is one line."""
    assert run("release", "api", "--image", IMAGE).exit_code == Exit.DONE
    green = stack.target.file.settings().services["api"].green
    assert stack.cloud.runs("api-green") == {(green.ami, DIGEST)}


def test_the_same_release_again_changes_nothing(stack: StandIn, run: Run) -> None:
    """One that was cut short is repeated in the same words."""
    run("release", "api", "--image", IMAGE)
    stack.applied.clear()
    result = run("release", "api", "--image", IMAGE)
    assert result.exit_code == Exit.DONE
    assert stack.applied == []
    assert "git commit" not in result.stdout


def test_a_one_way_migration_is_written_down_and_the_next_release_clears_it(stack: StandIn, run: Run) -> None:
    """It belongs to the release, not to the color."""
    run("release", "api", "--image", IMAGE, "--irreversible")
    assert stack.target.file.settings().services["api"].green.irreversible
    run("release", "api", "--image", NEXT)
    assert not stack.target.file.settings().services["api"].green.irreversible


def test_the_color_to_return_to_is_forgotten_before_its_pins_change(stack: StandIn, run: Run) -> None:
    """In one edit; it is said, and `rollback` says it too."""
    stack.target.file.edit({"services.api.live": "green", "services.api.previous": "blue"})
    stack.cloud.reset(stack.target.file.settings())
    result = run("release", "api", "--image", IMAGE)
    assert result.exit_code == Exit.DONE
    assert "api: `rollback` returned to blue until now; its release is replaced" in result.stderr
    service = stack.target.file.settings().services["api"]
    assert (service.previous, service.blue.image) == (None, IMAGE)
    assert "nothing to roll back to" in run("rollback", "api").stderr


def test_a_canary_is_not_released_onto(run: Run) -> None:
    """Running releases are immutable."""
    run("shift", "api", "10")
    result = run("release", "api", "--image", IMAGE)
    assert result.exit_code == Exit.REFUSED
    assert "api: green takes 10 % as canary, and running releases are immutable." in result.stderr
    assert "`switchyard rollback api -s staging`" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "A release needs an image, an AMI or a boot template."),
        (("--image", IMAGE.partition("@")[0] + ":latest"), "switchyard:services.api.green.image"),
        (("--ami", "ami-1"), "switchyard:services.api.green.ami"),
        (("--boot", "9"), "is not a boot template; there is 1"),
    ],
)
def test_bad_pins_are_refused_before_anything_is_touched(stack: StandIn, run: Run, words: tuple[str, ...], told: str) -> None:
    """Settings say what is allowed."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run("release", "api", *words)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in result.stderr
    assert stack.previews == []
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_a_digest_that_the_registry_does_not_have_is_refused(stack: StandIn, run: Run) -> None:
    """ECR is asked before anything is edited."""
    result = run("release", "api", "--image", UNKNOWN)
    assert result.exit_code == Exit.BAD_INPUT
    assert "ECR of 123456789012 in eu-west-1 has no image with this digest" in result.stderr
    assert stack.previews == []


def test_a_fleet_without_instances_has_nothing_to_replace(stack: StandIn, run: Run) -> None:
    """A cold color gets the release when it gets capacity."""
    stack.target.file.edit({"services.api.green.capacity.min": 0})
    stack.cloud.size("api-green", floor=0, desired=0)
    result = run("release", "api", "--image", IMAGE)
    assert result.exit_code == Exit.DONE
    assert "0 of 0 instances of green run the release" in result.stdout


def test_a_repository_that_the_registry_does_not_have_is_refused(stack: StandIn, run: Run) -> None:
    """A slip in the name is found before the first instance fails to pull."""
    result = run("release", "api", "--image", IMAGE.replace("/api@", "/apo@"))
    assert result.exit_code == Exit.BAD_INPUT
    assert "has no repository apo" in result.stderr
    assert stack.previews == []


def test_a_registry_that_cannot_be_asked_is_said(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulated registry holds what somebody pushed there: what it lacks says nothing."""
    monkeypatch.setattr(stack.target, "sandboxed", True)
    monkeypatch.setattr("ops.rollout.Rollout.wait", lambda _self: Fleet(done=2, stale=0, coming=0, missing=0))
    result = run("release", "api", "--image", IMAGE.replace("/api@", "/apo@"))
    assert "not checked whether ECR has apo: RepositoryNotFoundException" in result.stderr
    assert result.exit_code == Exit.DONE
