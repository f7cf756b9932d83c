"""`switchyard contain`: a color without traffic is cut off and kept; what is left to do by hand is printed with the real ids."""

import re

import pytest
from pulumi.automation.events import OpType

from components.auto_scaling import KEPT_AS_THEY_ARE
from ops.difference import EGRESS
from ops.errors import Exit
from ops.evidence import Evidence
from ops.parts import GROUP
from ops.verification import checks
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.measured import Measured, wanted_rules
from tests.ops.stand_in import step_of

NAME = "api.green"


def rules(measured: Measured, color: str) -> int:
    """How many rules a color's group has in AWS."""
    group = {"Name": "group-id", "Values": [measured.ground.groups[color]]}
    return len(measured.cloud.client("ec2").describe_security_group_rules(Filters=[group])["SecurityGroupRules"])


def test_a_color_loses_its_rules_and_keeps_its_instances(measured: Measured, run: Run) -> None:
    """Its own only, and its group stops ending, replacing and refreshing; the way back is printed."""
    all_rules = len(wanted_rules(measured.target.file.settings(), "api"))
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.DONE, result.stderr
    assert len(measured.applied[-1]) == all_rules + 1
    assert all(name.startswith("api-green-") for name in measured.applied[-1])
    assert (rules(measured, "api-green"), rules(measured, "api-blue")) == (0, all_rules)
    assert measured.ground.is_off("api-green") == {*KEPT_AS_THEY_ARE}
    assert measured.ground.is_off("api-blue") == set()
    assert "switchyard lift quarantine api.green -s staging" in result.stdout
    assert "quarantine: [api.green]" in result.stdout


def test_its_end_brings_back_what_there_was(measured: Measured, run: Run) -> None:
    """Rules are made again, the group works again, and what becomes of the instances is said."""
    before = measured.target.file.path.read_text(encoding="utf-8")
    run("contain", "api", "green")
    result = run("lift", "quarantine", NAME)
    assert result.exit_code == Exit.DONE, result.stderr
    assert rules(measured, "api-green") == len(wanted_rules(measured.target.file.settings(), "api"))
    assert measured.ground.is_off("api-green") == set()
    assert measured.target.file.path.read_text(encoding="utf-8") == before
    assert "switchyard contain api green -s staging" in result.stdout
    assert "replaces the instances that it has found unhealthy" in result.stderr


def test_it_may_be_said_twice(measured: Measured, run: Run) -> None:
    """Nothing is changed, and what is left to do by hand is told again."""
    run("contain", "api", "green")
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.DONE, result.stderr
    assert len(measured.applied) == 1
    assert "create-snapshots" in result.stdout


def test_a_color_with_traffic_is_refused(measured: Measured, run: Run) -> None:
    """With the words that roll back first."""
    run("shift", "api", "10")
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.REFUSED
    assert "api: green takes 10 % of the traffic, which would fail." in result.stderr
    assert "`switchyard contain api green --rollback -s staging`" in result.stderr
    assert measured.cloud.weights("api") == {"blue": 90, "green": 10}


def test_with_rollback_the_traffic_goes_first(measured: Measured, run: Run) -> None:
    """The canary ends by one write of one rule, then the color is cut off."""
    run("shift", "api", "10")
    result = run("contain", "api", "green", "--rollback")
    assert result.exit_code == Exit.DONE, result.stderr
    assert measured.applied[-2] == ["api-traffic"]
    assert measured.cloud.weights("api") == {"blue": 100, "green": 0}
    assert measured.target.file.settings().contingency.quarantine == (NAME,)


def test_a_promoted_color_is_left_by_a_rollback_too(measured: Measured, run: Run) -> None:
    """Its predecessor is live again."""
    run("promote", "api")
    assert run("contain", "api", "green", "--rollback").exit_code == Exit.DONE
    assert measured.target.file.settings().services["api"].live is Color.BLUE


