"""PDFs written by hand, page by page: what the reader makes of headings, hyphens, page heads and columns."""

import base64
import zlib

import pytest

from kg.errors import InputError
from kg.read import read_document
from kg.read.pdf import read_pdf
from tests.read.paper import pdf, width

NAMES = ["Dell", "Krai"]
TITLE = (72, 760, 20, "MLPerf Training v2.0 statements")


def lines(*texts, top=680, size=11):
    """Lines one below the other."""
    return [(72, top - 14 * at, size, text) for at, text in enumerate(texts)]


def told(tmp_path, data):
    path = tmp_path / "statements.pdf"
    path.write_bytes(data)
    document = read_document(path, names=NAMES)
    return [(s.name, document.text[s.body.start : s.body.end].strip()) for s in document.sections]


DELL = [
    TITLE,
    (72, 710, 16, "Dell"),
    *lines("We submitted 42 results. They were measured on servers", "of our own, with great care."),
]
KRAI = [(72, 600, 16, "Krai"), *lines("Our ResNet-50 result took 284 minutes.", top=570)]


@pytest.mark.parametrize("packed", [False, True])
def test_headings_and_paragraphs(tmp_path, packed):
    assert told(tmp_path, pdf([*DELL, *KRAI], packed=packed)) == [
        ("Dell", "We submitted 42 results. They were measured on servers of our own, with great care."),
        ("Krai", "Our ResNet-50 result took 284 minutes."),
    ]


def test_a_paragraph_goes_on_over_pages_without_their_heads_and_numbers(tmp_path):
    def page(number, *shown):
        return [(72, 780, 8, "Results discussion, confidential"), *shown, (300, 20, 8, str(number))]

    first = page(1, TITLE, (72, 710, 16, "Dell"), *lines("We submitted 42 results that were measured on the servers"))
    second = page(2, *lines("of our own, with great care and pleasure.", top=740), *KRAI)
    third = page(3, *lines("It is the best that we had up to this very day.", top=740))
    found = told(tmp_path, pdf(first, second, third))
    assert [name for name, _ in found] == ["Dell", "Krai"]
    assert "confidential" not in str(found)
    assert (
        found[0][1]
        == "We submitted 42 results that were measured on the servers of our own, with great care and pleasure."
    )


@pytest.mark.parametrize("bottom", [780, 20])
@pytest.mark.parametrize("words", ["MLPerf Training v2.0 statements", "Statements of June 2022"])
def test_a_head_or_foot_of_both_of_two_pages_does_not_cut_a_sentence_in_two(tmp_path, bottom, words):
    again = (72, bottom, 8, words)
    first = [TITLE, (72, 710, 16, "Dell"), *lines("We submitted 42 results that were measured on the servers"), again]
    second = [again, *lines("of our own, with great care and pleasure.", top=740), *KRAI]
    whole = "We submitted 42 results that were measured on the servers of our own, with great care and pleasure."
    assert told(tmp_path, pdf(first, second)) == [("Dell", whole), ("Krai", "Our ResNet-50 result took 284 minutes.")]


def test_headings_that_begin_both_of_two_pages_stay(tmp_path):
    head = (72, 780, 16, "Our systems")
    found = told(tmp_path, pdf([*DELL, head], [head, *lines("They are fast."), *KRAI]))
    assert str(found).count("Our systems") == 2


def test_a_word_split_at_the_end_of_a_line_is_one_word(tmp_path):
    """As the document writes it elsewhere: accelerators in one word, eight-way with its hyphen."""
    texts = ("They were measured on eight-way servers with acceler-", "ators of the newest kind, all of them eight-", "way.",
             "Such accelerators, such a way of eight.")  # fmt: skip
    body = told(tmp_path, pdf([TITLE, (72, 710, 16, "Dell"), *lines(*texts), *KRAI]))[0][1]
    assert "servers with accelerators of the newest" in body
    assert "all of them eight-way." in body


def test_the_cells_of_a_row_stand_apart(tmp_path):
    rows = [(72, 640, 11, "Benchmark"), (300, 640, 11, "Minutes"), (72, 626, 11, "BERT"), (300, 626, 11, "12.5")]
    page = [TITLE, (72, 710, 16, "Dell"), *lines("These are our results of this round, in minutes:"), *rows, *KRAI]
    body = told(tmp_path, pdf(page))[0][1]
    assert "Benchmark   Minutes\nBERT   12.5" in body


