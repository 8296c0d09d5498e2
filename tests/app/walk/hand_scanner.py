"""A hand scanner at the display: key positions by XTest, in the layout that the scanner is
set to, as fast or as slow as it types."""
import ctypes
import subprocess
import time

SHIFT, ALT_GR, ENTER, TAB, BLANK, CONTROL, LETTER_B = 50, 108, 36, 23, 65, 37, 56

# Rows of keys: the X keycode of the first, and what a row gives, plain and with Shift.
ROWS = {
    "us": ((10, "1234567890-=", "!@#$%^&*()_+"), (24, "qwertyuiop[]", "QWERTYUIOP{}"),
           (38, "asdfghjkl;'", "ASDFGHJKL:\""), (52, "zxcvbnm,./", "ZXCVBNM<>?"),
           (51, "\\", "|")),
    "de": ((10, "1234567890ß´", "!\"§$%&/()=?`"), (24, "qwertzuiopü+", "QWERTZUIOPÜ*"),
           (38, "asdfghjklöä", "ASDFGHJKLÖÄ"), (52, "yxcvbnm,.-", "YXCVBNM;:_")),
    "fr": ((10, "&é\"'(-è_çà)=", "1234567890°+"), (24, "azertyuiop^$", "AZERTYUIOP¨£"),
           (38, "qsdfghjklmù", "QSDFGHJKLM%"), (52, "wxcvbn,;:!", "WXCVBN?./§"),
           (51, "*", "µ")),
    "be": ((10, "&é\"'(§è!çà)-", "1234567890°_"), (24, "azertyuiop^$", "AZERTYUIOP¨*"),
           (38, "qsdfghjklmù", "QSDFGHJKLM%"), (52, "wxcvbn,;:=", "WXCVBN?./+")),
}
WITH_ALT_GR = {"us": {}, "de": {"]": 18, "\\": 20}, "fr": {"]": 20, "\\": 17},
               "be": {"]": 35, "\\": 94}}


def strokes(layout):
    """For each character: the key, and what is held with it (0: nothing)."""
    keys = {"\n": (ENTER, 0), "\t": (TAB, 0), " ": (BLANK, 0), "\x02": (LETTER_B, CONTROL)}
    for first, plain, shifted in ROWS[layout]:
        for at, (low, high) in enumerate(zip(plain, shifted)):
            keys[low] = (first + at, 0)
            keys.setdefault(high, (first + at, SHIFT))
    for character, key in WITH_ALT_GR[layout].items():
        keys[character] = (key, ALT_GR)
    return keys


class HandScanner:
    def __init__(self, environment):
        self.environment = environment
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XFlush.argtypes = self.x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self.x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.test.XTestFakeKeyEvent.argtypes = [
            ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.display = self.x.XOpenDisplay(environment["DISPLAY"].encode())

    def machine(self, layout):
        subprocess.run(["setxkbmap", layout], env=self.environment, check=True)

    def key(self, code, down):
        self.test.XTestFakeKeyEvent(self.display, code, down, 0)

    def type(self, text, layout, gap_s):
        keys = strokes(layout)
        due = time.perf_counter()
        for character in text:
            code, held = keys[character]
            if held:
                self.key(held, 1)
            self.key(code, 1)
            self.key(code, 0)
            if held:
                self.key(held, 0)
            self.x.XFlush(self.display)
            due += gap_s
            while gap_s < 0.002 and time.perf_counter() < due:
                pass  # sleeping takes longer than that
            time.sleep(max(0, due - time.perf_counter()))
        self.x.XSync(self.display, 0)

    def close(self):
        self.x.XCloseDisplay(self.display)
