"""What a rehearsal plays, in order: all that an operator does to a stack."""

from ops.acts import releases, services, stack, traffic

ACTS = (*stack.OPENING, *releases.ACTS, *traffic.ACTS, *services.ACTS, *stack.ENDING)
