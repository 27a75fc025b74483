"""The visible lines of a PDF's page, where they stand and how large they are, by PDFium.

Text that nobody sees is left out: invisible, tiny, outside the page, or white where the page is white.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line, be it the word's own or the typesetter's."""

_LINE_ENDS = ("\0", "\n", "\r")
_SMALLEST = 2.5
"""Points: what is smaller is not there to be read."""

_NEARLY_WHITE = 235
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIP = raw.FPDF_TEXTRENDERMODE_CLIP
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_FONT_NAME = 128
"""Bytes of a font's name that are looked at."""

_SCAN = 0.5
"""The part of a page that a picture covers, at least, if the invisible text above it is its letters."""


@dataclass(frozen=True, slots=True)
class Box:
    """Points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a wide gap between them; several words of a language, mostly."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line as PDFium takes it, in pieces; `size` is the letters' size in points."""

    words: tuple[Word, ...]
    size: float
    bold: bool
    upright: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines in the order of the file, and where the page's own edges are."""

    lines: tuple[Line, ...]
    bounds: Box


def read_page(page: pdfium.PdfPage) -> Page:
    """The lines of the page that can be seen."""
    textpage = page.get_textpage()
    try:
        reader = _PageReader(page, textpage)
        return Page(tuple(reader.lines()), reader.bounds)
    finally:
        textpage.close()


class _PageReader:
    """Reads one page's characters; keeps what is asked for again and again."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.page = page
        self.text = textpage.raw
        self.count = textpage.count_chars()
        self.visible: dict[int, bool] = {}
        self.has_scan: bool | None = None
        self.picture: tuple[bytes, int, int] | None = None
        self.bounds = Box(*page.get_bbox())

    def lines(self) -> Iterator[Line]:
        """Each line that has something to be read."""
        members: list[tuple[int, str]] = []
        for index in range(self.count):
            sign = chr(raw.FPDFText_GetUnicode(self.text, index))
            if sign not in _LINE_ENDS:
                members.append((index, sign))
            if sign in _LINE_ENDS or sign == HYPHEN:  # after which PDFium gives no line end
                if line := self._line(members):
                    yield line
                members = []
        if line := self._line(members):
            yield line

    def _line(self, members: list[tuple[int, str]]) -> Line | None:
        shown = [(sign, None if sign.isspace() else self._box(index)) for index, sign in members]
        letters = [index for (index, _), (_, box) in zip(members, shown, strict=True) if box]
        if not letters:
            return None
        # A bullet or an initial has a size of its own.
        size = median(self._size(letters[place * (len(letters) - 1) // 2]) for place in range(3))
        if size < _SMALLEST:
            return None
        words = tuple(self._words(shown, size))
        bold = self._is_bold(letters[0]) and self._is_bold(letters[-1])
        angle = raw.FPDFText_GetCharAngle(self.text, letters[0]) % math.pi
        return Line(words, size, bold, min(angle, math.pi - angle) < 0.1)

    def _words(self, shown: list[tuple[str, Box | None]], size: float) -> Iterator[Word]:
        """The line cut where a gap is wider than two thirds of the letters' size."""
        signs: list[str] = []
        first: Box | None = None
        last: Box | None = None
        top = bottom = 0.0
        for sign, box in shown:
            if box is None:
                if signs and sign.isspace():
                    signs.append(" ")
                continue
            gap = box.left - last.right if last else 0
            if first and last and (gap > 0.67 * size or gap < -size):
                yield Word("".join(signs).strip(), Box(first.left, bottom, last.right, top))
                signs, first = [], None
            if first is None:
                first, bottom, top = box, box.bottom, box.top
            bottom, top = min(bottom, box.bottom), max(top, box.top)
            signs.append(sign)
            last = box
        if first and last:
            yield Word("".join(signs).strip(), Box(first.left, bottom, last.right, top))

    def _box(self, index: int) -> Box | None:
        """Where the character stands; nothing for one that nobody sees."""
        rect = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.text, index, ctypes.byref(rect)):
            return None
        box = Box(rect.left, rect.bottom, rect.right, rect.top)
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        inside = self.bounds.left <= middle[0] <= self.bounds.right
        if not inside or not self.bounds.bottom <= middle[1] <= self.bounds.top:
            return None
        return box if self._is_visible(index, box) else None

    def _is_visible(self, index: int, box: Box) -> bool:
        """Whether the run of text that the character belongs to is painted at all, and in a colour."""
        text_object = raw.FPDFText_GetTextObject(self.text, index)
        if not text_object:
            return True
        key = ctypes.addressof(text_object.contents)
        if key not in self.visible:
            mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
            if mode in (_INVISIBLE, _CLIP):
                self.visible[key] = self._is_scanned()
            else:
                self.visible[key] = not self._is_pale(index) or self._has_contrast(text_object, box)
        return self.visible[key]

    def _is_scanned(self) -> bool:
        """Whether the page is a picture: then the invisible text is what was recognised in it."""
        if self.has_scan is None:
            area = (self.bounds.right - self.bounds.left) * (self.bounds.top - self.bounds.bottom)
            boxes = [
                found.get_bounds() for found in self.page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
            ]
            covered = max(((b[2] - b[0]) * (b[3] - b[1]) for b in boxes), default=0.0)
            self.has_scan = area > 0 and covered / area >= _SCAN
        return self.has_scan

    def _is_pale(self, index: int) -> bool:
        """Whether the character is painted nearly white, or nearly transparent."""
        colour = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFText_GetFillColor(self.text, index, *map(ctypes.byref, colour)):
            return False
        red, green, blue, opacity = (part.value for part in colour)
        return min(red, green, blue) >= _NEARLY_WHITE or opacity < 255 - _NEARLY_WHITE

    def _has_contrast(self, text_object: object, box: Box) -> bool:
        """Whether something other than white shows where the text is."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if raw.FPDFPageObj_GetBounds(text_object, *map(ctypes.byref, (left, bottom, right, top))):
            box = Box(left.value, bottom.value, right.value, top.value)
        if self.picture is None:
            bitmap = self.page.render(scale=1, grayscale=True, no_smoothtext=True)
            self.picture = bytes(bitmap.buffer), bitmap.stride, bitmap.height
        pixels, stride, height = self.picture
        columns = slice(
            max(int(box.left - self.bounds.left), 0), max(int(box.right - self.bounds.left), 0) + 1
        )
        rows = range(
            max(int(self.bounds.top - box.top), 0), min(int(self.bounds.top - box.bottom) + 1, height)
        )
        darkest = (min(pixels[row * stride :][columns], default=255) for row in rows)
        return min(darkest, default=255) < _NEARLY_WHITE

    def _is_bold(self, index: int) -> bool:
        """By the font's weight, or by its name where it tells no weight."""
        if raw.FPDFText_GetFontWeight(self.text, index) >= _BOLD:
            return True
        name = ctypes.create_string_buffer(_FONT_NAME)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.text, index, name, _FONT_NAME, ctypes.byref(flags))
        return bool(_BOLD_NAME.search(name.value))

    def _size(self, index: int) -> float:
        """The font's size as the page's matrix scales it, in points."""
        matrix = raw.FS_MATRIX()
        size: float = raw.FPDFText_GetFontSize(self.text, index)
        if raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
        return size
