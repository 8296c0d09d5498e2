#!/usr/bin/env python3
"""The checks of .ci/ themselves: that each finds the breach that it is there for.

    tests/ci_test.py SOURCE_FOLDER
"""
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.abspath(sys.argv.pop(1))
CORE = ("base", "time", "ticket", "event", "store", "presence", "admission", "desk")
SCAN = ("camera", "qr/view", "qr/finder", "qr/symbol", "qr/grid", "qr/text", "qr",
        "sandbox")
UI = ("draw", "widget", "screen", ".")
EXCHANGE = ("letter", "carrier", "kiosk", "office")
CARRIER = ("folder", "web", "postgres", "lan")
DESK = ("template", "request", "work", "desk", "page", "page/part", "page/live")
REPORT = ("book", "conflict", "words", "figures", "writer")
ROOMS = (["include/brugwachter", "kiosk/flow", "kiosk/app", "sync", "sync/central/base",
          "sync/central/engine", "sync/central", "sync/paper", "sync/office",
          "sync/cli", "sync/web"]
         + ["kiosk/core/" + room for room in CORE]
         + ["kiosk/scan/" + room for room in SCAN]
         + ["kiosk/ui/" + room for room in UI]
         + ["sync/exchange/" + room for room in EXCHANGE]
         + ["sync/exchange/carrier/" + room for room in CARRIER]
         + ["sync/exchange/office/" + room for room in ("merge", "roster")]
         + ["sync/web/" + room for room in DESK]
         + ["sync/report/" + room for room in REPORT])


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name
        for room in ROOMS:
            self.write("%s/own.h" % room, "/* own */\n")
        for header in ("core", "clock", "store", "desk"):
            self.write("include/brugwachter/%s.h" % header, "/* public */\n")
        self.write(".ci/style-waivers", "")
        self.write(".ci/headers-waivers", "")

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def run_check(self, check):
        done = subprocess.run([os.path.join(ROOT, ".ci", check), self.root],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def judge(self, cases, expected):
        """Each case (a path, what that file includes in line 2) is what is expected of
        .ci/layers: a breach or none. All in one run, each as a file of its own."""
        files = []
        for number, (path, header) in enumerate(cases):
            stem, end = os.path.splitext(path)
            files.append("%s%d%s" % (stem, number, end))
            self.write(files[-1], "/* head */\n#include %s\n" % header)
        status, words = self.run_check("layers")
        self.assertEqual(status, 1 if expected else 0, words)
        for path, case in zip(files, cases):
            self.assertEqual(path + ":2: " in words, expected, (case, words))
            os.remove(os.path.join(self.root, path))


class Layers(Case):
    def test_every_breach_is_found(self):
        self.judge((
                ("include/brugwachter/a.h", "<sqlite3.h>"),
                ("include/brugwachter/a.h", "<sodium.h>"),
                ("include/brugwachter/a.h", "<pthread.h>"),
                ("include/brugwachter/a.h", '"../../kiosk/core/base/own.h"'),
                ("kiosk/core/base/a.c", "<SDL.h>"),
                ("kiosk/core/base/a.c", "<pthread.h>"),
                ("kiosk/core/base/a.c", "<sqlite3.h>"),
                ("kiosk/core/base/a.c", "<brugwachter/store.h>"),
                ("kiosk/core/store/a.c", "<utf8proc.h>"),
                ("kiosk/core/presence/a.c", "<brugwachter/desk.h>"),
                ("kiosk/core/desk/a.c", '"../../flow/own.h"'),
                ("kiosk/core/desk/a.c", '"flow/own.h"'),
                ("kiosk/flow/a.c", "<SDL2/SDL.h>"),
                ("kiosk/flow/a.c", "<sqlite3.h>"),
                ("kiosk/flow/a.c", "<time.h>"),
                ("kiosk/flow/a.c", '"core/base/own.h"'),
                ("kiosk/scan/qr/a.c", '"ui/own.h"'),
                ("kiosk/scan/qr/a.c", '"core/base/own.h"'),
                ("kiosk/scan/qr/a.c", "<sqlite3.h>"),
                ("kiosk/scan/qr/a.c", "<pthread.h>"),
                ("kiosk/scan/qr/a.c", "<seccomp.h>"),
                ("kiosk/scan/sandbox/a.c", "<zbar.h>"),
                ("kiosk/ui/draw/a.c", '"../../scan/qr/own.h"'),
                ("kiosk/ui/a.c", '"core/base/own.h"'),
                ("kiosk/ui/a.c", "<sqlite3.h>"),
                ("kiosk/ui/a.c", "<zbar.h>"),
                ("kiosk/ui/screen/a.c", "<SDL_ttf.h>"),
                ("kiosk/app/a.c", "<libpq-fe.h>"),
                ("kiosk/app/a.c", "<curl/curl.h>"),
                ("kiosk/app/a.c", '"../../sync/own.h"'),
                ("sync/a.c", "<SDL.h>"),
                ("sync/a.c", "<sqlite3.h>"),
                ("sync/cli/a.c", '"../../kiosk/core/base/own.h"'),
                ("sync/cli/a.c", '"kiosk/core/base/own.h"'),
                ("sync/cli/a.c", '"core/base/own.h"'),
                ("sync/central/a.c", '"office/own.h"'),
                ("sync/central/a.c", '"exchange/letter/own.h"'),
                ("sync/central/a.c", "<brugwachter/store.h>"),
                ("sync/central/base/a.c", '"central/own.h"'),
                ("sync/central/engine/a.c", '"central/own.h"'),
                ("sync/report/figures/a.c", '"office/own.h"'),
                ("sync/report/figures/a.c", '"exchange/office/own.h"'),
                ("sync/report/figures/a.c", '"cli/own.h"'),
                ("sync/report/book/a.c", '"report/figures/own.h"'),
                ("sync/report/figures/a.c", '"report/writer/own.h"'),
                ("sync/office/import/a.c", '"report/own.h"'),
                ("sync/office/import/a.c", '"cli/own.h"'),
                ("sync/office/a.c", '"exchange/letter/own.h"'),
                ("sync/office/a.c", '"web/own.h"'),
                ("sync/cli/a.c", '"web/own.h"'),
                ("sync/web/a.c", '"cli/own.h"'),
                ("sync/web/desk/a.c", '"web/page/own.h"'),
                ("sync/web/request/a.c", '"web/desk/own.h"'),
                ("sync/web/page/part/a.c", '"web/page/live/own.h"'),
                ("sync/web/a.c", "<sqlite3.h>"),
                ("sync/cli/a.c", "<microhttpd.h>"),
                ("kiosk/app/a.c", "<microhttpd.h>"),
                ("sync/office/a.c", "<brugwachter/store.h>"),
                ("sync/exchange/letter/a.c", '"central/own.h"'),
                ("sync/exchange/carrier/a.c", '"central/own.h"'),
                ("sync/exchange/carrier/web/a.c", '"exchange/carrier/lan/own.h"'),
                ("sync/exchange/office/merge/a.c", '"exchange/office/roster/own.h"'),
                ("sync/exchange/kiosk/a.c", '"central/own.h"'),
                ("sync/exchange/kiosk/a.c", "<sqlite3.h>"),
                ("sync/exchange/letter/a.c", "<brugwachter/store.h>"),
                ("sync/exchange/office/a.c", "<brugwachter/store.h>"),
                ("sync/exchange/office/a.c", '"office/own.h"'),
                ("kiosk/core/base/a.c", "<brand_new_library.h>"),
                ("kiosk/core/base/a.c", '"nowhere.h"'),
                ("kiosk/core/base/a.c", "HEADER")), True)

    def test_what_is_allowed_passes(self):
        self.judge((
                ("include/brugwachter/a.h", "<stdint.h>"),
                ("include/brugwachter/a.h", "<brugwachter/own.h>"),
                ("kiosk/core/base/a.c", "<utf8proc.h>"),
                ("kiosk/core/base/a.c", "<brugwachter/core.h>"),
                ("kiosk/core/base/a.c", '"own.h"'),
                ("kiosk/core/store/a.c", "<sqlite3.h>"),
                ("kiosk/core/store/a.c", "<brugwachter/store.h>"),
                ("kiosk/core/desk/a.c", "<brugwachter/clock.h>"),
                ("kiosk/core/ticket/a.c", "<sodium.h>"),
                ("kiosk/scan/qr/a.c", "<zbar.h>"),
                ("kiosk/scan/qr/a.c", '"flow/own.h"'),
                ("kiosk/scan/sandbox/a.c", "<pthread.h>"),
                ("kiosk/ui/draw/a.c", "<SDL_ttf.h>"),
                ("kiosk/ui/draw/a.c", '"../../flow/own.h"'),
                ("kiosk/ui/a.c", '"ui/draw/own.h"'),
                ("kiosk/app/a.c", "<jansson.h>"),
                ("kiosk/app/a.c", '"core/base/own.h"'),
                ("kiosk/app/a.c", '"../scan/sandbox/own.h"'),
                ("kiosk/app/a.c", "<brugwachter/desk.h>"),
                ("sync/a.c", '"cli/own.h"'),
                ("sync/cli/a.c", '"exchange/kiosk/own.h"'),
                ("sync/cli/commands/a.c", '"office/own.h"'),
                ("sync/cli/commands/a.c", '"web/own.h"'),
                ("sync/web/a.c", '"office/own.h"'),
                ("sync/web/a.c", '"web/page/own.h"'),
                ("sync/web/page/live/a.c", '"web/page/part/own.h"'),
                ("sync/web/page/a.c", '"web/desk/own.h"'),
                ("sync/cli/a.c", "<brugwachter/clock.h>"),
                ("sync/web/a.c", "<microhttpd.h>"),
                ("sync/office/ticket/a.c", '"central/own.h"'),
                ("sync/office/ticket/a.c", '"office/own.h"'),
                ("sync/report/figures/a.c", '"central/own.h"'),
                ("sync/central/a.c", '"central/engine/own.h"'),
                ("sync/central/engine/a.c", "<libpq-fe.h>"),
                ("sync/exchange/office/a.c", '"central/own.h"'),
                ("sync/exchange/kiosk/a.c", '"central/base/own.h"'),
                ("sync/exchange/kiosk/a.c", "<brugwachter/store.h>"),
                ("sync/exchange/carrier/a.c", "<curl/curl.h>")), False)

    def test_rooms_use_those_before_them_and_never_those_behind(self):
        before, behind = [], []
        for house, rooms in (("kiosk/core", CORE), ("kiosk/scan", SCAN),
                             ("kiosk/ui", UI)):
            for at, room in enumerate(rooms):
                for other, name in enumerate(rooms):
                    there = os.path.normpath("%s/%s/own.h" % (house[6:], name))
                    path = os.path.normpath("%s/%s/a.c" % (house, room))
                    (behind if other > at else before).append((path, '"%s"' % there))
        self.judge(before, False)
        self.judge(behind, True)

    def test_the_letters_way_is_from_framing_to_carriers_to_the_two_halves(self):
        allowed = (("carrier", "letter"), ("kiosk", "letter"), ("kiosk", "carrier"),
                   ("office", "letter"), ("office", "carrier"))
        ways = [(room, other) for room in EXCHANGE for other in EXCHANGE if room != other]
        for expected in (False, True):
            self.judge([("sync/exchange/%s/a.c" % room, '"exchange/%s/own.h"' % other)
                        for room, other in ways
                        if ((room, other) not in allowed) == expected], expected)

    def test_a_folder_that_is_no_room_is_found(self):
        for path in ("kiosk/core/a.c", "kiosk/core/attic/a.c", "kiosk/scan/a.c",
                     "kiosk/ui/attic/a.c", "sync/attic/a.c", "sync/exchange/a.c",
                     "kiosk/attic/a.c"):
            self.write(path, "/* head */\n")
            status, words = self.run_check("layers")
            self.assertEqual(status, 1, path)
            self.assertIn(path + ":1: ", words)
            os.remove(os.path.join(self.root, path))

    def test_a_waiver_excuses_its_room_and_one_for_nothing_is_a_failure(self):
        self.write("kiosk/core/base/a.c", '#include "core/desk/own.h"\n')
        self.write(".ci/layers-waivers", "kiosk/core/base kiosk/core/desk to mend\n")
        self.assertEqual(self.run_check("layers")[0], 0)
        self.write("kiosk/core/time/a.c", '#include "core/desk/own.h"\n')
        self.assertEqual(self.run_check("layers")[0], 1)
        os.remove(os.path.join(self.root, "kiosk/core/time/a.c"))
        self.write("kiosk/core/base/a.c", "/* mended */\n")
        self.assertEqual(self.run_check("layers")[0], 1)
        self.write(".ci/layers-waivers", "kiosk/core/base kiosk/core/desk\n")
        self.assertNotEqual(self.run_check("layers")[0], 0)

    def test_printing_in_the_library_is_found_but_not_in_a_comment(self):
        self.write("kiosk/core/base/a.c",
                   '/* printf(1) */\nchar a[] = "stderr printf(";\n')
        self.assertEqual(self.run_check("layers")[0], 0)
        self.write("kiosk/core/base/a.c", "/* no */\nvoid f(void) { printf(1); }\n")
        status, words = self.run_check("layers")
        self.assertEqual(status, 1)
        self.assertIn("kiosk/core/base/a.c:2: ", words)

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
                     "\n" * 501, "typedef struct a b;\n", "typedef struct {\n",
                     "typedef enum x\n", "typedef union a *b;\n",
                     "char text[length + 1];\n"):
            self.assertEqual(self.found(text), 1, text)

    def test_what_is_fine_passes(self):
        for text in ("x" * 90 + "\n", "é" * 90 + "\n", "\n" * 500,
                     "/* typedef struct a b; */\n", "typedef uint64_t bw_code;\n",
                     "typedef enum bw_status (*handler)(int);\n", "char text[LENGTH];\n"):
            self.assertEqual(self.found(text), 0, text)

    def test_what_a_tool_left_in_the_top_folder_is_found(self):
        self.assertEqual(self.run_check("style")[0], 0)
        self.write("build/left.bin", "")
        self.write(".gitignore", "")
        self.assertEqual(self.run_check("style")[0], 0)
        self.write("left.bin", "")
        status, words = self.run_check("style")
        self.assertEqual(status, 1)
        self.assertIn("left.bin:1:", words)

    def test_default_is_advice_and_no_failure(self):
        self.write("sync/a.c", "    default:\n")
        status, words = self.run_check("style")
        self.assertEqual(status, 0)
        self.assertIn("sync/a.c:1: advice", words)

    def test_a_waiver_excuses_its_file_and_one_for_nothing_is_a_failure(self):
        self.write("sync/a.c", "\n" * 501)
        self.write(".ci/style-waivers", "length sync/a.c one table\n")
        self.assertEqual(self.run_check("style")[0], 0)
        self.write("sync/a.c", "\n" * 500)
        self.assertEqual(self.run_check("style")[0], 1)
        self.write(".ci/style-waivers", "length sync/a.c\n")
        self.assertNotEqual(self.run_check("style")[0], 0)


