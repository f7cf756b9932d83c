"""Renders the real program without an engine: what a stack would register, as plain data.

The monitor keeps every registration that the program sends. With `preview=True` computed outputs are unknown, as in the first preview of
a new stack; with `preview=False` every resource answers with plausible outputs, as in an existing one.
"""

import asyncio
import contextvars
import copy
import gc
import json
import runpy
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pulumi
from google.protobuf import json_format
from pulumi.runtime import config as runtime_config
from pulumi.runtime import mocks, rpc
from pulumi.runtime.settings import set_root_resource
from pulumi.runtime.stack import run_in_stack
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "switchyard"
UNKNOWN = rpc.UNKNOWN
SECRET_KEY = rpc._special_sig_key


@dataclass(frozen=True)
class Registration:
    """One resource as the program registered it."""

    type: str
    name: str
    urn: str
    parent: str
    inputs: dict[str, Any]
    dependencies: tuple[str, ...]
    property_dependencies: dict[str, tuple[str, ...]]
    protect: bool
    custom: bool
    provider: str
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool = False
    replace_on_changes: tuple[str, ...] = ()
    frames: int = field(default=0, compare=False)
    """How deep in the call stack it was made: nothing of the resource."""


@dataclass
class Recorder(mocks.Mocks):
    """Answers registrations with plausible outputs."""

    preview: bool
    calls: list[str] = field(default_factory=list)

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """The id and outputs of a new resource; in preview nothing that AWS would make is known."""
        if self.preview and args.custom and not args.typ.startswith("pulumi:"):
            return None, dict(args.inputs)
        return f"{args.name}-id", {**outputs_of(args.typ, args.name), **proofs_of(args.typ, args.inputs), **args.inputs}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], None]:
        """An invoke: the program makes none, so it is kept for a test to find."""
        self.calls.append(args.token)
        return {}, None


