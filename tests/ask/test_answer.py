"""The questions of `answers.toml` and what they are answered."""

import tomllib
from pathlib import Path

import pytest

from kg.ask import NotUnderstood, ask
from kg.store import open_graph

ANSWERS = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


@pytest.mark.parametrize(
    ("question", "told"),
    [pytest.param(q, told, id=f"{why}: {q}") for why, qs in ANSWERS.items() for q, told in qs.items()],
)
def test_questions_are_answered_as_told(graph, question, told):
    if told is False:
        with pytest.raises(NotUnderstood):
            ask(graph, question)
    elif isinstance(told, str):
        assert ask(graph, question).lines[0].startswith(told)
    else:
        assert all(text in "\n".join(ask(graph, question).lines) for text in told)
