#!/usr/bin/env python3
"""Sign-ups as LibreOffice itself writes them, and our report as it opens it. 77 (skipped)
where it isn't installed: Debian's libreoffice-calc-nogui is enough.

    libreoffice_test.py brugwachter-sync
"""
import csv
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest
import zoneinfo

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "mail"))
import office as help_office  # noqa: E402

PROGRAM = sys.argv.pop(1)
CALC = shutil.which("soffice")
if CALC is None:
    print("libreoffice_test: needs libreoffice-calc-nogui", file=sys.stderr)
    sys.exit(77)

# Semicolon, quotes, UTF-8, from line 1, Dutch, "2,5" isn't text, dates are known.
READ = "CSV:59,34,76,1,,1043,false,true"
# The same the other way round, cells as they are shown; the last: each sheet, or one.
WRITE = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true,false,false,false,%d"
FORM = (
    "Tijdstempel;E-mailadres;Wat is je naam?;School;Wat is je functie?;Regio\n"
    "10-02-2025 09:12:05;a@x.nl;Anna Aa;OBS De Brug;Brugfunctionaris;Oost\n"
    "12-02-2025 12:12:05;z@x.nl;Zoë de Bruin;De Vaart;Brugfunctionaris;Oost\n"
    "25-02-2025 21:12:05;j@x.nl;Jan Visser;OBS De Brug;brugfunctionaris;Oost\n")
PEOPLE = [
    ("Anna", "Aa", "OBS De Brug", "Oost", "a@x.nl", "2025-02-10 09:12:05"),
    ("Zoë", "de Bruin", "De Vaart", "Oost", "z@x.nl", "2025-02-12 12:12:05"),
    ("Jan", "Visser", "OBS De Brug", "Oost", "j@x.nl", "2025-02-25 21:12:05")]
AFTERWARDS = "2025-03-26T09:00:00"


class LibreOffice(unittest.TestCase):
    def setUp(self):
        self.office = help_office.Office(PROGRAM, capacity=2)
        self.addCleanup(self.office.__exit__)

    def convert(self, path, to, *more):
        """Has LibreOffice write a file in another kind, beside it."""
        profile = "-env:UserInstallation=file://" + self.office.path("profile")
        subprocess.run([CALC, profile, "--headless", *more, "--convert-to", to,
                        "--outdir", os.path.dirname(path), path], check=True,
                       capture_output=True, timeout=240)

    def rows(self, path):
        with open(path, encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=";"))

    def people(self):
        zone = zoneinfo.ZoneInfo("Europe/Amsterdam")
        database = sqlite3.connect(self.office.path("central.db"))
        self.addCleanup(database.close)
        return [(*row[:5], datetime.datetime.fromtimestamp(row[5] / 1000, zone).strftime(
            "%Y-%m-%d %H:%M:%S")) for row in database.execute(
                "SELECT first_name, name, school, region, mail, signed_up_ms"
                " FROM registration JOIN person USING (person_no) ORDER BY signed_up_ms")]

    def goes_in(self, name, **more):
        self.office.run("import", "registrations", self.office.path(name), "--session",
                        "S-1", expect=(0,), **more)
        self.assertEqual(self.people(), PEOPLE)

    def test_a_workbook_with_typed_dates_and_a_csv_of_it_are_one_form(self):
        self.convert(self.office.write("form.csv", FORM), "xlsx", "--infilter=" + READ)
        self.goes_in("form.xlsx")
        self.convert(self.office.path("form.xlsx"), WRITE % 0)
        os.replace(self.office.path("form.csv"), self.office.path("again.csv"))
        self.assertNotEqual(self.rows(self.office.path("again.csv"))[1][0],
                            "10-02-2025 09:12:05")  # as its own language shows dates
        self.goes_in("again.csv")

    def test_our_report_has_the_figures_that_it_says(self):
        self.office.run("import", "registrations", self.office.write(
            "form.csv", FORM), "--session", "S-1")
        self.office.run("import", "attendance", self.office.write(
            "paper.csv", "Naam\nAnna Aa\n"), "--session", "S-1", now=AFTERWARDS)
        self.office.run("report", "--session", "S-1", "--out", self.office.path("report"),
                        now=AFTERWARDS)
        folder = self.office.path("report")
        with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
            said = json.load(file)["sessions"][0]
        book = os.path.join(folder, "report.xlsx")
        self.convert(book, WRITE % -1)
        heading, row = self.rows(os.path.join(folder, "report-Overzicht.csv"))
        shown = dict(zip(heading, row))
        self.assertEqual(shown["Titel"], "Leerkring Zwolle")
        self.assertIn(shown["Datum"], ("25-03-2025", "03/25/2025", "25/03/2025"))
        for word, figure in (("Plaatsen", "capacity"), ("Aangemeld", "registered"),
                             ("Met plaats", "confirmed"), ("Aanwezig", "present"),
                             ("Niet gekomen", "no_show")):
            self.assertEqual(int(shown[word]), said[figure], word)
        self.assertEqual((said["registered"], said["present"]), (3, 1))
        names = [row[2] for row in self.rows(os.path.join(folder, "report-Mensen.csv"))]
        self.assertEqual(names, ["Voornaam", "Anna", "Zoë", "Jan"])
        os.remove(os.path.join(folder, "report.pdf"))  # ours
        self.convert(book, "pdf")
        pdf = os.path.join(folder, "report.pdf")
        words = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True,
                               capture_output=True, text=True).stdout
        self.assertIn("Leerkring Zwolle", words)
        self.assertIn("Niet gekomen", words)


if __name__ == "__main__":
    unittest.main()
