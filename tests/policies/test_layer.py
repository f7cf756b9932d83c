"""The layer under the rules: reading, judging, reporting."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pulumi_policy.proxy
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2 as protocol

from policies.rules import undecided
from policies.rules.analyzer import Analyzer
from policies.rules.layer import ResourceRule, Rule, StackRule, judge
from policies.rules.properties import MissingError, Problem, UndecidedError
from policies.rules.requirement import Requirement, Severity
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.undecided import Waiting
from policies.rules.wire import UNKNOWN_SENTINELS, plain
from tests.policies.driver import TODAY, announced, ask, registered, struct
from tests.policies.given import UNKNOWN, given, secret

KIND = "aws:lb/targetGroup:TargetGroup"
TEXT: dict[str, Any] = {
    "description": "It is so.",
    "applies_to": (KIND,),
    "requirement": Requirement(severity=Severity.LOW, remedy="Make it so.", controls=("ELB.1",)),
}


def resource(inputs: dict[str, Any], outputs: dict[str, Any] | None = None, secrets: set[str] | None = None) -> Resource:
    """Build a resource from values as they travel."""
    known: set[str] = set() if secrets is None else secrets
    return Resource(
        type=KIND,
        urn=f"urn:pulumi:test::switchyard::{KIND}::api-blue",
        name="api-blue",
        decode_inputs=lambda: plain(struct(inputs), known),
        decode_outputs=lambda: plain(struct(outputs or {}), known),
    )


def test_the_sentinels_are_the_sdk_s() -> None:
    """One for each kind of unknown value."""
    sdk = {value for name, value in vars(pulumi_policy.proxy).items() if name.startswith("UNKNOWN_")}
    assert sdk == UNKNOWN_SENTINELS


def test_values_arrive_as_plain_python() -> None:
    """Whole numbers are ints, secrets lose their wrapping and are remembered, nulls are not set."""
    secrets: set[str] = set()
    read = resource({"port": 443, "share": 0.5, "on": True, "key": secret({"pem": "hunter2"}), "none": None}, secrets=secrets)
    assert (read.value("port"), read.value("share"), read.value("on")) == (443, 0.5, True)
    assert isinstance(read.value("port"), int)
    assert read.value("key.pem") == "hunter2"
    assert secrets == {"hunter2"}
    assert not read.has("none")


def test_a_kind_of_value_that_nobody_knows_is_unknown() -> None:
    """What cannot be understood cannot be judged: here, a file."""
    read = resource({"code": {"4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", "text": "x"}})
    with pytest.raises(UndecidedError):
        read.value("code")


def test_a_property_that_is_not_set_needs_a_default() -> None:
    """At any depth, and the error says the whole path."""
    read = resource({"healthCheck": {"path": "/"}, "actions": [{}]})
    assert read.value("healthCheck.port", None) is None
    with pytest.raises(MissingError) as error:
        read.value("healthCheck.port")
    assert error.value.path == "healthCheck.port"
    with pytest.raises(MissingError) as error:
        read.items("actions")[0].value("forward.targetGroups")
    assert error.value.path == "actions[0].forward.targetGroups"


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"tags": UNKNOWN}, "tags"),
        ({"tags": {"service": UNKNOWN}}, "tags.service"),
        ({"tags": {"list": ["a", {"deep": UNKNOWN}]}}, "tags.list[1].deep"),
        ({"tags": secret({"service": UNKNOWN})}, "tags.service"),
    ],
)
def test_no_part_of_a_value_that_is_handed_out_is_unknown(inputs: dict[str, Any], path: str) -> None:
    """A comparison with half a value would be false in silence."""
    with pytest.raises(UndecidedError) as error:
        resource(inputs).value("tags")
    assert error.value.path == path


def test_presence_number_and_names_are_known_while_values_are_not() -> None:
    """What a preview can tell is not given away."""
    read = resource({"arns": [UNKNOWN, UNKNOWN], "dimensions": {"TargetGroup": UNKNOWN}, "certificate": UNKNOWN})
    assert read.has("certificate")
    assert len(read.items("arns")) == 2
    assert read.names("dimensions") == {"TargetGroup"}
    assert read.items("nothing") == []
    assert read.names("nothing") == frozenset()


@pytest.mark.parametrize("ask_for", ["items", "names"])
def test_an_unknown_list_or_map_has_no_known_number_or_names(ask_for: str) -> None:
    """Nor can anything inside it be read."""
    with pytest.raises(UndecidedError):
        getattr(resource({"all": UNKNOWN}), ask_for)("all")
    with pytest.raises(UndecidedError):
        resource({"all": UNKNOWN}).has("all.of.it")


@pytest.mark.parametrize(("ask_for", "path"), [("items", "text"), ("names", "list"), ("value", "text.part"), ("value", "list.part")])
def test_a_property_of_another_shape_is_an_error(ask_for: str, path: str) -> None:
    """A rule that takes a list for a map is wrong, and a wrong rule counts as a violation."""
    with pytest.raises(TypeError, match=r"is not a|has no named parts"):
        getattr(resource({"text": "x", "list": [1]}), ask_for)(path)


def test_an_output_that_nobody_has_told_yet_is_undecided() -> None:
    """Be it unknown or not there at all; a new stack's ARNs are either."""
    assert resource({}, {"arn": "arn:1"}).output("arn") == "arn:1"
    for outputs in ({}, {"arn": UNKNOWN}):
        with pytest.raises(UndecidedError) as error:
            resource({}, outputs).output("arn")
        assert error.value.path == "outputs.arn"


