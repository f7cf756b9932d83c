import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import plain, takes_from
from tests.rendering import Rendering


def _told(rendering: Rendering, prefix: str) -> dict[str, object]:
    """Path to value of the parameters whose names begin so."""
    made = (made for made in rendering.of(aws.ssm.Parameter) if made.name.startswith(prefix))
    return {parameter.inputs["name"]: plain(parameter.inputs["value"]) for parameter in made}


def test_a_color_is_told_its_settings(old_stack: Rendering) -> None:
    """Where the boot template looks for them: `<service>/<color>/env`, the port and the places of secrets beside."""
    assert _told(old_stack, "web-blue") == {
        "/switchyard/prod/web/blue/port": "3000",
        "/switchyard/prod/web/blue/env/LOG_LEVEL": "info",
        "/switchyard/prod/web/blue/secrets/sentry-dsn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared-sentry-dsn-aB3dE5",
        "/switchyard/prod/web/blue/secrets/redis-password": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redis-password-aB3dE5",
    }


def test_a_secret_s_parameter_says_where_it_is(old_stack: Rendering) -> None:
    """The entry's ARN: the value never passes through here."""
    made = old_stack.one(aws.ssm.Parameter, "api-blue-secret-payment-key")
    assert made.inputs["name"] == "/switchyard/prod/api/blue/secrets/payment-key"
    assert takes_from(old_stack, made, "value", aws.secretsmanager.Secret) == {"api-payment-key"}


def test_a_service_is_told_where_the_others_answer(old_stack: Rendering) -> None:
    """And what it uses; once a service, for both colors."""
    assert _told(old_stack, "web-endpoint") == {
        "/switchyard/prod/web/endpoints/LOAD_BALANCER": "internal-lb.eu-west-1.elb.amazonaws.com",
        "/switchyard/prod/web/endpoints/DOMAIN_NAME": "app.example.com",
        "/switchyard/prod/web/endpoints/DISABLED_FEATURES": "[]",
        "/switchyard/prod/web/endpoints/REDIS_HOST": "primary.redis-group.euw1.cache.amazonaws.com",
        "/switchyard/prod/web/endpoints/REDIS_PORT": "6379",
        "/switchyard/prod/web/endpoints/REDIS_READER_HOST": "reader.redis-group.euw1.cache.amazonaws.com",
        "/switchyard/prod/web/endpoints/REDIS_USER": "redis-services",
    }


def test_parameters_are_plain_text_of_the_free_tier(old_stack: Rendering) -> None:
    """Nothing in them is a secret, and nothing costs."""
    kinds = {(made.inputs["type"], made.inputs["tier"]) for made in old_stack.of(aws.ssm.Parameter)}
    assert kinds == {("String", "Standard")}


def test_a_setting_is_a_parameter_of_its_own() -> None:
    """Adding one touches no other."""
    made = rendered({"services.api.green.env": {"LOG_LEVEL": "info", "WORKERS": 4}})
    assert plain(made.one(aws.ssm.Parameter, "api-green-env-WORKERS").inputs["value"]) == "4"
    assert plain(made.one(aws.ssm.Parameter, "api-green-env-LOG_LEVEL").inputs["value"]) == "info"
