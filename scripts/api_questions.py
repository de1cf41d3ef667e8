"""What `compare_answers.py` asks: every route of the API, with filters that a table has."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

Query = Mapping[str, str | Sequence[str]]
Question = tuple[str, str]
"""A route and its query."""

ROUTES: dict[str, Sequence[Query]] = {
    "/api/health": [{}],
    "/api/health/live": [{}],
    "/api/health/ready": [{}],
    "/api/schema": [{}],
    "/api/openapi.json": [{}],
    "/api/incidents.csv": [{}],
    "/api/incidents.geojson": [{}],
    "/api/incidents.parquet": [{}],
    "/api/facets": [{}],
    "/api/figures": [{}],
    "/api/map": [
        {"bbox": "38,29,49,38", "z": "5"}, {"bbox": "44,33,45,34", "z": "11"},
        *({"view": view, "bbox": "38,29,49,38", "z": "6"}
          for view in ("density", "governorates", "lines", "change")),
    ],
    "/api/timeline": [{}, *({"step": step} for step in ("week", "month", "quarter", "year"))],
    "/api/escalation": [{}, {"within": "3", "step": "month"}, {"within": "30"}],
    "/api/casualties": [
        *({"by": by, "harm": harm} for harm in ("killed", "wounded")
          for by in ("total", "type", "group", "actor", "target", "weapon", "gov", "incident",
                     "party")),
        {"by": "time", "step": "month"}, {"by": "time", "step": "year"}, {"by": "time"},
    ],
    "/api/casualties.csv": [{"by": by} for by in ("type", "group", "time", "incident", "party")],
    "/api/munitions": [{}, {"by": "actor"}, {"by": "total"}],
    "/api/munitions.csv": [{}, {"by": "gov"}],
    "/api/playback.gif": [{"step": "month", "length": "6", "dates": ["2021-01-01", "2021-07-31"]}],
    "/api/nothing/here": [{}],
}  # fmt: skip
"""Every route, and what chooses between its answers."""
FEW = (
    "/api/incidents.",
    "/api/openapi.json",
    "/api/playback.gif",
    "/api/health",
    "/api/schema",
    "/api/nothing",
)
"""Routes of whole tables, of pictures, and those that filters do not change: asked with few."""
WORDS = ("Baghdad", "rocket", "بغداد", "Багдад", "al-Asad base", "' OR 1=1 --", "%", "zzz")
WRONG: Sequence[Query] = (
    {"killed": "many"}, {"dates": "2021"}, {"bbox": "1,2,3"}, {"z": "99"}, {"nonsense": "1"},
    {"type": "x", "basis": "x"}, {"area": "1,2,3"}, {"who": "sheep"}, {"data": "000000000000"},
)  # fmt: skip


def list_filters(facets: Mapping[str, Any]) -> list[Query]:
    """Filters of every kind, with values that the table has; `facets` as ``/api/facets`` tells."""
    found: list[Query] = [{}]
    for name, told in facets.items():
        values = [value for value, number in told.get("options", ()) if number]
        if values:
            found += [{name: values[0]}, {name: values[-1]}]
        if len(values) > 1 and name != "precision":
            found.append({name: values[:2]})
    found += [{"q": words} for words in WORDS]
    found += [
        {"dates": ["2021-06-01", "2021-07-31"]}, {"dates": ["2015-01-01", "2021-03-31"]},
        {"dates": ["2021-07-07", "2021-07-07"]}, {"dates": ["1990-01-01", "1990-12-31"]},
        {"scope": "all"}, {"sources": "1"}, {"sources": "3"},
        {"killed": ["1", "5"]}, {"wounded": ["0", "2"]}, {"killed": ["0", "0"], "basis": "low"},
        {"bbox": "42,32,45,35"}, {"area": "43,33,45,36"}, {"area": "40,33,45,33,43,37"},
        *({"basis": basis} for basis in ("low", "high", "known")),
        *({"who": who} for who in ("civilians", "children", "coalition", "security_forces",
                                   "fighters")),
        {"who": "civilians", "killed": ["1", "9"], "basis": "low"},
        {"type": "rocket attack", "country": "IQ", "dates": ["2021-01-01", "2021-12-31"],
         "basis": "known", "sources": "1"},
        {"before": ["2021-01-01", "2021-03-31"], "dates": ["2021-04-01", "2021-06-30"]},
        {"sort": "-killed_max", "page": "2"},
    ]  # fmt: skip
    return found


def list_questions(version: str, facets: Mapping[str, Any]) -> list[Question]:
    """Every route with every filter, of one version."""
    filters = list_filters(facets)
    questions: dict[Question, None] = {}
    for route, choices in ROUTES.items():
        chosen = filters[::6] if route.startswith(FEW) else filters
        # Each filter with the first choice, and each choice with a few filters.
        pairs = [(choices[0], each) for each in chosen]
        pairs += [(choice, each) for choice in choices[1:] for each in filters[::9]]
        pairs += [(choices[0], each) for each in WRONG]
        for choice, each in pairs:
            query = urlencode({"data": version, **each, **choice}, doseq=True)
            questions[route, query] = None
    return list(questions)
