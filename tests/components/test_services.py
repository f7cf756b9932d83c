import pulumi_aws as aws

from tests.configs import changed, rendered
from tests.graph import after_all
from tests.rendering import Rendering, render_all


def _belongs_to(rendering: Rendering, service: str) -> set[str]:
    """The URNs of a service's resources and of the alarms that watch it."""
    return {found.urn for found in rendering.registrations if found.name == service or found.name.startswith(f"{service}-")}


def test_no_service_waits_for_another(new_stack: Rendering) -> None:
    """A release of one is not held up by trouble of the other."""
    api, web = _belongs_to(new_stack, "api"), _belongs_to(new_stack, "web")
    known = {found.urn: found for found in new_stack.registrations}
    awaited = set().union(*(after_all(new_stack, known[urn]) for urn in web))
    assert len(api) > 30
    assert awaited.isdisjoint(api)


def test_a_service_added_touches_nothing_that_was_there(new_stack: Rendering) -> None:
    """Rendering with one service and with two: the first's registrations are the same, shared ground included.

    The dashboard shows both, the distribution leads to both, and what is shared is read by both.
    """
    kinds = ("switchyard:", "aws:", "random:")
    alone = {found.urn: found for found in rendered({}).registrations if found.type.startswith(kinds)}
    both = {found.urn: found for found in new_stack.registrations if found.type.startswith(kinds)}
    assert alone.keys() < both.keys()
    assert {both[urn].name for urn in alone if alone[urn] != both[urn]} == {"dashboard", "cdn", "shared-sentry-dsn", "redis-password"}


def test_the_order_of_services_in_the_file_means_nothing(new_stack: Rendering) -> None:
    """Priorities are said, so sorting the file changes no rule, and no path of the distribution is tried sooner."""
    config = changed({})
    config["switchyard:services"] = dict(reversed(config["switchyard:services"].items()))
    swapped = render_all("prod", config)
    for rule in new_stack.of(aws.lb.ListenerRule):
        assert swapped.one(aws.lb.ListenerRule, rule.name) == rule
    assert swapped.of(aws.cloudfront.Distribution) == new_stack.of(aws.cloudfront.Distribution)
    for closed in new_stack.of(aws.secretsmanager.SecretPolicy):
        assert swapped.one(aws.secretsmanager.SecretPolicy, closed.name) == closed
