"""What botocore raises, in words."""

import pytest
from botocore import exceptions as botocore

from ops.aws_errors import aws_error


def refused(code: str, message: str = "Because.") -> botocore.ClientError:
    """An answer of AWS that is a refusal."""
    return botocore.ClientError({"Error": {"Code": code, "Message": message}}, "DescribeRules")


@pytest.mark.parametrize(
    ("error", "message", "next_step"),
    [
        (botocore.NoCredentialsError(), "There are no AWS credentials: Unable to locate credentials", "or rehearse with --sandbox."),
        (botocore.ProfileNotFound(profile="x"), "There are no AWS credentials: The config profile (x) could not be found", "AWS_PROFILE"),
        (botocore.SSOTokenLoadError(profile_name="x", error_msg="y"), "There are no AWS credentials: ", "Log in"),
        (botocore.ReadTimeoutError(endpoint_url="https://e"), "AWS does not answer: Read timeout", "Check the network and aws:region"),
        (refused("ExpiredToken"), "AWS refused DescribeRules: Because. (ExpiredToken)", "`aws sts get-caller-identity`"),
        (refused("RuleNotFound"), "AWS refused DescribeRules: Because. (RuleNotFound)", "Run `switchyard doctor`"),
        (refused("Odd", ""), "AWS refused DescribeRules: no reason given (Odd)", "Run `switchyard doctor`"),
        (botocore.NoRegionError(), "AWS cannot be asked: You must specify a region.", "Check the credentials"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_botocore_says_what_to_do(error: Exception, message: str, next_step: str) -> None:
    """Its own text, and the next step."""
    told = aws_error(error)
    assert told
    assert told.message.startswith(message)
    assert next_step in told.next_step


def test_other_errors_are_not_its_business() -> None:
    """Somebody else's."""
    assert aws_error(ValueError("x")) is None
