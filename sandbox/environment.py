"""The environment in which the engine, the resource plugins and boto3 work in a sandbox: nothing of it leads to a real account."""

import os
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from sandbox.loopback import HOST
from sandbox.seed import AccountFacts

PASSPHRASE = "sandbox"  # noqa: S105 - protects nothing: the state holds the emulator's inventions
SECRET_KEY = "sandbox"  # noqa: S105 - moto checks no signature
AWS_CONFIG = "[default]\n"


def write_aws_config(folder: Path) -> None:
    """Write the AWS config that stands in for the user's: a `default` profile of no content.

    An AWS_PROFILE of the user cannot be unset from here, only overridden, and the SDKs refuse a profile that no file names.
    """
    path = folder / "aws" / "config"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(AWS_CONFIG, encoding="utf-8")


def environment(folder: Path, endpoint: str, facts: AccountFacts, ambient: Mapping[str, str] | None = None) -> dict[str, str]:
    """Make the variables that override those of `ambient` (this process's own) for everything that runs in the sandbox at `folder`."""
    outside = os.environ if ambient is None else ambient
    return {
        **silenced(outside, endpoint),
        **engine_variables(folder),
        **aws_variables(folder, endpoint, facts),
        "PATH": f"{folder / 'bin'}{os.pathsep}{outside.get('PATH', os.defpath)}",
        "NO_PROXY": HOST,
        "no_proxy": HOST,
    }


def silenced(ambient: Mapping[str, str], endpoint: str) -> dict[str, str]:
    """Empty the user's own settings that would change what the engine or an SDK does here, or lead them to the emulator."""
    engine = {name: "" for name in ambient if name.startswith("PULUMI_")}
    endpoints = {name: endpoint for name in ambient if name.startswith("AWS_ENDPOINT_URL_")}
    return {**engine, **endpoints}


def engine_variables(folder: Path) -> dict[str, str]:
    """Give the engine its home and its state in this folder, and no question to any server of the vendor's."""
    return {
        "PULUMI_HOME": str(folder / "home"),
        # One file for each thing that is kept, which a rename puts in its place: an engine that is killed leaves none half-written.
        "PULUMI_BACKEND_URL": f"file://{urllib.parse.quote(str(folder / 'state'))}?metadata=skip",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
    }


def aws_variables(folder: Path, endpoint: str, facts: AccountFacts) -> dict[str, str]:
    """Give the AWS SDKs the emulator for every service, the account by its id as the access key, and no file or profile of the user's."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
        "AWS_ACCESS_KEY_ID": facts.account_id,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_SESSION_TOKEN": "",
        "AWS_REGION": facts.region,
        "AWS_DEFAULT_REGION": facts.region,
        "AWS_PROFILE": "default",
        "AWS_DEFAULT_PROFILE": "default",
        "AWS_CONFIG_FILE": str(folder / "aws" / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "aws" / "no-credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_USE_FIPS_ENDPOINT": "false",
        "AWS_USE_DUALSTACK_ENDPOINT": "false",
        "AWS_MAX_ATTEMPTS": "1",  # moto answers 500 for what it lacks, and an SDK would ask again for minutes
    }
