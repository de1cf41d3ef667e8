"""Clauses of the sentence that says what is asked: one for each key that leaves incidents out."""

from collections.abc import Mapping

from incidents.asking.keys import Clause, Days, Numbers, Values, Whose
from incidents.table.sentences import BASIS, WHO, say_date, say_list, say_point, say_range


def any_of(words: str, labels: Mapping[str, str]) -> Clause:
    """For any of several values: they stand in these words where their braces are."""

    def say(values: Values, whose: Whose) -> str:
        return words.format(say_list([labels.get(value, value) for value in values]))

    return say


def dates(days: Days, whose: Whose) -> str:
    """For a span of days."""
    first, last = map(say_date, days)
    return f"on {first}" if first == last else f"from {first} to {last}"


def scope(events: str, whose: Whose) -> str:
    """For events that are no attacks."""
    return "together with events that are no attacks"


def _say_who(whose: Whose) -> str:
    return "people" if whose.who == "all" else WHO[whose.who].lower()


def harmed(harm: str) -> Clause:
    """For a range of people killed or wounded, whose, and by which claim."""

    def say(numbers: Numbers, whose: Whose) -> str:
        among = "" if whose.who == "all" else f" among {_say_who(whose)}"
        # Where one claim alone is shown, the sentence says so of everything.
        claim = "" if whose.basis in ("low", "high") else " (highest claim)"
        if numbers == (0, 0):
            return f"where sources say no {_say_who(whose)} were {harm}{claim}"
        return f"with {say_range(*numbers)} {harm}{among}{claim}"

    return say


def basis(claims: str, whose: Whose) -> str:
    """For the claims that are shown."""
    if claims != "known":
        return f"with their {BASIS[claims].lower()} claims only"
    return f"with a known number of {_say_who(whose)} killed or wounded"


def sources(least: int, whose: Whose) -> str:
    """For the least number of publishers."""
    return f"reported by at least {least} publisher{'' if least == 1 else 's'}"


def precision(least: str, whose: Whose) -> str:
    """For the least precise place that is let in."""
    return f"placed to the {least} or better"


def words(text: str, whose: Whose) -> str:
    """For the text searched."""
    return f"that mention “{text}”"


def area(outline: tuple[float, ...], whose: Whose) -> str:
    """For the area drawn on the map."""
    return "in the area drawn on the map"


def window(bounds: tuple[float, ...], whose: Whose) -> str:
    """For the window of an answer of the API."""
    west, south, east, north = bounds
    return f"from {say_point(south, west)} to {say_point(north, east)}"
