"""Every rule against the real stacks: clean as they are, and one change makes exactly that rule fire on exactly that resource."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from policies.rules import analyzer
from policies.rules.exemptions import exempt, exemptions
from policies.rules.resource import Resource
from policies.rules.undecided import Waiting
from tests import rendering
from tests.configs import changed, rendered
from tests.policies.driver import Answer, ask
from tests.policies.given import Given
from tests.policies.judgement import Found, Judgement
from tests.policies.spec import RULES, SPECS, Case

STACKS = ("staging", "prod")
"""Those that are broken in one place at a time."""
CLEAN = (*STACKS, "recovery")
"""Those that are held to the rules; the last one differs from production in what waits."""
COLD = {"min": 0, "max": 12, "restore_minutes": 15}
COPY: dict[str, Any] = {"database.replicas": {}, "database.proxy": None, "database.copied_days": None}
OF_ANOTHER_REGION = "arn:aws:rds:eu-central-1:123456789012:db:switchyard-prod-database-d6f92"
START = {"cron": "0 7 * * 1-5", "desired": 6, "time_zone": "Europe/Dublin"}
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "a cold color": {"services.api.green.capacity": COLD},
    "a cold color that is held": {"services.api.green.capacity": {**COLD, "hold": 3}},
    "a warm pool and a start": {"services.api.green.capacity": {"min": 3, "max": 12, "warm": 2, "schedule": [START]}},
    "green is live": {"services.api.live": "green", "services.api.previous": "blue"},
    "a canary": {"services.api.canary": {"color": "green", "percent": 10}},
    "an emergency's floor": {"contingency.scale_floor": 6},
    "features that are off": {"contingency.disabled_features": ["search", "exports"]},
    "a color in quarantine": {"contingency.quarantine": ["api.green"]},
    "a color in quarantine after a rollback": {"services.api.live": "green", "contingency.quarantine": ["api.blue"]},
    "lockdown": {"contingency.lockdown": True, "contingency.allowed_networks": ["203.0.113.0/24", "2001:db8::/48"]},
    "stickiness": {"services.api.stickiness_seconds": 30},
    "a service that retires": {"services.api.retiring": True},
    "a stack that is closed to the public": {"cdn.only_networks": ["198.51.100.0/24"], "cdn.hsts_seconds": 0},
    "lockdown and maintenance": {
        "contingency.lockdown": True,
        "contingency.maintenance": True,
        "contingency.allowed_networks": ["198.51.100.0/24"],
    },
    "answers kept against their will": {"contingency.aggressive_caching": True},
    "no answer kept": {"cdn.service_ttl_seconds": 0},
    "a content policy that only reports": {"cdn.content_security_policy_reports_only": True},
    "a closed network": {"network.egress_cidrs": []},
    "a replica that was promoted, and leads": {"database.replicas.r1.promoted": True, "database.use": "r1"},
    "a database that was restored, beside the first": {"database.restore": {"from": "2026-11-27T03:00:00Z"}},
    "a copy of another region's database": {**COPY, "database.replica_of": OF_ANOTHER_REGION},
    "a copy that took over": {**COPY, "database.replica_of": OF_ANOTHER_REGION, "database.promoted": True, "database.password_version": 2},
    "a database that retires": {"database.deletion_protection": False},
    "an older PostgreSQL": {"database.version": "15.14"},
    "no dependencies and no secrets": {
        "database.proxy": None,
        "services.api.uses": [],
        "services.api.blue.secrets": [],
        "services.api.green.secrets": [],
    },
}
"""What the committed stacks do not use, of what settings allow."""


def binds(name: str, stack: str, case: Case) -> bool:
    """Whether a rule binds what a mutation is noticed on: no exemption covers it."""
    named = [
        Resource(type=kind, name=resource, urn=f"urn:pulumi:{stack}::switchyard::{kind}::{resource}", decode_inputs=dict)
        for kind, resource in case.named
    ]
    return not all(exempt(name, each) for each in named)


MUTATIONS = [(stack, name, case) for stack in STACKS for name, spec in SPECS.items() for case in spec.mutations if binds(name, stack, case)]


def mutations(chosen: Sequence[tuple[str, str, Case]] = MUTATIONS) -> pytest.MarkDecorator:
    """Run a test for each mutation, under a readable name."""
    cases = [pytest.param(*each, id=f"{each[0]}, {each[1]}: {each[2].says}") for each in chosen]
    return pytest.mark.parametrize(("stack", "name", "case"), cases)


@cache
def resources(stack: str, *, preview: bool) -> Sequence[Given]:
    """Render a stack once: as a first preview sees it, or as an existing stack with all outputs known."""
    return [given_of(each, preview=preview) for each in rendering.render(stack, preview=preview)]


def given_of(each: rendering.Registration, *, preview: bool) -> Given:
    """What the engine would tell of a resource that was rendered: a name that was given is the name that it has."""
    made = {**rendering.outputs_of(each.type, each.name), **rendering.proofs_of(each.type, each.inputs)}
    return Given(
        type=each.type,
        name=each.name,
        urn=each.urn,
        inputs=each.inputs,
        outputs={} if preview else {name: value for name, value in made.items() if name not in each.inputs},
        options={"protect": each.protect, "ignoreChanges": list(each.ignore_changes)},
        sources=each.property_dependencies,
    )


def asked(stack: str, case: Case | None = None, *, preview: bool) -> Answer:
    """Ask all rules of all packs about a stack, changed or not."""
    found = resources(stack, preview=preview)
    return ask(list(RULES.values()), case.apply(found) if case else found)


@cache
def judgement(stack: str, *, preview: bool) -> Judgement:
    """What answers the same, and sooner."""
    return Judgement(resources(stack, preview=preview))


def judged(stack: str, case: Case, *, preview: bool, unknown: bool = False) -> Found:
    """Judge a stack by all rules of all packs after a mutation."""
    return judgement(stack, preview=preview).of(case.apply(resources(stack, preview=preview), unknown=unknown))


@cache
def waiting(stack: str) -> Sequence[Waiting]:
    """What waits in the first preview of a stack as it is."""
    return asked(stack, preview=True).waiting


@pytest.mark.parametrize("stack", CLEAN)
def test_a_stack_is_clean_and_nothing_about_it_is_undecided(stack: str) -> None:
    """With all packs, and no waiver."""
    found = asked(stack, preview=False)
    assert [violation.message for violation in found.violations] == []
    assert found.waiting == []


@pytest.mark.parametrize("stack", CLEAN)
def test_a_new_stack_is_clean_and_what_is_undecided_waits_for_what_it_creates(stack: str) -> None:
    """A document that names an ARN is known once the ARN is."""
    found = asked(stack, preview=True)
    assert [violation.message for violation in found.violations] == []
    assert [waiting for waiting in found.waiting if not waiting.waits_for] == []


def test_taking_over_is_clean_too() -> None:
    """On that day nobody waits for a waiver: promotion, floors and the name, as the runbook has them."""
    changes = {"database.promoted": True, "database.proxy": {}, "contingency.scale_floor": 3, "domain.stands_in.now": True}
    made = rendering.render("recovery", changed(changes, "recovery"), preview=False)
    found = ask(list(RULES.values()), [given_of(each, preview=False) for each in made])
    assert [violation.message for violation in found.violations] == []
    assert found.waiting == []


@pytest.mark.parametrize("preview", [True, False], ids=["new", "up"])
@pytest.mark.parametrize("changes", OTHERWISE.values(), ids=OTHERWISE)
def test_what_settings_allow_is_clean_too(changes: Mapping[str, Any], *, preview: bool) -> None:
    """A rule that refuses what its own remedy tells to set would be found by an operator, at night."""
    config = rendered(changes, preview=preview)
    found = ask(list(RULES.values()), [given_of(each, preview=preview) for each in config.registrations])
    assert [violation.message for violation in found.violations] == []
    assert [waiting for waiting in found.waiting if not waiting.waits_for] == []


@mutations()
def test_a_mutation_is_noticed_by_its_rule_alone_and_where_it_is(stack: str, name: str, case: Case) -> None:
    """One rule fires, on the resource that was changed and on no other."""
    assert judged(stack, case, preview=False).fired == {(name, key) for key in case.named}


@mutations()
def test_a_mutation_of_a_new_stack_is_noticed_or_undecided(stack: str, name: str, case: Case) -> None:
    """While ids are unknown a rule may have to wait, but only this one, and it says so."""
    found = judged(stack, case, preview=True)
    assert {rule for rule, _ in found.fired} <= {name}
    assert {each.rule for each in found.waiting if each not in waiting(stack)} <= {name, *case.others_wait}
    assert name in found.rules


@mutations([each for each in MUTATIONS if each[2].unknown])
def test_a_mutation_that_nobody_knows_yet_is_never_silence(stack: str, name: str, case: Case) -> None:
    """The unknown variant of the same change leaves the rule undecided, or is wrong whatever the value."""
    found = judged(stack, case, preview=False, unknown=True)
    assert name in found.rules


@mutations(list({(stack, name): (stack, name, case) for stack, name, case in reversed(MUTATIONS)}.values()))
def test_the_packs_say_the_same(stack: str, name: str, case: Case) -> None:  # noqa: ARG001 -- the rule is in the test's name
    """Asked by messages, as the engine does, they answer to a mutation of each rule what the tests above go by."""
    preview = stack == "staging"
    told, found = asked(stack, case, preview=preview), judged(stack, case, preview=preview)
    assert (found.fired, set(found.waiting)) == (told.fired, set(told.waiting))


@pytest.mark.parametrize("rule", sorted({each.rule for each in exemptions()}))
def test_an_exemption_is_needed(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the exemptions of a rule one of the stacks violates it, on each resource that they name."""
    monkeypatch.setattr(analyzer, "exempt", lambda *_: False)
    found = [(stack, key) for stack in STACKS for name, key in asked(stack, preview=False).fired if name == rule]
    for each in exemptions():
        if each.rule == rule:
            assert [
                key for stack, key in found if fnmatchcase(key[1], each.resource) and any(fnmatchcase(stack, one) for one in each.stacks)
            ]
