from kg.names.slips import nearest


def test_names_with_the_same_digits_come_first():
    assert nearest("x100a", ["x200a", "x100bcd"]) == ["x100bcd", "x200a"]


def test_what_is_far_is_not_meant():
    assert nearest("bert", ["minigo", "dlrm"]) == []
