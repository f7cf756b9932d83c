from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.spec import Case, Spec

CASES = [Case(says=f"an address of the {key[1]}", change={key: {"publiclyAccessible": True}}) for key in (PRIMARY, REPLICA)]

SPEC = Spec(
    compliant=(primary(publiclyAccessible=False), replica()),
    cases=CASES,
    undecided=((PRIMARY, "publiclyAccessible"),),
    mutations=CASES,
)
