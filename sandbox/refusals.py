"""AWS's refusals, as they arrive at boto3 in the protocol of each service."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

from botocore.awsrequest import AWSResponse


@dataclass(frozen=True)
class Refusal:
    """An error that AWS answers with."""

    status: int
    code: str
    message: str

    def answer(self, protocol: str) -> AWSResponse:
        """Return it as AWS sends it in a protocol, named as in botocore."""
        error = f"<Error><Code>{self.code}</Code><Message>{self.message}</Message></Error>"
        body = {
            "ec2": f"<Response><Errors>{error}</Errors></Response>",
            "json": json.dumps({"__type": self.code, "message": self.message}),
            "rest-json": json.dumps({"code": self.code, "message": self.message}),
        }.get(protocol, f"<ErrorResponse>{error}</ErrorResponse>")
        return AWSResponse("", self.status, {}, SimpleNamespace(stream=lambda: [body.encode()]))
