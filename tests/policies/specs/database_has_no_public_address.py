from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

OFF = {"publiclyAccessible": False}
CASES = [Case(says=f"an address of the {key[1]}", change={key: {"publiclyAccessible": True}}) for key in (PRIMARY, REPLICA)]

SPEC = Spec(
    compliant=(primary(**OFF), replica(**OFF)),
    cases=[*CASES, Case(says="AWS's default", change={PRIMARY: {"publiclyAccessible": REMOVED}})],
    undecided=((PRIMARY, "publiclyAccessible"),),
    mutations=CASES,
)
