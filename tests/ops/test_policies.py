"""`switchyard policies`."""

import pytest
from typer.testing import CliRunner, Result

from ops.cli import app
from ops.errors import Exit
from policies.rules.catalogue import rules


def call(*words: str) -> Result:
    """Call the command; it is about no stack."""
    return CliRunner().invoke(app, ["policies", *words])


def test_the_list_names_every_rule() -> None:
    """With its pack, its severity, and what it demands."""
    result = call("list")
    assert result.exit_code == Exit.DONE
    assert [name for name in rules() if name not in result.stdout] == []


@pytest.mark.parametrize(
    "told",
    [
        "bucket_encrypted (medium)",
        "Every bucket is encrypted by a key of the stack.",
        "Fix: Make an aws.s3.BucketServerSideEncryptionConfiguration",
        "Controls: Security Hub S3.17, OWASP A04:2025",
        "Not for lb-logs-encrypted of *: Load balancers deliver logs to no",
    ],
)
def test_a_rule_is_explained_in_the_words_of_its_violations(told: str) -> None:
    """And with where it does not bind."""
    assert told in call("explain", "bucket_encrypted").stdout


@pytest.mark.parametrize(
    ("name", "hint"), [("bucket_encryptd", "Did you mean bucket_encrypted?"), ("zzz", "`switchyard policies list` names them all.")]
)
def test_a_rule_that_there_is_not(name: str, hint: str) -> None:
    """A slip is recognised."""
    result = call("explain", name)
    assert result.exit_code == Exit.BAD_INPUT
    assert f"There is no rule {name!r}." in result.stderr
    assert hint in result.stderr
