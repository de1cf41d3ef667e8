"""What is told of the rows that no place was found for."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.finding.matches import Match
from incidents.intake.placing.name_matches import Matches, is_named
from incidents.table.problems import problems_at


def tell_unplaced(
    placed: pd.DataFrame,
    file: str,
    wanted: NDArray[np.bool_],
    matches: Matches,
    find_header: Callable[[str], str | None],
) -> list[pd.DataFrame]:
    """Problems of the wanted rows that no place was found for, by what the row names.

    Parameters
    ----------
    wanted
        Rows without coordinates of their own.
    find_header
        Under which name the file holds one of our columns; None if it does not.
    """
    found = []
    kinds = [_find_problem(match) for match in matches.each]
    for number in matches.unasked:
        kinds[number] = "place_not_asked"
    told = np.array(kinds, dtype=object)[matches.codes]
    is_place = is_named(placed["place"]) | ~is_named(placed["gov"])
    in_place = is_place.to_numpy()
    values = placed["place"].where(is_place, placed["gov"])
    said = [_say_candidates(match) for match in matches.each]
    for kind in ("place_missing", "place_ambiguous", "place_not_found", "place_not_asked"):
        for column, where in (("place", in_place), ("gov", ~in_place)):
            positions = np.flatnonzero(wanted & (told == kind) & where)
            words = {}
            if kind == "place_ambiguous":
                words["candidates"] = [said[code] for code in matches.codes[positions]]
            cells = None if kind == "place_missing" else values.iloc[positions]
            rows = placed.index[positions]
            found.append(problems_at(kind, file, rows, find_header(column), cells, **words))
    return found


def _find_problem(match: Match | None) -> str | None:
    if match is None:
        return "place_missing"
    if match.place is not None:
        return None
    return "place_ambiguous" if match.kind == "ambiguous" else "place_not_found"


def _say_candidates(match: Match | None) -> str:
    places = () if match is None else match.candidates
    return " or ".join(
        f"{place.name} ({place.kind}, {place.gov or place.country})" for place in places[:4]
    )
