"""IAM in the emulator: AWS's own managed policies are there when a role asks for one; all of them at once would take seconds to load."""

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

_attached = IAMBackend.attach_role_policy


def mend() -> None:
    """Put the function below in the place of the emulator's."""
    setattr(IAMBackend, "attach_role_policy", _attach)  # noqa: B010 -- there is no other way in, and mypy takes this one


def _attach(backend: IAMBackend, policy_arn: str, role_name: str) -> None:
    """Attach a policy to a role; AWS's own come from the emulator's list of them, and one that is not there is refused as before."""
    if policy_arn not in backend.managed_policies:
        name = policy_arn.rpartition("/")[2]
        told = json.loads(aws_managed_policies_data).get(name)
        policy = AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, told) if told else None
        if policy and policy.arn == policy_arn:
            backend.managed_policies[policy_arn] = policy
    _attached(backend, policy_arn, role_name)
