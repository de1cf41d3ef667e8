"""From the plain data of a YAML text to a profile; whatever it holds, the answer is a sentence."""

from __future__ import annotations

import math
import re
from typing import Any

from incidents.intake.mapping.rules import OTHERWISE, OUR_NAMES, WAYS, Conditions, Profile, Rule
from incidents.table.errors import ProfileError

LARGEST = 100_000  # letters
_DEEPEST = 4  # rules within rules
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_PARTS_OF_DATE = ("year", "month", "day")
_PROFILE_KEYS = ("name", "title", "about", "recognised_by", "once", "not_claimed", "is_own",
                 "columns")  # fmt: skip
_RULE_KEYS = (*WAYS, "by", "where", "unless", "unknown", "after", "before", "strip", "values",
              "otherwise", "optional", "confidence", "note")  # fmt: skip


def parse_profile(data: Any) -> Profile:
    """Make a profile of what its YAML holds: texts, lists and mappings alone.

    Raises
    ------
    ProfileError
        Something is missing, unknown or of the wrong kind; names the place.
    """
    fields = _mapping(data, "the mapping")
    _refuse_other(fields, _PROFILE_KEYS, "the mapping")
    name, title = _text(fields.get("name"), "name"), _text(fields.get("title"), "title")
    if _NAME.fullmatch(name) is None:
        raise ProfileError(
            f'The name "{name[:60]}" cannot be used. Take up to 40 small letters, digits, - and _.'
        )
    if title.strip() == "":
        raise ProfileError("The mapping has no title. Give it one, so that readers know it.")
    columns = _mapping(fields.get("columns"), "columns")
    for ours in columns:
        if ours not in OUR_NAMES:
            raise ProfileError(
                f'"{ours[:60]}" is not a column known here. Use the names of the reference.'
            )
    once = fields.get("once")
    return Profile(
        name=name,
        title=title,
        about=_text(fields.get("about", ""), "about"),
        marks=tuple(_texts(each, "recognised_by") for each in _list(fields, "recognised_by")),
        once=None if once is None else _our_names(_texts(once, "once")),
        not_claimed=_texts(fields.get("not_claimed", []), "not_claimed"),
        is_own=_flag(fields, "is_own", "the mapping"),
        columns={ours: _rule(rule, f'column "{ours}"', 1) for ours, rule in columns.items()},
    )


def _rule(data: Any, where: str, depth: int) -> Rule:
    if depth > _DEEPEST:
        raise ProfileError(f"{_start(where)}: rules are nested more than {_DEEPEST} deep.")
    if not isinstance(data, dict):  # the short form: a header, or several to choose from
        return Rule("from", headers=_headers(data, where))
    fields = _mapping(data, where)
    _refuse_other(fields, _RULE_KEYS, where)
    ways = [way for way in WAYS if way in fields]
    if len(ways) != 1:
        raise ProfileError(f"{_start(where)}: give just one of {', '.join(WAYS)}.")
    way = ways[0]
    body = fields[way]
    return Rule(
        way,
        headers=_body_headers(way, body, where),
        parts=_parts(body, where, depth) if way in ("first", "join") else (),
        words=_text(body, where) if way in ("text", "always") else "",
        by=_text(fields.get("by", ""), f"{where}, by"),
        where=_conditions(fields, "where", where),
        unless=_conditions(fields, "unless", where),
        unknown=_texts(fields.get("unknown", []), f"{where}, unknown"),
        after=_text(fields.get("after", ""), f"{where}, after"),
        before=_text(fields.get("before", ""), f"{where}, before"),
        strip=_texts(fields.get("strip", []), f"{where}, strip"),
        values={
            value: _text(ours, f"{where}, values")
            for value, ours in _mapping(fields.get("values", {}), f"{where}, values").items()
        },
        otherwise=_choice(fields.get("otherwise", "tell"), where),
        optional=_flag(fields, "optional", where),
        confidence=_confidence(fields.get("confidence", "1"), where),
        note=_text(fields.get("note", ""), f"{where}, note"),
    )


def _body_headers(way: str, body: Any, where: str) -> tuple[str, ...]:
    if way == "date":
        parts = _mapping(body, f"{where}, date")
        _refuse_other(parts, _PARTS_OF_DATE, f"{where}, date")
        named = tuple(part for part in _PARTS_OF_DATE if part in parts)
        if named != _PARTS_OF_DATE[: len(named)] or not named:
            raise ProfileError(f"{_start(where)}: a date needs a year, then a month, then a day.")
        return tuple(_headers(parts[part], where)[0] for part in named)
    return _headers(body, where) if way in ("from", "count", "sum") else ()


def _headers(data: Any, where: str) -> tuple[str, ...]:
    headers = _texts([data] if isinstance(data, str) else data, where)
    if not headers or any(header.strip() == "" for header in headers):
        raise ProfileError(f"{_start(where)}: no column of the table is named.")
    return headers


def _parts(data: Any, where: str, depth: int) -> tuple[Rule, ...]:
    if not isinstance(data, list) or not data:
        raise ProfileError(f"{_start(where)}: a list of rules is needed.")
    return tuple(_rule(part, where, depth + 1) for part in data)


def _conditions(fields: dict[str, Any], key: str, where: str) -> Conditions:
    given = _mapping(fields.get(key, {}), f"{where}, {key}")
    return {
        header: _texts([values] if isinstance(values, str) else values, f"{where}, {key}")
        for header, values in given.items()
    }


def _our_names(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in OUR_NAMES:
            raise ProfileError(f'Once: "{name[:60]}" is not a column known here.')
    return names


def _choice(data: Any, where: str) -> Any:
    if data not in OTHERWISE:
        raise ProfileError(f"{_start(where)}: otherwise is one of {', '.join(OTHERWISE)}.")
    return data


def _confidence(data: Any, where: str) -> float:
    try:
        number = float(data)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 <= number <= 1:
        raise ProfileError(f"{_start(where)}: the confidence is a number from 0 to 1.")
    return number


def _flag(fields: dict[str, Any], key: str, where: str) -> bool:
    value = fields.get(key, "false")
    if value not in ("true", "false"):
        raise ProfileError(f"{_start(where)}: {key} is true or false.")
    return bool(value == "true")


def _list(fields: dict[str, Any], key: str) -> list[Any]:
    value = fields.get(key, [])
    if not isinstance(value, list):
        raise ProfileError(f"{_start(key)}: a list is needed.")
    return value


def _mapping(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise ProfileError(f"{_start(where)}: names and what they stand for are needed.")
    return data


def _texts(data: Any, where: str) -> tuple[str, ...]:
    if not isinstance(data, list):
        raise ProfileError(f"{_start(where)}: a list of texts is needed.")
    return tuple(_text(each, where) for each in data)


def _text(data: Any, where: str) -> str:
    if not isinstance(data, str):
        raise ProfileError(f"{_start(where)}: a text is needed.")
    return data


def _refuse_other(fields: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in fields:
        if key not in known:
            raise ProfileError(
                f'{_start(where)}: "{key[:60]}" is unknown. Known are {", ".join(known)}.'
            )


def _start(where: str) -> str:
    return where[:1].upper() + where[1:]