def proofs_of(kind: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What ACM wants to find in DNS, for each name of a certificate."""
    if kind != "aws:acm/certificate:Certificate":
        return {}
    names = [inputs["domainName"], *inputs.get("subjectAlternativeNames", [])]
    return {
        "domainValidationOptions": [
            {
                "domainName": name,
                "resourceRecordName": f"_a.{name}",
                "resourceRecordType": "CNAME",
                "resourceRecordValue": "_b.acm-validations.aws",
            }
            for name in names
        ]
    }


def outputs_of(kind: str, name: str) -> dict[str, Any]:
    """What AWS would answer of a new resource, as far as others take it from there."""
    service = kind.split(":")[1].split("/", maxsplit=1)[0] if ":" in kind else "component"
    outputs: dict[str, Any] = {
        "arn": f"arn:aws:{service}:eu-west-1:123456789012:{name}",
        "arnSuffix": f"{'targetgroup' if 'targetGroup' in kind else 'app'}/{name}/0123456789abcdef",
        "name": f"{name}-0123456",
        "keyId": f"{name}-key",
        "allocationId": f"eipalloc-{name}",
        "latestVersion": 1,
        "prefixListId": "pl-6da54004",
        "dnsName": f"internal-{name}.eu-west-1.elb.amazonaws.com",
        "fqdn": f"{name}.example.com",
        "result": {SECRET_KEY: rpc._special_secret_sig, "value": "0123456789abcdefghijklmnopqrstuv"},
        "hex": "0a1b2c3d",
        "bucket": f"{name}-0123456",
        "bucketRegionalDomainName": f"{name}-0123456.s3.eu-west-1.amazonaws.com",
    }
    if service == "cloudfront":
        outputs["arn"] = f"arn:aws:cloudfront::123456789012:{kind.rpartition(':')[2]}/{name}-id"
    if kind == "aws:elasticache/replicationGroup:ReplicationGroup":
        outputs |= {"memberClusters": [f"{name}-00{number}" for number in range(1, 7)]}
        outputs |= {f"{role}EndpointAddress": f"{role}.{name}.euw1.cache.amazonaws.com" for role in ("primary", "reader")}
    if kind == "aws:rds/instance:Instance":
        outputs |= {"address": f"{name}.c1a2b3.eu-west-1.rds.amazonaws.com", "resourceId": f"db-{name.replace('-', '').upper()}"}
    if kind == "aws:rds/proxy:Proxy":
        outputs |= {"arn": f"arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-{name}", "endpoint": f"{name}.proxy-c1a2b3.rds.amazonaws.com"}
    if kind == "aws:secretsmanager/secret:Secret":
        outputs["arn"] = f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-aB3dE5"
    if kind == "aws:cloudfront/distribution:Distribution":
        outputs |= {"domainName": "d111111abcdef8.cloudfront.net", "hostedZoneId": "Z2FDTNDATAQYW2"}
    return outputs


class Monitor(mocks.MockMonitor):
    """A monitor that keeps each registration request."""

    def __init__(self, recorder: Recorder, stack: str) -> None:
        super().__init__(recorder)
        self.stack = stack
        self.registrations: list[Registration] = []
        self.outputs: dict[str, Any] = {}
        self._of_thread = threading.local()
        self._loops: list[asyncio.AbstractEventLoop] = []

    def close(self) -> None:
        """Close the loops: the SDK, which needs one in each worker thread, would leave its own open."""
        for loop in self._loops:
            loop.close()

    def _in_a_loop(self) -> None:
        if not hasattr(self._of_thread, "loop"):
            self._of_thread.loop = asyncio.new_event_loop()
            self._loops.append(self._of_thread.loop)
            asyncio.set_event_loop(self._of_thread.loop)

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """The URN in the project and stack that are rendered: worker threads, where the SDK would look, do not always know them."""
        kind = f"{parent.split('::')[2].rsplit('$', 1)[-1]}${type_}" if parent else type_
        return f"urn:pulumi:{self.stack}::{PROJECT}::{kind}::{name}"

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 -- gRPC's name
        """Keep the request, then answer as usual."""
        self._in_a_loop()
        answer = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        self.registrations.append(
            Registration(
                type=request.type,
                name=request.name,
                urn=answer.urn,
                parent=request.parent,
                inputs=json_format.MessageToDict(request.object),
                dependencies=tuple(sorted(request.dependencies)),
                property_dependencies={key: tuple(sorted(value.urns)) for key, value in request.propertyDependencies.items()},
                protect=request.protect,
                custom=request.custom,
                provider=request.provider,
                ignore_changes=tuple(request.ignoreChanges),
                delete_before_replace=request.deleteBeforeReplace,
                replace_on_changes=tuple(request.replaceOnChanges),
                frames=len(request.stackTrace.frames),
            )
        )
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 -- gRPC's name
        """Keep the stack's outputs."""
        if "pulumi:pulumi:Stack" in request.urn:
            self.outputs = json_format.MessageToDict(request.outputs)
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Rendering:
    """All that one run of the program registered."""

    registrations: Sequence[Registration]
    outputs: Mapping[str, Any]
    invokes: Sequence[str]

    def of(self, kind: str | type[pulumi.Resource]) -> list[Registration]:
        """The registrations of one type, given as class or token."""
        token = kind if isinstance(kind, str) else str(vars(kind)["pulumi_type"])
        return [registration for registration in self.registrations if registration.type == token]

    def one(self, kind: str | type[pulumi.Resource], name: str) -> Registration:
        """The registration of a type and a logical name."""
        return next(registration for registration in self.of(kind) if registration.name == name)


def stack_config(stack: str, folder: Path = ROOT) -> dict[str, Any]:
    """The config of a stack file as plain data, keys as they stand there; a copy that may be changed."""
    return dict(YAML(typ="safe").load(folder / f"Pulumi.{stack}.yaml")["config"])


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """What a rendering makes lives to its end; looking through it for garbage would take longer than the rendering."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def run(program: pulumi.automation.PulumiFn, config: Mapping[str, Any], *, stack: str = "test", preview: bool = True) -> Rendering:
    """Run any program against the recording monitor, to its very end."""
    recorder = Recorder(preview)
    monitor = Monitor(recorder, stack)

    async def inside() -> None:
        mocks.set_mocks(recorder, project=PROJECT, stack=stack, preview=preview, monitor=monitor)
        set_root_resource(cast("pulumi.Resource", None))  # the one that set_mocks made; run_in_stack makes the program's own
        monitor.registrations.clear()
        flat = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
        runtime_config.set_all_config(flat)
        await run_in_stack(program)

    # In a thread of its own: `asyncio.run` clears the current event loop of its thread, which belongs to the test.
    with _no_garbage_collection(), closing(monitor), ThreadPoolExecutor(1) as aside:
        aside.submit(contextvars.copy_context().run, asyncio.run, inside()).result()
    return Rendering(monitor.registrations, monitor.outputs, recorder.calls)


def render_all(stack: str, config: Mapping[str, Any] | None = None, *, preview: bool = True) -> Rendering:
    """Run the real `__main__.py` with a stack file's config, or with the one given."""

    def program() -> None:
        runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")

    return run(program, copy.deepcopy(dict(config if config is not None else stack_config(stack))), stack=stack, preview=preview)


def render(stack: str, config: Mapping[str, Any] | None = None, *, preview: bool = True) -> list[Registration]:
    """The registrations of a stack's real program, components and providers included."""
    return list(render_all(stack, config, preview=preview).registrations)
