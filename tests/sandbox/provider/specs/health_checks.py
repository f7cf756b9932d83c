"""Specs of health checks."""

from tests.sandbox.provider.world import Spec

SPECS = (
    Spec(
        type="aws.route53.HealthCheck",
        inputs=lambda _: {
            "type": "HTTPS",
            "fqdn": "app.example.com",
            "port": 443,
            "resourcePath": "/healthz",
            "failureThreshold": 3,
            "requestInterval": 30,
            "measureLatency": True,
            "regions": ["us-east-1", "us-west-2", "eu-west-1"],
            "tags": {"Name": "main"},
        },
        change={"fqdn": "www.example.com", "resourcePath": "/", "failureThreshold": 2, "disabled": True, "tags": {"Name": "www"}},
        replace={"requestInterval": 10, "type": "HTTP"},
    ),
)
