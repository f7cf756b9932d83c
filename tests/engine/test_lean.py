from pathlib import Path

import pytest

from sandbox.stack_copy import open_copy
from settings import REGION_KEY, parse
from tests.configs import values
from tests.engine.lean import SECTIONS, make_lean
from tests.rendering import ROOT, stack_config


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_a_lean_stack_is_sound_and_stays_lean(stack: str, tmp_path: Path) -> None:
    """Nothing that it uses is missing, all else is as committed, and the next command keeps the copy."""
    path = open_copy(tmp_path, stack, ROOT).path
    make_lean(path)
    again = open_copy(tmp_path, stack, ROOT)
    assert (again.path, again.notice) == (path, "")
    config = stack_config(stack, path.parent)
    lean, whole = (values(each) for each in (config, stack_config(stack)))
    settings = parse(stack, config[REGION_KEY], lean)
    assert not any(service.uses for service in settings.services.values())
    assert lean.keys() == whole.keys() - {*SECTIONS}
    assert {key for key in lean if lean[key] != whole[key]} == {"services"}
