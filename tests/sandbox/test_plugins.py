import os
import subprocess
import sys
from pathlib import Path

from sandbox import plugins


def test_the_plugins_stand_where_the_engine_looks_for_them(tmp_path: Path) -> None:
    """One folder each, named by the version of the SDK."""
    plugins.install(tmp_path, Path(sys.executable))
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert found == [
        "plugins/resource-aws-v7.51.1/pulumi-resource-aws",
        "plugins/resource-random-v4.21.4/pulumi-resource-random",
    ]
    assert all(os.access(tmp_path / path, os.X_OK) for path in found)


def test_an_installed_plugin_starts_with_the_interpreter_that_was_given(tmp_path: Path) -> None:
    """A path with a space in it included."""
    python = tmp_path / "a folder" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    plugins.install(tmp_path, python)
    script = tmp_path / "plugins" / "resource-random-v4.21.4" / "pulumi-resource-random"
    with subprocess.Popen([script, "127.0.0.1:1"], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": _paths()}) as plugin:
        assert plugin.stdout
        assert int(plugin.stdout.readline())
        plugin.terminate()


def _paths() -> str:
    return os.pathsep.join(sys.path)


def test_installing_twice_changes_nothing_and_another_interpreter_does(tmp_path: Path) -> None:
    """A moved virtual environment is noticed."""
    plugins.install(tmp_path, Path("/one/python"))
    script = tmp_path / "plugins" / "resource-aws-v7.51.1" / "pulumi-resource-aws"
    before = script.stat().st_ino
    plugins.install(tmp_path, Path("/one/python"))
    assert script.stat().st_ino == before
    plugins.install(tmp_path, Path("/other/python"))
    assert "/other/python" in script.read_text()
