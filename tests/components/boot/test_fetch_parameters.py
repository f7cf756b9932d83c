import json
import subprocess
from pathlib import Path

import pytest

from components.boot import PLATFORM_VARIABLES

from .instance import Instance

NASTY = " two  spaces 'single' \"double\" $HOME `id` \\ back\nsecond line\ttab é ☂ =;#"
BASE = "/switchyard/staging/api"


def parameters(path: str, **values: str) -> dict[str, object]:
    """Return the answer of SSM for the parameters below a path."""
    return {"Parameters": [{"Name": f"{path}/{name}", "Type": "SecureString", "Value": value} for name, value in values.items()]}


@pytest.fixture
def cloud(installed: Instance) -> Path:
    """Fake `aws`, which answers with the file in this folder that is named after the path or secret asked for, or fails as AWS does."""
    folder = installed.folder / "cloud"
    folder.mkdir()
    installed.fake(
        "aws",
        f"""
        case "$1" in ssm) asked="${{4//\\//.}}" ;; secretsmanager) asked="$4" ;; esac
        if [[ -e "{folder}/$asked" ]]; then cat "{folder}/$asked"; exit; fi
        echo "An error occurred (ResourceNotFoundException): Secrets Manager can't find the specified secret value" >&2
        exit 254
        """,
    )
    answers = {
        f"{BASE}/blue/env": parameters(f"{BASE}/blue/env", LOG_LEVEL="info", NASTY=NASTY),
        f"{BASE}/blue/secrets": parameters(f"{BASE}/blue/secrets", **{"payment-key": "arn:payment"}),
        f"{BASE}/endpoints": parameters(f"{BASE}/endpoints", DATABASE_HOST="db.internal"),
    }
    for path, answer in answers.items():
        (folder / path.replace("/", ".")).write_text(json.dumps(answer))
    (folder / "arn:payment").write_text(json.dumps({"SecretString": NASTY}))
    return folder


def content(instance: Instance, name: str) -> dict[str, str]:
    """Return what a written file holds."""
    read: dict[str, str] = json.loads((instance.run_folder / name).read_text())
    return read


