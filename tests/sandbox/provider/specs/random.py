"""Specs of the random provider."""

from tests.sandbox.provider.world import Spec

TEXT = {"length": 12, "special": False, "minUpper": 2, "keepers": {"version": "1"}}

SPECS = (
    Spec(type="random.RandomPassword", inputs=lambda _: TEXT, replace={"keepers": {"version": "2"}}),
    Spec(type="random.RandomString", inputs=lambda _: TEXT, replace={"length": 13}),
    Spec(type="random.RandomId", inputs=lambda _: {"byteLength": 4, "prefix": "id-"}, replace={"byteLength": 5}),
)
