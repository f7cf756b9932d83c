"""What a rehearsal plays, in order: all that an operator does to a stack, or to one that waits for another's failure."""

from ops.acts import database, emergency, homecoming, redis, releases, services, sight, site, stack, takeover, traffic

ACTS = (
    *(*stack.OPENING, *sight.VERIFY, *releases.ACTS, *traffic.ACTS, *sight.DRIFT),
    *(*site.ACTS, *emergency.ACTS, *redis.ACTS, *database.ACTS, *homecoming.ACTS, *services.ACTS, *stack.ENDING),
)

WAITING_ACTS = (*stack.OPENING, stack.AGAIN, *takeover.ACTS, *stack.ENDING)
