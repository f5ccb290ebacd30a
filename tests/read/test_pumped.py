"""Work on pumped input grows with its length: twice the text takes no more than about twice the time."""

from time import process_time

import pytest

from kg.build import Known, Reading, extract_document
from kg.errors import InputError
from kg.extract import Extraction
from kg.extract.sentences import sentences, too_long
from kg.extract.split import split
from kg.model.statement import Entity
from kg.names.vocabulary import Vocabulary
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
        too_long(statement)
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


FORMS = {
    "rows": ("n.md", "", lambda i: f"| {i} {'| - ' * 40}|\n", "", 100, 800),
    "items within items": ("n.md", "", lambda i: f"{'  ' * i}- a\n", "", 100, 400),
    "words over items": ("n.md", "", lambda i: f"{' ' * i}- BERT {i}, 8 GPUs, by us\n", "", 60, 480),
    "elements within elements": ("n.html", "", lambda i: "<div>", "</div>", 10_000, 80_000),
    "cells": ("n.md", "<table><tr><td>BERT", lambda i: "<td>8.5", "</table>", 300, 2_400),
    "commas": ("n.md", "1\n", lambda i: '"a",1,', "", 2_000, 16_000),
}


@pytest.mark.parametrize(("name", "before", "one", "behind", "few", "many"), FORMS.values(), ids=FORMS)
def test_facts_of_many_alike_take_no_time_that_grows_faster(tmp_path, name, before, one, behind, few, many):
    head = "<h1>MLPerf Training v2.0</h1><h2>Baidu</h2>We won." if name == "n.html" else f"{HEAD}won.\n\n"

    def seconds(times):
        text = head + before + "".join(map(one, range(times))) + behind * (times if behind == "</div>" else 1)
        start = process_time()
        extract_document((read(tmp_path, name, text), Known((), ())))
        return process_time() - start

    seconds(1)
    small, large = seconds(few), seconds(many)
    assert large < 2 * many / few * max(small, 0.04)


def test_warnings_of_many_statements_take_no_time_that_grows_faster(tmp_path):
    def seconds(number):
        text = "# MLPerf Training v2.0\n\n" + "".join(f"## Vendor A{n}x\n\nWe won.\n\n" for n in range(number))
        document = read(tmp_path, "n.md", text)
        said = split(document, lambda name: Entity(iri("organization", name), name, "Organization"), ROUND)
        reading = Reading((document,), tuple(said), (Extraction((), (), (1,)),) * number, Vocabulary([]))
        start = process_time()
        assert len(reading.warnings) == 1
        return process_time() - start

    small, large = seconds(300), seconds(2400)
    assert large < 24 * max(small, 0.04)


@pytest.mark.parametrize(
    "pump", [":not(", ":not(.a ", ":not( , ", "a + ", "a:not(.b):not(.c)", ":first-child", "<style>a{}</style>"]
)
def test_sheets_take_no_time_that_grows_faster(tmp_path, pump):
    small, large = (
        work(tmp_path, "n.html", f"<style>{pump * (n // len(pump))}{{display:none}}</style>{HEAD}")
        for n in (5_000, 40_000)
    )
    assert large < 24 * max(small, 0.04)
