"""From the plain data of a YAML text to a profile; whatever it holds, the answer is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from incidents.intake.mapping.rules import (
    OTHERWISE,
    OUR_NAMES,
    WAYS,
    AnyRule,
    Around,
    Count,
    First,
    From,
    Join,
    Profile,
    Sum,
    list_keys,
)
from incidents.table.errors import ProfileError

_DEEPEST = 4  # rules within rules
# A few lines could ask for more than a table of a million rows is worth.
_MOST_RULES, _MOST_PARTS, _MOST_COLUMNS, _MOST_ENDINGS = 500, 20, 100, 100
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NEEDED = {
    "str": "a text is needed",
    "array": "a list of texts is needed",
    "object": "names and what they stand for are needed",
    "bool": "true or false is needed",
    "float": "a number from 0 to 1 is needed",
    "int": "a whole number from 1 to 366 is needed",
}
_KEYS = Profile.__struct_encode_fields__
_RULE_KEYS = tuple(dict.fromkeys(key for way in WAYS for key in list_keys(way)))
Made = TypeVar("Made")


def parse_profile(data: Any) -> Profile:
    """Make a profile of what its YAML holds: texts, lists and mappings alone.

    Raises
    ------
    ProfileError
        Something is missing, unknown or of the wrong kind; names the place.
    """
    fields = {"name": None, "title": None, **_open(data, _KEYS, "the mapping")}
    columns = _open(fields.get("columns"), None, "columns")
    _refuse_foreign(columns, "")
    rules = {ours: _read_rule(rule, f'column "{ours}"', 1) for ours, rule in columns.items()}
    number = sum(map(_count_rules, rules.values()))
    _check_number(number, _MOST_RULES, "The mapping", "rules")
    profile = _convert({**fields, "columns": rules}, Profile, "")
    if _NAME.fullmatch(profile.name) is None:
        raise ProfileError(
            f'The name "{profile.name[:60]}" cannot be used. '
            "Take up to 40 small letters, digits, - and _."
        )
    if profile.title.strip() == "":
        raise ProfileError("The mapping has no title. Give it one, so that readers know it.")
    _refuse_foreign(profile.once or (), "Once: ")
    return profile


def _read_rule(data: Any, where: str, depth: int) -> AnyRule:
    if depth > _DEEPEST:
        raise ProfileError(f"{_start(where)}: rules are nested more than {_DEEPEST} deep.")
    # The short form: a header, or several to choose from.
    fields = _open(data if isinstance(data, dict) else {"from": data}, _RULE_KEYS, where)
    ways = [way for way in WAYS if way in fields]
    if len(ways) != 1:
        raise ProfileError(f"{_start(where)}: give just one of {', '.join(WAYS)}.")
    way, kind = ways[0], WAYS[ways[0]]
    body = _open(fields, list_keys(way), where)[way]
    if kind in (First, Join):
        if not isinstance(body, list):
            raise ProfileError(f"{_start(where)}: a list of rules is needed.")
        _check_number(len(body), _MOST_PARTS, where, "rules")
        body = [_read_rule(part, where, depth + 1) for part in body]
    elif kind in (From, Around, Count, Sum):
        body = _list_up(body)
    conditions = {
        key: {header: _list_up(values) for header, values in fields[key].items()}
        for key in ("where", "unless")
        if isinstance(fields.get(key), dict)
    }
    rest = {key: value for key, value in fields.items() if key != way}
    rule = _convert({kind.__struct_fields__[0]: body, **rest, **conditions}, kind, where)
    columns = len(rule.sources) + len(rule.where) + len(rule.unless)
    _check_number(columns, _MOST_COLUMNS, where, "columns")
    _check_number(len(rule.strip), _MOST_ENDINGS, where, "endings")
    return rule


def _count_rules(rule: AnyRule) -> int:
    return 1 + sum(map(_count_rules, rule.nested))


def _check_number(number: int, most: int, where: str, what: str) -> None:
    """Refuse what would be too much work for each row of a table."""
    if number > most:
        raise ProfileError(
            f"{_start(where)}: {number:,} {what} are too many, the most is {most}. "
            f"Leave out those that are not needed."
        )


def _list_up(data: Any) -> Any:
    return [data] if isinstance(data, str) else data


def _open(data: Any, known: Iterable[str] | None, where: str) -> dict[str, Any]:
    """A mapping of names, all of them known (where it says which are)."""
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise ProfileError(f"{_start(where)}: {_NEEDED['object']}.")
    for key in data:
        if known is not None and key not in known:
            raise ProfileError(
                f'{_start(where)}: "{key[:60]}" is unknown here. Known are {", ".join(known)}.'
            )
    return data


def _refuse_foreign(names: Iterable[str], where: str) -> None:
    for name in names:
        if name not in OUR_NAMES:
            raise ProfileError(
                f'{where}"{name[:60]}" is not a column known here. Use the names of the reference.'
            )


def _convert(data: dict[str, Any], kind: type[Made], where: str) -> Made:
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$.")
    field = re.split(r"\W", path)[0]
    expected = re.match(r"Expected `(\w+)", said)
    if expected is not None:
        said = _NEEDED[expected[1]]
    elif field == "otherwise":
        field, said = "", f"otherwise is one of {', '.join(OTHERWISE)}"
    named = field if field in (*_KEYS, *_RULE_KEYS) else ""  # what a way stands for has no name
    raise ProfileError(f"{_start(', '.join(filter(None, (where, named))))}: {said}.")


def _start(where: str) -> str:
    return where[:1].upper() + where[1:]
