"""What holds of ranges whatever reports claim: more reports never narrow, unknown is never 0."""

from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.table.claims import derive_ranges, range_stem
from incidents.table.columns import GROUPS, HARMS, MUNITIONS, RANGE_COLUMNS
from incidents.table.voices import mark_voices

KINDS = [(harm, group) for harm in HARMS for group in GROUPS] + [(each, "") for each in MUNITIONS]
STEMS = [range_stem(*kind) for kind in KINDS]
Claim = tuple[str, tuple[str, str], int, int | None]
bounded = settings(max_examples=30)

REPORTS = tuple("abcd")
kinds = st.sampled_from(KINDS[:3] + KINDS[-2:])


@st.composite
def claims_of(draw: st.DrawFn, *reports: str) -> Claim:
    low = draw(st.integers(0, 50))
    high = draw(st.none() | st.integers(low, 60))
    return draw(st.sampled_from(reports)), draw(kinds), low, high


def derive(reports: dict[str, str], claims: list[Claim]) -> pd.Series:
    """The ranges of one incident; `reports` maps each report to what it supersedes."""
    table = pd.DataFrame(
        {
            "report": list(reports),
            "incident": "A",
            "publisher": list(reports),
            "family": "",
            "supersedes": list(reports.values()),
        }
    )
    rows = [
        {"report": report, "incident": "A", "measure": kind[0], "group": kind[1], "low": low,
         "high": high}
        for report, kind, low, high in claims
    ]  # fmt: skip
    columns = ["report", "incident", "measure", "group", "low", "high"]
    said = pd.DataFrame(rows, columns=columns).astype({"low": "Int64", "high": "Int64"})
    return derive_ranges(mark_voices(table), said).loc["A"]


def is_within(inner: Any, outer: Any) -> bool:
    """Whether each range that is known stays known and is as wide or wider.

    A range with an open top ("4 or more") is wider than any; what it states itself is its low end.
    """

    def holds(stem: str) -> bool:
        (low, high), (least, most) = (
            (ranges[f"{stem}_min"], ranges[f"{stem}_max"]) for ranges in (inner, outer)
        )
        stated = low if pd.isna(high) else high
        return bool(least <= low and (pd.isna(most) or most >= stated))

    return all(pd.isna(inner[f"{stem}_min"]) or holds(stem) for stem in STEMS)


@bounded
@given(st.lists(claims_of(*REPORTS), max_size=6), st.lists(claims_of("new"), max_size=3))
def test_one_more_report_never_narrows_a_range(old: list[Claim], new: list[Claim]) -> None:
    known = dict.fromkeys(REPORTS, "")
    before, after = derive(known, old), derive({**known, "new": ""}, old + new)
    assert is_within(before, after)
    assert after["sources"] == before["sources"] + 1


@bounded
@given(
    st.lists(claims_of(*REPORTS), max_size=6),
    st.lists(claims_of("new"), max_size=3),
    st.sampled_from(REPORTS),
)
def test_a_correction_leaves_what_the_others_say(
    old: list[Claim], new: list[Claim], corrected: str
) -> None:
    known = dict.fromkeys(REPORTS, "")
    others = [each for each in old if each[0] != corrected]
    after = derive({**known, "new": corrected}, old + new)
    assert after[list(RANGE_COLUMNS)].equals(
        derive({**known, "new": ""}, others + new)[list(RANGE_COLUMNS)]
    )
    assert is_within(derive(known, others), after)


@bounded
@given(st.lists(claims_of(*REPORTS), max_size=6))
def test_only_what_is_claimed_is_known(claims: list[Claim]) -> None:
    ranges = derive(dict.fromkeys(REPORTS, ""), claims)
    claimed = {range_stem(*kind) for _, kind, _, _ in claims}
    known = {stem for stem in STEMS if pd.notna(ranges[f"{stem}_min"])}
    assert known == claimed
    ended = {stem for stem in STEMS if pd.notna(ranges[f"{stem}_max"])}
    assert ended <= {range_stem(*kind) for _, kind, _, high in claims if high is not None}


@bounded
@given(st.lists(claims_of(*REPORTS), max_size=6))
def test_a_0_is_only_where_a_report_says_none(claims: list[Claim]) -> None:
    ranges = derive(dict.fromkeys(REPORTS, ""), claims)
    for stem, kind in zip(STEMS, KINDS, strict=True):
        low, high = ranges[f"{stem}_min"], ranges[f"{stem}_max"]
        lows = [each[2] for each in claims if each[1] == kind]
        tops = [each[3] for each in claims if each[1] == kind and each[3] is not None]
        opens = [each[2] for each in claims if each[1] == kind and each[3] is None]
        assert pd.isna(low) == (not lows)
        assert pd.isna(low) or low == min(lows)
        if pd.isna(high):
            assert not tops or max(opens) > max(tops)
        else:
            assert high == max(tops) >= max([low, *opens])


@bounded
@given(st.lists(claims_of(*REPORTS), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_claims_is_nothing(claims: list[Claim], random: Any) -> None:
    known = dict.fromkeys(REPORTS, "")
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert derive(known, claims).equals(derive(known, shuffled))


@bounded
@given(st.lists(claims_of(*REPORTS), max_size=6), claims_of(*REPORTS))
def test_a_claim_touches_no_other_range(claims: list[Claim], more: Claim) -> None:
    known = dict.fromkeys(REPORTS, "")
    stem = range_stem(*more[1])
    others = [name for name in RANGE_COLUMNS if name not in (f"{stem}_min", f"{stem}_max")]
    assert derive(known, claims)[others].equals(derive(known, [*claims, more])[others])
