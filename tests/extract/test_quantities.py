import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quantities import quantities
from kg.model.statement import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trained in 22.3 seconds on 1024 GPUs", [("22.3", "seconds", ""), ("1024", "count", "")]),
        (
            "rose by 18.15%, 13.84 % and 7 percent",
            [("18.15", "percent", ""), ("13.84", "percent", ""), ("7", "percent", "")],
        ),
        (
            "a 4.5x speed-up, x2.37 better, over five-fold",
            [("4.5", "factor", ""), ("2.37", "factor", ""), ("5", "factor", ">")],
        ),
        ("under 17.5 minutes, nearly 2 hours", [("17.5", "minutes", "<"), ("2", "hours", "~")]),
        ("4,216 GPUs across 527 nodes", [("4216", "count", ""), ("527", "count", "")]),
        (
            "two sockets, eight cards, a 64-core CPU",
            [("2", "count", ""), ("8", "count", ""), ("64", "count", "")],
        ),
        ("1.95TiB, 80 GB and 200 Gb/s", [("1.95", "TiB", ""), ("80", "GB", ""), ("200", "Gb/s", "")]),
        ("from 1 – 256+ VMs", [("1", "count", ""), ("256", "count", ">")]),
        ("8 * 1TB", [("8", "count", ""), ("1", "TB", "")]),
        ("a 4U server at up to 40°C", [("4", "U", ""), ("40", "°C", "up to")]),
        ("480 billion parameters", [("480", "billion", "")]),
        ("2 times faster, but 3 times the price", [("2", "factor", ""), ("3", "factor", "")]),
    ],
)
def test_values_units_and_bounds(text, expected):
    assert [(str(q.value), q.unit, q.comparator) for q in quantities(text, [])] == expected


@pytest.mark.parametrize(
    "text", ["x86 and Arm", "ResNet50", "HBM2E", "v2.0", "the NF5488A5", "COVID-19", "GPT-3"]
)
def test_digits_inside_names_are_no_quantities(text):
    assert quantities(text, []) == []


def test_taken_spans_are_left_alone():
    assert quantities("8 A100 80GB", [Span(2, 11)])[0].span == Span(0, 1)
    assert len(quantities("8 A100 80GB", [Span(2, 11)])) == 1


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text):
    for q in quantities(text, []):
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert (
            any(c.isdigit() for c in text[q.span.start : q.span.end])
            or text[q.span.start : q.span.end][0].isalpha()
        )
