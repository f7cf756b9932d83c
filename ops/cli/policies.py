"""Commands that tell of the policy packs' rules."""

from typing import Annotated

import typer

from ops.cli.options import app

policies_app = typer.Typer(no_args_is_help=True, help="The rules of the policy packs.")
app.add_typer(policies_app, name="policies", rich_help_panel="What runs")


@policies_app.command("list")
def policies_list() -> None:
    """List the rules, by pack."""
    from ops.commands.policies import show

    show()


@policies_app.command("explain")
def policies_explain(rule: Annotated[str, typer.Argument(help="A rule, as `list` and a violation name it.")]) -> None:
    """Say what a rule demands and why, what to do about a violation, and where it does not bind."""
    from ops.commands.policies import explain

    explain(rule)
