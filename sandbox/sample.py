"""A release of the site for a sandbox whose bucket has none, as account and zone are planted too: what the stack file takes as given."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

FOLDER = Path(__file__).with_name("sample_site")
PAGES = ("index.html", "about/index.html")
UNCHANGED = ("favicon.svg",)
ASSETS = {"app": "app.js", "style": "style.css"}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "public, max-age=0, must-revalidate, s-maxage=31536000"


def sample_site(release: str, paths: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the sample by path; `paths` says where each service is asked. Assets are named after their content."""
    contents = {role: (FOLDER / "assets" / name).read_bytes() for role, name in ASSETS.items()}
    names = {role: _hashed(ASSETS[role], content) for role, content in contents.items()}
    pages = {page: Template((FOLDER / page).read_text(encoding="utf-8")).substitute(names, release=release).encode() for page in PAGES}
    listed = json.dumps([{"service": service, "path": path} for service, path in paths.items()]).encode()
    as_they_are = {path: (FOLDER / path).read_bytes() for path in UNCHANGED}
    return {**{names[role]: content for role, content in contents.items()}, **pages, **as_they_are, "services.json": listed}


def plant_sample(client: Any, bucket: str, release: str, files: Mapping[str, bytes]) -> bool:
    """Upload the files as a release, unless the bucket has one of that id; the manifest comes last and says that it is whole."""
    if client.list_objects_v2(Bucket=bucket, Prefix=f"releases/{release}/", MaxKeys=1)["KeyCount"]:
        return False
    for path, content in sorted(files.items()):
        asset = path.startswith("assets/")
        client.put_object(
            Bucket=bucket,
            Key=path if asset else f"releases/{release}/{path}",
            Body=content,
            ContentType=_content_type(path),
            CacheControl=IMMUTABLE if asset else REVALIDATED,
        )
    manifest = json.dumps({"release": release, "files": {path: _digest(content) for path, content in sorted(files.items())}})
    client.put_object(Bucket=bucket, Key=f"manifests/{release}.json", Body=manifest.encode(), ContentType="application/json")
    return True


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"assets/{stem}-{_digest(content)[:12]}.{suffix}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content_type(path: str) -> str:
    found = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
