"""A release of the site for a sandbox whose bucket has none, as account and zone are planted too: what the stack file takes as given."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from string import Template

FOLDER = Path(__file__).with_name("sample_site")
PAGES = ("index.html", "about/index.html")
UNCHANGED = ("favicon.svg",)
ASSETS = {"app": "app.js", "style": "style.css"}


def sample_site(release: str, paths: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the sample by path; `paths` says where each service is asked. Assets are named after their content."""
    contents = {role: (FOLDER / "assets" / name).read_bytes() for role, name in ASSETS.items()}
    names = {role: _hashed(ASSETS[role], content) for role, content in contents.items()}
    pages = {page: Template((FOLDER / page).read_text(encoding="utf-8")).substitute(names, release=release).encode() for page in PAGES}
    listed = json.dumps([{"service": service, "path": path} for service, path in paths.items()]).encode()
    as_they_are = {path: (FOLDER / path).read_bytes() for path in UNCHANGED}
    return {**{names[role]: content for role, content in contents.items()}, **pages, **as_they_are, "services.json": listed}


def write_sample(folder: Path, release: str, paths: Mapping[str, str]) -> None:
    """Write the sample into a folder, as a build of a site would leave it there."""
    for name, content in sample_site(release, paths).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"assets/{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
