"""Write the names of countries anew: those that CLDR has, in the languages that our tables use.

    pip install babel==2.19.0 && python scripts/build_countries.py

Rewrites the column `names` of `geo/places/countries.csv` and keeps the others, which are kept by
hand: `gwcode` (Gleditsch and Ward's number, as UCDP has it) and `more` (what tables write besides).
"""

import csv
import sys
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.places.countries import COUNTRIES_FILE  # noqa: E402

LANGUAGES = ("en", "tr", "ku", "ckb", "ar", "fa", "ru")


def main() -> None:
    """Read the table, ask CLDR, write it."""
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    with COUNTRIES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        found = (names.get(row["country"], "") for names in territories)
        row["names"] = ";".join(dict.fromkeys(name for name in found if name and ";" not in name))
    with COUNTRIES_FILE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