def test_what_was_found_before_an_unknown_still_counts() -> None:
    """A check may be a violation and undecided at once."""

    def check(target_group: Resource) -> Iterator[Problem]:
        yield target_group.problem("port", "is wrong")
        target_group.value("path")

    verdict = judge(ResourceRule(name="both", check=check, **TEXT), resource({"path": UNKNOWN}))
    assert [problem.path for problem in verdict.problems] == ["port"]
    assert [each.path for each in verdict.undecided] == ["path"]


def test_a_check_that_is_no_generator_is_a_violation() -> None:
    """A rule that returns nothing has not said that all is well."""
    forgetful: Any = lambda _: None  # noqa: E731 -- as short as the mistake
    verdict = judge(ResourceRule(name="forgetful", check=forgetful, **TEXT), resource({}))
    assert "broke with TypeError" in verdict.problems[0].text


def test_the_engine_can_be_told_other_levels() -> None:
    """A `--policy-pack-config` file may make a rule advisory or switch it off, and undecided checks mandatory."""

    def check(target_group: Resource) -> Iterator[Problem]:
        yield target_group.problem("port", "is wrong")
        target_group.value("path")

    rule = ResourceRule(name="strict", check=check, **TEXT)
    stack = [given(KIND, "api-blue", {"path": UNKNOWN})]
    assert [each.level for each in ask([rule], stack, {"strict": protocol.ADVISORY}).violations] == ["ADVISORY"]
    assert ask([rule], stack, {"strict": protocol.DISABLED}).clean
    assert not ask([rule], stack, {"undecided": protocol.DISABLED}).waiting
    assert ask([rule], stack, {"undecided": protocol.MANDATORY}).waiting


def test_stack_rules_read_inputs_even_when_outputs_differ() -> None:
    """The engine tells a stack's outputs; rules go by what is asked for, in a preview and after an update alike."""

    def check(target_group: Resource, _stack: Stack) -> Iterator[Problem]:
        if target_group.value("port") != 443:
            yield target_group.problem("port", "is wrong")

    rule = StackRule(name="port", check=check, **TEXT)
    assert ask([rule], [given(KIND, "api-blue", {"port": 443}, outputs={"port": UNKNOWN})]).clean


def _demand_a_key(target_group: Resource, stack: Stack) -> Iterator[Problem]:
    if not stack.sources(target_group, "tags", "aws:kms/key:Key"):
        yield target_group.problem("tags", "come from no key")


