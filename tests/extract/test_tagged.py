"""Sentences as rules read them: one sign a mention or quantity, in lower case, and the way back to the text."""

import pytest

from kg.extract.sentences import sentences
from kg.extract.tagged import SIGNS, pattern, tag
from kg.model.statement import Document, Section, Span, Statement
from kg.names.finder import Finder
from kg.names.lexicon import Lexicon
from kg.names.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
ROUND = VOCABULARY.rounds["MLPerf Training v2.0"]
FINDER = Finder(Lexicon(VOCABULARY, ROUND))
OWNER = VOCABULARY["https://w3id.org/mlperf-kg/id/organization/baidu"].entity


def tagged(text):
    document = Document(
        "k", "t", ROUND.label, text, "k.txt", "text/plain", (Section("Baidu", Span(0, 1), Span(0, len(text))),)
    )
    statement = Statement(document, OWNER, ROUND, Span(0, 1), Span(0, len(text)))
    listed = sentences(statement)
    found = FINDER.find([s.view for s in listed], OWNER)
    return [tag(s, mentions, [OWNER], ROUND) for s, mentions in zip(listed, found, strict=True)]


def signs(t):
    return "".join(next((name for name, sign in SIGNS.items() if sign == c), "") for c in t.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ran BERT in 12.5 minutes on 64 A100 GPUs with PyTorch.", "BTNAF"),
        ("Baidu beat Graphcore in MLPerf Training v1.1 by 12 %.", "MOr%"),
        ("In v2.0 the NVIDIA A100 was 1.8x faster with 80GB.", "AXG"),
    ],
)
def test_each_mention_and_quantity_is_one_sign(text, expected):
    assert signs(tagged(text)[0]).replace("R", "") == expected


def test_spans_lead_back_to_the_very_words():
    text = "Hello there. The **Orbital QX88** ran BERT\nin 12.5 minutes, said Baidu®."
    t = tagged(text)[1]
    for place in t.things:
        thing = t.things[place]
        span = t.span(place, place + 1)
        assert text[span.start : span.end].split() == t.sentence.view[thing.span.start : thing.span.end].split()
    (at,) = t.all("B")
    whole = t.span(at, t.text.index("minutes", at) if "minutes" in t.text[at:] else len(t.text) - 1)
    assert text[whole.start :].startswith("BERT")


def test_rules_read_lower_case_and_words_come_back_as_written():
    t = tagged("Our GPUs ARE Connected through NVLink and BERT ran.")[0]
    (match,) = t.matches(r"(?P<how>Connected)\s+through\s+(?P<what>NVLink)")
    assert (t.words(match, "how"), t.words(match, "what")) == ("Connected", "NVLink")
    assert t.has(r"\bgpus are\b")
    assert not t.has(r"\bgpus were\b")


def test_places_of_signs_in_a_stretch():
    t = tagged("We ran BERT, DLRM and RNN-T on A100 GPUs.")[0]
    first, second, third = t.all("B")
    assert t.all("B", first + 1) == [second, third]
    assert t.all("B", 0, third) == [first, second]
    assert t.all("AB") == [first, second, third, *t.all("A")]
    assert t.all("F") == []


def test_a_list_of_signs_and_a_choice_of_them():
    assert pattern("{B+}").fullmatch(f"{SIGNS['B']}, {SIGNS['B']} and {SIGNS['B']}")
    assert not pattern("{B+}").fullmatch(f"{SIGNS['B']} beats {SIGNS['B']}")
    assert pattern("{AB}").fullmatch(SIGNS["A"])
    assert pattern("(?P<X>FAST)").groupindex == {"X": 1}
