"""Whether the registry has an image, asked before a release pins it."""

from botocore.exceptions import BotoCoreError, ClientError

from ops.console import warn
from ops.errors import BadInputError
from ops.target import Target
from settings_types import DIGEST

NO_IMAGE, NO_REPOSITORY = "ImageNotFoundException", "RepositoryNotFoundException"


def must_exist(target: Target, image: str) -> None:
    """BadInputError when ECR does not have the image; a warning when it cannot be asked, for the registry may be another account's.

    The emulated registry holds the repositories that somebody made there, so one that it lacks says nothing.
    """
    found = DIGEST.fullmatch(image)
    if not found:
        return  # settings say what is wrong with it
    registry, repository, region = found["account"], found["repository"], found["region"]
    wanted = [{"imageDigest": image.partition("@")[2]}]
    try:
        target.client("ecr", region).describe_images(registryId=registry, repositoryName=repository, imageIds=wanted)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code == NO_IMAGE or (code == NO_REPOSITORY and not target.sandboxed):
            what = "image with this digest" if code == NO_IMAGE else f"repository {repository}"
            raise BadInputError(
                f"ECR of {registry} in {region} has no {what}: {image}", "Push it first, and take the digest that ECR shows."
            ) from None
        warn(f"not checked whether ECR has {repository}: {code}")
    except BotoCoreError as error:
        warn(f"not checked whether ECR has {repository}: {error}")
