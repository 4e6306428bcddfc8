"""The command line: one module for each command, read only when the command is asked for."""

import importlib
import sys
from typing import Any, Final

import click

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    # name: (module with a click command called `command`, what `xiaoer --help` says)
    "grading": ("xiaoer.cli.grading", "How far people who grade talks agree."),
    "guard": ("xiaoer.cli.guard", "Check words before they are sent."),
    "dead-letters": ("xiaoer.cli.dead_letters", "Look at reactions that failed for good."),
    "demo": ("xiaoer.cli.demo", "Make the demonstration marketplace."),
    "evidence": ("xiaoer.cli.evidence", "Check a pack of evidence without a server; make one."),
    "import": ("xiaoer.cli.importing", "Take over shops, products, buyers and orders from files."),
    "inspect": ("xiaoer.cli.inspect", "Inspect every conversation of exported chat logs; train the model."),
    "ledger": ("xiaoer.cli.ledger", "Compare payouts with the payment provider."),
    "marketplace": ("xiaoer.cli.marketplace", "Open a marketplace with its first administrator."),
    "migrate": ("xiaoer.cli.migrate", "Bring the database to the state of this program."),
    "replay": ("xiaoer.cli.replay", "Play recorded work against a running server."),
    "rules": ("xiaoer.cli.rulebook", "Read, prove and ask decision tables; decide stored cases again."),
    "run": ("xiaoer.cli.run", "Start everything: database, demonstration, server."),
    "schema": ("xiaoer.cli.schema", "Write the whole database into one readable file."),
    "serve": ("xiaoer.cli.serve", "Answer requests over HTTP and WebSocket."),
    "work": ("xiaoer.cli.work", "React to news and ring clocks beside servers without jobs."),
}


class Commands(click.Group):
    """Finds a command's module when it is needed, so that small commands start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: Any = importlib.import_module(COMMANDS[cmd_name][0]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name][0]}.command is no click command")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xiaoer")
def cli() -> None:
    """Xiaoer: the service desk and dispute court of a marketplace."""


def main() -> None:
    """Runs the command line; a fault with a sentence ends it with that sentence and code 1."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
