"""Tables of hostile text, for all that shows what a table holds."""

from collections.abc import Iterable

from incidents.table.columns import COLUMNS, REPORT_COLUMNS, Column

# What a table may hold to be run as HTML, Markdown, an icon, a script's end or a template.
HOSTILE = (
    "<img src=x onerror=alert(1)> ![x](http://evil.example/x.png) :material/home: "
    "</script> {{ 'x' }} \"' $x^2$ [x](javascript:alert(1))"
)


def names_of_text(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns if column.type in ("text", "choice")]


def list_hostile_rows() -> dict[str, list[dict[str, str]]]:
    text = dict.fromkeys(names_of_text(COLUMNS), HOSTILE)
    text |= {"date": "2021-07-07", "date_precision": "day", "time": "10:00", "country": "IQ"}
    text |= {"attribution": "claimed", "precision": "site", "killed_min": "1", "killed_max": "2"}
    places = {
        "HA": {"lat": "33.30", "lon": "44.40"},
        "HB": {"lat": "33.30", "lon": "44.40"},
        "HC": {"lat": "34.90", "lon": "42.00", "origin_lat": "35.0", "origin_lon": "41.5"},
        "HD": {"lat": "30.30", "lon": "45.20", "precision": "governorate"},
        "HE": {"lat": HOSTILE, "lon": HOSTILE, "country": HOSTILE, "precision": HOSTILE}
        | {"time": HOSTILE, "killed_min": HOSTILE, "attribution": HOSTILE},
        "HF": {"date": HOSTILE},
    }
    columns = ("origin_lat", "origin_lon", "lat", "lon")
    incidents = [
        dict.fromkeys(columns, "") | text | own | {"incident": f"{name} {HOSTILE}"}
        for name, own in places.items()
    ]
    reports = [
        dict.fromkeys(names_of_text(REPORT_COLUMNS), HOSTILE)
        | {"report": f"{number} {HOSTILE}", "incident": row["incident"], "published": "2021-07-08"}
        | {"url": "javascript:alert(1)" if number % 2 else f"https://evil.example/{HOSTILE}"}
        for number, row in enumerate(incidents * 2)
    ]
    claims = [
        {"claim": f"{number} {HOSTILE}", "report": report["report"], "who": HOSTILE}
        | {"incident": report["incident"], "measure": "killed", "group": "all"}
        | {"low": str(number), "high": str(number)}
        for number, report in enumerate(reports)
    ]
    claims.append(claims[0] | {"claim": HOSTILE, "measure": HOSTILE, "group": HOSTILE})
    return {"incidents": incidents, "reports": reports, "claims": claims}
