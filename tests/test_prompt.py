import io
import sys

from kg.prompt import answer, completions, converse


def test_questions_are_answered_line_by_line(graph, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("who used MXNet\n\nwho used Torch7\nquit\nwho used JAX\n"))
    converse(graph, "table", 120)
    said = capsys.readouterr()
    assert "GIGABYTE" in said.out
    assert "Torch7" in said.err
    assert "JAX" not in said.out


def test_a_number_chooses_a_reading_of_the_last_question(graph, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("which European vendors ran Minigo in v2.0\n2\n1\n"))
    converse(graph, "csv", 120)
    said = capsys.readouterr().err
    assert "--reading" in said
    assert said.count("Read as ") == 1


def test_completes_questions_and_names(graph):
    assert (8, "who used PyTorch") in list(completions(graph, "who used"))
    assert (5, "PyTorch") in list(completions(graph, "who ran PyTor"))
    assert (8, "NVIDIA A100 80GB") in list(completions(graph, "who used NVIDIA A"))
    assert not list(completions(graph, ""))


def test_an_answer_comes_first_and_what_it_rests_on_last(graph, capsys):
    assert answer(graph, "who used MXNet", "table", 120) == 0
    said = capsys.readouterr().out
    assert said.index("GIGABYTE") < said.index("Read as ") < said.index("Evidence")
    assert answer(graph, "who used MXNet", "csv", 120, part="evidence") == 0
    rows = capsys.readouterr()
    assert "Read as " in rows.err
    assert "logFolder" in rows.out.splitlines()[0]
    assert answer(graph, "who used MXNet", "table", 120, part="sparql") == 0
    assert "SELECT" in capsys.readouterr().out


def test_a_refusal_is_exit_code_1(graph, capsys):
    assert answer(graph, "who used Torch7", "table", 120) == 1
    assert "Torch7" in capsys.readouterr().err
