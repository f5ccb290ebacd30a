import io
import sys

from kg.prompt import completions, converse


def test_questions_are_answered_line_by_line(graph, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("who used MXNet\n\nwho used Torch7\nquit\nwho used JAX\n"))
    converse(graph, "table", 120)
    said = capsys.readouterr()
    assert "GIGABYTE" in said.out
    assert "Torch7" in said.err
    assert "JAX" not in said.out


def test_a_number_chooses_a_reading_of_the_last_question(graph, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("which European vendors ran Minigo in v2.0\n1\n"))
    converse(graph, "csv", 120)
    said = capsys.readouterr().err
    assert "--reading" in said
    assert said.count("Read as ") == 1


def test_completes_questions_and_names(graph):
    assert (8, "who used PyTorch") in list(completions(graph, "who used"))
    assert (5, "PyTorch") in list(completions(graph, "who ran PyTor"))
    assert (8, "NVIDIA A100 80GB") in list(completions(graph, "who used NVIDIA A"))
    assert not list(completions(graph, ""))
