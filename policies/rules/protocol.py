"""The messages in which the engine talks to a policy pack, from the pulumi wheel, without the SDK that comes with them.

Importing `pulumi` takes longer than all checks of a large stack. Where it is imported too, both have the same classes: protobuf makes one
of each message in a process.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.runtime.proto import analyzer_pb2 as analyzer
    from pulumi.runtime.proto import plugin_pb2 as plugin
else:
    sdk, here = find_spec("pulumi"), ModuleType(f"{__name__}_messages")
    here.__path__ = [f"{folder}/runtime/proto" for folder in sdk.submodule_search_locations]
    sys.modules[here.__name__] = here
    analyzer, plugin = (import_module(f"{here.__name__}.{name}_pb2") for name in ("analyzer", "plugin"))

__all__ = ["analyzer", "plugin"]
