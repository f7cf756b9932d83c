"""The specs of the rows, one file an AWS service like the rows themselves."""

import importlib
import pkgutil

from tests.sandbox.provider.world import Spec


def load() -> dict[str, Spec]:
    """Return the specs by the Python name of their type."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {spec.type: spec for module in modules for spec in module.SPECS}
