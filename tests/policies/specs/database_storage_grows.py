from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

CASES = (
    Case(says="no limit, which is no growth", change={PRIMARY: {"maxAllocatedStorage": REMOVED}}),
    Case(says="growth that AWS turns off", change={REPLICA: {"maxAllocatedStorage": 0}}),
    Case(says="a limit that is reached", change={PRIMARY: {"maxAllocatedStorage": 20, "allocatedStorage": 20}}),
)

SPEC = Spec(
    compliant=(primary(allocatedStorage=20, maxAllocatedStorage=100), replica(maxAllocatedStorage=100)),
    cases=CASES,
    undecided=((PRIMARY, "allocatedStorage"), (REPLICA, "maxAllocatedStorage")),
    mutations=CASES,
)
