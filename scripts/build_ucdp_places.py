"""Build data/places/ucdp.csv from names of UCDP GED whose points are exact. Run by hand.

    python scripts/build_ucdp_places.py NAMES.csv

NAMES.csv has the columns `name, admin1, cc, lat, lon, precision, n`; only lines of the precision
`where_prec=1` are taken: the event is known to have happened at that place. Landforms, checkpoints
and the like are left out: who writes such a name seldom means a place of that name.
"""

import argparse
import csv
import re
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.places.governorates import find_gov  # noqa: E402
from geo.places.points import Point, distance_km  # noqa: E402

OUT = ROOT / "data" / "places" / "ucdp.csv"
SAME_KM = 5.0
_KINDS = {
    **{word: word for word in ("village", "town", "city", "camp", "base", "airport")},
    **{"villae": "village", "suburb": "neighbourhood", "neighborhood": "neighbourhood"},
    **{"airbase": "base", "district": "district"},
}
# What kind of settlement it is stands in a column of its own.
_SETTLEMENT = re.compile(r"\s+(?:village|villae|town|city)$", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"\b(?:area|checkpoint|farms?|brigade|division|complex|plant|factory|dam|prison|island|hills?|"
    r"reservoir|project|plain|desert|mount|mountains?|fields?|sector|tower|jabal|jebel|tell? of|"
    r"road|crossing|battalion|company|headquarters|border|hospital|school|university|lake|river|"
    r"station|refinery|bridge|barrier|mosque|silos?|depot|regiment|college|junction|facility)\b",
    re.IGNORECASE,
)


def list_rows(names: pd.DataFrame) -> list[dict[str, str]]:
    """Lines of the file: each name once for each governorate; names of two spots there are out."""
    exact = names[names["precision"].eq("where_prec=1") & ~names["name"].str.contains(_NO_PLACE)]
    rows = []
    for (name, cc, admin1), group in exact.groupby(["name", "cc", "admin1"]):
        gov = find_gov(admin1, cc)
        spots = [Point(lat, lon) for lat, lon in zip(group["lat"], group["lon"], strict=True)]
        if gov is None or any(distance_km(spots[0], spot) > SAME_KM for spot in spots):
            continue
        first, *others = split_name(name)
        kind = _KINDS.get(first.split()[-1].lower(), "village")
        rows.append(
            {
                "name": _SETTLEMENT.sub("", first) or first,
                "country": cc,
                "gov": gov.gov,
                "kind": kind,
                "lat": f"{spots[0].lat:.5f}",
                "lon": f"{spots[0].lon:.5f}",
                "precision": "town",
                "names": ";".join(_SETTLEMENT.sub("", each) or each for each in others),
                "events": str(group["n"].sum()),
                "source": "UCDP GED",
                "licence": "CC BY 4.0",
            }
        )
    return rows


def split_name(name: str) -> list[str]:
    """ "Gharnatah/Leylan village" has two names."""
    words = re.split(r"\s*/\s*", " ".join(name.split()))
    kind = words[-1].split()[-1]
    if len(words) == 1 or kind.lower() not in _KINDS:
        return words
    return [word if word.endswith(kind) else f"{word} {kind}" for word in words]


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path)
    rows = list_rows(pd.read_csv(parser.parse_args().names))
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} places in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
