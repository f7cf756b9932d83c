"""The provider's side of the engine's protocol: each request, in terms of rows and resources."""

import functools
import importlib.metadata
from collections.abc import Callable
from typing import Any, TypeAlias

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from sandbox.provider import check, configuration, diff, rows
from sandbox.provider.account import Account
from sandbox.provider.caller import Properties
from sandbox.provider.errors import ProviderError, refuse
from sandbox.provider.names import NameTooLongError
from sandbox.provider.resource import Resource
from sandbox.provider.wire import UNKNOWN, Secret, conceal, decode, encode, plain

Context: TypeAlias = grpc.ServicerContext
Answer = Callable[["Provider", Any, Context], Any]


def answering(doing: str) -> Callable[[Answer], Answer]:
    """Turn whatever a request raises into an error of the engine's protocol that says what was being done, and to what."""

    def decorate(answer: Answer) -> Answer:
        @functools.wraps(answer)
        def wrapped(self: "Provider", request: Any, context: Context) -> Any:
            try:
                return answer(self, request, context)
            except Exception as error:  # noqa: BLE001 - no error may reach the engine as a traceback
                name = request.urn.rsplit("::", 1)[-1] if hasattr(request, "urn") else ""
                refuse(context, error, f"{doing} {name}".rstrip())

        return wrapped

    return decorate


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One plugin, aws or random. The engine calls it from many threads at once."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.account: Account | None = None

    def _resource(self, urn: str) -> Resource:
        if not self.account:
            raise ProviderError("the provider is not configured")
        return Resource(rows.find(urn.split("::")[2].rsplit("$", maxsplit=1)[-1]), self.account)

    @answering("starting")
    def GetPluginInfo(self, _request: Any, _context: Context) -> plugin_pb2.PluginInfo:  # noqa: N802 - the protocol's name, like all below
        """Report the version of the SDK that the program uses: another one would be warned about at each use."""
        return plugin_pb2.PluginInfo(version=importlib.metadata.version(f"pulumi-{self.package}"))

    def Handshake(self, _request: Any, _context: Context) -> provider_pb2.ProviderHandshakeResponse:  # noqa: N802
        """Say what the plugin understands."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def GetSchema(self, _request: Any, _context: Context) -> provider_pb2.GetSchemaResponse:  # noqa: N802
        """Give a schema without types: only code generation wants more."""
        return provider_pb2.GetSchemaResponse(schema=f'{{"name": "{self.package}"}}')

    def GetMapping(self, _request: Any, _context: Context) -> provider_pb2.GetMappingResponse:  # noqa: N802
        """Give no mapping: nothing is converted here."""
        return provider_pb2.GetMappingResponse()

    @answering("checking the provider")
    def CheckConfig(self, request: Any, _context: Context) -> provider_pb2.CheckResponse:  # noqa: N802
        """Check the provider's settings."""
        failures = configuration.failures(self.package, plain(decode(request.news)))
        return provider_pb2.CheckResponse(inputs=request.news, failures=_failures(failures))

    @answering("comparing the provider")
    def DiffConfig(self, request: Any, _context: Context) -> provider_pb2.DiffResponse:  # noqa: N802
        """Compare two sets of settings; none of them makes a new provider, since each resource has its own region."""
        old, new = (configuration.read(plain(decode(struct))) for struct in (request.old_inputs, request.news))
        return _diff_response(list(diff.changes(old, new)), ())

    @answering("configuring the provider")
    def Configure(self, request: Any, _context: Context) -> provider_pb2.ConfigureResponse:  # noqa: N802
        """Take the settings, and refuse an account that they do not allow."""
        self.account = configuration.account(self.package, plain(decode(request.args)))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    @answering("checking")
    def Check(self, request: Any, _context: Context) -> provider_pb2.CheckResponse:  # noqa: N802
        """Complete the inputs and list all that is wrong with them."""
        resource, given = self._resource(request.urn), decode(request.news)
        try:
            inputs = check.completed(resource, request.name, request.randomSeed, plain(decode(request.olds)), plain(given))
        except NameTooLongError as error:
            return provider_pb2.CheckResponse(inputs=request.news, failures=_failures([(resource.row.naming.input_name, str(error))]))
        failures = _failures(check.failures(resource, inputs))
        return provider_pb2.CheckResponse(inputs=encode(conceal(inputs, given)), failures=failures)

    @answering("comparing")
    def Diff(self, request: Any, _context: Context) -> provider_pb2.DiffResponse:  # noqa: N802
        """Compare old and new inputs."""
        resource = self._resource(request.urn)
        old, new = resource.chosen(plain(decode(request.olds)), plain(decode(request.old_inputs))), plain(decode(request.news))
        found = list(diff.changes(old, new, resource.schema.computed))
        naming = resource.row.naming
        names = () if naming.in_place else (naming.input_name,)
        response = _diff_response(found, (*resource.row.replaces, *names, naming.prefix_property, "region"))
        response.deleteBeforeReplace = naming.input_name in new and not naming.is_auto(request.name, new)
        return response

    @answering("creating")
    def Create(self, request: Any, _context: Context) -> provider_pb2.CreateResponse:  # noqa: N802
        """Make the resource; in a preview say what is known of it."""
        resource, given = self._resource(request.urn), decode(request.properties)
        if request.preview:
            unknown = {name: UNKNOWN for name in resource.schema.outputs if name in resource.schema.computed}
            return provider_pb2.CreateResponse(properties=_outputs(resource, {**unknown, **plain(given)}, given))
        id_, outputs = resource.create(plain(given))
        return provider_pb2.CreateResponse(id=id_, properties=_outputs(resource, outputs, given))

    @answering("reading")
    def Read(self, request: Any, _context: Context) -> provider_pb2.ReadResponse:  # noqa: N802
        """Say what is there: for a refresh, or for an import by id. No id means that it is gone."""
        resource = self._resource(request.urn)
        state, given = decode(request.properties), decode(request.inputs)
        found = resource.read(request.id, plain(state), plain(given))
        if not found:
            return provider_pb2.ReadResponse()
        inputs = encode(conceal(resource.inputs(found, plain(given)), given))
        return provider_pb2.ReadResponse(id=found.id, properties=_outputs(resource, found.outputs, {**state, **given}), inputs=inputs)

    @answering("updating")
    def Update(self, request: Any, _context: Context) -> provider_pb2.UpdateResponse:  # noqa: N802
        """Change the resource in place; in a preview say what is known of it afterwards."""
        resource, given = self._resource(request.urn), decode(request.news)
        state, old, new = plain(decode(request.olds)), plain(decode(request.old_inputs)), plain(given)
        if request.preview:
            outputs = {**resource.outlook(state, old, new), **dict.fromkeys(resource.renewed(old, new), UNKNOWN)}
        else:
            outputs = resource.update(request.id, state, old, new)
        return provider_pb2.UpdateResponse(properties=_outputs(resource, outputs, given))

    @answering("deleting")
    def Delete(self, request: Any, _context: Context) -> empty_pb2.Empty:  # noqa: N802
        """Delete the resource."""
        self._resource(request.urn).delete(request.id, plain(decode(request.properties)), plain(decode(request.old_inputs)))
        return empty_pb2.Empty()

    @answering("calling a function")
    def Invoke(self, request: Any, _context: Context) -> provider_pb2.InvokeResponse:  # noqa: N802
        """Refuse: the program reads nothing from AWS."""
        raise ProviderError(f"{request.tok}: the sandbox has no functions, since a program that reads AWS is not the same everywhere")

    def Cancel(self, _request: Any, _context: Context) -> empty_pb2.Empty:  # noqa: N802
        """End all waiting for states to come."""
        if self.account:
            self.account.cancelled.set()
        return empty_pb2.Empty()


def _failures(failures: Any) -> list[provider_pb2.CheckFailure]:
    return [provider_pb2.CheckFailure(property=path, reason=reason) for path, reason in failures]


def _outputs(resource: Resource, outputs: Properties, like: Properties) -> Any:
    """Return outputs with everything secret that was secret, and what the row says is secret whatever it was."""
    always = {name: Secret(None) for name in resource.row.secrets}
    return encode(conceal(outputs, {**like, **always}))


def _diff_response(found: list[diff.Change], replacing: tuple[str, ...]) -> provider_pb2.DiffResponse:
    """Each change, and whether it makes a new resource."""
    response = provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_SOME if found else provider_pb2.DiffResponse.DIFF_NONE)
    response.hasDetailedDiff = True
    for change in found:
        replaces = change.within(replacing)
        kind = provider_pb2.PropertyDiff.Kind.Value(f"{change.kind}_REPLACE" if replaces else change.kind)
        response.detailedDiff[change.path].CopyFrom(provider_pb2.PropertyDiff(kind=kind, inputDiff=True))
        if change.name not in response.diffs:
            response.diffs.append(change.name)
        if replaces and change.name not in response.replaces:
            response.replaces.append(change.name)
    return response
