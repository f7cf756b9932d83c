import pytest
from botocore.exceptions import ClientError, ParamValidationError

from sandbox.provider.errors import ProviderError, explain, is_gone

FACTS: dict[str, str] = {}


def refusal(code: str, status: int = 400) -> ClientError:
    """Return an error as boto3 raises it."""
    return ClientError({"Error": {"Code": code, "Message": "told"}, "ResponseMetadata": {"HTTPStatusCode": status}}, "DoThing")


@pytest.mark.parametrize(
    "code",
    [
        "InvalidVpcID.NotFound",
        "NoSuchBucket",
        "NoSuchEntity",
        "TargetGroupNotFound",
        "ResourceNotFoundException",
        "404",
        "QueueDoesNotExist",
    ],
)
def test_each_service_has_its_own_word_for_gone(code: str) -> None:
    """All are understood."""
    assert is_gone(refusal(code))


def test_other_refusals_are_not_taken_for_gone() -> None:
    """A resource in use must not be forgotten."""
    assert not is_gone(refusal("DependencyViolation"))
    assert not is_gone(ProviderError("NotFound"))


def test_an_error_is_told_in_aws_s_words() -> None:
    """Code and message."""
    assert explain(refusal("ResourceInUse")) == "operation error DoThing: ResourceInUse: told"
    assert explain(refusal("", 500)) == "DoThing: the emulator failed or has no such operation; its log says which"
    assert explain(ProviderError("a sentence")) == "a sentence"
    assert "Parameter validation failed" in explain(ParamValidationError(report="x"))


def test_a_defect_of_a_row_is_told_with_its_line() -> None:
    """In one line, for whoever writes rows."""
    with pytest.raises(KeyError) as error:
        _ = FACTS["color"]
    assert explain(error.value).startswith("defect in the sandbox's provider (test_errors.py:")
    assert explain(error.value).endswith("KeyError: 'color'")
