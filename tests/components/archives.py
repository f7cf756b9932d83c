"""An archive of its own, as the tests of its parts see it."""

from functools import cache

from components.archive import Archive, ArchiveArgs
from settings_archive import Archive as Config
from tests.rendering import Rendering, run

KEY = "arn:aws:kms:eu-west-1:123456789012:key/data"


@cache
def archive() -> Rendering:
    """Of an instance called `db`, on the first of each month."""

    def program() -> None:
        args = ArchiveArgs(
            account_id="123456789012",
            region="eu-west-1",
            config=Config(),
            identifier="db",
            data_key_arn=KEY,
            logs_key_arn=KEY.replace("data", "logs"),
            log_retention_days=30,
        )
        Archive("archive", args)

    return run(program, {"aws:region": "eu-west-1"}, preview=False)
