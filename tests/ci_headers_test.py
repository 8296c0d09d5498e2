#!/usr/bin/env python3
"""What .ci/headers finds, and what spec.py, which .ci/figures counts by, says is lacking.

    tests/ci_headers_test.py SOURCE_FOLDER
"""
import importlib
import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
from ci_test import ROOT, Case  # noqa: E402


class Headers(Case):
    STATUS = "enum bw_status { BW_OK, BW_IO };\n"
    FALLIBLE = "enum bw_status bw_flow_go(struct bw_error *err);\n"

    def found(self, text, *subjects):
        """What .ci/headers finds of this header is of these, and of no others."""
        self.write("kiosk/flow/a.h", "/* A head. */\n" + self.STATUS + "\n" + text)
        self.write("kiosk/flow/b.c", "void bw_flow_real(void);\n")
        status, words = self.run_check("headers")
        self.assertEqual(status, 1 if subjects else 0, words)
        self.assertEqual(re.findall(r"^kiosk/flow/a\.h:(\w+): ", words, re.M),
                         list(subjects), words)

    def test_a_function_without_a_purpose_is_found(self):
        for text in ("void bw_flow_go(void);\n", "int *bw_flow_go(int a,\n    int b);\n",
                     "static inline int\nbw_flow_go(void)\n{\n    return 1;\n}\n",
                     "/* Of what? */\n\nvoid bw_flow_go(void);\n",
                     "FILE *bw_flow_go(void (*call)(int a)); /* after it */\n",
                     "/* One. */\nint bw_flow_one(void);\n\nBW_NODISCARD bool bw_flow_go"
                     "(\n    const char *format, ...) BW_PRINTF(1, 2);\n"):
            self.found(text, *["bw_flow_go"] * (1 + ("NODISCARD" in text)))

    def test_a_comment_goes_for_all_that_follow_it_without_a_gap(self):
        self.found("/* Both. */\nvoid bw_flow_one(void);\nvoid bw_flow_two(void);\n")
        self.found("/* A type, and what makes it. */\nstruct bw_a {\n    int b; /* c */\n"
                   "};\nvoid bw_flow_go(struct bw_a *a);\n")
        self.found("/* Both. */\nvoid bw_flow_one(void); /* more */\n"
                   "void bw_flow_two(void);\n")

    def test_what_is_no_function_needs_no_purpose(self):
        self.found("extern const int bw_flow_list[];\ntypedef void bw_each(int a);\n"
                   "struct bw_a { int (*call)(void); };\n#define GO(a) go(a)\n"
                   "struct bw_b;\nenum { BW_C = (1), BW_D };\n"
                   "/* Goes. */\nvoid bw_flow_go(void);\n")

    def test_a_fallible_function_that_names_no_error_is_found(self):
        self.found("/* Goes. */\n" + self.FALLIBLE, "bw_flow_go")
        self.found("/* Goes. */\nBW_NODISCARD bool bw_flow_go(void);\n", "bw_flow_go")
        self.found("/* Goes, as far as BW_OK_BYTES. */\nenum { BW_OK_BYTES };\n"
                   + self.FALLIBLE, "bw_flow_go")
        for words in ("BW_IO.", "The errors of the disk.", "NULL.", "False: no.",
                      "What the\n * database answers."):
            self.found("/* Goes. %s */\n%s" % (words, self.FALLIBLE))

    def test_a_head_may_name_the_errors_of_all_and_the_purpose_of_none(self):
        self.write("sync/b.h", "/* A head: all fail with what the disk says. */\n"
                   "/* Goes. */\n" + self.FALLIBLE)
        self.assertEqual(self.run_check("headers")[0], 0)
        self.write("sync/b.h", "/* A head. BW_OK. */\n" + self.FALLIBLE)
        status, words = self.run_check("headers")
        self.assertEqual(status, 1)
        self.assertIn("sync/b.h:bw_flow_go: line 2: ", words)

    def test_a_name_that_a_comment_cites_and_that_is_nowhere_is_found(self):
        self.found("/* As bw_flow_gone does. */\nvoid bw_flow_go(void);\n",
                   "bw_flow_gone")
        self.found("/* BW_NOT_THERE. */\n" + self.FALLIBLE, "bw_flow_go", "BW_NOT_THERE")
        self.found("/* As bw_flow_real and bw_flow_go, in bw_flow_… */\n"
                   "void bw_flow_go(void);\n")

    def test_a_waiver_excuses_and_one_for_nothing_is_a_failure(self):
        self.write(".ci/headers-waivers", "purpose kiosk/flow/a.h:* to be written\n")
        self.found("void bw_flow_go(void);\n")
        self.write("kiosk/flow/a.h",
                   "/* A head. */\n\n/* Goes. */\nvoid bw_flow_go(int);\n")
        status, words = self.run_check("headers")
        self.assertEqual(status, 1)
        self.assertIn("excuses nothing any more", words)

    def test_a_folder_without_functions_is_no_success(self):
        self.assertEqual(self.run_check("headers")[0], 1)


