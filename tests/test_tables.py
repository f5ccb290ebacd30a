"""Tables: what gives way when there is not room for all."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.tables import cut, records, table


def test_numbers_on_the_right_headings_whole_cells_without_their_middle():
    text = table(
        ["name of it", "minutes"],
        [["PowerEdge XE8545", Decimal("1.5")], ["PowerEdge R750xa", Decimal(12)]],
        (),
        20,
    )
    assert text.splitlines() == [
        "name of it   minutes",
        "-----------  -------",
        "Power…E8545      1.5",
        "Power…750xa     12.0",
    ]


def test_a_heading_of_two_words_stands_on_two_lines():
    assert table(["framework basis"], [["log"]], (), 10).splitlines()[:2] == ["framework", "basis"]


def test_what_is_the_same_in_every_row_goes_above_when_there_is_no_room():
    rows = [["Acme", "v2.0", "BERT"], ["Acme", "v2.0", "DLRM"]]
    assert table(["organization", "round", "benchmark"], rows, (), 80).startswith("organization  round  benchmark\n")
    assert table(["organization", "round", "benchmark"], rows, (), 25).splitlines()[:2] == [
        "organization Acme; round",
        "  v2.0",
    ]


def test_long_texts_go_below_their_row():
    text = table(["name", "note"], [["one", "word " * 20]], (), 40)
    assert text.splitlines()[:3] == ["name", "----", "one"]
    assert text.splitlines()[3].startswith("    note: word word")
    assert text.count("word") == 20


def test_what_cannot_be_shown_is_said():
    titles = ["first", "second", "third"]
    text = table(titles, [["a" * 30, "b" * 30, "c" * 30], ["d" * 30, "e" * 30, "f" * 30]], (), 24)
    assert "not shown for want of width: third" in text.replace("\n  ", " ")


def test_notes_are_numbered_and_given_once():
    text = table(["n"], [["a"], ["b"], ["c"]], [["x", "y", "z"], ["y"], []])
    assert text.splitlines() == ["n", "-", "a  [1–3]", "b  [2]", "c", "", "[1] x", "[2] y", "[3] z"]


def test_a_field_a_line():
    text = records(["name", "minutes"], [["a", Decimal("1.5")], ["", Decimal(2)]], [["words"], []], 40)
    assert text.splitlines() == [
        "— 1 of 2", "name      a", "minutes   1.5", "rests on  words", "", "— 2 of 2", "minutes   2.0",
    ]  # fmt: skip


@given(st.text("abcdef ", max_size=30), st.integers(3, 40))
def test_cut_keeps_both_ends(text, width):
    short = cut(text, width)
    assert len(short) <= width
    head, dots, tail = short.partition("…")
    assert text.startswith(head)
    assert not dots or text.endswith(tail)


@given(
    st.lists(
        st.tuples(st.text("abc ", max_size=50), st.decimals(-99, 99, places=2), st.text("xyz", max_size=9)),
        max_size=5,
    ),
    st.integers(30, 100),
)
def test_lines_keep_to_the_width(rows, width):
    text = table(["some text", "number", "short"], rows, (), width)
    assert all(len(line) <= width for line in text.splitlines())
