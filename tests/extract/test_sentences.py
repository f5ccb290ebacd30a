from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import mask, sentences
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