class Built(Case):
    """Checks that look at a build: sources compiled here, one object each."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name

    def build(self, sources):
        commands = []
        for path, text in sources.items():
            self.write(path, text)
            there = "build/CMakeFiles/bw_%s.dir/%s.o" % (
                path.split("/")[0], path.replace("/", "_"))
            os.makedirs(os.path.join(self.root, os.path.dirname(there)), exist_ok=True)
            command = ["cc", "-I%s/kiosk" % self.root, "-I%s/include" % self.root, "-o",
                       there, "-c", os.path.join(self.root, path)]
            subprocess.run(command, cwd=self.root, check=True)
            commands.append({"directory": self.root, "command": " ".join(command),
                             "file": os.path.join(self.root, path)})
        self.write("build/compile_commands.json", json.dumps(commands))

    def found(self, check, sources, waivers=""):
        """Status and words of a check for these sources, in a fresh folder."""
        self.setUp()
        self.write(".ci/names-waivers", waivers)
        for path, text in sources.items():
            if path.endswith(".h"):
                self.write(path, text)
        self.build({path: text for path, text in sources.items() if path.endswith(".c")})
        done = subprocess.run(
            [os.path.join(ROOT, ".ci", check), self.root, self.root + "/build"],
            capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_found(self, check, sources, *subjects):
        """What is found is of these, each of them named; nothing where there are none."""
        status, words = self.found(check, sources)
        self.assertEqual(status, 1 if subjects else 0, words)
        for subject in subjects:
            self.assertIn("\n%s: " % subject, "\n" + words)


class Names(Built):
    FINE = {"kiosk/flow/a.c": "int bw_flow_go(void) { return 1; }\n"}

    def test_names_that_are_fine_pass(self):
        self.assert_found("names", {
            **self.FINE,
            "kiosk/ui/draw/a.c": "/* T9 holds. */\nstruct own { int a; };\n"
                                 "static int helper;\n"
                                 "int bw_ui_page_of(void) { return helper; }\n",
            "kiosk/flow/b.h": "/* A head.\n *\n * T9 one line. */\n"
                              "struct bw_shown { int kind; };\n",
            "tests/a.c": "struct own { int b; }; /* T9 */\n"})

    def test_a_tag_of_two_types_is_found(self):
        self.assert_found("names", {
            **self.FINE,
            "kiosk/flow/a.h": "struct bw_twice { int a; };\n",
            "kiosk/app/a.h": "enum bw_twice { BW_A };\n"}, "bw_twice")
        self.assert_found("names", {
            "kiosk/flow/a.c": "struct own { int a; };\n" + self.FINE["kiosk/flow/a.c"],
            "kiosk/app/a.c": "struct own { int a; };\nint bw_app_b;\n"}, "own")

    def test_a_label_of_two_invariants_or_that_nothing_cites_is_found(self):
        head = "/* A head.\n *\n * Q7 something holds. */\n"
        self.assert_found("names", {**self.FINE, "kiosk/flow/a.h": head}, "Q7")
        self.assert_found("names", {
            **self.FINE, "kiosk/flow/a.h": head, "kiosk/app/a.h": head,
            "tests/a.c": "/* Q7 */\n"}, "Q7")
        self.assert_found("names", {
            "kiosk/flow/a.h": head,
            "kiosk/flow/a.c": '#include "a.h"\n'
                              "#include <assert.h>\nint bw_flow_go(int a) {\n"
                              "    assert(a); /* Q7 */\n    return a;\n}\n"})

    def test_an_external_name_without_its_prefix_is_found(self):
        for name in ("go", "flow_go", "bw_go", "bw_page_go", "bw_flower"):
            self.assert_found("names", {
                "kiosk/flow/a.c": "int %s(void) { return 1; }\n" % name},
                "kiosk/flow/a.c:" + name)
        self.assert_found("names", {"kiosk/flow/a.c": "int flow_data = 1;\n"},
                          "kiosk/flow/a.c:flow_data")

    def test_a_header_that_is_not_alone_or_no_cpp_is_found(self):
        for text in ("int operator;\n", "struct new { int a; };\n",
                     "uint8_t bw_a(void);\n", "void bw_a(int a[static 2]);\n"):
            self.assert_found("names", {**self.FINE, "kiosk/flow/a.h": text},
                              "kiosk/flow/a.h")

    def test_a_file_whose_own_header_is_not_its_first_is_found(self):
        self.assert_found("names", {
            "kiosk/flow/a.h": "int bw_flow_go(void);\n",
            "kiosk/flow/a.c": '#include <stdio.h>\n#include "a.h"\n'
                              "int bw_flow_go(void) { return 1; }\n"}, "kiosk/flow/a.c")
        self.assert_found("names", {
            "kiosk/flow/a.h": "int bw_flow_go(void);\n",
            "kiosk/flow/a.c": '#include "a.h"\n#include <stdio.h>\n'
                              "int bw_flow_go(void) { return 1; }\n"})

    def test_a_part_is_of_one_room(self):
        sys.path.insert(0, os.path.join(ROOT, ".ci"))
        loader = importlib.machinery.SourceFileLoader(
            "names", os.path.join(ROOT, ".ci", "names"))
        names = importlib.util.module_from_spec(
            importlib.util.spec_from_loader("names", loader))
        loader.exec_module(names)
        # the window's rooms share one
        parts = [part for room, said in names.PARTS.items() for part in said.split()
                 if not room.startswith("kiosk/ui/")]
        self.assertEqual(sorted(parts), sorted(set(parts)))

    def test_a_waiver_excuses_and_one_for_nothing_is_a_failure(self):
        waivers = "external kiosk/flow/*:go to be renamed\n"
        status, words = self.found("names", {"kiosk/flow/a.c": "int go;\n"}, waivers)
        self.assertEqual(status, 0, words)
        status, words = self.found("names", self.FINE, waivers)
        self.assertEqual(status, 1)
        self.assertIn("excuses nothing any more", words)


class Cycles(Built):
    ONE = "int bw_two(void);\nint bw_one(void) { return bw_two(); }\n"
    TWO = "int bw_one(void);\nint bw_two(void) { return bw_one(); }\n"
    END = "int bw_two(void) { return 2; }\n"

    def test_files_in_an_order_pass(self):
        self.assert_found("cycles", {"kiosk/flow/a.c": self.ONE,
                                     "kiosk/app/a.c": self.END})

    def test_a_circle_is_found_with_each_file_in_it(self):
        both = {"kiosk/flow/a.c": self.ONE, "kiosk/app/a.c": self.TWO}
        self.assert_found("cycles", both, *both)
        long = {"kiosk/flow/a.c": self.ONE,
                "kiosk/app/a.c": "int bw_three(void);\n"
                                 "int bw_two(void) { return bw_three(); }\n",
                "kiosk/ui/a.c": "int bw_one(void);\n"
                                "int bw_three(void) { return bw_one(); }\n"}
        self.assert_found("cycles", long, *long)

    def test_a_build_without_objects_is_no_success(self):
        self.assertEqual(self.found("cycles", {})[0], 1)


class Tidy(Built):
    def found(self, check, sources, waivers=""):
        self.setUp()
        self.write(".ci/tidy-waivers", waivers)
        with open(os.path.join(ROOT, ".clang-tidy"), encoding="utf-8") as file:
            self.write(".clang-tidy", file.read())
        self.build(sources)
        return self.again()

    def again(self, *words):
        done = subprocess.run(
            [os.path.join(ROOT, ".ci", "tidy"), self.root, self.root + "/build", *words],
            capture_output=True, text=True, check=False)
        if done.returncode == 77:
            self.skipTest(done.stdout)
        return done.returncode, done.stdout + done.stderr

    def test_what_clang_tidy_or_clang_says_is_found(self):
        status, words = self.found("tidy", {
            "sync/a.c": "int bw_a(int a) { if (a); { return 1; } }\n",
            "sync/b.c": "int bw_b(void) { return 1; }\n",
            "tests/a.c": "int a = 1 << 40;\n"})
        self.assertEqual(status, 1, words)
        self.assertIn("\nsync/a.c: 1: ", "\n" + words)
        self.assertIn("bugprone-suspicious-semicolon", words)
        self.assertIn("\ntests/a.c: 1: ", "\n" + words)
        self.assertIn("clang-diagnostic-shift-count-overflow", words)
        self.assertNotIn("sync/b.c", words)

    def test_what_is_fine_passes_and_a_source_that_cannot_be_read_does_not(self):
        status, words = self.found("tidy", {"sync/a.c": "int bw_a(void) { return 1; }\n"})
        self.assertEqual(status, 0, words)
        self.write("sync/a.c", "#include \"gone.h\"\n")
        self.assertEqual(self.again()[0], 1)

    def test_the_analyzer_looks_where_letters_come_in_and_everywhere_when_asked_to(self):
        bad = "int bw_a(int *a) { if (a) { return 1; } return *a; }\n"
        status, words = self.found("tidy", {"sync/cli/a.c": bad})
        self.assertEqual(status, 0, words)
        status, words = self.again("--deep")
        self.assertEqual(status, 1, words)
        status, words = self.found("tidy", {"sync/exchange/letter/a.c": bad})
        self.assertEqual(status, 1, words)
        self.assertIn("clang-analyzer-core.NullDereference", words)


if __name__ == "__main__":
    unittest.main()
