"""Systems Manager: parameters."""

import re
from collections.abc import Iterator

from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

NAMING = Naming(
    1011,
    pattern=r"(?!/?(aws|ssm))/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*",
    says="levels of letters, digits and . - _ with slashes between them, not beginning with aws or ssm",
)

LEVELS = 15
"""Of a hierarchy, at most."""

BYTES = {"Standard": 4096, "Advanced": 8192, "Intelligent-Tiering": 8192}
"""Size of a value, at most."""

NAMED = "{ParameterFilters: [{Key: 'Name', Option: 'Equals', Values: [id]}]}"

DESCRIBED = "Parameters[0].{description: Description, tier: Tier, keyId: KeyId, allowedPattern: AllowedPattern}"


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Say what is wrong without the value, which may be a secret."""
    if inputs.get("name", "").strip("/").count("/") >= LEVELS:
        yield "name", f"{inputs['name']!r} has more than {LEVELS} levels"
    for name in ("value", "insecureValue"):
        value, most = inputs.get(name), BYTES.get(inputs.get("tier", "Standard"), BYTES["Standard"])
        if value is None:
            continue
        if not 1 <= len(value.encode()) <= most:
            yield name, f"it has {len(value.encode())} bytes: AWS takes 1 to {most}"
        if "{{" in value:
            yield name, "AWS refuses {{ in a value: parameters cannot be nested"
        if not re.fullmatch(inputs.get("allowedPattern", "(?s:.*)"), value):
            yield name, f"it does not match allowedPattern, {inputs['allowedPattern']}"
    if inputs.get("insecureValue") and inputs.get("type") == "SecureString":
        yield "insecureValue", "a SecureString has a value, not an insecureValue"


ROWS = (
    Row(
        type="aws.ssm.Parameter",
        create=Call("put_parameter", "{Value: insecureValue}"),
        id="{name}",
        read=(Call("get_parameter", "{Name: id, WithDecryption: `true`}", "Parameter"), Call("describe_parameters", NAMED, DESCRIBED)),
        update=Call("put_parameter", "{Overwrite: `true`, Value: insecureValue}"),
        delete=Call("delete_parameter", "{Name: id}"),
        replaces=("dataType",),
        fresh=("version",),
        secrets=("value",),
        naming=NAMING,
        conflicts=(("value", "insecureValue"),),
        check=_failures,
    ),
)
