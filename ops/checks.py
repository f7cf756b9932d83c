"""A check of `verify`: one question, and how it came out."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from botocore.exceptions import BotoCoreError, ClientError

from ops.aws_errors import aws_error

GONE = {"NoSuchBucket", "ResourceNotFoundException", "RuleNotFound", "TargetGroupNotFound"}
"""What AWS says of something that the stack made and that is not there any more."""


class Verdict(StrEnum):
    """How a check came out."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


Found = tuple[Verdict, str]


@dataclass(frozen=True)
class Check:
    """One question, and its answer."""

    check: str
    """What was looked at."""
    of: str
    """A service, or a color of it."""
    verdict: Verdict
    told: str
    """What was found."""


def checked(check: str, of: str, look: Callable[[], Found]) -> Check:
    """A check that was made, or that AWS did not let be made."""
    try:
        verdict, told = look()
    except ClientError as error:
        gone = error.response.get("Error", {}).get("Code") in GONE
        verdict, told = Verdict.FAILED if gone else Verdict.UNDECIDED, _in_words(error)
    except BotoCoreError as error:
        verdict, told = Verdict.UNDECIDED, _in_words(error)
    return Check(check, of, verdict, told)


def _in_words(error: Exception) -> str:
    told = aws_error(error)
    return told.message if told else str(error)