def test_a_rollback_that_would_not_help_is_not_begun(measured: Measured, run: Run) -> None:
    """The live color under a canary keeps its traffic when that ends; where nothing was live before, there is no way back."""
    assert "a rollback would not take it away" in run("contain", "api", "blue", "--rollback").stderr
    run("shift", "api", "10")
    result = run("contain", "api", "blue", "--rollback")
    assert result.exit_code == Exit.REFUSED
    assert "api: blue takes 90 % of the traffic, and a rollback would not take it away." in result.stderr
    assert "`switchyard promote api -s staging` gives the traffic to green" in result.stderr
    assert measured.cloud.weights("api") == {"blue": 90, "green": 10}


def test_the_way_back_never_leads_into_quarantine(measured: Measured, run: Run) -> None:
    """After a promotion the color that was live is what rollback returns to, until it is cut off."""
    run("promote", "api")
    result = run("contain", "api", "blue")
    assert result.exit_code == Exit.DONE, result.stderr
    assert "config forgets that" in result.stderr
    assert measured.target.file.settings().services["api"].previous is None
    assert "nothing to roll back to" in run("rollback", "api").stderr


def test_traffic_that_was_moved_outside_config_counts(measured: Measured, run: Run) -> None:
    """Config gives the color nothing, and users would notice all the same."""
    measured.cloud.set_weights("api", {Color.BLUE: 90, Color.GREEN: 10})
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.REFUSED
    assert "api: config gives green nothing, and AWS 10 %: it was moved outside config." in result.stderr


@pytest.mark.parametrize(
    ("words", "told"), [(("shop", "green"), "There is no service 'shop'"), (("api", "red"), "There is no color 'red'")]
)
def test_it_knows_services_and_colors(run: Run, measured: Measured, words: tuple[str, str], told: str) -> None:
    """Anything else is a slip."""
    result = run("contain", *words)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in result.stderr
    assert measured.applied == []


@pytest.mark.parametrize(
    "stray",
    [
        step_of(EGRESS, "api-blue-aws", op=OpType.DELETE),
        step_of(EGRESS, "api-green-aws", ("toPort",)),
        step_of(GROUP, "api-green-group", ("suspendedProcesses", "maxSize")),
    ],
    ids=str,
)
def test_nothing_else_goes_along(run: Run, measured: Measured, stray: object) -> None:
    """Not the other color's rule, nor another change of the same resources."""
    measured.beside.append(stray)  # type: ignore[arg-type]  # a step
    assert run("contain", "api", "green").exit_code == Exit.REFUSED
    assert measured.target.file.settings().contingency.quarantine == ()


