"""`switchyard rotate redis`, with the password's entry and its user in the emulated AWS."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pulumi.automation.events import OpType

from ops.errors import Exit
from ops.plan import Step
from ops.rotation import ENTRY, PASSWORD, SECRET_VERSION, SERVICES, USER, USERS
from ops.secrets import SECRET
from ops.stack_file import StackFile
from settings_types import Color
from tests.ops.cloud import Cloud
from tests.ops.conftest import Run
from tests.ops.stand_in import CloudTarget, StandIn, half_done, step_of
from tests.ops.state import resource


class Rotating(StandIn):
    """Knows the passwords too: which one the state has, and of which steps the engine does what."""

    def __init__(self, target: CloudTarget, entry: str) -> None:
        super().__init__(target)
        self.entry = entry
        self.made, self.told = 1, 1
        """The newest password that there is, and the one that services are told."""
        self.does = {PASSWORD, USER, SECRET_VERSION}
        """What the engine comes to before it ends."""

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """The parts of the password beside the rest."""
        passwords = [resource(PASSWORD, f"{USERS}-{slot}", slot) for slot in ("odd", "even")]
        entry = [resource(SECRET, ENTRY, self.entry), resource(SECRET_VERSION, ENTRY, f"{self.entry}|1")]
        return [*super().resources, *passwords, *entry, resource(USER, SERVICES, SERVICES)]

    def _steps(self) -> list[Step]:
        redis = self.target.file.settings().redis
        assert redis
        version, anew = redis.password_version, OpType.REPLACE
        steps = [
            step_of(PASSWORD, f"{USERS}-{'odd' if number % 2 else 'even'}", op=anew)
            for number in range(max(self.made + 1, version - 1), version + 1)
        ]
        if self.told != version:
            steps += [step_of(USER, SERVICES, ("passwords",)), step_of(SECRET_VERSION, ENTRY, op=anew)]
        return [*super()._steps(), *steps]

    def _write(self, step: Step) -> None:
        redis = self.target.file.settings().redis
        assert redis
        if step.type == PASSWORD and PASSWORD in self.does:
            self.made = redis.password_version
        elif step.type == SECRET_VERSION and SECRET_VERSION in self.does:
            tell(self.cloud, self.entry, redis.password_version)
            self.told = redis.password_version
        elif step.type not in {PASSWORD, USER, SECRET_VERSION}:
            super()._write(step)


def tell(cloud: Cloud, entry: str, version: int) -> None:
    """Write the value of a version."""
    cloud.client("secretsmanager").put_secret_value(SecretId=entry, SecretString=f"password {version}")


def launch_anew(cloud: Cloud) -> None:
    """Replace all instances of all services."""
    for wiring in cloud.services.values():
        for group in wiring.groups.values():
            described = cloud.group(group)
            cloud.size(group, floor=0, desired=0)
            cloud.size(group, floor=described["MinSize"], desired=described["DesiredCapacity"])


@pytest.fixture(scope="module")
def entry(cloud: Cloud) -> str:
    """Make the entry of the password, and the user that takes two."""
    user = {"UserId": SERVICES, "UserName": "redis-services", "Engine": "redis", "AccessString": "on ~* +@all"}
    cloud.client("elasticache").create_user(**user, Passwords=["0" * 16, "1" * 16])
    return str(cloud.client("secretsmanager").create_secret(Name="redis-password")["ARN"])


@pytest.fixture
def stack(cloud: Cloud, stack_file: StackFile, entry: str) -> Rotating:
    """Give staging with the first password, which all instances have."""
    cloud.reset(stack_file.settings())
    tell(cloud, entry, 1)
    launch_anew(cloud)
    return Rotating(CloudTarget(stack_file, cloud), entry)


def version_in(stack: Rotating) -> int:
    """The version in the stack file."""
    redis = stack.target.file.settings().redis
    assert redis
    return redis.password_version


def test_a_rotation_touches_passwords_and_nothing_else(stack: Rotating, run: Run) -> None:
    """One password is made anew, the user takes it, and then the services are told; config says which it is."""
    result = run("rotate", "redis")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [["redis-users-even", SERVICES, ENTRY]]
    assert version_in(stack) == stack.told == 2
    assert "services are told password 2 from now on, and password 1 stays valid until the next rotation" in result.stdout
    assert 'git commit -m "rotate redis to password 2" Pulumi.staging.yaml' in result.stdout


def test_it_says_that_services_read_the_password_when_they_start(stack: Rotating, run: Run) -> None:
    """And that no command is needed to undo it."""
    result = run("rotate", "redis")
    assert stack.told == 2
    assert "services reread secrets at every start" in result.output
    assert "never a lower number" in result.output
    assert "To undo it" not in result.output


def test_no_rotation_while_an_instance_may_use_the_password_that_goes(stack: Rotating, run: Run) -> None:
    """Each of them is named; nothing was looked for in AWS but them, and nothing changed."""
    stack.made = stack.told = 2
    stack.target.file.edit({"redis.password_version": 2})
    time.sleep(1.1)  # Secrets Manager counts in seconds
    tell(stack.cloud, stack.entry, 2)
    result = run("rotate", "redis")
    assert result.exit_code == Exit.REFUSED
    assert "Password 1 goes with this rotation, and 4 fleets may still use it; nothing was changed." in result.stderr
    for service in ("api", "web"):
        for color in Color:
            assert f"{service} {color}: i-" in result.stderr
    assert version_in(stack) == 2
    assert stack.applied == []


def test_once_all_were_replaced_the_next_rotation_may_come(stack: Rotating, run: Run) -> None:
    """Those that were launched after the last one have its password."""
    assert run("rotate", "redis").exit_code == Exit.DONE
    launch_anew(stack.cloud)
    result = run("rotate", "redis")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied[1] == ["redis-users-odd", SERVICES, ENTRY]
    assert stack.told == 3


def test_who_does_not_use_redis_holds_nothing_up(stack: Rotating, run: Run) -> None:
    """Nor does a color in quarantine, which reaches nothing."""
    stack.target.file.edit({"services.web.uses": ["database"], "contingency.quarantine": ["api.green"]})
    time.sleep(1.1)
    tell(stack.cloud, stack.entry, 1)
    result = run("rotate", "redis")
    assert result.exit_code == Exit.REFUSED
    assert "1 fleet may still use it" in result.stderr
    assert "api blue: i-" in result.stderr


def test_a_password_that_has_leaked_is_cut_off_at_once(stack: Rotating, run: Run) -> None:
    """Whoever still uses it is locked out until it starts anew, and that is meant."""
    time.sleep(1.1)
    tell(stack.cloud, stack.entry, 1)
    result = run("rotate", "redis", "--cut-off")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.told == 2


def test_a_rotation_that_was_cut_short_is_brought_to_its_end(stack: Rotating, run: Run) -> None:
    """Another one on top would take the password away that everybody uses."""
    stack.does = {PASSWORD}
    stopped = run("rotate", "redis")
    assert stopped.exit_code == Exit.FAILED
    assert "Secrets Manager still gives the password of before." in stopped.stderr
    assert (version_in(stack), stack.made, stack.told) == (2, 2, 1)
    stack.does = {PASSWORD, USER, SECRET_VERSION}
    result = run("rotate", "redis")
    assert result.exit_code == Exit.DONE, result.output
    assert (version_in(stack), stack.made, stack.told) == (2, 2, 2)


def test_a_number_too_high_in_the_file_is_refused(stack: Rotating, run: Run) -> None:
    """Both passwords would be new, and nobody had one of them."""
    stack.target.file.edit({"redis.password_version": 3})
    result = run("rotate", "redis")
    assert result.exit_code == Exit.REFUSED
    assert "The preview holds 1 change that this command is not about" in result.stderr
    assert stack.applied == []


def test_anything_else_in_the_preview_is_refused(stack: Rotating, run: Run) -> None:
    """The file is what it was."""
    stack.beside.append(step_of("aws:elasticache/replicationGroup:ReplicationGroup", "redis-group", ("nodeType",)))
    result = run("rotate", "redis")
    assert result.exit_code == Exit.REFUSED
    assert "update ReplicationGroup redis-group (nodeType)" in result.stderr
    assert version_in(stack) == 1


def test_an_update_that_failed_half_way_leaves_config_ahead(stack: Rotating, run: Run) -> None:
    """So that the same command goes on."""
    stack.breaks = half_done()
    result = run("rotate", "redis")
    assert result.exit_code == Exit.FAILED
    assert version_in(stack) == 2


@pytest.mark.parametrize("told", [{"Status": "modifying"}, {"Authentication": {"Type": "password", "PasswordCount": 1}}])
def test_a_user_that_does_not_take_both_passwords_is_an_error(
    stack: Rotating, run: Run, monkeypatch: pytest.MonkeyPatch, told: Mapping[str, Any]
) -> None:
    """AWS is asked, not the engine."""
    caches = stack.cloud.client("elasticache")
    found = caches.describe_users(UserId=SERVICES)["Users"][0]
    monkeypatch.setattr(caches, "describe_users", lambda UserId: {"Users": [{**found, **told}] if UserId == SERVICES else []})  # noqa: N803
    result = run("rotate", "redis")
    assert result.exit_code == Exit.FAILED
    assert f"{SERVICES}: " in result.stderr


def test_a_stack_without_redis_has_no_password(stack: Rotating, run: Run) -> None:
    """It says what is missing."""
    stack.target.file.edit({"services.api.uses": [], "services.web.uses": [], "redis": None})
    result = run("rotate", "redis")
    assert result.exit_code == Exit.BAD_INPUT
    assert "Pulumi.staging.yaml has no section switchyard:redis." in result.stderr


def test_nothing_else_has_a_password_to_rotate(stack: Rotating, run: Run) -> None:
    """The command names what has."""
    result = run("rotate", "tokens")
    assert result.exit_code == Exit.BAD_INPUT
    assert "`switchyard rotate redis -s staging` or `switchyard rotate database -s staging`" in result.stderr
    assert stack.previews == []
