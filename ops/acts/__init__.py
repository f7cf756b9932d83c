"""What a rehearsal plays, in order: all that an operator does to a stack."""

from ops.acts import database, emergency, releases, services, sight, site, stack, traffic

ACTS = (
    *(*stack.OPENING, *sight.VERIFY, *releases.ACTS, *traffic.ACTS, *sight.DRIFT),
    *(*site.ACTS, *emergency.ACTS, *database.ACTS, *services.ACTS, *stack.ENDING),
)
