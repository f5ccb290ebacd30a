"""`kg completion`, and what a shell is given that completes a line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from kg.cli.command import Parser

SHELLS = ("bash", "zsh", "fish")


def add(parser: Parser, words: Sequence[str]) -> None:
    """Its arguments."""
    parser.add_argument("shell", choices=SHELLS, help="bash: put 'source <(kg completion bash)' into ~/.bashrc")


def run(options: Namespace) -> None:
    """Print the script for a shell."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["kg"], shell=options.shell))


def complete(words: Sequence[str]) -> None:
    """Answer the shell that asks how a line goes on (https://kislyuk.github.io/argcomplete/), and end."""
    import argcomplete

    from kg.cli import COMMANDS

    parser = Parser(prog="kg")
    commands = parser.add_subparsers()
    named = next((word for word in words[1:] if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        made = commands.add_parser(name, help=summary)
        if name == named:
            import_module(f"kg.cli.{name}").add(made, words[2:])
    argcomplete.autocomplete(parser, always_complete_options=False)
