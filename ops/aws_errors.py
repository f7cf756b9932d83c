"""What AWS's own client says when it gets no answer, or a refusal, in words that an operator can act on."""

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)
from botocore.exceptions import ConnectionError as NoConnectionError

from ops.errors import SwitchyardError

CREDENTIALS = (CredentialRetrievalError, NoCredentialsError, PartialCredentialsError, ProfileNotFound, SSOError, TokenRetrievalError)
CHECK = "Check the credentials: `aws sts get-caller-identity`."
UNKNOWN_TO_AWS = {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "RequestExpired", "UnrecognizedClientException"}
"""Error codes for credentials that AWS does not accept (any more)."""


def aws_error(error: Exception) -> SwitchyardError | None:
    """The error of botocore as one of ours; None when it is not botocore's."""
    if isinstance(error, CREDENTIALS):
        return SwitchyardError(f"There are no AWS credentials: {error}", "Log in, or set AWS_PROFILE; or rehearse with --sandbox.")
    if isinstance(error, NoConnectionError | HTTPClientError):
        return SwitchyardError(f"AWS does not answer: {error}", "Check the network and aws:region, then run the command again.")
    if isinstance(error, ClientError):
        told = error.response.get("Error", {})
        code = told.get("Code", "")
        next_step = CHECK if code in UNKNOWN_TO_AWS else "Run `switchyard doctor`, then the command again."
        return SwitchyardError(f"AWS refused {error.operation_name}: {told.get('Message') or 'no reason given'} ({code})", next_step)
    return SwitchyardError(f"AWS cannot be asked: {error}", CHECK) if isinstance(error, BotoCoreError) else None
