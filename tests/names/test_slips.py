import pytest

from kg.names.slips import near_name, near_words, nearest


def test_names_with_the_same_digits_come_first():
    assert nearest("x100a", ["x200a", "x100bcd"]) == ["x100bcd", "x200a"]


def test_what_is_far_is_not_meant():
    assert nearest("bert", ["minigo", "dlrm"]) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("submited", ["submitted"]), ("sumbitted", ["submitted"]), ("fastset", ["fastest"]), ("fatsest", ["fastest"]),
        ("tost", ["test"]), ("h100", []), ("o", []), ("employee", []), ("tset", ["test"]), ("tes", []), ("lng", ["long"]),
        ("creatd", ["created"]), ("creates", ["created"]),
    ],
)  # fmt: skip
def test_a_slip_leaves_letters_out_or_swaps_them(written, meant):
    assert near_words(written, ["submitted", "fastest", "created", "employ", "test", "long"]) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("pytorhc", "pytorch"), ("tensorflwo", "tensorflow"), ("graphcroe", "graphcore"), ("a100", None),
        ("habana1", None), ("ypytorch", None), ("accme", None),
    ],
)  # fmt: skip
def test_a_name_is_meant_when_one_alone_is_near_and_its_digits_are_the_same(written, meant):
    known = ["pytorch", "tensorflow", "graphcore", "a100x", "habana2", "accmo", "accma"]
    assert near_name(written, known) == meant
