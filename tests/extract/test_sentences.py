from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import sentences
from kg.extract.view import mask
from kg.model.statement import Document, Entity, Section, Span, Statement

ROUND = Entity("https://w3id.org/mlperf-kg/id/round/training-v2.0", "MLPerf Training v2.0", "Round")
OWNER = Entity("https://w3id.org/mlperf-kg/id/organization/acme", "Acme", "Organization")


def statement(text):
    body = Span(0, len(text))
    document = Document("t", "t", ROUND.label, text, "t.txt", "text/plain", (Section("Acme", body, body),))
    return Statement(document, OWNER, ROUND, body, body)


def views(text):
    return [(s.kind, s.view) for s in sentences(statement(text))]


def test_sentences_end_at_stops_and_not_at_abbreviations_or_versions():
    assert views("We used v. 2.3 of it, e.g. on Mars. Acme Co., Ltd. agreed. Was it so? Yes.") == [
        ("text", "We used v. 2.3 of it, e.g. on Mars."),
        ("text", "Acme Co., Ltd. agreed."),
        ("text", "Was it so?"),
        ("text", "Yes."),
    ]


def test_wrapped_lines_are_one_sentence_and_blank_lines_end_a_paragraph():
    assert [s.paragraph for s in sentences(statement("one two\nthree.\n\nfour"))] == [0, 1]
    assert views("one two\nthree.\n\nfour") == [("text", "one two three."), ("text", "four")]


def test_list_items_know_the_sentence_that_introduces_them():
    found = sentences(statement("We submitted with:\n\n- BERT on A\n- SSD on B\n\nThe end."))
    assert [(s.kind, s.view, s.lead) for s in found] == [
        ("text", "We submitted with:", ""),
        ("item", "BERT on A", "We submitted with:"),
        ("item", "SSD on B", "We submitted with:"),
        ("text", "The end.", ""),
    ]


def test_lines_after_a_colon_are_items():
    found = views("We used the frameworks:\n PyTorch 21.09\n MXNet 21.09\n\nAnd so on.")
    assert [kind for kind, _ in found] == ["text", "item", "item", "text"]


def test_table_rows_have_the_header_of_their_table():
    found = sentences(
        statement("Server      GPU       Watts\n\nModel A1    8x H9     300\n\nModel B2    4x H9     500\n")
    )
    assert [(s.kind, " ".join(s.header.split())) for s in found] == [("row", "Server GPU Watts")] * 2


def test_mark_up_is_masked_in_place():
    text = "Used [Pyxis](https://x.y/z) and **Enroot**[AB6] on Gaudi®2, 8 * 1TB"
    assert len(mask(text)) == len(text)
    assert mask(text).split() == ["Used", "Pyxis", "and", "Enroot", "on", "Gaudi", "2,", "8", "*", "1TB"]


def test_a_sentence_knows_the_one_before_it_in_its_paragraph():
    assert [s.before for s in sentences(statement("One. Two.\n\nThree."))] == ["", "One.", ""]


@given(st.text(min_size=1, max_size=400))
def test_a_view_is_a_mask_of_its_span(text):
    s = statement(text)
    for sentence in sentences(s):
        assert sentence.view == mask(text)[sentence.span.start : sentence.span.end]
        assert sentence.view.strip() == sentence.view != ""


def test_what_is_struck_out_or_a_mark_is_no_text():
    text = "Ran in 16.6[^1] or 16.6 [2] <sup>3</sup>min~~ on H100~~, 2.67¹ h, 10² of 8*."
    assert len(mask(text)) == len(text)
    assert mask(text).split() == ["Ran", "in", "16.6", "or", "16.6", "min", ",", "2.67", "h,", "10²", "of", "8", "."]


def test_characters_that_do_not_show_go_to_the_end_of_their_word():
    assert mask("Gra\u00adph\u200bcore ran\u200e it") == "Graphcore   ran  it"


def test_the_spaces_of_a_number_stay():
    assert mask("1\u00a0024 GPUs\u00a0and 8\u00a0nodes") == "1\u00a0024 GPUs and 8 nodes"


