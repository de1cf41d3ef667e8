"""The features of a GeoJSON file one at a time: decoded whole, it takes thirty times its size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_decode = json.JSONDecoder().raw_decode


class Features:
    """The features of a text, to be walked through once.

    Attributes
    ----------
    beside
        What stands beside the list of features in its object, once all are walked through; of a
        text that is no object, nothing.
    """

    def __init__(self, text: str) -> None:
        self.beside: dict[str, Any] = {}
        self._text = text
        self._at = 0

    def __iter__(self) -> Iterator[Any]:
        """Decode the items of the list `features` one by one.

        Raises
        ------
        ValueError, RecursionError
            The text is no JSON.
        """
        if self._find("{"):
            for _ in self._list_items("}"):
                key = self._decode()
                if not isinstance(key, str) or not self._find(":"):
                    raise self._error("Expecting a name and a value")
                if key == "features" and self._find("["):
                    self.beside[key] = []
                    for _ in self._list_items("]"):
                        yield self._decode()
                else:
                    self.beside[key] = self._decode()
        else:
            self._decode()
        if self._skip() < len(self._text):
            raise self._error("Extra data")

    def _list_items(self, end: str) -> Iterator[None]:
        """Stop at each item of a list or an object; whoever asks decodes it."""
        if self._find(end):
            return
        while True:
            yield
            if self._find(end):
                return
            if not self._find(","):
                raise self._error("Expecting a comma")

    def _find(self, sign: str) -> bool:
        """Whether this sign comes next; it is passed."""
        is_next = self._text.startswith(sign, self._skip())
        self._at += is_next
        return is_next

    def _decode(self) -> Any:
        value, self._at = _decode(self._text, self._skip())
        return value

    def _skip(self) -> int:
        """Pass blanks, and tell where the next sign is."""
        blanks = _SPACE.match(self._text, self._at)
        self._at = self._at if blanks is None else blanks.end()
        return self._at

    def _error(self, words: str) -> JSONDecodeError:
        return JSONDecodeError(words, self._text, self._at)