def test_what_the_engine_has_not_announced_is_not_judged() -> None:
    """The program has dropped it, and a refresh tells of it once more before it is deleted."""
    kept, dropped = given(KIND, "kept", {"port": 80}), given(KIND, "dropped", {"port": 80})
    analyzer: Any = Analyzer("test", [StackRule(name="port", check=_demand_a_key, **TEXT)], TODAY)
    analyzer.analyze(announced(kept), None)
    request = protocol.AnalyzeStackRequest(resources=[registered(kept), registered(dropped)])
    assert [each.urn for each in analyzer.analyze_stack(request, None).diagnostics] == [kept.urn]


def test_what_the_engine_has_not_announced_is_not_counted() -> None:
    """Neither among the resources of a type nor among those that depend on one: it is deleted next."""

    def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
        if len(stack.of_type(KIND)) > 1 or stack.dependents(target_group, KIND, "tags"):
            yield target_group.problem("", "is not alone")

    kept = given(KIND, "kept", {"port": 80})
    dropped = given(KIND, "dropped", {"tags": {}}, {"tags": [kept]})
    analyzer: Any = Analyzer("test", [StackRule(name="port", check=check, **TEXT)], TODAY)
    analyzer.analyze(announced(kept), None)
    assert not analyzer.analyze_stack(protocol.AnalyzeStackRequest(resources=[registered(kept), registered(dropped)]), None).diagnostics


def test_what_the_program_only_reads_is_there_for_the_others() -> None:
    """The engine does not announce it, and its outputs are all that is known of it."""
    read = given("aws:kms/key:Key", "read", {"description": "of elsewhere"})
    reader = given(KIND, "reader", {"tags": {}}, {"tags": [read]})
    analyzer: Any = Analyzer("test", [StackRule(name="port", check=_demand_a_key, **TEXT)], TODAY)
    analyzer.analyze(announced(reader), None)
    assert not analyzer.analyze_stack(protocol.AnalyzeStackRequest(resources=[registered(read), registered(reader)]), None).diagnostics


def test_a_pack_starts_afresh_after_each_stack() -> None:
    """Neither what was undecided nor the inputs of the last run are carried over into the next."""

    def check(target_group: Resource, _stack: Stack) -> Iterator[Problem]:
        target_group.value("port")
        yield from ()

    analyzer: Any = Analyzer("test", [StackRule(name="port", check=check, **TEXT)], TODAY)
    new, existing = given(KIND, "api-blue", {"port": UNKNOWN}), given(KIND, "api-blue", {"port": 443})
    analyzer.analyze(announced(new), None)
    first = analyzer.analyze_stack(protocol.AnalyzeStackRequest(resources=[registered(new)]), None)
    analyzer.analyze(announced(existing), None)
    second = analyzer.analyze_stack(protocol.AnalyzeStackRequest(resources=[registered(existing)]), None)
    assert [len(undecided.parse(each.message)) for each in first.diagnostics] == [1]
    assert not second.diagnostics


@pytest.mark.parametrize("rules", [0, 1, 20])
def test_the_index_is_built_once_however_many_rules_ask(monkeypatch: pytest.MonkeyPatch, rules: int) -> None:
    """For a whole analysis: every rule's questions are answered from that one index, and so is what the undecided ones wait for."""
    built: list[Stack] = []
    answers: list[Sequence[Resource]] = []

    class Counted(Stack):
        def __init__(self, resources: Iterable[Resource], others: Iterable[Resource] = ()) -> None:
            super().__init__(resources, others)
            built.append(self)

    def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
        answers.append(stack.of_type(KIND))
        target_group.value("path")
        yield from ()

    monkeypatch.setattr("policies.rules.analyzer.Stack", Counted)
    asked = [StackRule(name=f"rule_{number}", check=check, **TEXT) for number in range(rules)]
    found = ask(asked, [given(KIND, f"api-{color}", {"path": UNKNOWN}) for color in ("blue", "green")])
    assert len(built) == 1
    assert len(answers) == len(found.waiting) == 2 * rules
    assert all(answer is built[0].of_type(KIND) for answer in answers)


