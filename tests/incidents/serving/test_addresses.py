"""Whatever an address says, a page answers what is left of it, in time and without a traceback."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from incidents.asking.address import KEYS
from incidents.table.own_columns import PREFIX
from incidents.telling.pages.asked import HOME, PAGES
from incidents.versions.long_links import KEY as LONG_LINK

EXAMPLES, SECONDS = 15, 10
NAMES = [*(key.name for key in KEYS), LONG_LINK, f"{PREFIX}unit", "embed", "nothing", "", "\x00"]
ODD = ["", "0", "-1", "1e9", "9" * 400, "2021-07-07", "9999-12-31", "0001-01-01", "2021-02-30",
       "44,33,45,34", "-540,-90,540,90", "nan,nan,nan,nan", "1,2,3", ",".join("0" * 200),
       "1,2," * 60, "' OR 1=1 --", "%00", "\x00", "\ud7ff", "بغداد", "<script>", "../../etc/passwd",
       "a" * 3_000, "unknown", "none", "null", "{}", "=1+1", "\u202e"]  # fmt: skip


def _list_values(name: str) -> st.SearchStrategy[str]:
    words = next((list(key.kind.schema.get("enum", ())) for key in KEYS if key.name == name), [])
    return st.one_of(st.sampled_from([*words, *ODD]), st.text(max_size=20))


pairs = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), _list_values(name)))


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_any_address(
    client: TestClient, caplog: pytest.LogCaptureFixture, page: str
) -> None:
    path = "/" if page == HOME else f"/{page}"

    def ask(query: list[tuple[str, str]]) -> None:
        start = time.monotonic()
        answer = client.get(f"{path}?{urlencode(query, errors='surrogatepass')}")
        assert time.monotonic() - start < SECONDS
        assert answer.status_code == 200
        assert "Traceback" not in answer.text
        assert "could not be written" not in caplog.text, query

    bounded = settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    given(st.lists(pairs, max_size=6))(bounded(ask))()


@pytest.mark.parametrize(
    "raw", ["%", "%zz", "&&&", "=", "a=%ff", "q=%ff%fe", "?", "dates", ";", "q=" * 999]
)
def test_nor_does_what_is_no_query_end_it(client: TestClient, raw: str) -> None:
    answer: Any = client.get(f"/?{raw}")
    assert answer.status_code == 200
