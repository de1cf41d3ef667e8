"""Attacks and strikes per step."""

from datetime import date

from incidents.asking.escalation.sides import Side, Spell, count_sides


def july(day: int) -> date:
    return date(2021, 7, day)


def on(day: int, number: int = 1) -> Spell:
    return july(day), july(day), number


def test_sides() -> None:
    attacks = [on(7, 2), on(8), (july(7), july(8), 1), (july(10), july(14), 3)]
    sides = count_sides(attacks, [on(7)], "day")
    assert sides == ([Side(july(7), 2, 1), Side(july(8), 1, 0)], 4, 0)
    weekly = count_sides(attacks, [(july(1), july(7), 1)], "week")
    assert weekly == ([Side(july(5), 4, 0)], 3, 1)