def test_what_did_not_land_is_an_error(run: Run, measured: Measured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of rules and of processes, each by AWS's own word."""
    monkeypatch.setattr(measured, "_write", lambda _step: None)
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.FAILED
    assert "api.green: config says that it is cut off, and its security group has 7 rules." in result.stderr
    assert "api.green: of its group AWS has suspended nothing." in result.stderr


def test_disks_are_copied_by_instance(run: Run, measured: Measured) -> None:
    """AWS takes the words: a snapshot of each disk comes of each line."""
    told = run("contain", "api", "green").stdout
    evidence, ec2 = Evidence(measured, NAME), measured.cloud.client("ec2")
    assert evidence.instances
    for instance in evidence.instances:
        [line] = [line for line in told.splitlines() if "create-snapshots" in line and instance["InstanceId"] in line]
        volume = instance["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
        assert f"aws ec2 create-snapshots --region eu-west-1 --instance-specification InstanceId={instance['InstanceId']} " in line
        assert volume in line
        made = ec2.create_snapshots(InstanceSpecification={"InstanceId": instance["InstanceId"]})["Snapshots"]
        assert [snapshot["VolumeId"] for snapshot in made] == [volume]


def test_what_was_established_is_cut_around_the_instances(run: Run, measured: Measured) -> None:
    """By an entry in each network ACL, at free numbers ahead of what allows; once made, each is told no more but at the end."""
    told = run("contain", "api", "green").stdout
    assert "security groups track them" in told.replace("\n", " ")
    lines = [line for line in told.splitlines() if "create-network-acl-entry" in line]
    addresses = [instance["PrivateIpAddress"] for instance in Evidence(measured, NAME).instances]
    assert len(lines) == len(addresses)
    found = [
        re.search(r"--network-acl-id (\S+) --ingress --rule-number (\d+) .*--cidr-block (\S+)/32 --rule-action deny", line)
        for line in lines
    ]
    entries = [match.groups() for match in found if match]
    assert [(int(number), address) for _, number, address in entries] == list(enumerate(addresses, 1))
    ec2, (acl, _, address) = measured.cloud.client("ec2"), entries[0]
    entry = {"NetworkAclId": acl, "RuleNumber": 1, "Egress": False}
    ec2.create_network_acl_entry(**entry, Protocol="-1", CidrBlock=f"{address}/32", RuleAction="deny")
    try:
        assert len(Evidence(measured, NAME).cuts()) == len(addresses) - 1
        lifted = run("lift", "quarantine", NAME).stdout
        assert f"aws ec2 delete-network-acl-entry --region eu-west-1 --network-acl-id {acl} --ingress --rule-number 1" in lifted
    finally:
        ec2.delete_network_acl_entry(**entry)


def test_stopping_is_the_last_word(run: Run, measured: Measured) -> None:
    """All instances in one line."""
    told = run("contain", "api", "green").stdout
    ids = " ".join(str(instance["InstanceId"]) for instance in Evidence(measured, NAME).instances)
    assert f"aws ec2 stop-instances --region eu-west-1 --instance-ids {ids}" in told


def test_a_color_without_instances_leaves_nothing_to_do(run: Run, measured: Measured) -> None:
    """Said, instead of commands about nothing."""
    measured.cloud.size("api-green", floor=0, desired=0)
    measured.target.file.edit({"services.api.green.capacity": {"min": 0, "max": 4, "restore_minutes": 10}})
    result = run("contain", "api", "green")
    assert result.exit_code == Exit.DONE, result.stderr
    assert "api.green has no instances" in result.stderr
    assert "create-snapshots" not in result.stdout


def test_a_slip_in_the_name_is_told(run: Run, measured: Measured) -> None:
    """It is in no list, and AWS has nothing of it."""
    run("contain", "api", "green")
    result = run("lift", "quarantine", "api.gren")
    assert result.exit_code == Exit.REFUSED
    assert "api.gren is not named in contingency.quarantine." in result.stderr
    assert "It names api.green." in result.stderr
    assert measured.target.file.settings().contingency.quarantine == (NAME,)


def test_a_release_waits_for_the_end_of_a_quarantine(run: Run, measured: Measured) -> None:
    """No new instance could boot, and the old ones are evidence."""
    run("contain", "api", "green")
    result = run("release", "api", "--boot", "1")
    assert result.exit_code == Exit.REFUSED
    assert "api: green is in quarantine" in result.stderr
    assert "`switchyard lift quarantine api.green -s staging` ends it." in result.stderr
    assert len(measured.applied) == 1


def test_verify_asks_nothing_of_a_color_that_nothing_reaches(run: Run, measured: Measured) -> None:
    """Its instances and the weights are looked at as ever."""
    asked = [each.of for each in checks(measured) if each.check == "preview request"]
    run("contain", "api", "green")
    assert [each.of for each in checks(measured) if each.check == "preview request"] == [of for of in asked if of != "api green"]


def test_status_says_which_color_and_how_it_ends(run: Run, measured: Measured) -> None:
    """Beside the table."""
    run("contain", "api", "green")
    assert measured.applied
    told = run("status").stderr
    assert "! quarantine: in quarantine, cut off and kept as it is: api.green: `switchyard lift quarantine api.green -s staging`" in told


def test_where_nothing_is_in_quarantine_nothing_ends(run: Run, measured: Measured) -> None:
    """Unless a color is named that an update was cut short on: AWS has it cut off, and config does not."""
    result = run("lift", "quarantine")
    assert result.exit_code == Exit.BAD_INPUT
    assert "No color is in quarantine." in result.stderr
    run("contain", "api", "green")
    measured.target.file.edit({"contingency": None})
    result = run("lift", "quarantine", NAME)
    assert result.exit_code == Exit.DONE, result.stderr
    assert measured.ground.is_off("api-green") == set()
