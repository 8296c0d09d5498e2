#!/usr/bin/env python3
"""The list of a mail merge.

    merge_file_test.py brugwachter-sync
"""
import csv
import html
import io
import os
import re
import sys
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office as help_office  # noqa: E402

PROGRAM = sys.argv.pop(1)


class MergeFile(unittest.TestCase):
    def setUp(self):
        self.office = help_office.Office(PROGRAM)
        self.addCleanup(self.office.__exit__)

    def rows(self):
        path = self.office.path("merge.csv")
        self.office.run("mail", "--to", path)
        if not os.path.exists(path):
            return []
        with open(path, "rb") as file:
            raw = file.read()
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"))
        self.assertNotRegex(raw, rb"[^\r]\n")
        os.remove(path)
        return list(csv.DictReader(io.StringIO(raw[3:].decode(), newline=""),
                                   delimiter=";"))

    def test_a_row_has_who_what_when_and_where(self):
        self.office.people(("Anna", "Vos", "anna@school.example", "=1+1;\"x\""),
                           ("Bas", "Mol", "bas@school.example"),
                           ("Cor", "Wit", "cor@school.example"))
        anna, bas, cor = self.rows()
        self.assertEqual(anna["email"], "anna@school.example")
        self.assertEqual(anna["date"], "dinsdag 25 maart 2025")
        self.assertEqual((anna["time"], anna["doors"]), ("13.30 – 16.30", "12.30"))
        self.assertEqual((anna["venue"], anna["address"]),
                         ("Buurthuis De Brug", "Straat 1, Zwolle"))
        self.assertEqual(anna["route"], "")
        self.assertEqual(anna["school"], "'=1+1;\"x\"")
        self.assertTrue(anna["text"].startswith("BW1:"))
        self.assertEqual((bas["kind"], bas["position"]), ("ticket", ""))
        self.assertEqual((cor["kind"], cor["position"]), ("waiting", "1"))
        self.assertRegex(cor["code"], r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")

    def test_a_workbook_says_the_same(self):
        self.office.people(("Anna", "Vos", "anna@school.example", "=1+1;\"x\""),
                           ("Bas", "Mol", "bas@school.example"))
        path = self.office.path("merge.xlsx")
        self.office.run("mail", "--to", path)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        with zipfile.ZipFile(path) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        table = [re.findall(r"<t[^>]*>([^<]*)</t>|<c [^>]*/>", row)
                 for row in re.findall(r"<row .*?</row>", sheet)]
        self.office.run("mail", "--not-sent")
        written = [list(row.values()) for row in self.rows()]
        self.assertNotIn("<f>", sheet)
        self.assertEqual(len(table), 3)
        for row, cells in zip(table[1:], written):
            self.assertEqual([html.unescape(cell) for cell in row if cell],
                             [cell for cell in cells if cell])

    def test_nobody_is_in_two_lists(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        self.assertEqual(len(self.rows()), 1)
        self.assertEqual(self.rows(), [])
        self.office.session(venue="Stadhuis")
        (anna,) = self.rows()
        self.assertEqual((anna["kind"], anna["was_venue"], anna["venue"]),
                         ("moved", "Buurthuis De Brug", "Stadhuis"))


if __name__ == "__main__":
    unittest.main()
