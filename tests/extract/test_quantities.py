from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quantities import clock_form, quantities
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
        ("a 2RU box, 136fps/W, 512K before", [("2", "U", ""), ("136", "count", ""), ("512000", "count", "")]),
        (
            "1 024 GPUs, 4\xa0216 nodes, 1\u2009024 chips",
            [("1024", "count", ""), ("4216", "count", ""), ("1024", "count", "")],
        ),
        ("1'024 GPUs, 1’024 GPUs, 1.024 GPUs", [("1024", "count", "")] * 3),
        ("1 250 seconds, 12 345 678 samples", [("1250", "seconds", ""), ("12345678", "count", "")]),
        (
            "1,234.5 minutes, 1.234,5 minutes, 16,6 minutes",
            [("1234.5", "minutes", ""), ("1234.5", "minutes", ""), ("16.6", "minutes", "")],
        ),
        ("1 hour 30 minutes, 2 hours and 5 minutes", [("90", "minutes", ""), ("125", "minutes", "")]),
        (
            "1h 30m, 1h30m, under 2m 30s",
            [("90", "minutes", ""), ("90", "minutes", ""), ("150", "seconds", "<")],
        ),
        ("1 minute 12.5 seconds, 1½ hours", [("72.5", "seconds", ""), ("1.5", "hours", "")]),
        ("1/2 hour, 1 1/2 hours, 3/4 of an hour", []),
        ("12:34 minutes, 1:30 hours", [("754", "seconds", ""), ("90", "minutes", "")]),
        (
            "1:23:45 on 8 GPUs, under 0:45:10, 12:34 (mm:ss), 12:34.5 minutes",
            [
                ("5025", "seconds", ""),
                ("8", "count", ""),
                ("2710", "seconds", "<"),
                ("754", "seconds", ""),
                ("754.5", "seconds", ""),
            ],
        ),
        (
            "½ hour, 1 ½ hours, under half an hour, 2 and a half minutes, three quarters of an hour",
            [
                ("0.5", "hours", ""),
                ("1.5", "hours", ""),
                ("0.5", "hours", "<"),
                ("2.5", "minutes", ""),
                ("0.75", "hours", ""),
            ],
        ),
        (
            "an hour and a half, an hour and 20 minutes, one hour and a quarter, half the time",
            [("1.5", "hours", ""), ("80", "minutes", ""), ("1.25", "hours", "")],
        ),
        ("16-18 minutes, 16–18 minutes, 16 to 18 minutes", [("18", "minutes", "up to")] * 3),
        (
            "between 2 and 3 hours, 1.5x-2x, 4% to 8%",
            [("3", "hours", "up to"), ("2", "factor", "up to"), ("8", "percent", "up to")],
        ),
        (
            "<16.6 minutes, ≥ 8 GPUs, ~2 days",
            [("16.6", "minutes", "<"), ("8", "count", ">"), ("2", "days", "~")],
        ),
        ("16.6      minutes in 5 ms", [("16.6", "minutes", ""), ("5", "milliseconds", "")]),
        ("1.024 ZX9 80G GPUs, 2 x 512 ZX9 80G GPUs", [("1024", "count", ""), ("1024", "count", "")]),
        ("1 024.5 GPUs and 12 345,5 chips", []),
        ("eighteen point four minutes, 18 point 4 minutes, 18 .4 minutes, 18..4 minutes, 1 ,024 GPUs", []),
        ("12 34 minutes, on 1 6.6 minutes, 16 minutes and 90 seconds, 2 x 16.6 minutes", [("2", "count", "")]),
        ("16 or 18 minutes", [("18", "minutes", "up to")]),
        ("from 18 to 16 minutes, 18 => 16 minutes", [("18", "count", ""), ("16", "minutes", "")] * 2),
        ("2 times faster, but 3 times the price", [("2", "factor", ""), ("3", "factor", "")]),
    ],
)
def test_values_units_and_bounds(text, expected):
    assert [(str(q.value), q.unit, q.comparator) for q in quantities(text, [], clock=clock_form(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "x86 and Arm",
        "ResNet50",
        "HBM2E",
        "v2.0",
        "the NF5488A5",
        "COVID-19",
        "GPT-3",
        "A100-80 GB",
        "10^18",
        "10¹⁸",
        "$1,000",
        "#1 of it",
        "1.2.3",
        "with 8 128 GB modules",
        "8,16 and more",
        "at 1:30:00",
        "2022-05-01 10:23:45",
        "10:23:45 UTC",
        "in 2:05 on",
        "in 99:99:99",
        "½",
        "2022-23",
        "8/16 GPUs",
    ],
)
def test_digits_inside_names_are_no_quantities(text):
    assert quantities(text, []) == []


@pytest.mark.parametrize(
    ("text", "point", "value"),
    [
        ("1.250 seconds", ".", "1.250"), ("1.250 seconds", "", None), ("1.250 seconds", ",", None),
        ("1,250 seconds", ".", "1250"), ("1,250 seconds", ",", None), ("16,6 minutes", "", "16.6"),
        ("0.372 minutes", "", "0.372"), ("1.024 GPUs", "", "1024"), ("17.63 minutes", "", "17.63"),
    ],
)  # fmt: skip
def test_a_number_that_may_be_read_in_two_ways_is_read_by_the_document_or_not_at_all(text, point, value):
    found = [str(q.value) for q in quantities(text, [], point)]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    "pump", ["8, 16, ", "1-2-3 ", "1 024 ", "1'0", "1h ", "up to ", "1.", "9", "8 to ", "1:3", "x2 "]
)
def test_work_grows_with_the_text(pump):
    """Twice the text gives twice the quantities, or none; a step that looked back over all of it would show."""
    from time import process_time

    def seconds(times):
        text = pump * times
        start = process_time()
        quantities(text, [])
        return process_time() - start

    assert seconds(16_000) < 64 * max(seconds(1000), 0.01)  # in proportion it is 16, by the square 256


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("32x Orbital ZX9680 servers", "32", "count"),
        ("2x faster servers", "2", "factor"),
        ("27.5K+ samples/s", "27500", "count"),
        ("24.87 samples per second", "24.87", "count"),
    ],
)
def test_what_is_counted_and_what_is_a_rate(text, value, unit):
    [found] = quantities(text, [])
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_taken_spans_are_left_alone():
    assert quantities("8 A100 80GB", [Span(2, 11)])[0].span == Span(0, 1)
    assert len(quantities("8 A100 80GB", [Span(2, 11)])) == 1


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text):
    for q in quantities(text, []):
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert (
            any(c.isnumeric() for c in text[q.span.start : q.span.end]) or text[q.span.start : q.span.end][0].isalpha()
        )


@pytest.mark.parametrize(
    "text", ["{n} GPUs", "BERT {n}", "2 hours {n} minutes", "{n}:12:33 h", "BERT took {n} minutes"]
)
def test_a_number_of_any_length_is_read_or_none(text):
    for n in ("9" * 40 + ".5", "9" * 400):
        assert not any(q.value > 10**15 for q in quantities(text.format(n=n), []))


@pytest.mark.parametrize("written", ["2 × 10³", "2 × 10^3", "2 x 10**3", "2⁶", "3 × 2²", "2^6", "2**6"])
def test_a_number_with_a_power_is_none_that_is_read(written):
    assert [q.value for q in quantities(f"with {written} GPUs", [])] == []
