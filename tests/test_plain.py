"""What foreign text becomes before it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.plain import one_line, shown


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\x9b31m", r"a\x9b31m"),
        ("\x7f", r"\x7f"),
        ("fdp.\u202etxt", r"fdp.\u202etxt"),
        ("\u2066a\u2069 \u200f\u061c", r"\u2066a\u2069 \u200f\u061c"),
        ("line\u2028line", r"line\u2028line"),
        ("a\tb\nc\r\n", "a\tb\nc\r\n"),
        ("浪潮信息 العربية naïve 🙂 क्‍ष", "浪潮信息 العربية naïve 🙂 क्‍ष"),
    ],
)
def test_what_acts_is_shown(given_text, wanted):
    assert shown(given_text) == wanted


@given(st.text())
def test_nothing_that_acts_is_left_and_nothing_is_lost(text):
    for made in (shown(text), one_line(text)):
        assert not any(0x7F <= ord(c) <= 0x9F or 0x202A <= ord(c) <= 0x202E or 0xD800 <= ord(c) < 0xE000 for c in made)
        made.encode()
    assert "\n" not in one_line(text)
    assert shown(shown(text)) == shown(text)
