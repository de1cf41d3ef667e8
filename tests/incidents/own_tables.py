"""Tables with columns of their own, brought and kept as a reader would."""

from collections.abc import Callable

import msgspec

from incidents.intake.bundles import Brought, Bundle, choose_profile
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.own_columns import OwnKind
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.snapshots import Snapshot

KeepTables = Callable[..., Snapshot]

ANALYST = """Date,Place,Verified by,Range km,Checked on,Memo
2021-07-07,Baghdad,AP,1.5,2021-07-08,one
2021-07-08,Mosul,Reuters,-2,2021-08-01,two
2021-07-09,Erbil,AP,"1,200",,three
2021-07-10,Basra,,40,2021-09-30,four
2021-07-11,Kirkuk,<b>Bellingcat</b>,?,n/a,five
2021-07-12,Ramadi,Reuters,40,2021-07-08,six
"""
CHOSEN: dict[str, OwnKind] = {"Range km": "number", "Checked on": "date", "Memo": "text"}


def keep_tables(
    catalog: Catalog, *texts: str, chosen: dict[str, OwnKind] | None = None
) -> Snapshot:
    """Keep CSV texts as one version; `chosen` are kinds of columns of the first one."""
    brought = []
    for number, text in enumerate(texts):
        table = table_from_bytes(text.encode(), f"table{number}.csv")
        profile = choose_profile(table, catalog.profiles)
        if chosen and number == 0:
            guess = profile or guess_profile(table, catalog.profiles)
            profile = msgspec.structs.replace(guess, own=chosen)
        brought.append(Brought(f"table{number}", Tables(table), profile))
    draft = prepare(Bundle(tuple(brought), source="mine"), catalog.world)
    return publish(draft, catalog.settings.snapshots, "upload")
