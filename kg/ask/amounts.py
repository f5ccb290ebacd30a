"""Where the numbers of a question go: to parameters with the same unit and comparison, or to a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.ask.numbers import Amount
from kg.ask.pattern import Pattern, bound_of, numeric
from kg.ask.words import Words
from kg.query import Parameter


def place_amounts(
    amounts: Sequence[Amount], pattern: Pattern, columns: Sequence[str], words: Words
) -> tuple[list[tuple[Parameter, str]], list[tuple[str, Amount]]] | None:
    """The values for numeric parameters, and the amounts that keep rows by a column.

    None when an amount has no place, or a numeric place of the pattern has no amount. A column is that of
    a unit when it is called as the unit is in the plural: 'minutes'.
    """
    literals: list[tuple[Parameter, str]] = []
    filters: list[tuple[str, Amount]] = []
    bounds = {p: b for p in pattern.query.parameters if (b := bound_of(p, words))}
    units = {unit for _, unit in bounds.values()}
    for amount in amounts:
        unit = amount.unit or (next(iter(units)) if len(units) == 1 and amount.sign != "=" else "")
        fits = [(p, v) for p, (sign, of) in bounds.items() if of == unit and (v := _as(amount, sign, p)) is not None]
        fits = [(p, v) for p, v in fits if p not in [q for q, _ in literals]]
        exact = amount.sign == "="
        literals += fits if exact else fits[:1]
        if not fits or (exact and len(fits) < 2):
            if unit and unit + "s" in columns:
                filters.append((unit + "s", replace(amount, unit=unit)))
            elif not fits:
                return None
    given = {a.unit for _, a in filters} | {bounds[p][1] for p, _ in literals}
    if any(numeric(s.parameter) and bounds.get(s.parameter, ("", ""))[1] not in given for s in pattern.slots):
        return None
    return literals, filters


def _as(amount: Amount, sign: str, parameter: Parameter) -> str | None:
    """An amount's value for a parameter that compares with `sign`; None when it cannot say the same."""
    value, whole = amount.value, parameter.kind == "integer"
    if whole and value % 1:
        return None
    if amount.sign == "=":
        return format(value, "f") if sign in ("<=", ">=") else None
    if amount.sign[0] != sign[0] or (amount.sign != sign and not whole):
        return None
    if amount.sign != sign:  # 'more than 8' is 'at least 9'
        value += 1 if amount.sign == ">" or sign == "<" else -1
    return format(value, "f")