def test_a_blank_cell_keeps_its_column(tmp_path):
    cells = (("Benchmark", "Minutes", "GPUs"), ("BERT", "12.5", "8"), ("DLRM", "", "16"))
    rows = [(72 + 120 * x, 640 - 14 * y, 11, word) for y, row in enumerate(cells) for x, word in enumerate(row) if word]
    page = [TITLE, (72, 710, 16, "Dell"), *lines("These are our results of this round, in minutes:"), *rows, *KRAI]
    body = told(tmp_path, pdf(page))[0][1]
    assert "Benchmark   Minutes   GPUs\nBERT   12.5   8\nDLRM\t\t16" in body


ROWS = [
    ("Benchmark", "Minutes", "GPUs"),
    ("BERT", "12.5", ""),
    ("DLRM", "", "16"),
    ("", "8.25", ""),
    ("SSD", "3.1", "8"),
]


@pytest.mark.parametrize("part", [0, 0.5, 1])
@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (ROWS, "Benchmark   Minutes   GPUs\nBERT   12.5\nDLRM\t\t16\n\t8.25\nSSD   3.1   8"),
        ([("", *ROWS[0][1:]), *ROWS[1:3]], "\tMinutes\tGPUs\nBERT   12.5\nDLRM\t\t16"),
        ([("Benchmark", "", "GPUs"), *ROWS[1:]], "Benchmark\t\tGPUs\nBERT   12.5\nDLRM\t\t16\n\t8.25\nSSD   3.1   8"),
    ],
    ids=["rows", "a head without its first", "a head without its second"],
)
def test_blank_cells_keep_their_columns_however_these_are_aligned(rows, read, part):
    """Cells begin where their columns do, stand in their middle, or end where they end."""
    cells = [
        (72 + 120 * x + (part * (100 - width(word, 11)) if x else 0), 640 - 14 * y, 11, word)
        for y, row in enumerate(rows)
        for x, word in enumerate(row)
        if word
    ]
    page = [TITLE, (72, 710, 16, "Dell"), *lines("These are our results of this round, in minutes:"), *cells]
    text = read_pdf(
        pdf([*page, (72, 520, 16, "Krai"), *lines("Our ResNet-50 result took 284 minutes.", top=490)]), "a.pdf"
    ).text
    assert f"in minutes:\n\n{read}\n\nKrai" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%%EOF", "is a broken PDF"),
        (pdf([TITLE, *DELL])[:200], "is a broken PDF"),
        (pdf([]), "without text"),
        (
            pdf([TITLE], extra=b"/Encrypt << /Filter /Standard /V 2 /R 3 /O (x) /U (y) /P -4 >> /ID [(a) (a)] "),
            "encrypted PDF",
        ),
    ],
    ids=["empty", "cut off", "no text", "encrypted"],
)
def test_a_pdf_that_cannot_be_read_is_refused(tmp_path, data, said):
    with pytest.raises(InputError, match=said) as error:
        told(tmp_path, data)
    assert "statements.pdf" in str(error.value)


PACKED = zlib.compress(b" " * 120_000_000)


@pytest.mark.parametrize(
    ("head", "stream", "said"),
    [
        (b"", zlib.compress(bytes(600_000_000), 9), "100 MB beside images"),
        (b"/Filter /FlateDecode", PACKED, "100 MB beside images"),
        (b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(PACKED), "100 MB beside images"),
        (b"/Filter [/ASCIIHexDecode /FlateDecode]", PACKED.hex().encode() + b">", "100 MB beside images"),
        (b"/Filter [/ASCII85Decode /FlateDecode]", base64.a85encode(PACKED) + b"~>", "100 MB beside images"),
        (b"/Subtype /Image /Filter /FlateDecode", zlib.compress(bytes(600_000_000), 9), "500 MB of images"),
    ],
    ids=["not said", "packed", "twice", "in hex", "in letters", "an image"],
)
def test_a_stream_that_unpacks_to_far_too_much_is_refused(tmp_path, head, stream, said):
    bomb = b"99 0 obj << %s /Length %d >>\nstream\n%s\nendstream endobj\ntrailer" % (head, len(stream), stream)
    with pytest.raises(InputError, match=f"unpacks to more than {said}"):
        told(tmp_path, pdf([TITLE]).replace(b"trailer", bomb))


def test_images_may_be_larger_than_all_else(tmp_path):
    image = b"99 0 obj << /Subtype /Image /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream endobj\ntrailer"
    assert told(tmp_path, pdf([*DELL, *KRAI]).replace(b"trailer", image % (len(PACKED), PACKED)))


def forms(*within, drawn=b"/X0 Do"):
    """A page that draws the first of some forms, each with the content given; /X0, /X1 … are their names in all of them."""
    names = b"/XObject << %s >>" % b" ".join(b"/X%d %d 0 R" % (n, n + 4) for n in range(len(within)))
    objects = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> %s >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (names, len(content), content)
        for content in within
    ]
    return pdf([*DELL, drawn], objects=objects, resources=names)


