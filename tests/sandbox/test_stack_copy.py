"""The sandbox's own copy of a stack file: what it keeps, what it leaves out, and when the tracked file wins."""

from pathlib import Path

import pytest

from ops.errors import BadInputError
from sandbox.paths import ROOT
from sandbox.stack_copy import PLACEHOLDER, discard_copy, open_copy

TRACKED = """\
# yaml-language-server: $schema=docs/reference/settings.schema.json
secretsprovider: awskms://alias/state
encryptedkey: AQICAHgtracked
config:
  aws:region: eu-west-1
  switchyard:account_id: "111122223333" # the provider refuses any other account
  switchyard:token:
    secure: v1:ciphertext
  switchyard:domain: {name: app.example.com, hosted_zone_id: Z0123456789ABC}
  switchyard:services:
    api:
      live: blue # rolling back is this word
      paths: ["/api/*"]
      keys:
        - secure: v1:another
        - plain
      secure: yes # a setting of this name beside others is no encrypted value
"""

COPIED = """\
# yaml-language-server: $schema=docs/reference/settings.schema.json
config:
  aws:region: eu-west-1
  switchyard:account_id: "111122223333" # the provider refuses any other account
  switchyard:token: sandbox-placeholder
  switchyard:domain: {name: app.example.com, hosted_zone_id: Z0123456789ABC}
  switchyard:services:
    api:
      live: blue # rolling back is this word
      paths: ["/api/*"]
      keys:
        - sandbox-placeholder
        - plain
      secure: yes # a setting of this name beside others is no encrypted value
"""

SALT = "encryptionsalt: v1:sandbox\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Make a checkout with one stack."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: switchyard # ours\nruntime: python\nbackend:\n  url: s3://state\n", encoding="utf-8")
    (folder / "Pulumi.prod.yaml").write_text(TRACKED, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as a person would."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_copy_keeps_comments_and_order_and_no_ciphertext(source: Path, tmp_path: Path) -> None:
    """Encrypted values become placeholders, the key's lines go, everything else is as it was written."""
    copy = open_copy(tmp_path / "project", "prod", source)
    assert copy.path.read_text(encoding="utf-8") == COPIED
    assert PLACEHOLDER in COPIED
    assert copy.notice == ""
    assert (copy.facts.account_id, copy.facts.zone_name) == ("111122223333", "example.com")
    assert (source / "Pulumi.prod.yaml").read_text(encoding="utf-8") == TRACKED


def test_the_projects_backend_is_not_copied(source: Path, tmp_path: Path) -> None:
    """The state of a sandbox lies in the sandbox."""
    copy = open_copy(tmp_path / "project", "prod", source)
    assert (copy.project / "Pulumi.yaml").read_text(encoding="utf-8") == "name: switchyard # ours\nruntime: python\n"


def test_what_the_sandbox_changed_stays(source: Path, tmp_path: Path) -> None:
    """As long as the tracked file is the same, the copy is the sandbox's own; its facts follow it."""
    copy = open_copy(tmp_path / "project", "prod", source)
    edit(copy.path, "live: blue", "live: green")
    edit(copy.path, "eu-west-1", "eu-central-1")
    again = open_copy(tmp_path / "project", "prod", source)
    assert "live: green # rolling back is this word" in again.path.read_text(encoding="utf-8")
    assert (again.notice, again.facts.region) == ("", "eu-central-1")


def test_a_tracked_file_that_changed_wins_and_that_is_said(source: Path, tmp_path: Path) -> None:
    """What was rehearsed in the copy goes, and the notice says so; the salt of the sandbox's state stays."""
    copy = open_copy(tmp_path / "project", "prod", source)
    edit(copy.path, "live: blue", "live: green")
    copy.path.write_text(copy.path.read_text(encoding="utf-8") + SALT, encoding="utf-8")
    edit(source / "Pulumi.prod.yaml", "/api/*", "/v2/*")
    again = open_copy(tmp_path / "project", "prod", source)
    assert again.path.read_text(encoding="utf-8") == COPIED.replace("/api/*", "/v2/*") + SALT
    assert again.notice == (
        "Pulumi.prod.yaml has changed since the sandbox copied it: the tracked file is taken."
        " What was changed in the sandbox's copy is dropped."
    )
    assert open_copy(tmp_path / "project", "prod", source).notice == ""


def test_a_copy_that_only_the_engine_wrote_to_is_replaced_quietly(source: Path, tmp_path: Path) -> None:
    """The salt is the engine's line, not an edit: nothing that anybody wrote is dropped."""
    copy = open_copy(tmp_path / "project", "prod", source)
    copy.path.write_text(copy.path.read_text(encoding="utf-8") + SALT, encoding="utf-8")
    edit(source / "Pulumi.prod.yaml", "live: blue", "live: green")
    assert open_copy(tmp_path / "project", "prod", source).notice.endswith("the tracked file is taken.")


def test_a_deleted_copy_is_made_again(source: Path, tmp_path: Path) -> None:
    """Without a word: there is nothing to lose."""
    copy = open_copy(tmp_path / "project", "prod", source)
    copy.path.unlink()
    assert open_copy(tmp_path / "project", "prod", source).notice == ""
    assert copy.path.read_text(encoding="utf-8") == COPIED


def test_a_missing_stack_file_names_the_stacks_there_are(source: Path, tmp_path: Path) -> None:
    """Most often the name is misspelt."""
    (source / "Pulumi.staging.yaml").write_text("config: {}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="no stack 'stagign'") as raised:
        open_copy(tmp_path / "project", "stagign", source)
    assert raised.value.next_step == "Name one of: prod, staging."


def test_a_folder_that_is_no_checkout_is_an_error(tmp_path: Path) -> None:
    """The message names the file that is missing."""
    with pytest.raises(BadInputError, match=r"There is no .*Pulumi\.yaml"):
        open_copy(tmp_path / "project", "prod", tmp_path)


@pytest.mark.parametrize(("text", "message"), [("config: [", r"is no YAML(?s:.*)line 1"), ("- a\n", "top level must be a mapping")])
def test_a_stack_file_that_is_no_yaml_is_an_error(source: Path, tmp_path: Path, text: str, message: str) -> None:
    """With the place, and the copy from before left as it was."""
    copy = open_copy(tmp_path / "project", "prod", source)
    (source / "Pulumi.prod.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        open_copy(tmp_path / "project", "prod", source)
    assert copy.path.read_text(encoding="utf-8") == COPIED


def test_a_discarded_copy_leaves_nothing_rehearsed_behind(tmp_path: Path) -> None:
    """After a rehearsal has ended the next one starts from the tracked file, without a word about changes."""
    project = tmp_path / "project"
    copy = open_copy(project, "staging", ROOT)
    copy.path.write_text(copy.path.read_text(encoding="utf-8").replace("live: blue", "live: green"), encoding="utf-8")
    discard_copy(project, "staging")
    again = open_copy(project, "staging", ROOT)
    assert "live: green" not in again.path.read_text(encoding="utf-8")
    assert again.notice == ""
