"""The pages that people read, held to the program that they are about."""

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperOption

from ops.errors import Exit
from ops.reference import MEANINGS, PROGRAM, TARGET, commands_page, leaves
from tests.rendering import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS: dict[str, TyperCommand] = dict(leaves())
REFERENCE = ROOT / "docs" / "reference"

FENCED = re.compile(r"^```[^\n]*\n.*?^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^ {4}(.+)$", re.MULTILINE)
CODE_SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

of_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def told(page: Path, program: str) -> list[str]:
    """The command lines of one program on a page, in code spans and in code blocks, without what stands before the program."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join([*FENCED.findall(text), *INDENTED.findall(text)])
    code = [*CODE_SPAN.findall(FENCED.sub("", text)), *blocks.splitlines()]
    lines = [re.match(rf"\s*(?:\$ )?(?:\.venv/bin/)?{program} ([\w-].*?)\s*(?:#.*)?$", line) for line in code]
    return [line[1] for line in lines if line]


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make, in GitHub's spelling."""
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def mistakes(line: str) -> list[str]:
    """What the program does not know of a command line: the command, or one of its options."""
    words = [word for word in shlex.split(line) if not word.startswith("[")]
    name = next((name for name in COMMANDS if words[: len(name.split())] == name.split()), "")
    if not name:
        return [] if words[0].startswith("--stack") or words[0].isupper() else [f"no command {words[0]}"]
    known = {spelled for option in COMMANDS[name].params if isinstance(option, TyperOption) for spelled in option.opts}
    return [f"{name} has no {word}" for word in words if word.startswith("-") and word not in known]


def test_the_page_of_commands_is_what_the_program_says() -> None:
    """Made anew it is the same: `python -m ops.reference > docs/reference/commands.md`."""
    assert (REFERENCE / "commands.md").read_text(encoding="utf-8") == commands_page()


def test_every_exit_code_has_a_meaning() -> None:
    """A code that nobody explained would be a number."""
    assert list(MEANINGS) == list(Exit)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    """The page has no empty cell."""
    command = COMMANDS[name]
    assert command.help
    assert [each.name for each in command.params if not getattr(each, "help", "")] == []
    assert f"\n## {name}\n\n    {PROGRAM} {name}" in commands_page()


def test_the_target_is_told_once() -> None:
    """Stack and sandbox have a section of their own; no command's table repeats them."""
    assert commands_page().count("| `--stack, -s STACK` |") == 1
    assert set(TARGET) == {"stack", "sandbox"}


@of_each_page
def test_every_command_line_exists(page: Path) -> None:
    """Each `switchyard …` of a page has a command and options that the program knows."""
    assert {line: mistakes(line) for line in told(page, PROGRAM) if mistakes(line)} == {}


@of_each_page
def test_every_make_target_exists(page: Path) -> None:
    """Each `make …` of a page is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {line.split()[0] for line in told(page, "make")} <= targets


@of_each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link names a file that is there, and a heading in it."""
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@of_each_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    """A path in a code span, such as `ops/guard.py`, is a file of the project."""
    roots = "components|docs|ops|policies|sandbox|tests"
    named = [span for span in CODE_SPAN.findall(page.read_text(encoding="utf-8")) if re.fullmatch(rf"(?:{roots})/[\w./-]+", span)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_mistakes_are_noticed() -> None:
    """The check of command lines can fail."""
    assert mistakes("shift api 10 -s prod --sandbox") == []
    assert mistakes("sandbox status") == []
    assert mistakes("relase api") == ["no command relase"]
    assert mistakes("promote api --now") == ["promote has no --now"]
