"""Which column holds the places, where an alias alone would take home towns for them."""

import pytest

from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.rules import From
from incidents.intake.reading.files import table_from_bytes

ROWS = "Baghdad|Greensboro|North Carolina;Fallujah|Pearl City|Hawaii;Mosul|Hays|Kansas"
COLUMNS = [
    pytest.param("place_of_death|city|state", ROWS, "place_of_death", 0.6, id="home towns"),
    pytest.param("Incident Location Town|town|us_state", ROWS, "Incident Location Town", 0.6,
                 id="another name"),
    pytest.param("place|city|state", ROWS, "place", 1.0, id="our own name"),
    pytest.param("birthplace city|village|x", "Mosul|Narnia|a;Erbil|Foobar|b", "village", 1.0,
                 id="where somebody was born is no better"),
    pytest.param("base|city|state", ROWS, None, 0.0, id="homes, and no other"),
    pytest.param("what|village|who", "a|Narnia|x;b|Foobar|y", "village", 1.0, id="unknown ones"),
    pytest.param("nearest town|location|who", "Mosul|Hit|x;Erbil|Foobar|y", "location", 1.0,
                 id="those that fit well enough are not given up"),
    pytest.param("what|city|who", "a|Mosul (1)|x;b|الموصل|y", "city", 1.0, id="an alias that fits"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "rows", "header", "confidence"), COLUMNS)
def test_chooses(headers: str, rows: str, header: str | None, confidence: float) -> None:
    lines = [f"date|{headers}", *(f"2009-05-08|{row}" for row in rows.split(";"))]
    text = "\n".join(line.replace("|", ",") for line in lines)
    rule = guess_profile(table_from_bytes(text.encode(), "t.csv")).columns.get("place")
    if header is None:
        assert rule is None
    else:
        assert isinstance(rule, From)
        assert (rule.headers[0], rule.confidence) == (header, confidence)
