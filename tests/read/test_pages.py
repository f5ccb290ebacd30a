"""PDFs in odd forms: turned, in columns, with raised marks, with heads and numbers of pages."""

import random
import re

import pytest

from kg.errors import InputError
from tests.read.notes import NOTES, facts, read
from tests.read.paper import laid_out, marked, pdf, width

LINES = laid_out(NOTES)
PARTS = NOTES.split("## ")
THREE = [laid_out(PARTS[0] + "## " + PARTS[1]), laid_out("## " + PARTS[2]), laid_out("## " + PARTS[3])]
NAMELESS = (
    b"/Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 "
    b"/BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
    b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>]"
)


def columns(*, by_row):
    """Two statements beside a third, stored line by line across the page, or column by column."""
    left = laid_out("## " + PARTS[1] + "## " + PARTS[2], left=50, top=700, columns=44)
    right = laid_out("## " + PARTS[3], left=320, top=700, columns=44)
    stored = sorted(left + right, key=lambda line: (-line[1], line[0])) if by_row else left + right
    return [(50, 760, 20, "MLPerf Training v2.0 vendor notes"), *stored]


def words(lines):
    """Each word on its own."""
    found = []
    for left, bottom, size, text in lines:
        for word in re.finditer(r"\S+", text):
            found.append((left + width(text[: word.start()], size), bottom, size, word[0]))
    return found


def mixed(lines):
    return random.Random(4).sample(lines, len(lines))


def with_heads(pages):
    """Pages with a running head, a foot that counts, and a number."""
    return [
        [
            (72, 780, 8, "Notes of the year"),
            *page,
            (72, 30, 8, f"MLPerf Training v2.0 notes, {n} of 3"),
            (300, 18, 8, str(n)),
        ]
        for n, page in enumerate(pages, 1)
    ]


