"""Work on pumped input grows with its length: twice the text takes no more than about twice the time."""

from time import process_time

import pytest

from kg.build import Known, extract_document
from kg.errors import InputError
from kg.extract.sentences import long_sentences, sentences
from kg.extract.split import split
from kg.model.statement import Entity
from kg.namespaces import iri
from tests.read.notes import read

ROUND = Entity(iri("round", "training-v2.0"), "MLPerf Training v2.0", "Round")
HEAD = "# MLPerf Training v2.0 notes\n\n## Baidu\n\nWe "
PUMPS = [
    "[", "[1] ", "](", "(1) ", "*a", "**", "_a_", "`", "<a ", "<sup>1", "<del>", "<!--", "&nbsp;", "&#", "~~a", " ", "\t",
    "\n", "\f", "a\f", "a | ", "a    b    ", "|---|\n", "| a | 8 |\n", "- a\n", " - a\n", "a:\n", "### a\n", "#", "a\n---\n",
    "<style>", "<style>a{", "<p style=", "<sup>", "![", "](a \"", "{--", "~a", "\\[", "[[", "^1", "footnote:[", "16.6 (a) ", "①",
    "**a**\n\n", "Page 1\n", "16.6¹ ", "\u200b", "a\u00ad", "e.g. ", '."', "1,", "x2 ", "> ", "https://a ", "---\n", "我们。",
    "<img ", "![x](a", "[a]: b", "‘a", "<sup>[", "[a ] ",
]  # fmt: skip


def work(folder, name, text):
    """The time to read a text and part it into sentences, in seconds."""
    start = process_time()
    try:
        document = read(folder, name, text)
    except InputError:
        return process_time() - start
    for statement in split(document, lambda name: Entity(iri("organization", name), name, "Organization"), ROUND):
        sentences(statement)
        long_sentences(statement)
    return process_time() - start


@pytest.mark.parametrize("pump", PUMPS)
def test_work_grows_with_the_text(tmp_path, pump):
    for name in ("n.md", "n.html"):
        small, large = (work(tmp_path, name, HEAD + pump * (n // len(pump))) for n in (5_000, 40_000))
        assert large < 24 * max(small, 0.04)  # in proportion it is 8, by the square 64


def test_a_list_of_many_names_takes_no_time_that_grows_faster(tmp_path):
    def seconds(times):
        document = read(tmp_path, "n.md", HEAD + "submitted " + "BERT, ResNet-50, DLRM, " * times)
        start = process_time()
        extract_document((document, Known((), ())))
        return process_time() - start

    small, large = seconds(8), seconds(64)
    assert large < 24 * max(small, 0.04)


@pytest.mark.parametrize("pump", ["1:3", "8, 16, ", "(1) ", "x2 ", "a:\n"])
def test_facts_of_many_figures_take_no_time_that_grows_faster(tmp_path, pump):
    def seconds(length):
        document = read(tmp_path, "n.md", HEAD + pump * (length // len(pump)))
        start = process_time()
        extract_document((document, Known((), ())))
        return process_time() - start

    small, large = seconds(4_000), seconds(32_000)
    assert large < 24 * max(small, 0.04)


@pytest.mark.parametrize("pump", ["†", "-", " #", "[a]", "n/a ", "– "])
@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("n.html", "<h1>MLPerf Training v2.0</h1><h2>Dell {}y</h2><p>We trained BERT."),
        ("n.md", HEAD + "won.\n\n| A | B |\n|---|---|\n| BERT | {}y |\n"),
    ],
    ids=["heading", "cell"],
)
def test_marks_in_a_heading_or_cell_take_no_time_that_grows_faster(tmp_path, name, form, pump):
    def seconds(times):
        start = process_time()
        extract_document((read(tmp_path, name, form.format(pump * times)), Known((), ())))
        return process_time() - start

    for few, many in ((12, 24), (500, 4000)):
        small, large = seconds(few), seconds(many)
        assert large < 24 * max(small, 0.04)
