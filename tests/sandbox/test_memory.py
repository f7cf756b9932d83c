"""Whether the engine's state still describes the emulator, and how it is dropped when it does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.memory import Memory

VPC = {"urn": "urn:pulumi:staging::switchyard::aws:ec2/vpc:Vpc::vpc", "custom": True, "type": "aws:ec2/vpc:Vpc"}
PROVIDER = {"urn": "urn:pulumi:staging::switchyard::pulumi:providers:aws::aws", "custom": True, "type": "pulumi:providers:aws"}
STACK = {"urn": "urn:pulumi:staging::switchyard::pulumi:pulumi:Stack::s", "custom": False, "type": "pulumi:pulumi:Stack"}


def write_state(folder: Path, latest: dict[str, Any] | None, stack: str = "staging") -> Path:
    """Write a state as the engine's file backend does."""
    path = folder / "state" / ".pulumi" / "stacks" / "switchyard" / f"{stack}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": 3, "checkpoint": {"stack": stack, "latest": latest}}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("latest", "lost"),
    [
        (None, False),
        ({"resources": None}, False),
        ({"resources": [STACK, PROVIDER]}, False),
        ({"resources": [STACK, PROVIDER, VPC]}, True),
        ({"resources": [STACK], "pending_operations": [{"resource": VPC, "type": "creating"}]}, True),
    ],
)
def test_only_what_stands_in_the_cloud_can_be_lost(tmp_path: Path, latest: dict[str, Any] | None, lost: bool) -> None:  # noqa: FBT001 - a case's answer
    """Stacks and providers live in the state alone; a creation that was cut off may have happened."""
    write_state(tmp_path, latest)
    assert Memory(tmp_path).lost("staging", "this life") is lost


def test_a_stack_that_never_ran_has_lost_nothing(tmp_path: Path) -> None:
    """There is no state yet."""
    assert not Memory(tmp_path).lost("staging", "this life")


def test_memory_is_lost_with_the_life_it_was_made_in(tmp_path: Path) -> None:
    """Each stack has a life of its own on record, and an emulator that is not there has none."""
    memory = Memory(tmp_path)
    for stack in ("staging", "prod"):
        write_state(tmp_path, {"resources": [VPC]}, stack)
        memory.remember(stack, "first life")
    memory.remember("prod", "second life")
    assert not memory.lost("staging", "first life")
    assert memory.lost("staging", "second life")
    assert memory.lost("staging", "")
    assert not memory.lost("prod", "second life")
    memory.remember("prod", "")
    assert memory.lost("prod", "")


@pytest.mark.parametrize(
    ("text", "damaged"), [("", True), ('{"version": 3, "checkp', True), ('{"version": 3}', False)], ids=["empty", "cut", "whole"]
)
def test_a_state_that_a_full_disk_has_cut_short_is_noticed(tmp_path: Path, text: str, damaged: bool) -> None:  # noqa: FBT001 - a case's answer
    """One that is not there yet is none."""
    memory = Memory(tmp_path)
    assert not memory.damaged("staging")
    write_state(tmp_path, None).write_text(text, encoding="utf-8")
    assert memory.damaged("staging") is damaged


def test_a_record_that_a_full_disk_has_cut_short_goes(tmp_path: Path) -> None:
    """The others stay."""
    history = tmp_path / "state/.pulumi/history/switchyard/staging"
    history.mkdir(parents=True)
    for name, text in (("1", "{}x"), ("2", ""), ("3", '{"kind": "update"}')):
        (history / f"staging-{name}.history.json").write_text(text, encoding="utf-8")
    Memory(tmp_path).tidy("staging")
    assert [path.name for path in history.iterdir()] == ["staging-3.history.json"]


def test_a_forgotten_stack_starts_from_nothing(tmp_path: Path) -> None:
    """State, its backups beside it, locks and life go; the other stack and the history stay."""
    memory = Memory(tmp_path)
    kept = [write_state(tmp_path, {"resources": [VPC]}, "prod")]
    path = write_state(tmp_path, {"resources": [VPC]})
    for stack in ("staging", "prod"):
        memory.remember(stack, "a life")
        for folder in ("locks/organization/switchyard", "history/switchyard"):
            file = tmp_path / "state" / ".pulumi" / folder / stack / "1.json"
            file.parent.mkdir(parents=True)
            file.touch()
            kept.append(file)
    gone = [path, path.with_name("staging.json.bak"), tmp_path / "state/.pulumi/locks/organization/switchyard/staging/1.json"]
    gone[1].touch()
    memory.forget("staging")
    assert [file for file in kept if not file.exists()] == [gone[2]]
    assert [file for file in gone if file.exists()] == []
    write_state(tmp_path, {"resources": [VPC]})
    assert memory.lost("staging", "a life")
    assert not memory.lost("prod", "a life")


def test_forgetting_what_was_never_there_is_allowed(tmp_path: Path) -> None:
    """A first start may find an empty folder."""
    Memory(tmp_path).forget("staging")
    assert list(tmp_path.iterdir()) == []


def test_a_state_is_told_from_the_next_one_without_reading_it(tmp_path: Path) -> None:
    """And its resources are read as the engine keeps them; of a stack that never ran there are none."""
    memory = Memory(tmp_path)
    assert (memory.stamp("staging"), memory.resources("staging")) == ((0, 0), [])
    write_state(tmp_path, {"resources": [STACK, VPC]})
    first = memory.stamp("staging")
    assert (memory.stamp("staging"), memory.resources("staging")) == (first, [STACK, VPC])
    write_state(tmp_path, {"resources": [STACK]})
    assert memory.stamp("staging") != first