def written(instance: Instance) -> list[str]:
    """Return the files below the run folder."""
    return sorted(str(path.relative_to(instance.run_folder)) for path in instance.run_folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("cloud")
def test_start_writes_everything_that_the_service_is_told(installed: Instance, scripts: Path) -> None:
    """Settings, endpoints, secrets by their variables' names, and the platform's own, whatever characters are in the values."""
    installed.run(scripts / "fetch-parameters", "start")
    assert content(installed, "environment.json") == {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_REGION": "eu-west-1",
        "DATABASE_HOST": "db.internal",
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "info",
        "NASTY": NASTY,
        "PAYMENT_KEY": NASTY,
        "PORT": "8080",
        "SWITCHYARD_COLOR": "blue",
        "SWITCHYARD_PARAMETERS": "/run/switchyard/parameters/parameters.json",
        "SWITCHYARD_RELEASE": installed.environment["SWITCHYARD_IMAGE"].split("@")[1],
        "SWITCHYARD_SERVICE": "api",
        "SWITCHYARD_STACK": "staging",
    }
    assert written(installed) == ["environment.json", "parameters/parameters.json"]
    assert set(content(installed, "environment.json")) - {"DATABASE_HOST", "LOG_LEVEL", "NASTY", "PAYMENT_KEY"} == PLATFORM_VARIABLES


@pytest.mark.usefixtures("cloud")
def test_it_reads_only_what_its_color_may(installed: Instance, scripts: Path) -> None:
    """Each call names a folder of this color or the endpoints; none asks for the other color's."""
    installed.run(scripts / "fetch-parameters", "start")
    read = "aws ssm get-parameters-by-path --path {} --recursive --with-decryption --output json"
    assert installed.calls == [
        read.format(f"{BASE}/blue/env"),
        read.format(f"{BASE}/endpoints"),
        read.format(f"{BASE}/blue/secrets"),
        "aws secretsmanager get-secret-value --secret-id arn:payment --output json",
    ]


@pytest.mark.usefixtures("cloud")
def test_secrets_are_readable_by_root_alone_and_settings_by_the_service(installed: Instance, scripts: Path) -> None:
    """The environment is 0600; the file that is mounted into the container can be read by any user in it and holds no secret."""
    installed.run(scripts / "fetch-parameters", "start")
    modes = {name: (installed.run_folder / name).stat().st_mode & 0o777 for name in [*written(installed), "parameters"]}
    assert modes == {"environment.json": 0o600, "parameters/parameters.json": 0o644, "parameters": 0o755}
    assert content(installed, "parameters/parameters.json") == {"DATABASE_HOST": "db.internal", "LOG_LEVEL": "info", "NASTY": NASTY}


def test_a_secret_without_a_value_fails_and_leaves_no_file(installed: Instance, scripts: Path, cloud: Path) -> None:
    """The unit fails, says which secret to fill and why, and nothing half-written is left."""
    (cloud / "arn:payment").unlink()
    done = installed.run(scripts / "fetch-parameters", "start", check=False)
    assert done.returncode == 1
    assert "secret payment-key (arn:payment) has no text that this instance can read: set its value" in done.stderr
    assert "can't find the specified secret value" in done.stderr
    assert "Traceback" not in done.stderr
    assert written(installed) == []


def test_a_binary_secret_is_refused(installed: Instance, scripts: Path, cloud: Path) -> None:
    """A variable holds text; a secret that was set as binary is named."""
    (cloud / "arn:payment").write_text(json.dumps({"SecretBinary": "AAAA"}))
    done = installed.run(scripts / "fetch-parameters", "start", check=False)
    assert done.returncode == 1
    assert "secret payment-key" in done.stderr


@pytest.mark.parametrize("name", ["LOG_LEVEL", "PORT", "PAYMENT_KEY"])
def test_a_variable_told_twice_fails(installed: Instance, scripts: Path, cloud: Path, name: str) -> None:
    """An endpoint named like a setting, a platform variable or a secret: neither may win unseen, and no value is printed."""
    (cloud / f"{BASE}/endpoints".replace("/", ".")).write_text(json.dumps(parameters(f"{BASE}/endpoints", **{name: "canary-value"})))
    done = installed.run(scripts / "fetch-parameters", "start", check=False)
    assert done.returncode == 1
    assert done.stderr == f"told twice: {name}; rename one of the two\n"
    assert written(installed) == []


def test_reread_replaces_the_parameters_at_once_and_only_when_they_differ(installed: Instance, scripts: Path, cloud: Path) -> None:
    """A watcher sees one whole new file after a change, and nothing in the other minutes; secrets are not asked for."""
    installed.run(scripts / "fetch-parameters", "start")
    path = installed.run_folder / "parameters/parameters.json"
    first = path.stat()
    installed.forget()
    installed.run(scripts / "fetch-parameters", "reread")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert not any("secrets" in call for call in installed.calls)

    old = path.open()
    (cloud / f"{BASE}/endpoints".replace("/", ".")).write_text(
        json.dumps(parameters(f"{BASE}/endpoints", DATABASE_HOST="standby.internal"))
    )
    installed.run(scripts / "fetch-parameters", "reread")
    assert content(installed, "parameters/parameters.json")["DATABASE_HOST"] == "standby.internal"
    with old:
        assert json.load(old)["DATABASE_HOST"] == "db.internal"
    assert written(installed) == ["environment.json", "parameters/parameters.json"]


def test_a_reread_that_fails_keeps_what_was_there(installed: Instance, scripts: Path, cloud: Path) -> None:
    """While SSM cannot be reached the service keeps its parameters, and the unit's failure says so."""
    installed.run(scripts / "fetch-parameters", "start")
    before = content(installed, "parameters/parameters.json")
    (cloud / f"{BASE}/endpoints".replace("/", ".")).unlink()
    done: subprocess.CompletedProcess[str] = installed.run(scripts / "fetch-parameters", "reread", check=False)
    assert done.returncode == 1
    assert f"the parameters below {BASE}/endpoints cannot be read" in done.stderr
    assert content(installed, "parameters/parameters.json") == before