LEAF = b"BT /F1 11 Tf 72 600 Td (We used PyTorch.) Tj ET"


@pytest.mark.parametrize(
    "data",
    [
        forms(*(b"/X%d Do " % (n + 1) * 10 for n in range(8)), LEAF),
        forms(*(zlib.compress(b"/X%d Do " % (n + 1) * 10) for n in range(8)), LEAF),
        forms(b"/X0 Do " * 1000),
        forms(b"/X1 Do /X1 Do", b"/X0 Do"),
        forms(LEAF * 1000, drawn=b"/X0 Do " * 1000),
    ],
    ids=["nested", "packed", "within itself", "within each other", "again and again"],
)
def test_forms_that_draw_each_other_again_and_again_are_refused(tmp_path, data):
    with pytest.raises(InputError, match=r"statements\.pdf: .*forms"):
        told(tmp_path, data)


def test_forms_within_forms_are_read(tmp_path):
    assert told(tmp_path, forms(b"/X1 Do", b"/X2 Do", LEAF))[0][1].endswith("We used PyTorch.")


@pytest.mark.parametrize("mark", [[(72, 83, 5, "1"), (76, 80, 7, "In a test")], [(72, 80, 7, "* In a test")]])
def test_a_footnote_does_not_cut_a_sentence_in_two(tmp_path, mark):
    first = [TITLE, (72, 710, 16, "Dell"), *lines("We submitted 42 results that were measured on all the servers")]
    note = [*mark, (72, 72, 7, "it took us 44.4 minutes to train BERT.")]
    path = tmp_path / "statements.pdf"
    path.write_bytes(pdf([*first, *note], [*lines("of our own, with great care.", top=740), *KRAI]))
    document = read_document(path, names=NAMES)
    assert "servers of our own, with great care." in document.text
    assert "44.4" not in document.text
    assert document.warnings == ("page 1: 1 footnote is left out",)


def test_small_print_that_is_no_footnote_stays(tmp_path):
    table = [(72, 90, 7, "1x A30"), (200, 90, 7, "12.5"), (72, 80, 7, "2x A30"), (200, 80, 7, "24.9")]
    assert "24.9" in told(tmp_path, pdf([*DELL, *table]))[0][1]


@pytest.mark.parametrize(("bottom", "word"), [(650, "DRAFT"), (735, "DRAFT"), (300, "DO NOT COPY")])
def test_a_word_stamped_across_a_page_is_no_heading_and_parts_no_lines(tmp_path, bottom, word):
    plain = told(tmp_path, pdf([*DELL, *KRAI]))
    assert told(tmp_path, pdf([*DELL, (200, bottom, 50, word), *KRAI])) == plain
    document = read_document(tmp_path / "statements.pdf", names=NAMES)
    assert document.warnings == (f"page 1: left out what is stamped across it: {word}",)


@pytest.mark.parametrize(
    "large", [(72, 650, 60, "BAIDU"), (200, 770, 60, "BAIDU"), (200, 650, 60, "2X"), (200, 650, 20, "BAIDU")]
)
def test_large_words_that_are_no_stamp_stay(tmp_path, large):
    path = tmp_path / "statements.pdf"
    path.write_bytes(pdf([*DELL, large, *lines("We are Baidu.", top=600)]))
    assert large[3] in read_document(path, names=NAMES).text


@pytest.mark.parametrize("beside", [0, 0.3, 0.6])
@pytest.mark.parametrize("times", [2, 3])
def test_what_is_drawn_again_at_its_place_is_read_once(tmp_path, beside, times):
    again = [(left + beside * n, *rest) for n in range(times) for left, *rest in [*DELL, *KRAI]]
    assert told(tmp_path, pdf(again)) == told(tmp_path, pdf([*DELL, *KRAI]))


def test_letters_side_by_side_are_no_second_drawing():
    narrow = [(72, 650, 4, "We call all illicit wills ill: 1111 11.11"), (72, 640, 40, "illii")]
    text = read_pdf(pdf([*DELL, *narrow, *KRAI]), "a.pdf").text
    assert "We call all illicit wills ill: 1111 11.11" in text
    assert "illii" in text


def test_a_page_that_comes_again_is_left_out_and_told(tmp_path):
    path = tmp_path / "statements.pdf"
    path.write_bytes(pdf(DELL, KRAI, DELL))
    document = read_document(path, names=NAMES)
    assert document.text.count("We submitted") == 1
    assert document.warnings == ("page 3: left out; it is page 1 again",)
