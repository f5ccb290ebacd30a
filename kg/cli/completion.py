"""`kg completion`, and what a shell is given that completes a line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from kg.cli.command import Parser, part_of


def add_completion(parser: Parser, words: Sequence[str]) -> None:
    """Arguments of `kg completion`."""
    parser.add_argument(
        "shell", choices=("bash", "zsh", "fish"), help="bash: put 'source <(kg completion bash)' into ~/.bashrc"
    )


def run_completion(options: Namespace) -> None:
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
    for name, (_, summary) in COMMANDS.items():
        made = commands.add_parser(name, help=summary)
        if name == named:
            part_of("add", name)(made, words[2:])
    argcomplete.autocomplete(parser, always_complete_options=False)