def test_a_marked_secret_is_blacked_out_wherever_it_stands() -> None:
    """Even as part of a resource's name, in a violation and in the list of what is undecided."""

    def check(target_group: Resource) -> Iterator[Problem]:
        yield target_group.problem("", "is wrong")
        target_group.value("path")

    stack = [given(KIND, "api-hunter2", {"secret": secret(["hunter2", "is"]), "path": UNKNOWN})]
    rule = ResourceRule(name="leaky", check=check, **TEXT)
    texts = ask([rule], stack).texts
    assert len(texts) == 2
    assert not [text for text in texts if "hunter2" in text]
    assert "api-[secret]: is wrong." in texts[0], "a secret of two letters would black out the words"


def test_the_message_says_what_is_wrong_what_to_do_and_by_which_control() -> None:
    """In that order, each on its line."""

    def check(target_group: Resource) -> Iterator[Problem]:
        yield target_group.problem("healthCheck.path", "is wrong")

    rule: Rule = ResourceRule(name="plain", check=check, **TEXT)
    assert ask([rule], [given(KIND, "api-blue", {})]).texts == [
        "It is so.\napi-blue: healthCheck.path is wrong.\nFix: Make it so.\nControls: ELB.1"
    ]


WORDS = st.from_regex(r"[a-z][a-z0-9_.-]{0,20}", fullmatch=True)
LABELS = st.builds("lb.TargetGroup/{}".format, WORDS)
WAITING = st.builds(Waiting, rule=WORDS, resource=LABELS, path=WORDS, holder=LABELS, waits_for=st.lists(LABELS, max_size=3).map(tuple))


@drawn(st.lists(WAITING, min_size=1, max_size=5))
def test_the_list_of_undecided_checks_is_read_back_as_it_was_written(checks: list[Waiting]) -> None:
    """What a person reads, `switchyard` reads too; the engine ends a message with a new line."""
    assert undecided.parse(undecided.message(checks)) == checks
    assert undecided.parse(undecided.message(checks) + "\n") == checks


@pytest.mark.parametrize("text", ["", "2 checks cannot be decided yet:\n  a on b\n    needs c of d", "anything else"])
def test_a_list_that_is_cut_short_is_refused(text: str) -> None:
    """Half a list would pass for less than is open."""
    with pytest.raises(ValueError, match="not the list"):
        undecided.parse(text)


def test_an_undecided_check_says_where_its_value_will_come_from() -> None:
    """From the resources that the property depends on, or from the resource itself if it is an output."""

    def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
        yield from ()
        for vpc in stack.sources(target_group, "vpcId", "aws:ec2/vpc:Vpc"):
            vpc.output("arn")
        target_group.value("vpcId")

    vpc = given("aws:ec2/vpc:Vpc", "network", {})
    rule = StackRule(name="waits", check=check, **TEXT)
    by_input = ask(
        [rule],
        [given(KIND, "api-blue", {"vpcId": UNKNOWN}, {"vpcId": [vpc]}), given("aws:ec2/vpc:Vpc", "network", {}, outputs={"arn": "a"})],
    )
    assert [each.waits_for for each in by_input.waiting] == [("ec2.Vpc/network",)]
    by_output = ask([rule], [given(KIND, "api-blue", {"vpcId": UNKNOWN}, {"vpcId": [vpc]}), vpc])
    assert [(each.holder, each.path, each.waits_for) for each in by_output.waiting] == [
        ("ec2.Vpc/network", "outputs.arn", ("ec2.Vpc/network",))
    ]


def test_resources_that_share_a_label_are_told_by_urn() -> None:
    """Two parents may each have a child of one name."""
    urns = [f"urn:pulumi:test::switchyard::switchyard:x:{parent}${KIND}::api-blue" for parent in ("A", "B")]
    check: Any = lambda target_group: [target_group.value("path")]  # noqa: E731 -- one read
    rule = ResourceRule(name="twins", check=check, **TEXT)
    twin = given(KIND, "api-blue", {"path": UNKNOWN})
    found = ask([rule], [replace(twin, urn=urn) for urn in urns])
    assert {each.resource for each in found.waiting} == set(urns)
