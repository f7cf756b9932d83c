"""What an instance does when it boots: the user data of a color, rendered from the templates of its pinned version.

Each numbered folder is one version of the templates and is never edited once released (`checksums.txt` guards it): a color that takes
traffic pins its version, so an edit would replace its fleet. A change is a new folder, which the idle color pins and which is promoted.
Everything here is text in, text out.
"""

import base64
import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TLS_PORT = 8443
"""Port on which an instance's TLS terminator listens; the load balancer speaks HTTPS to it. Every version of the templates keeps to it."""

STOP_SECONDS = 25
"""Longest time in which systemd stops the service: below the shortest drain time that settings allow, 30 s."""

KEEPALIVE_SECONDS = 75
"""How long an instance waits on a connection that is idle. Every version of the templates keeps to it; the load balancer has to give up
first, or it would send a request into a connection that was just closed."""

USER_DATA_LIMIT_BYTES = 16384
"""What EC2 takes, before base64: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"""

PLATFORM_VARIABLES = frozenset(
    {
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "HOST",
        "PORT",
        "SWITCHYARD_COLOR",
        "SWITCHYARD_PARAMETERS",
        "SWITCHYARD_RELEASE",
        "SWITCHYARD_SERVICE",
        "SWITCHYARD_STACK",
    }
)
"""Variables that every service is told by its instance: a setting, secret or endpoint of one of these names would keep it from starting."""

_FOLDER = Path(__file__).parent
_PATTERNS = {
    "service": r"[a-z][a-z0-9-]{0,31}",
    "color": r"blue|green",
    "stack": r"[A-Za-z0-9_.-]{1,100}",
    "region": r"[a-z]{2}(-[a-z]+)+-[0-9]",
    "image": r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9][a-z0-9._/-]{0,255}@sha256:[0-9a-f]{64}",
    "parameters_path": r"(?=.{1,160}\Z)(/[A-Za-z0-9_.-]+)+",
    "log_group": r"[A-Za-z0-9_./-]{1,160}",
}


@dataclass(frozen=True, kw_only=True)
class Boot:
    """What enters an instance: pins of its own color, and things that never change.

    Values end up in shell, systemd, nginx and JSON files, whose quoting differs, so each is held to characters that mean nothing in any
    of them. A value outside of them is a `ValueError`.
    """

    version: int
    """Version of the templates: the name of a folder here."""
    service: str
    """Name of the service, as in the stack's config."""
    color: str
    """`blue` or `green`."""
    stack: str
    """Name of the stack, told to the service."""
    region: str
    """AWS region of the stack."""
    image: str
    """The release: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:DIGEST`."""
    port: int
    """Port on loopback on which the container answers plain HTTP: 1024 to 65535, for it runs without privileges."""
    parameters_path: str
    """Path of the service's SSM parameters; below it `COLOR/env`, `COLOR/secrets` and `endpoints` are read."""
    log_group: str
    """CloudWatch log group of the container's output; a stream is named after the instance."""

    def __post_init__(self) -> None:
        for name, pattern in _PATTERNS.items():
            if not re.fullmatch(pattern, getattr(self, name)):
                raise ValueError(f"boot: {name} is {getattr(self, name)!r}; it must match {pattern}")
        if not 1024 <= self.port <= 65535 or self.port == TLS_PORT:  # noqa: PLR2004  the range is said in the message
            raise ValueError(f"boot: port is {self.port}; allowed are 1024 to 65535, except {TLS_PORT}, where TLS ends")

    @property
    def release(self) -> str:
        """Digest of the image, `sha256:…`: what `x-switchyard-release` says."""
        return self.image.rsplit("@", 1)[1]

    @property
    def registry(self) -> str:
        """Host of the image's registry."""
        return self.image.split("/", 1)[0]


def versions() -> tuple[int, ...]:
    """Return the versions of the templates that exist, oldest first."""
    return tuple(sorted(int(folder.name) for folder in _FOLDER.iterdir() if folder.name.isdigit()))


def render(boot: Boot) -> str:
    """Return the shell script that makes an instance serve `boot.image`: below 16 KB, the same for the same input.

    A version that does not exist is a `ValueError` that names those that do.
    """
    if boot.version not in versions():
        existing = ", ".join(map(str, versions()))
        raise ValueError(f"boot: version {boot.version} of the boot templates does not exist; pin {existing}")
    return _templates(boot.version).get_template("user_data.sh.j2").render(boot=boot)


def encode(script: str) -> str:
    """Return the user data as EC2 wants it: base64.

    It is not compressed, although cloud-init would take that: zlib's output differs between its builds, and a launch template that
    depends on the machine where it was rendered would replace running fleets.
    """
    return base64.b64encode(script.encode()).decode()


@cache
def _templates(version: int) -> Environment:
    """Return the templates of a version. Missing values are errors; nothing is escaped, for `Boot` admits only what needs none."""
    templates = Environment(
        loader=FileSystemLoader(_FOLDER / str(version)),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  the output is a shell script, not HTML
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["quote"] = shlex.quote
    return templates
