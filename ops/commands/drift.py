"""`switchyard drift`: what AWS has otherwise than config, who did it, and what puts it back."""

import json
from typing import Any

from ops.console import commands, count, done, out, progress
from ops.deployment import Deployment
from ops.drift import Drift, Findings, find
from ops.errors import Exit

SHOWN = 5
"""Changes that wait which are named; `preview` shows all."""


def drift(deployment: Deployment, *, as_json: bool = False) -> Exit:
    """Print each difference. FAILED when there is any; what is merely not applied yet is said, and is none."""
    found = find(deployment)
    if as_json:
        out.print_json(json.dumps({"drift": [_plain(each) for each in found.drift], "not_applied": list(found.waiting)}))
    else:
        _show(deployment, found)
    return Exit.FAILED if found.drift else Exit.DONE


def _plain(found: Drift) -> dict[str, Any]:
    """One difference for programs; `config` is null where AWS has something that config does not speak of."""
    trace = found.trace
    return {
        "what": found.difference.what,
        "config": found.difference.config,
        "aws": found.difference.aws,
        "repairable": found.repairable,
        "danger": found.danger,
        "repair": found.repair,
        "who": trace.who if trace else None,
        "when": trace.when.isoformat() if trace else None,
        "call": trace.what if trace else None,
    }


def _show(deployment: Deployment, found: Findings) -> None:
    for each in found.drift:
        out.print(str(each.difference), style="default" if each.repairable else "red", soft_wrap=True)
        judged = "repairable" if each.repairable else f"dangerous: {each.danger}"
        out.print(f"  {judged}; last written: {each.trace or 'nobody can say'}", style="dim", soft_wrap=True)
    if found.waiting:
        told = ", ".join(found.waiting[:SHOWN]) + (", …" if len(found.waiting) > SHOWN else "")
        progress(
            f"not applied yet, and no drift: {count(len(found.waiting), 'change')} (`switchyard preview {deployment.options}`): {told}"
        )
    if not found.drift:
        done(f"{deployment.target.name}: AWS has what config says")
        return
    out.print(f"{deployment.target.name}: {count(len(found.drift), 'difference')}")
    commands("To repair, dangerous ones after a look:", list(dict.fromkeys(each.repair for each in found.drift)))
