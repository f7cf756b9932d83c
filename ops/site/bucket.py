"""The site's bucket: which objects are there, and what the manifest of a release says that should be."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError
from pydantic import BaseModel, ConfigDict, ValidationError

from ops.deployment import Deployment
from ops.site.build import Item, prefix_of
from ops.site.headers import ASSETS, cache_control, content_type
from ops.site.place import place

MANIFESTS = "manifests/"
"""Beside the releases, where no address leads: the edge adds the release to all but assets."""
ABSENT = {"NoSuchKey", "404", "NotFound"}
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}
SHA256 = "sha256"
"""The metadata of an object that holds its checksum, so that what is there need not be sent again."""


class Entry(BaseModel):
    """One object of a release."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str
    size: int


class Manifest(BaseModel):
    """Every object of a release. It is written last: a release that has one is complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    release: str
    objects: Mapping[str, Entry]


class UnreadableError(Exception):
    """A manifest that is none."""


@dataclass(frozen=True)
class Listed:
    """An object as a listing shows it."""

    size: int
    modified: datetime


@dataclass(frozen=True)
class Bucket:
    """The bucket of a stack's site."""

    deployment: Deployment

    @cached_property
    def name(self) -> str:
        """From the stack's outputs; BadInputError when it is not there yet."""
        return place(self.deployment)["bucket"]

    @cached_property
    def s3(self) -> Any:
        """The client, which threads may share."""
        return self.deployment.target.client("s3")

    def listed(self, prefix: str) -> dict[str, Listed]:
        """The objects under a prefix."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return {each["Key"]: Listed(each["Size"], each["LastModified"]) for page in pages for each in page.get("Contents", ())}

    def text(self, key: str) -> str | None:
        """What an object holds; None when there is none."""
        try:
            return str(self.s3.get_object(Bucket=self.name, Key=key)["Body"].read().decode())
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                return None
            raise
        except UnicodeDecodeError:
            raise UnreadableError(f"{key} is no text") from None

    def checksum(self, key: str) -> str:
        """The SHA-256 with which an object was sent; empty where it was sent without."""
        return str(self.s3.head_object(Bucket=self.name, Key=key)["Metadata"].get(SHA256, ""))

    def send(self, item: Item) -> None:
        """Send a file; S3 refuses it when what arrives is not what was hashed."""
        self.s3.put_object(
            Bucket=self.name,
            Key=item.key,
            Body=item.path.read_bytes(),
            ContentType=content_type(item.key),
            CacheControl=cache_control(item.key),
            ChecksumSHA256=base64.b64encode(bytes.fromhex(item.sha256)).decode(),
            Metadata={SHA256: item.sha256},
        )

    def write(self, key: str, text: str, **more: str) -> None:
        """Write an object for the commands alone."""
        self.s3.put_object(Bucket=self.name, Key=key, Body=text.encode(), ContentType="application/json", CacheControl="no-store", **more)

    def manifest(self, release: str) -> Manifest | None:
        """What a release consists of; None when its upload has not ended. UnreadableError when that cannot be made out."""
        text = self.text(manifest_key(release))
        try:
            return None if text is None else Manifest.model_validate_json(text)
        except ValidationError as error:
            raise UnreadableError(f"{manifest_key(release)} is no manifest: {error.errors()[0]['msg']}") from None

    def publish(self, manifest: Manifest) -> bool:
        """Mark a release as complete; False when somebody else has meanwhile."""
        try:
            self.write(manifest_key(manifest.release), manifest.model_dump_json(indent=1), IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] in TAKEN:
                return False
            raise
        return True

    def gaps(self, release: str) -> Iterator[str]:
        """What a release lacks, in words; nothing for one that is complete."""
        try:
            manifest = self.manifest(release)
        except UnreadableError as error:
            yield str(error)
            return
        if manifest is None:
            yield f"{manifest_key(release)} is missing: its upload has not ended, or never began"
            return
        there = {**self.listed(ASSETS), **self.listed(prefix_of(release))}
        for key, entry in manifest.objects.items():
            if key not in there:
                yield f"{key} is missing"
            elif there[key].size != entry.size:
                yield f"{key} has {there[key].size} bytes instead of {entry.size}"


def manifest_key(release: str) -> str:
    """Where a release's manifest is."""
    return f"{MANIFESTS}{release}.json"
