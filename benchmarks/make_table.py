"""Make a table of many incidents from a fixed seed, skewed as real ones are.

    python benchmarks/make_table.py ROWS FILE

Places: the gazetteer's, drawn by a Zipf law (exponent 1.1), so that a few hold most rows; a tenth
of the rows stand at the place itself, the others are scattered around it by a normal law of 12 km.
Days: 2010 to 2024, with bursts (a gamma-distributed intensity for each week). Types, actors and
weapons: few are frequent. Tolls: 45 % unknown, else mostly 0 or 1 with a long tail (Pareto); the
highest claim is at least the lowest. A third of the rows have no coordinates, only a place name,
so that they must be located.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.places.places import read_places  # noqa: E402

SEED = 20210707
FIRST, LAST = np.datetime64("2010-01-01"), np.datetime64("2024-12-31")
TYPES = {
    "rocket attack": 0.2,
    "drone attack": 0.08,
    "mortar attack": 0.17,
    "roadside bomb": 0.33,
    "air strike": 0.17,
    "other": 0.05,
}
TARGETS = ("base", "embassy", "airport", "oil field", "convoy", "militia site", "city", "other")
DIRECTIONS = {"attack on coalition": 0.55, "strike by coalition": 0.15, "other": 0.3}
ACTORS, WEAPONS, PUBLISHERS = 400, 60, 40


def draw_ranks(random: np.random.Generator, size: int, rows: int, exponent: float) -> np.ndarray:
    """Indices from 0 to `size` - 1 by a Zipf law."""
    weights = 1 / np.arange(1, size + 1) ** exponent
    return random.choice(size, size=rows, p=weights / weights.sum())


def draw_days(random: np.random.Generator, rows: int) -> np.ndarray:
    """Days with quiet weeks and bursts."""
    days = int((LAST - FIRST).astype(int)) + 1
    weekly = random.gamma(0.8, size=days // 7 + 1)
    weights = np.repeat(weekly, 7)[:days]
    return FIRST + random.choice(days, size=rows, p=weights / weights.sum()).astype(
        "timedelta64[D]"
    )


def draw_toll(random: np.random.Generator, rows: int) -> tuple[pd.Series, pd.Series]:
    """Lowest and highest claims; missing where nobody gives a number."""
    low = np.floor(random.pareto(1.4, size=rows)).clip(0, 400)
    high = low + np.where(random.random(rows) < 0.3, np.ceil(random.pareto(1.6, size=rows)), 0)
    known = random.random(rows) > 0.45
    return (
        pd.Series(low).where(known).astype("Int64"),
        pd.Series(high.clip(0, 900)).where(known).astype("Int64"),
    )


def make_table(rows: int) -> pd.DataFrame:
    """A table of `rows` incidents, the columns of `data/incidents.csv` that matter for speed."""
    random = np.random.default_rng(SEED)
    places = [p for p in read_places(ROOT / "data" / "places.csv") if p.kind != "country"]
    chosen = draw_ranks(random, len(places), rows, 1.1)
    lat = np.array([p.lat for p in places])[chosen]
    lon = np.array([p.lon for p in places])[chosen]
    spread = np.where(random.random(rows) < 0.1, 0, 0.11)
    has_point = random.random(rows) > 1 / 3
    killed, wounded = draw_toll(random, rows), draw_toll(random, rows)
    table = pd.DataFrame(
        {
            "incident": [f"B{number:07d}" for number in range(rows)],
            "date": draw_days(random, rows),
            "country": np.array([p.country for p in places])[chosen],
            "gov": np.array([p.gov for p in places])[chosen],
            "place": np.array([p.name for p in places])[chosen],
            "lat": (lat + random.normal(size=rows) * spread).round(5),
            "lon": (lon + random.normal(size=rows) * spread).round(5),
            "type": random.choice(list(TYPES), size=rows, p=list(TYPES.values())),
            "direction": random.choice(list(DIRECTIONS), size=rows, p=list(DIRECTIONS.values())),
            "target": np.array(TARGETS)[draw_ranks(random, len(TARGETS), rows, 0.8)],
            "actor": np.char.add("Group ", draw_ranks(random, ACTORS, rows, 1.3).astype(str)),
            "weapon": np.char.add("weapon ", draw_ranks(random, WEAPONS, rows, 1.2).astype(str)),
            "killed_min": killed[0],
            "killed_max": killed[1],
            "wounded_min": wounded[0],
            "wounded_max": wounded[1],
            "sources": 1 + draw_ranks(random, PUBLISHERS, rows, 1.5),
        }
    )
    table.loc[~has_point, ["lat", "lon"]] = np.nan
    table["precision"] = np.where(has_point, "site", None)
    table["summary"] = table["type"] + " at " + table["place"] + ", attributed to " + table["actor"]
    return table


if __name__ == "__main__":
    make_table(int(sys.argv[1])).to_csv(sys.argv[2], index=False)
