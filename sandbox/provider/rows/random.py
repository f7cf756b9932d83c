"""The random provider: values that are made once and then live in the stack's state."""

import base64
import secrets
import string
from collections.abc import Callable, Iterator, Mapping

from sandbox.provider.limits import Limit
from sandbox.provider.row import Facts, Row
from sandbox.provider.schema import Failure

SPECIAL = "!@#$%&*()-_=+[]{}<>:?"

KINDS: Mapping[str, str] = {
    "Lower": string.ascii_lowercase,
    "Upper": string.ascii_uppercase,
    "Numeric": string.digits,
    "Special": SPECIAL,
}

WHY = "random values are made in the provider, and the engine's state is where they live on the real one too"

DEFAULTS = {**{kind.lower(): True for kind in KINDS}, **{f"min{kind}": 0 for kind in KINDS}}

INPUTS = (*DEFAULTS, "length", "overrideSpecial", "keepers")


def _alphabet(kind: str, facts: Facts) -> str:
    """Characters of a kind that are asked for."""
    chars = (facts.get("overrideSpecial") or SPECIAL) if kind == "Special" else KINDS[kind]
    return chars if facts[kind.lower()] else ""


def _text(facts: Facts) -> str:
    """Return a text of `length` characters with at least as many of each kind as are asked for."""
    certain = [secrets.choice(_alphabet(kind, facts)) for kind in KINDS for _ in range(facts[f"min{kind}"])]
    every = "".join(_alphabet(kind, facts) for kind in KINDS)
    chars = certain + [secrets.choice(every) for _ in range(facts["length"] - len(certain))]
    secrets.SystemRandom().shuffle(chars)
    return "".join(chars)


def _failures(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("length", 1) < 1:
        yield "length", f"{inputs['length']} is less than 1 character"
    kinds = [kind for kind in KINDS if inputs.get(kind.lower())]
    if not kinds:
        yield "length", "at least one of lower, upper, numeric and special must be true"
    least = sum(inputs.get(f"min{kind}", 0) for kind in KINDS)
    if least > inputs.get("length", least):
        yield "length", f"{inputs['length']} is less than the {least} characters that the minimums ask for"
    for kind in KINDS:
        if inputs.get(f"min{kind}") and kind not in kinds:
            yield f"min{kind}", f"{inputs[f'min{kind}']} of characters that {kind.lower()}=false excludes"


def _prefixed(text: Callable[[bytes], str]) -> Callable[[Facts], str]:
    """Return a form of an id: the prefix and its bytes, written in some way."""
    return lambda facts: facts.get("prefix", "") + text(bytes.fromhex(facts["hex"].removeprefix(facts.get("prefix", ""))))


FORMS: Mapping[str, Callable[[Facts], str]] = {
    "hex": lambda facts: facts.get("prefix", "") + secrets.token_hex(facts["byteLength"]),
    "dec": _prefixed(lambda raw: str(int.from_bytes(raw))),
    "b64Std": _prefixed(lambda raw: base64.b64encode(raw).decode()),
    "b64Url": _prefixed(lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")),
}


def _of_text(type_: str, id_: str, *hidden: str) -> Row:
    """Return the row of a random text; they differ in whether it is a secret."""
    return Row(
        type=type_,
        recorded=WHY,
        id=id_,
        computed={"result": _text},
        defaults=DEFAULTS,
        replaces=INPUTS,
        secrets=hidden,
        check=_failures,
    )


ROWS = (
    _of_text("random.RandomPassword", "none", "result"),
    _of_text("random.RandomString", "{result}"),
    Row(
        type="random.RandomId",
        recorded=WHY,
        id="{b64Url}",
        computed=FORMS,
        replaces=("byteLength", "keepers", "prefix"),
        limits={"byteLength": Limit(1)},
    ),
)
