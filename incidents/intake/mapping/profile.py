"""Profiles as YAML: read, written, and listed from a folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from incidents.intake.mapping.parsing import LARGEST, parse_profile
from incidents.intake.mapping.rules import OTHERWISE, OUR_NAMES, WAYS, Otherwise, Profile, Rule, Way
from incidents.table.errors import ProfileError

__all__ = [
    "OTHERWISE",
    "OUR_NAMES",
    "WAYS",
    "Otherwise",
    "Profile",
    "Rule",
    "Way",
    "list_profiles",
    "read_profile",
    "write_profile",
]


_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """Every scalar is text: no dates, no numbers, no objects. No anchors, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it uses an alias (*), which a mapping may not")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.YAMLError(f"line {node.start_mark.line + 1} or below names one key twice")
        return mapping


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, data: str) -> Any:
        # Within other quotes, line breaks that few programs know are read back as blanks.
        style = '"' if _ODD.search(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)


def read_profile(text: str) -> Profile:
    """Read a profile from its YAML. The text may come from anybody.

    Raises
    ------
    ProfileError
        It is no YAML, too large, or says something that no profile can; names the place.
    """
    if len(text) > LARGEST:
        raise ProfileError(f"A mapping may have {LARGEST} letters; this one has {len(text)}.")
    try:
        data = yaml.load(text, Loader=_Loader)
    except RecursionError:
        raise ProfileError("The mapping is nested too deeply.") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else f" in line {mark.line + 1}"
        said = getattr(error, "problem", None) or str(error)
        raise ProfileError(f"The mapping is not valid YAML{where}: {said[:200]}.") from None
    return parse_profile(data)


def write_profile(profile: Profile) -> str:
    """Write a profile as YAML that `read_profile` reads as the same profile."""
    data: dict[str, Any] = {"name": profile.name, "title": profile.title}
    if profile.about:
        data["about"] = profile.about
    if profile.marks:
        data["recognised_by"] = [list(each) for each in profile.marks]
    if profile.once is not None:
        data["once"] = list(profile.once)
    if profile.not_claimed:
        data["not_claimed"] = list(profile.not_claimed)
    if profile.is_own:
        data["is_own"] = "true"
    data["columns"] = {name: _write_rule(rule) for name, rule in profile.columns.items()}
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def list_profiles(folder: Path) -> tuple[Profile, ...]:
    """Read all profiles of a folder, ``*.yaml``, in the order of their names.

    Raises
    ------
    ProfileError
        One of them cannot be read, or is not in the file of its name; names the file.
    """
    profiles = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            profile = read_profile(path.read_text("utf-8"))
        except (ProfileError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path.name}: {error}") from error
        if profile.name != path.stem:
            raise ProfileError(f'{path.name} holds the profile "{profile.name}". Rename the file.')
        profiles.append(profile)
    return tuple(profiles)


def _write_rule(rule: Rule) -> dict[str, Any]:
    written: dict[str, Any] = {rule.way: _write_body(rule)}
    plain = {"by": rule.by, "after": rule.after, "before": rule.before}
    written |= {key: value for key, value in plain.items() if value}
    several = {"unknown": rule.unknown, "strip": rule.strip}
    written |= {key: list(value) for key, value in several.items() if value}
    for key, conditions in (("where", rule.where), ("unless", rule.unless)):
        if conditions:
            written[key] = {header: list(values) for header, values in conditions.items()}
    if rule.values:
        written["values"] = dict(rule.values)
    if rule.otherwise != "tell":
        written["otherwise"] = rule.otherwise
    if rule.optional:
        written["optional"] = "true"
    if rule.confidence != 1.0:
        written["confidence"] = repr(rule.confidence)
    if rule.note:
        written["note"] = rule.note
    return written


def _write_body(rule: Rule) -> str | list[Any] | Mapping[str, str]:
    if rule.parts:
        return [_write_rule(part) for part in rule.parts]
    if rule.way in ("text", "always"):
        return rule.words
    if rule.way == "date":
        return dict(zip(("year", "month", "day"), rule.headers, strict=False))
    return list(rule.headers)
