"""The AWS account that a provider acts on: its settings, its boto3 clients, and calls on them."""

import functools
import ipaddress
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import boto3
import jmespath
from botocore.config import Config
from botocore.parsers import ResponseParserError

from sandbox import faults
from sandbox.loopback import keep_address
from sandbox.provider.errors import UNANSWERED, ProviderError
from sandbox.provider.row import Call, Facts
from sandbox.provider.words import Shape, Words

CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 5}, max_pool_connections=16)
"""As AWS's clients do, it tries again what was throttled or got no answer, for a few seconds."""

EDGE_REGION = "us-east-1"
"""Where AWS keeps what belongs to CloudFront: certificates, web ACLs, deliveries of logs
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html)."""

PATIENCE_SECONDS, PAUSE_SECONDS = 75.0, 0.2
"""How long a state that comes by itself (`Call.until`) is waited for, and how often it is looked at."""


def expression(text: str) -> Any:
    """Return a compiled JMESPath expression."""
    return _compiled(text)


@functools.cache
def _compiled(text: str) -> Any:
    return jmespath.compile(text)


@dataclass(frozen=True)
class Account:
    """One provider resource of the program: an account, a region, default tags."""

    region: str
    default_tags: Mapping[str, str] = field(default_factory=dict)
    allowed_account_ids: tuple[str, ...] = ()
    cancelled: threading.Event = field(default_factory=threading.Event)
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self, service: str, region: str = "") -> Any:
        """Return the boto3 client of a service in a region (the provider's by default): one each, shared by all threads."""
        key = (service, region or self.region)
        with self._lock:  # making a client is not thread-safe, using one is
            if key not in self._clients:
                self._clients[key] = self._session.client(service, region_name=key[1], config=CONFIG)
                faults.plant(self._clients[key])
            return self._clients[key]

    @functools.cached_property
    def _session(self) -> boto3.session.Session:
        """Made once: each one reads its data files anew."""
        session = boto3.session.Session()
        keep_address(session)
        return session

    @functools.cached_property
    def id(self) -> str:
        """Account id, from STS; the random plugin has none."""
        return self.region and str(self.client("sts").get_caller_identity()["Account"])

    def verify(self) -> None:
        """Refuse an endpoint that is not on this machine, and an account that the program does not allow."""
        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        if not _is_loopback(endpoint):
            raise ProviderError(f"AWS_ENDPOINT_URL is {endpoint!r}: this provider acts on an emulator on this machine only")
        if self.allowed_account_ids and self.id not in self.allowed_account_ids:
            raise ProviderError(f"AWS account ID not allowed: {self.id} (allowed: {', '.join(self.allowed_account_ids)})")

    def run(self, call: Call, service: str, facts: Facts, words: Words, inputs: Mapping[str, Any]) -> Any:
        """Run a call and return what it takes from the answer.

        `inputs` are those that the call may carry by name. Raises botocore's errors, and ProviderError when patience ends.
        """
        client = self.client(service, str(facts.get("region") or ""))
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._answer(call, client, facts, words, inputs)
            if not call.until or expression(call.until).search(answer):
                return expression(call.take).search(answer)
            if time.monotonic() > end or self.cancelled.wait(PAUSE_SECONDS):
                raise ProviderError(f"{call.operation}: gave up waiting until {call.until}")

    @staticmethod
    def _answer(call: Call, client: Any, facts: Facts, words: Words, inputs: Mapping[str, Any]) -> Any:
        if callable(call.operation):
            return call.operation(client, facts)
        model = model_of(client, call.operation)
        parameters = words.parameters(inputs, model.input_shape) if model.input_shape else {}
        if call.give:
            parameters = joined(parameters, words.parameters(pruned(expression(call.give).search(facts)), model.input_shape))
        try:
            return complete(getattr(client, call.operation)(**parameters), model.output_shape)
        except ResponseParserError as error:  # a page of HTML
            raise ProviderError(f"{model.name}: {UNANSWERED}") from error


def model_of(client: Any, operation: str) -> Any:
    """Return botocore's model of an operation by its boto3 name."""
    return client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])


def missing(call: Call, client: Any) -> Any:
    """Return what a call takes when AWS says that there is nothing: each member "not set"."""
    shape = None if callable(call.operation) else model_of(client, call.operation).output_shape
    return expression(call.take).search(complete({}, shape))


def complete(answer: Any, shape: Shape) -> Any:
    """Return an answer with None for each member that AWS could have given and did not, so that "not set" can be told from "not said"."""
    if shape is None or answer is None:
        return answer
    match shape.type_name:
        case "structure" if isinstance(answer, dict):
            given = {name: complete(value, shape.members.get(name)) for name, value in answer.items()}
            return {**dict.fromkeys(shape.members), **given}
        case "list" if isinstance(answer, list):
            return [complete(item, shape.member) for item in answer]
    return answer


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters from two sources; where both have a structure its members come together, elsewhere the other's value counts."""
    both = {name: joined(one[name], value) for name, value in other.items() if isinstance(value, dict) and isinstance(one.get(name), dict)}
    return {**one, **other, **both}


def pruned(value: Any) -> Any:
    """Return a value without the members that came to nothing."""
    if isinstance(value, dict):
        kept = {key: pruned(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None and item != {}}
    if isinstance(value, list):
        return [item for item in map(pruned, value) if item is not None and item != {}]
    return value


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
