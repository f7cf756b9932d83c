"""Who does it, in the engine's record: every update's message ends with the caller that AWS knows."""

import re

from botocore.exceptions import BotoCoreError, ClientError

from ops.target import Target

SIGNED = re.compile(r"(?P<message>.*), by (?P<who>arn:\S+)", re.DOTALL)


def signed(message: str, target: Target) -> str:
    """A message with the caller's ARN after it; as it is when AWS does not say who that is."""
    try:
        return f"{message}, by {target.client('sts').get_caller_identity()['Arn']}"
    except (BotoCoreError, ClientError):
        return message  # not to know who it was must not stop what has to be done


def parted(text: str) -> tuple[str, str]:
    """Message and ARN of a message that may be signed; an empty ARN when it is not."""
    found = SIGNED.fullmatch(text)
    return (found["message"], found["who"]) if found else (text, "")