class Spec(unittest.TestCase):
    """What spec.py, which .ci/figures counts by, says that a header lacks."""

    @classmethod
    def setUpClass(cls):
        sys.path.insert(0, os.path.join(ROOT, ".ci"))
        cls.spec = importlib.import_module("spec")

    def lacking(self, what, declaration, comment="Goes.", head="Any."):
        text = "/* %s */\n#define A\n\n/* %s */\n%s;\n" % (head, comment, declaration)
        self.spec.Function.types = self.spec.Types([
            text, "struct bw_plain { int a[2 * 3]; struct bw_inner { int b; } c; };",
            "struct bw_full { struct bw_plain a; char *b; };",
            "typedef bool bw_each(int a);"])
        [function] = self.spec.functions("a.h", text)
        return function.lacks().get(what)

    def test_thread_may_be_said_once_for_all(self):
        self.assertTrue(self.lacking("thread", "void f(void)"))
        self.assertFalse(self.lacking("thread", "void f(void)", head="Any thread."))
        self.assertFalse(self.lacking("thread", "void f(void)", "UI thread."))

    def test_numbers_need_a_unit_where_neither_name_nor_words_give_one(self):
        for declaration in ("void f(int width)", "double f(void)",
                            "void f(float *ret_part)", "long f(const int32_t *amounts)"):
            self.assertTrue(self.lacking("units", declaration), declaration)
        for declaration in ("void f(int width_px)", "int64_t bw_now_ms(void)",
                            "void f(int ret_day, uint64_t until_ms)"):
            self.assertFalse(self.lacking("units", declaration), declaration)
        self.assertFalse(self.lacking("units", "void f(int width)", "In pixels."))
        self.assertFalse(self.lacking("units", "int f(void)", "How many there are."))

    def test_counts_places_and_names_have_no_unit(self):
        for declaration in ("void f(size_t count)", "int bw_list_count(int index)",
                            "void f(uint32_t session_no)", "void f(uint8_t bytes[32])",
                            "void f(const uint8_t *key)",
                            "void f(int (*call)(int width))",
                            "void f(bool on, const char *text)"):
            self.assertIsNone(self.lacking("units", declaration), declaration)

    def test_pointers_need_words_where_they_may_change_hands(self):
        for declaration in ("char *f(void)", "const char *f(int no)",
                            "void f(int **ret_a)",
                            "void f(struct a *a, struct bw_full *b)",
                            "void f(struct bw_full *ret_a)", "void f(FILE *a, FILE *b)",
                            "void bw_a_init(struct a *a, const char *text)"):
            self.assertTrue(self.lacking("ownership", declaration), declaration)
            self.assertFalse(self.lacking("ownership", declaration, "Borrowed."))

    def test_pointers_whose_owner_the_signature_shows_need_none(self):
        for declaration in ("void f(struct a *a)",
                            "void f(const struct a *a, const char *b)",
                            "void f(struct a *a, struct bw_plain *b, struct x *err)",
                            "void f(struct bw_plain *ret_a, char ret_b[5], int *ret_c)",
                            "void f(struct a *a, bw_each *each, void *context)",
                            "int f(int argc, char **argv)"):
            self.assertIsNone(self.lacking("ownership", declaration), declaration)


if __name__ == "__main__":
    unittest.main()
