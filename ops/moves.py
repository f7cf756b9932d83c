"""Users moved forward, of a service or of the site: checked as config, admitted, written, and seen to have landed."""

from ops.change import Change, carry_out, landed, report, undrifted
from ops.console import done
from ops.deployment import Deployment
from ops.flip import Flip, Move


def make(deployment: Deployment, flip: Flip, move: Move) -> None:
    """Carry a move out: one resource changes, after what it moves onto was seen to be ready."""
    deployment.target.file.check({**move.keys, **move.beside})
    undrifted(deployment, flip)
    before = move.admit()
    change = Change(move.message, move.keys, [flip.part], [move.undo])
    edit = carry_out(deployment, change)
    landed(deployment, [flip])
    done(f"{flip.name}: {move.told}")
    report(deployment, change, edit.since(before))
