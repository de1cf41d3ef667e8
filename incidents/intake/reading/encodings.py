"""How the letters of a text file are written, and the same text as UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = 4096  # bytes in which UTF-16 shows; an even number
_PLAIN = re.compile("[,;\t\r\n]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_PIECE = 1 << 22  # bytes that are decoded at once
_SAMPLE = 1_000_000  # bytes looked at to tell one single-byte encoding from another
# A word written wholly in high bytes is a word of another script; French and Turkish words
# mix high bytes with plain letters.
_HIGH_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{3,}(?![A-Za-z\x80-\xff])")
_ARABIC_WORD = re.compile("[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u060c\u200c\u200d]+")
_CYRILLIC_WORD = re.compile("[А-ЯЁІ]?[а-яёі]+|[А-ЯЁІ]+")
_SHAPES = {
    "cp1256": (_ARABIC_WORD, "اليمنورتبةعدسفحقك"),
    "cp1251": (_CYRILLIC_WORD, "оеаинтсрвлкмдпуя"),
    "koi8_r": (_CYRILLIC_WORD, "оеаинтсрвлкмдпуя"),
}
"""Encodings by how words of their language look, and its most frequent letters."""
# The six bytes in which cp1254 (Turkish) and cp1252 (Western) differ. Turkish ş, ğ and ı are far
# likelier in tables about Iraq and Syria than Icelandic þ and ð.
_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")

# What 80 to BF, the bytes that continue a letter of UTF-8, look like as cp1252.
_CONTINUING = (
    "["
    + re.escape(
        "".join(
            bytes([byte]).decode("latin-1" if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
            for byte in range(0x80, 0xC0)
        )
        + "".join(map(chr, range(0x80, 0xA0)))
    )
    + "]"
)
_TWICE = re.compile(
    f"(?:[ØÙÚÛÐÑ]{_CONTINUING}){{2,}}|Ã{_CONTINUING}|Ä(?:±|Ÿ|\x9f)|Å(?:Ÿ|ž|\x9e|\x9f)|â(?:€|\x80){_CONTINUING}"
)


@dataclass(frozen=True)
class Utf8Text:
    """A text as UTF-8 without BOM, the encoding it came in, and how many letters were lost."""

    data: bytes
    encoding: str
    is_guessed: bool
    lost: int


def to_utf8(data: bytes) -> Utf8Text:
    """Turn the bytes of a text file into UTF-8.

    A BOM decides, or the zeros of UTF-16 without one; else UTF-8 if the bytes are valid, or
    nearly so (one damaged letter in ten good ones at most); else one of cp1256, cp1251, KOI8-R,
    cp1254, cp1252, guessed from the shape of the words. Never raises: bytes that stand for
    nothing become U+FFFD and are counted as lost.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, is_guessed=False)
    wide = _find_wide(data[:_WIDE])
    if wide is not None:
        return _decoded(data, wide, is_guessed=True)
    if data.isascii():
        return Utf8Text(data, "utf-8", is_guessed=False, lost=0)
    nearly = _decoded(data, "utf-8", is_guessed=False)
    if nearly.lost == 0 or _count_letters(nearly.data) > 10 * nearly.lost:
        return nearly
    return _decoded(data, guess_encoding(data), is_guessed=True)


def find_encoded_twice(texts: Iterable[str]) -> str:
    """A piece whose UTF-8 was read as cp1252 and written again, as "Ø§Ù„Ù…"; "" without one.

    Nothing is mended: letters may be lost already.
    """
    pieces = (found[0][:20] for text in texts if (found := _TWICE.search(text)) is not None)
    return next(pieces, "")


def guess_encoding(data: bytes) -> str:
    """Guess the single-byte encoding of a text: cp1256, cp1251, KOI8-R, cp1254 or cp1252.

    Words made only of high bytes are read as Arabic and, in two ways, as Russian; the reading
    wins under which most of them look like words, of letters that are frequent in that language.
    Without such words the text is Latin.
    """
    words = _HIGH_WORD.findall(data[:_SAMPLE])
    rated = {name: _rate(words, name, *shape) for name, shape in _SHAPES.items()}
    best = max(rated, key=lambda name: rated[name])
    if rated[best] > 0:
        return best
    return "cp1254" if _TURKISH.search(data) else "cp1252"


def _rate(words: list[bytes], encoding: str, pattern: re.Pattern[str], letters: str) -> float:
    """How well words fit a language: the share of frequent letters; 0 if half are no words."""
    if sum(_fits(word, encoding, pattern) for word in words) * 2 <= len(words):
        return 0.0
    text = b"".join(words).decode(encoding, errors="replace").casefold()
    return sum(text.count(letter) for letter in letters) / max(len(text), 1)


def _find_wide(start: bytes) -> str | None:
    """Tell UTF-16 without BOM by its zeros, which are half of each separator and line end."""
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        has_zeros = 0 in start[place::2] and 0 not in start[1 - place :: 2]
        text = start.decode(encoding, errors="replace") if has_zeros else ""
        if _PLAIN.search(text) and not _CONTROL.search(text):
            return encoding
    return None


def _fits(word: bytes, encoding: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(word.decode(encoding, errors="replace")) is not None


def _decoded(data: bytes, encoding: str, *, is_guessed: bool) -> Utf8Text:
    try:
        pieces = [
            # What is right already is only looked through.
            b"" if encoding == "utf-8" else text.encode("utf-8", errors="replace")
            for text in _decode_pieces(data, encoding, "strict")
        ]
        whole = data if encoding == "utf-8" else b"".join(pieces)
        return Utf8Text(whole, encoding, is_guessed, lost=0)
    except UnicodeDecodeError:
        pieces, lost = [], 0
        for text in _decode_pieces(data, encoding, "replace"):
            lost += text.count("\N{REPLACEMENT CHARACTER}")
            # A lone half of a pair cannot be written as UTF-8.
            pieces.append(text.encode("utf-8", errors="replace"))
        return Utf8Text(b"".join(pieces), encoding, is_guessed, lost)


def _decode_pieces(data: bytes, encoding: str, errors: str) -> Iterator[str]:
    """Decode some bytes at a time: one odd letter makes a text take four times its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        yield decoder.decode(piece, start + _PIECE >= len(data))


def _count_letters(data: bytes) -> int:
    """Letters beyond ASCII in a UTF-8 text, without those that were lost."""
    starts = sum(data.count(bytes([lead])) for lead in range(0xC2, 0xF5))
    return starts - data.count("\N{REPLACEMENT CHARACTER}".encode())
