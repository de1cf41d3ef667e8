"""The incidents of the article that the shipped tables began with."""

import pytest

from tests.data.shipped import CLAIMS, INCIDENTS, REPORTS


def test_only_the_two_sides_of_28_june_share_an_operation():
    sides = INCIDENTS[INCIDENTS["operation"].ne("")]
    assert list(sides["incident"]) == ["IQ-2021-06-28-AL-QAIM-1", "SY-2021-06-28-AL-BUKAMAL-1"]
    assert sides["operation"].nunique() == 1


ARTICLE = {  # label: incident, cells ("-" = unknown), words that the summary must have
    "7 July": ("IQ-2021-07-07-AIN-AL-ASAD-1", {
        "launched": "4-30", "wounded": "2-3", "coalition_wounded": "2-3", "killed": "-",
        "intercepted": "-", "civilians_wounded": "-", "sources": "25", "time": "12:30",
        "origin": "al-Baghdadi", "gov": "Anbar"}, ["14", "three", "two", "mosque"]),
    "8 July": ("IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1", {
        "launched": "2-3", "intercepted": "1-1", "wounded": "0-0", "killed": "-",
        "sources": "16", "target": "embassy"}, ["two", "three", "shot down", "inside or outside"]),
    "28 June": ("SY-2021-06-28-AL-BUKAMAL-1", {
        "killed": "4-9", "fighters_killed": "4-9", "civilians_killed": "1-4",
        "children_killed": "1-1", "wounded": "3-4", "civilians_wounded": "3-3",
        "fighters_wounded": "4-4", "coalition_killed": "-", "sources": "16",
        "actor": "United States"}, ["four dead fighters", "nine", "child", "four civilians"]),
    "28 June, Iraq": ("IQ-2021-06-28-AL-QAIM-1", {
        "killed": "4-4", "fighters_killed": "4-4", "wounded": "-", "civilians_killed": "-",
        "sources": "4", "actor": "United States"}, ["PMF", "Pentagon", "in Syria"]),
}  # fmt: skip
SAID = {  # label, measure, group: number -> reports; "14+" is at least 14
    ("7 July", "launched", ""): {
        "14": "263 264 268 270 271 273 274 277 278 280 281 282 283 284 285 286 287 288",
        "14+": "266 269 275 276 289", "14-30": "267", "17-30": "265", "4-14": "272", "7+": "279"},
    ("7 July", "wounded", "all"): {
        "3": "263 264 268 272 273 274 278", "2-3": "266 269 276 281 289", "2+": "282",
        "2": "265 267 270 271 275 277 279 280 283 284 285 286 287 288"},
    ("7 July", "wounded", "coalition"): {"2+": "263", "2": "267 271 276 279 289", "3": "273 278"},
    ("8 July", "launched", ""): {
        "2": "301 302 305 308 309 310 311 312 316 317", "3": "303 304 306 307 313 314 315"},
    ("8 July", "intercepted", ""): {"1": "301 302 305 310 311 312 317"},
    ("8 July", "wounded", "all"): {"0": "304"},
    ("28 June", "killed", "all"): {
        "4": "207 210 218 219 220 221 222 225", "5": "209", "5+": "213", "4-5": "216",
        "4-7": "217", "7": "214 223 226", "4-9": "211 224", "9": "215"},
    ("28 June", "killed", "fighters"): {
        "4": "207 210 218 219 220 221 222 224 225", "5": "209", "5+": "213", "4-7": "217",
        "7": "214 223 226", "9": "215"},
    ("28 June", "killed", "civilians"): {
        "1": "208 209 211 213 218 220 221 223 224 226", "4": "212"},
    ("28 June", "killed", "children"): {"1": "208 209 211 212 213 218 220 221 223 224 226"},
    ("28 June", "wounded", "all"): {"3": "209 211 218 220 223 224 226", "3+": "213", "4": "215"},
    ("28 June", "wounded", "civilians"): {"3": "211 220 224"},
    ("28 June", "wounded", "fighters"): {"4": "215"},
    ("28 June, Iraq", "killed", "all"): {"4": "205 206"},
    ("28 June, Iraq", "killed", "fighters"): {"4": "205 206"},
}  # fmt: skip


@pytest.mark.parametrize(("incident", "cells", "words"), ARTICLE.values(), ids=ARTICLE)
def test_incident_of_the_article(incident, cells, words):
    row = INCIDENTS.set_index("incident").loc[incident]
    spans = {name: f"{row.get(f'{name}_min')}-{row.get(f'{name}_max')}" for name in cells}
    assert {name: row.get(name, spans[name]) for name in cells} == cells
    assert [word for word in words if word not in row["summary"]] == []


def test_what_each_report_says_of_the_article_s_incidents():
    labels = CLAIMS["incident"].map({incident: label for label, (incident, *_) in ARTICLE.items()})
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for label, claim in zip(labels, CLAIMS.itertuples(), strict=True):
        span = {"": f"{claim.low}+", claim.low: claim.low}
        number = span.get(claim.high, f"{claim.low}-{claim.high}")
        said = found.setdefault((label, claim.measure, claim.group), {})
        said[number] = f"{said.get(number, '')} {claim.report.removeprefix('R-0')}".strip()
    assert {key: said for key, said in found.items() if key[0] in ARTICLE} == SAID


@pytest.mark.parametrize(
    "claim",
    [
        ("R-0105", "wounded", "coalition"),
        ("R-0011", "wounded", "security_forces"),
        ("R-0090", "killed", "security_forces"),
    ],
    ids=["foreign contractors at Balad", "guards and an engineer", "Turkish soldier"],
)
def test_no_narrower_claim_where_the_words_are_not_plain(claim):
    columns = ["report", "measure", "group"]
    assert claim not in set(CLAIMS[columns].itertuples(index=False, name=None))


def test_the_article_is_among_the_reports():
    article = REPORTS[REPORTS["family"].eq("Article of 17 July 2021")]
    assert sorted(article["incident"]) == sorted(incident for incident, *_ in ARTICLE.values())
    assert set(article["published"] + article["language"] + article["url"]) == {"2021-07-17ru"}
