#!/usr/bin/env python3
"""The checks of .ci/ themselves: that each finds the breach that it is there for.

    tests/ci_test.py SOURCE_FOLDER
"""
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop(1))
PARTS = ("include/brugwachter", "kiosk/core", "kiosk/flow", "kiosk/scan", "kiosk/ui",
         "kiosk/app", "sync")


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name
        for part in PARTS:
            self.write("%s/own.h" % part, "/* own */\n")
        self.write(".ci/style-waivers", "")

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def run_check(self, check):
        done = subprocess.run([os.path.join(ROOT, ".ci", check), self.root],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def include(self, path, header):
        """Status and words of .ci/layers for one file with one include, in line 2."""
        self.write(path, "/* head */\n#include %s\n" % header)
        status, words = self.run_check("layers")
        self.write(path, "/* head */\n")
        self.assertEqual(status == 1, path + ":2: " in words, words)
        return status


class Layers(Case):
    def test_every_breach_is_found(self):
        for path, header in (
                ("include/brugwachter/a.h", "<sqlite3.h>"),
                ("include/brugwachter/a.h", "<sodium.h>"),
                ("include/brugwachter/a.h", "<pthread.h>"),
                ("include/brugwachter/a.h", '"../../kiosk/core/own.h"'),
                ("kiosk/core/a.c", "<SDL.h>"),
                ("kiosk/core/a.c", "<pthread.h>"),
                ("kiosk/core/a.c", '"../flow/own.h"'),
                ("kiosk/core/a.c", '"flow/own.h"'),
                ("kiosk/flow/a.c", "<SDL2/SDL.h>"),
                ("kiosk/flow/a.c", "<sqlite3.h>"),
                ("kiosk/flow/a.c", "<time.h>"),
                ("kiosk/flow/a.c", '"core/own.h"'),
                ("kiosk/scan/a.c", '"ui/own.h"'),
                ("kiosk/scan/a.c", '"core/own.h"'),
                ("kiosk/scan/a.c", "<sqlite3.h>"),
                ("kiosk/ui/a.c", '"../scan/own.h"'),
                ("kiosk/ui/a.c", '"../core/own.h"'),
                ("kiosk/ui/a.c", "<sqlite3.h>"),
                ("kiosk/ui/a.c", "<zbar.h>"),
                ("kiosk/app/a.c", "<libpq-fe.h>"),
                ("kiosk/app/a.c", "<curl/curl.h>"),
                ("kiosk/app/a.c", '"../../sync/own.h"'),
                ("sync/a.c", "<SDL.h>"),
                ("sync/a.c", '"../kiosk/core/own.h"'),
                ("sync/a.c", '"core/own.h"'),
                ("sync/a.c", '"kiosk/core/own.h"'),
                ("kiosk/core/a.c", "<brand_new_library.h>"),
                ("kiosk/core/a.c", '"nowhere.h"'),
                ("kiosk/core/a.c", "HEADER")):
            self.assertEqual(self.include(path, header), 1, (path, header))

    def test_what_is_allowed_passes(self):
        for path, header in (
                ("include/brugwachter/a.h", "<stdint.h>"),
                ("include/brugwachter/a.h", "<brugwachter/own.h>"),
                ("kiosk/core/a.c", "<sqlite3.h>"),
                ("kiosk/core/a.c", "<brugwachter/own.h>"),
                ("kiosk/core/a.c", '"own.h"'),
                ("kiosk/scan/a.c", "<zbar.h>"),
                ("kiosk/scan/a.c", '"flow/own.h"'),
                ("kiosk/ui/a.c", "<SDL_ttf.h>"),
                ("kiosk/ui/a.c", '"../flow/own.h"'),
                ("kiosk/app/a.c", "<jansson.h>"),
                ("kiosk/app/a.c", '"core/own.h"'),
                ("kiosk/app/a.c", '"../scan/own.h"'),
                ("sync/a.c", "<libpq-fe.h>"),
                ("sync/a.c", "<brugwachter/own.h>")):
            self.assertEqual(self.include(path, header), 0, (path, header))

    def test_printing_in_the_library_is_found_but_not_in_a_comment(self):
        self.write("kiosk/core/a.c", '/* printf(1) */\nchar a[] = "stderr printf(";\n')
        self.assertEqual(self.run_check("layers")[0], 0)
        self.write("kiosk/core/a.c", "/* no */\nvoid f(void) { printf(1); }\n")
        status, words = self.run_check("layers")
        self.assertEqual(status, 1)
        self.assertIn("kiosk/core/a.c:2: ", words)

    def test_a_folder_without_sources_is_no_success(self):
        with tempfile.TemporaryDirectory() as empty:
            self.root = empty
            self.assertEqual(self.run_check("layers")[0], 1)


class Style(Case):
    def found(self, text):
        self.write("sync/a.c", text)
        status, words = self.run_check("style")
        self.assertEqual(status == 1, "sync/a.c:" in words, words)
        return status

    def test_every_fault_is_found(self):
        for text in ("x" * 91 + "\n", "\tint a;\n", "int a; \n", "int a;", "int a;\r\n",
                     "\n" * 401, "typedef struct a b;\n", "typedef struct {\n",
                     "typedef enum x\n", "typedef union a *b;\n",
                     "char text[length + 1];\n"):
            self.assertEqual(self.found(text), 1, text)

    def test_what_is_fine_passes(self):
        for text in ("x" * 90 + "\n", "é" * 90 + "\n", "\n" * 400,
                     "/* typedef struct a b; */\n", "typedef uint64_t bw_code;\n",
                     "typedef enum bw_status (*handler)(int);\n", "char text[LENGTH];\n"):
            self.assertEqual(self.found(text), 0, text)

    def test_default_is_advice_and_no_failure(self):
        self.write("sync/a.c", "    default:\n")
        status, words = self.run_check("style")
        self.assertEqual(status, 0)
        self.assertIn("sync/a.c:1: advice", words)

    def test_a_waiver_excuses_its_file_and_one_for_nothing_is_a_failure(self):
        self.write("sync/a.c", "\n" * 401)
        self.write(".ci/style-waivers", "length sync/a.c one table\n")
        self.assertEqual(self.run_check("style")[0], 0)
        self.write("sync/a.c", "\n" * 400)
        self.assertEqual(self.run_check("style")[0], 1)
        self.write(".ci/style-waivers", "length sync/a.c\n")
        self.assertNotEqual(self.run_check("style")[0], 0)


if __name__ == "__main__":
    unittest.main()
