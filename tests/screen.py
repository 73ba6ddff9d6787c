"""A screen of its own: an X server without a monitor, with a mouse, keys, and pictures of it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, c_char_p, c_int, c_ulong, c_void_p

CONTROL, END = 0xFFE3, 0xFF57
"""Keys by their numbers in X (keysymdef.h); letters have that of their sign."""

_WHOLE, _ZPIXMAP = 0xFFFFFFFF, 2


class _Image(Structure):
    """The head of an XImage (Xlib.h)."""

    _fields_ = (
        ("width", c_int),
        ("height", c_int),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
        ("bits_per_pixel", c_int),
    )


class Screen:
    """A connection to an X server as a person has one: to look, to point and to type."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XOpenDisplay.argtypes = [c_char_p]
        self._x.XDefaultRootWindow.restype = c_ulong
        self._x.XDefaultRootWindow.argtypes = [c_void_p]
        self._x.XGetImage.restype = POINTER(_Image)
        self._x.XGetImage.argtypes = [c_void_p, c_ulong, *[c_int] * 4, c_ulong, c_int]
        self._x.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
        self._x.XFlush.argtypes = self._x.XCloseDisplay.argtypes = [c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [c_void_p, *[c_int] * 2, c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [c_void_p, *[c_int] * 2, c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [c_void_p, *[c_int] * 3, c_ulong]
        self._link = self._x.XOpenDisplay(display.encode())
        assert self._link, f"no X server at {display}"

    def close(self) -> None:
        """Ends the connection."""
        self._x.XCloseDisplay(self._link)

    def key(self, sign: int, *held: int) -> None:
        """Presses a key and lets it go, while others are held down."""
        codes = [self._x.XKeysymToKeycode(self._link, one) for one in (*held, sign)]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._link, code, 1, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._link, code, 0, 0)
        self._x.XFlush(self._link)

    def type(self, text: str) -> None:
        """Types small letters, digits and spaces."""
        for sign in text:
            self.key(ord(sign))

    def click(self, x: int, y: int) -> None:
        """Clicks with the left button."""
        self._test.XTestFakeMotionEvent(self._link, 0, x, y, 0)
        self._test.XTestFakeButtonEvent(self._link, 1, 1, 0)
        self._test.XTestFakeButtonEvent(self._link, 1, 0, 0)
        self._x.XFlush(self._link)

    def picture(self, width: int, height: int) -> list[bytes]:
        """What is on the screen, in lines of four bytes a pixel."""
        root = self._x.XDefaultRootWindow(self._link)
        image = self._x.XGetImage(self._link, root, 0, 0, width, height, _WHOLE, _ZPIXMAP)
        assert image.contents.bits_per_pixel == 32
        line = image.contents.bytes_per_line
        data = ctypes.string_at(image.contents.data, line * height)
        self._x.XDestroyImage(image)
        return [data[at : at + width * 4] for at in range(0, len(data), line)]


@contextmanager
def screen(width: int, height: int) -> Iterator[Screen]:
    """An X server that ends with the block; it chooses a display that is free."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24"]
    command += ["-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            assert number, "the X server did not start"
            seen = Screen(f":{number}")
            try:
                yield seen
            finally:
                seen.close()
        finally:
            server.terminate()


def until(done: object, seconds: float = 60) -> None:
    """Waits until something holds."""
    assert callable(done)
    last = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.05)