SAME = {
    "as it is": pdf(LINES), "packed": pdf(LINES, packed=True),
    "shown turned": pdf(LINES, rotate=90), "shown upside down": pdf(LINES, rotate=180), "shown turned back": pdf(LINES, rotate=270),
    "written turned": pdf(LINES, turn=90, rotate=90), "written turned only": pdf(LINES, turn=90),
    "written upside down": pdf(LINES, turn=180), "written turned back": pdf(LINES, turn=270, rotate=270),
    "landscape": pdf(laid_out(NOTES, top=560, columns=130), box=(842, 595)),
    "columns": pdf(columns(by_row=False)),
    "lines from the last": pdf(LINES[::-1]), "lines mixed": pdf(mixed(LINES)),
    "words": pdf(words(LINES)), "words mixed": pdf(mixed(words(LINES))),
    "raised 1": pdf(marked(LINES, "16.6")), "raised *": pdf(marked(LINES, "16.6", "*")),
    "raised 1,2": pdf(marked(LINES, "16.6", "1,2")), "raised [1]": pdf(marked(LINES, "2.67", "[1]")),
    "raised a": pdf(marked(LINES, "10.64", "a")), "raised after a count": pdf(marked(LINES, "with 8", "3")),
    "raised after a name": pdf(marked(LINES, "Bow Pod256 trained", "2")),
    "raised and turned": pdf(marked(LINES, "16.6"), turn=90, rotate=90),
    "heads and numbers": pdf(*with_heads(THREE)),
    "two heads with a number": pdf([(72, 790, 9, "Notes, page 1"), *LINES[:3]], [(72, 790, 9, "Notes, page 2"), *LINES[3:]]),
    "feet with the number of pages": pdf(
        [*LINES[:3], (72, 20, 9, "Vendor notes - page 1 of 2")], [*LINES[3:], (72, 20, 9, "Vendor notes - page 2 of 2")]
    ),
    "a number within a sentence": pdf([*LINES[:3], (300, 20, 9, "1")], [*LINES[3:], (300, 20, 9, "2")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return facts(read(tmp_path_factory.mktemp("notes"), "notes.md", NOTES))


@pytest.mark.parametrize("kind", SAME)
def test_a_pdf_in_an_odd_form_says_the_same(tmp_path, expected, kind):
    document = read(tmp_path, "notes.pdf", SAME[kind])
    assert facts(document) == expected
    assert document.warnings == ()


@pytest.mark.parametrize("rotate", [0, 90])
def test_columns_stored_by_row_are_read_by_column_and_said(tmp_path, expected, rotate):
    document = read(tmp_path, "notes.pdf", pdf(columns(by_row=True), rotate=rotate))
    assert facts(document) == expected
    assert document.warnings == ("page 1: stands in columns; its lines may be read in the wrong order",)


def test_narrow_columns_below_a_title_across_them_are_read_by_column(tmp_path, expected):
    lines = [line for part, left in zip(PARTS[1:], (40, 230, 420), strict=True)
             for line in laid_out("## " + part, left=left, top=700, columns=30)]  # fmt: skip
    title = (50, 760, 20, "MLPerf Training v2.0 vendor notes")
    assert (
        facts(read(tmp_path, "notes.pdf", pdf([title, *sorted(lines, key=lambda line: (-line[1], line[0]))])))
        == expected
    )


def stacked(left, right, number):
    """The lines of two columns, of each so many blocks in turn."""
    blocks = [
        [lines[at * -(-len(lines) // number) :][: -(-len(lines) // number)] for at in range(number)]
        for lines in (left, right)
    ]
    return [line for pair in zip(*blocks, strict=True) for block in pair for line in block]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_columns_stored_in_blocks_are_read_by_column_and_said(tmp_path, expected, number):
    title, *lines = columns(by_row=False)
    left, right = ([line for line in lines if (line[0] < 300) == here] for here in (True, False))
    document = read(tmp_path, "notes.pdf", pdf([title, *stacked(left, right, number)]))
    assert facts(document) == expected
    assert "wrong order" in document.warnings[0]


def test_columns_above_columns_are_read_as_they_are_stored_and_said(tmp_path, expected):
    places = (50, 700), (320, 700), (50, 480)
    lines = [
        line for part, (left, top) in zip(PARTS[1:], places, strict=True)
        for line in laid_out("## " + part, left=left, top=top, columns=44)
    ]  # fmt: skip
    document = read(tmp_path, "notes.pdf", pdf([(50, 760, 20, "MLPerf Training v2.0 vendor notes"), *lines]))
    assert facts(document) == expected
    assert "wrong order" in document.warnings[0]


def test_a_heading_on_the_height_of_another_columns_line_is_one(tmp_path, expected):
    left = [line for line in columns(by_row=False) if line[0] < 300]
    right = laid_out("## " + PARTS[3], left=320, top=640, columns=44)
    stored = sorted(left + right, key=lambda line: (-line[1], line[0]))
    found = facts(read(tmp_path, "notes.pdf", pdf(stored)))
    assert found <= expected
    assert len(expected - found) < 2


def test_a_table_is_no_columns_of_prose(tmp_path):
    rows = [
        (left, 600 - 14 * row, 10, text)
        for row, cells in enumerate([("Benchmark", "8 GPUs", "16 GPUs"), ("BERT", "16.6", "9.1"), ("SSD", "3.4", "2.2"),
                                     ("DLRM", "1.6", "1.1"), ("Mask R-CNN", "40.1", "22.2"), ("Minigo", "270.4", "140")])
        for left, text in zip((72, 250, 400), cells, strict=True)
    ]  # fmt: skip
    document = read(
        tmp_path, "n.pdf", pdf([*LINES[:2], (72, 640, 10, "These are the times of our runs in minutes:"), *rows])
    )
    assert "Benchmark   8 GPUs   16 GPUs\nBERT   16.6   9.1\n" in document.text
    assert document.warnings == ()


def test_the_cells_of_a_row_may_stand_on_several_lines_and_in_any_order(tmp_path):
    cells = [
        (72, 600, "System"), (250, 600, "Benchmark"), (400, 600, "Minutes"), (250, 580, "BERT"),
        (72, 586, "A system of eight"), (72, 574, "accelerators"), (400, 580, "16.6"), (72, 550, "Another system"),
        (250, 550, "ResNet-50,"), (250, 538, "the closed division"), (400, 550, "28.4"),
    ]  # fmt: skip
    told = (72, 640, 10, "These are the times of our runs in minutes:")
    page = [*LINES[:2], told, *((left, bottom, 10, text) for left, bottom, text in cells)]
    text = read(tmp_path, "n.pdf", pdf(page)).text
    assert "\nA system of eight accelerators   BERT   16.6\n" in text
    assert "\nAnother system   ResNet-50, the closed division   28.4\n" in text


def test_exponents_and_ordinals_are_no_marks(tmp_path):
    page = [*LINES[:3], *marked([(72, 600, 10, "It does 10 operations in the 4 generation.")], "10", "18")]
    page = [*page[:-1], *marked([page[-1]], "the 4", "th")]
    assert "It does 10¹⁸ operations in the 4th generation." in read(tmp_path, "n.pdf", pdf(page)).text


def test_fonts_that_do_not_tell_their_characters_are_named(tmp_path):
    with pytest.raises(InputError, match="do not say which characters"):
        read(tmp_path, "n.pdf", pdf(LINES, font=NAMELESS))


def test_each_offset_has_its_page(tmp_path):
    document = read(tmp_path, "n.pdf", pdf(*THREE))
    assert [document.page(document.text.index(name)) for name in ("Baidu", "Graphcore", "Fujitsu")] == [1, 2, 3]
    assert len(document.pages) == 3
    assert re.fullmatch("[0-9a-f]{64}", document.sha256)
    assert read(tmp_path, "n.md", NOTES).page(5) is None