def test_what_follows_a_colon_and_a_heading_is_introduced_by_it():
    found = sentences(
        statement("### Model A1\n\n- 8x H9\n  - with 80GB\n- 2x C1\n\nIn numbers:\n\nThey are eight of them in all.")
    )
    assert [(s.view, s.lead) for s in found] == [
        ("### Model A1", ""), ("8x H9", "### Model A1"), ("with 80GB", "### Model A1 8x H9"), ("2x C1", "### Model A1"),
        ("In numbers:", ""), ("They are eight of them in all.", "In numbers:"),
    ]  # fmt: skip


def cells(text):
    rows = [s for s in sentences(statement(text)) if s.kind == "row"]
    return [[(s.view[span.start : span.end], head) for span, head in s.cells] for s in rows]


def test_a_head_may_have_figures():
    text = "Benchmark   8 GPUs   v1.1\nBERT        16.6     20.1\nSSD         3.4      4\n"
    assert cells(text) == [
        [("BERT", "Benchmark"), ("16.6", "8 GPUs"), ("20.1", "v1.1")], [("SSD", "Benchmark"), ("3.4", "8 GPUs"), ("4", "v1.1")],
    ]  # fmt: skip


def test_a_head_with_a_line_beneath_it_and_a_cell_that_is_missing():
    text = "| Benchmark | 8 | 16 |\n|---|--:|---|\n| BERT | 16.6 | 9.1 |\n"
    assert cells(text) == [[("BERT", "Benchmark"), ("16.6", "8"), ("9.1", "16")]]


def test_a_cell_that_goes_on_in_the_next_line_is_of_its_row():
    text = "Server      GPU\n\nModel A1    8x H9\n            PCIe\n\nModel B2    4x H9\n"
    assert [" ".join(s.view.split()) for s in sentences(statement(text))] == ["Model A1 8x H9 PCIe", "Model B2 4x H9"]


def test_heads_of_pages_are_left_out():
    text = "We ran on eight servers of\nNotes, page 1\nours, with care."
    span = Span(text.index("\nNotes"), text.index("ours"))
    body = Span(0, len(text))
    document = Document(
        "t", "t", ROUND.label, text, "t.txt", "text/plain", (Section("Acme", body, body),), unread=(span,)
    )
    (found,) = sentences(Statement(document, OWNER, ROUND, body, body))
    assert " ".join(found.view.split()) == "We ran on eight servers of ours, with care."


def test_a_sentence_without_an_end_is_read_in_pieces_and_said():
    from kg.extract.sentences import MAX_SENTENCE, too_long

    one = statement("We ran it on eight servers of ours and " * 200)
    found = sentences(one)
    assert max(len(s.view) for s in found) <= MAX_SENTENCE
    assert " ".join(s.view for s in found).split() == one.text.split()
    assert too_long(one) == ["line 1: a sentence of more than 1000 characters is read in pieces"]
    assert too_long(statement("We ran it. " * 800)) == []


def test_a_statement_that_is_too_long_is_read_up_to_a_limit_and_that_is_said():
    from kg.extract.sentences import MAX_STATEMENT, too_long

    text = "".join(f"- It ran {number} of our many models on eight servers.\n" for number in range(2000))
    read = sentences(statement(text))
    length = sum(len(s.view) for s in read)
    assert MAX_STATEMENT - 60 < length <= MAX_STATEMENT
    assert too_long(statement(text)) == [
        f"line {len(read) + 1}: what Acme says from here on is left out, as it is more than 30,000 characters"
    ]


def test_only_the_nearest_items_above_introduce_an_item():
    found = sentences(statement("".join(f"{'  ' * n}- item {n}\n" for n in range(40))))
    assert found[5].above == "item 0 item 1 item 2 item 3 item 4"
    assert found[39].above.split()[1::2] == [str(n) for n in range(29, 39)]


def test_a_row_of_html_with_more_cells_than_tables_have_is_read_as_text():
    rows = "<table><tr><th>A<th>B</tr><tr><td>BERT{}</tr></table>"
    assert [s.kind for s in sentences(statement(rows.format("<td>8.5" * 150)))] == ["row"]
    assert {s.kind for s in sentences(statement(rows.format("<td>8.5" * 250)))} == {"text"}
