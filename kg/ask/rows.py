"""What a question wants done with the rows of a query: the greatest, a count, one kind of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from kg.ask.pattern import Pattern, choices_of, columns_of
from kg.ask.question import Question, Word
from kg.ask.wording import NOUNS
from kg.ask.words import Superlative, Words
from kg.query import Parameter

_COUNTED = NOUNS | {"result", "submission", "task", "statement", "configuration", "node"}


def best_rows(
    question: Question, pattern: Pattern, rest: list[Word], words: Words
) -> tuple[Superlative | None, list[Word]]:
    """Which rows a superlative keeps; and the words that are still left."""
    columns = columns_of(pattern.query)
    said = [
        (w, how if how.column else replace(how, column=_following(question, w, after)), after)
        for w, after in zip_longest(question.words, question.words[1:])
        if w and (how := words.superlatives.get(w.concept))
    ]
    if not said:
        return None, rest
    word, best, after = next((s for s in said if s[1].column in columns), (said[0][0], None, None))
    if best is None:
        return None, rest if word.concept in pattern.words else [*rest, word]
    if "comparison" in pattern.query.tags and word.concept not in pattern.words:
        return None, [*rest, word]
    among = {*best.among, "each"} if best.among else set()
    rest = [w for w in rest if w.concept not in words.superlatives and w.concept not in among]
    if "comparison" in pattern.query.tags:
        return None, rest  # the query itself takes the best
    best = replace(best, among=tuple(c for c in best.among if c in columns))
    order = pattern.query.text.rpartition("ORDER BY")[2]
    ordered = f"DESC(?{best.column})" in order if best.best == "MAX" else f" ?{best.column}" in order
    if best.listed and ordered and word.concept in pattern.words and after and after.text.endswith("s"):
        return None, rest  # 'the largest systems' are the rows as they are ordered
    return best, rest


def _following(question: Question, word: Word, after: Word | None) -> str:
    """The column of what follows a word: 'accelerators' for 'the most GPUs' and 'the most A100s'."""
    if any(n.at == word.at + 1 and "Accelerator" in n.kinds() for n in question.names):
        return "accelerators"
    return f"{after.concept}s" if after else ""


def counted_things(
    question: Question, rest: list[Word], columns: Sequence[str], words: Words
) -> tuple[str, list[Word]]:
    """The column whose things 'how many' counts, '' for none; and the words that are still left."""
    count = next((w for w in rest if w.concept == "count"), None)
    if count is None:
        return "", rest
    after = question.words[question.words.index(count) + 1 :]
    what = next((w.concept for w in after if w.concept in _COUNTED), "")
    if what not in words.countable or what not in columns:
        return "", rest
    return what, [w for w in rest if w is not count]


def chosen_values(
    pattern: Pattern, heard: Sequence[Word | None], rest: list[Word], words: Words
) -> tuple[list[tuple[Parameter, str]], list[Word]]:
    """Words that are values of text parameters; and the words that are still left."""
    chosen = []
    said = {w.concept for w in (*heard, *rest) if w}
    for parameter in pattern.query.parameters:
        for concepts, value in choices_of(parameter, words):
            if said.issuperset(concepts):
                chosen.append((parameter, value))
                rest = [w for w in rest if w.concept not in concepts]
                break
    return chosen, rest
