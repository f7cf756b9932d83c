"""The weights of the committed stack file."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ops.committed import committed_settings, committed_weights
from tests.rendering import ROOT


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of one commit with the staging file."""
    shutil.copy(ROOT / "Pulumi.staging.yaml", tmp_path)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], check=True)
    monkeypatch.setattr("ops.committed.ROOT", tmp_path)
    return tmp_path


def test_the_last_commit_counts_not_the_file(checkout: Path) -> None:
    """An edit that is not committed is not what a pipeline would deploy."""
    path = checkout / "Pulumi.staging.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("percent: 0", "percent: 9"), encoding="utf-8")
    found = committed_weights(committed_settings("staging"))
    assert {(service, str(color)): share for (service, color), share in found.items()} == {
        ("api", "blue"): 100,
        ("api", "green"): 0,
        ("web", "blue"): 100,
        ("web", "green"): 0,
    }


def test_what_git_does_not_know_is_nothing(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such file in the commit, a broken one, no repository, no git: nobody is stopped by that."""
    assert checkout == tmp_path
    assert committed_weights(committed_settings("prod")) == {}
    (tmp_path / "Pulumi.prod.yaml").write_text("config: [", encoding="utf-8")
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    name = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(tmp_path), *name, "commit", "-q", "-m", "broken"], check=True)
    assert committed_weights(committed_settings("prod")) == {}
    shutil.rmtree(tmp_path / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert committed_weights(committed_settings("staging")) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert committed_weights(committed_settings("staging")) == {}
