#!/usr/bin/env python3
"""Mails as files, read by Python's email package, icalendar and libical.

    eml_test.py brugwachter-sync

77 (skipped) where Debian's python3-icalendar or libical3 isn't installed.
"""
import ctypes
import email
import email.policy
import glob
import os
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office as help_office  # noqa: E402

try:
    import icalendar
    libical = ctypes.CDLL("libical.so.3")
except (ImportError, OSError):
    print("eml_test: needs python3-icalendar and libical3", file=sys.stderr)
    sys.exit(77)

CALENDAR, EVENT = 7, 4  # ical.h: ICAL_VCALENDAR_COMPONENT, ICAL_VEVENT_COMPONENT
for name, answer, arguments in (
        ("icalcomponent_new_from_string", ctypes.c_void_p, [ctypes.c_char_p]),
        ("icalcomponent_isa", ctypes.c_int, [ctypes.c_void_p]),
        ("icalcomponent_count_errors", ctypes.c_int, [ctypes.c_void_p]),
        ("icalrestriction_check", ctypes.c_int, [ctypes.c_void_p]),
        ("icalcomponent_get_first_component", ctypes.c_void_p,
         [ctypes.c_void_p, ctypes.c_int]),
        ("icalcomponent_get_uid", ctypes.c_char_p, [ctypes.c_void_p]),
        ("icalcomponent_get_sequence", ctypes.c_int, [ctypes.c_void_p]),
        ("icalcomponent_free", None, [ctypes.c_void_p])):
    function = getattr(libical, name)
    function.restype, function.argtypes = answer, arguments

PROGRAM = sys.argv.pop(1)
SENDER = ("--organiser", "Programma Brugfunctionaris", "--mail-from",
          "leerkringen@voorbeeld.example", "--contact", "Anouk de Wit", "--phone",
          "06 12 34 56 78", "--privacy-url", "https://voorbeeld.example/privacy")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def parts(message):
    """Parts by content type; the last of a type stands."""
    return {part.get_content_type(): part for part in message.walk()}


class Eml(unittest.TestCase):
    def setUp(self):
        self.office = help_office.Office(PROGRAM)
        self.addCleanup(self.office.__exit__)
        self.runs = 0

    def mails(self, *more):
        """Writes what is due; the messages by kind and first name."""
        self.runs += 1
        folder = self.office.path("out%d" % self.runs)
        self.office.run("mail", "--out", folder, *more)
        found = {}
        for path in glob.glob(os.path.join(folder, "*")):
            raw = read(path)
            self.check_bytes(raw)
            message = email.message_from_bytes(raw, policy=email.policy.default)
            for part in message.walk():
                self.assertEqual(part.defects, [], path)
            kind = os.path.basename(path)[:-4].split("-")[1]
            first = message["To"].addresses[0].display_name.split()[0]
            found[kind, first] = message
        return found

    def check_bytes(self, raw):
        self.assertNotRegex(raw, rb"[^\r]\n|\r[^\n]")
        self.assertNotRegex(raw, rb"[^\x00-\x7f]")
        self.assertNotRegex(raw, rb"(?m)^\.")
        head, body = raw.split(b"\r\n\r\n", 1)
        self.assertLessEqual(max(len(line) for line in head.split(b"\r\n")), 320)
        for line in body.split(b"\r\n"):
            self.assertTrue(len(line) <= 76 or line.startswith(b"Content-"), line)

    def check_by_libical(self, one, event):
        """Without an error, the same, and, where somebody sends it, within what RFC 5546
        asks of its method."""
        read = libical.icalcomponent_new_from_string(one)
        self.addCleanup(libical.icalcomponent_free, read)
        self.assertEqual(libical.icalcomponent_isa(read), CALENDAR)
        if "ORGANIZER" in event:
            self.assertEqual(libical.icalrestriction_check(read), 1, one)
        self.assertEqual(libical.icalcomponent_count_errors(read), 0, one)
        inner = libical.icalcomponent_get_first_component(read, EVENT)
        self.assertEqual(libical.icalcomponent_get_uid(inner).decode(), event["UID"])
        self.assertEqual(libical.icalcomponent_get_sequence(inner), event["SEQUENCE"])

    def entry(self, message):
        """The calendar entry; the same in both places."""
        found = [part for part in message.walk()
                 if part.get_content_type() == "text/calendar"]
        self.assertEqual(len(found), 2)
        one, other = (part.get_payload(decode=True) for part in found)
        self.assertEqual(one, other)
        for line in one.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
        calendar = icalendar.Calendar.from_ical(one)
        self.assertEqual(found[0].get_param("method"), calendar["METHOD"])
        self.check_by_libical(one, calendar.walk("VEVENT")[0])
        return calendar["METHOD"], calendar.walk("VEVENT")[0]

    def test_a_ticket_has_text_html_picture_pdf_and_entry(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        message = self.mails(*SENDER)["ticket", "Anna"]
        self.assertEqual(message["Subject"],
                         "Je ticket voor Leerkring Zwolle op dinsdag 25 maart")
        self.assertEqual(message["To"].addresses[0].addr_spec, "anna@school.example")
        self.assertEqual(message["From"].addresses[0].addr_spec,
                         "leerkringen@voorbeeld.example")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertEqual(message.get_content_type(), "multipart/mixed")
        by_type = parts(message)
        plain = by_type["text/plain"].get_content()
        self.assertIn("dinsdag 25 maart 2025, 13.30 – 16.30 uur. Deur open om 12.30 uur.",
                      plain.replace("\n", " "))
        self.assertIn("Buurthuis De Brug, Straat 1, Zwolle.", plain)
        self.assertIn("06\u00a012\u00a034\u00a056\u00a078", plain)
        for line in plain.splitlines():
            self.assertTrue(len(line) <= 72 or line.startswith("mailto:"), line)
        html = by_type["text/html"].get_content()
        self.assertIn('src="cid:qr@brugwachter"', html)
        self.assertRegex(html, r'href="mailto:leerkringen@voorbeeld\.example\?subject='
                               r'Ik%20kan%20niet%3A%20S-1%2C%20[0-9A-Z]{4}-[0-9A-Z]{4}"')
        self.assertEqual(by_type["image/png"]["Content-ID"], "<qr@brugwachter>")
        self.assertTrue(by_type["image/png"].get_content().startswith(b"\x89PNG"))
        self.assertEqual(by_type["application/pdf"].get_filename(), "ticket.pdf")
        self.assertTrue(by_type["application/pdf"].get_content().startswith(b"%PDF"))
        method, event = self.entry(message)
        self.assertEqual(method, "REQUEST")
        self.assertEqual((event["SEQUENCE"], event["STATUS"]), (0, "CONFIRMED"))
        self.assertEqual(event["DTSTART"].dt.isoformat(), "2025-03-25T13:30:00+01:00")
        self.assertRegex(event["UID"], r"^bw-[0-9a-f]{32}@voorbeeld\.example$")
        self.assertNotIn(message["Message-ID"][1:33], event["UID"])

    def test_the_route_stands_with_the_address_and_a_new_one_is_no_new_mail(self):
        self.office.session(route="Vanaf het station: bus 3 <en> lopen.")
        self.office.people(("Anna", "Vos", "anna@school.example"))
        by_type = parts(self.mails()["ticket", "Anna"])
        where = "Buurthuis De Brug, Straat 1, Zwolle. Vanaf het station: bus 3 "
        plain = " ".join(by_type["text/plain"].get_content().split())
        self.assertIn(where + "<en> lopen.", plain)
        self.assertIn(where + "&lt;en&gt; lopen.", by_type["text/html"].get_content())
        self.office.session(route="Bus 4.")
        self.assertEqual(self.office.due(), [])

    def test_who_was_written_is_due_no_more(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(self.mails(), {})
        self.assertFalse(os.path.exists(self.office.path("out2")))
        self.assertEqual(self.office.due(), [])

    def test_what_never_went_is_due_again(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        self.mails()
        self.office.run("mail", "--not-sent")
        self.assertEqual(self.office.due(), ["Anna:ticket"])

    def test_a_mailing_is_for_the_groups_that_are_named(self):
        self.office.people(("Anna", "Vos", "anna@school.example"),
                           ("Bas", "Mol", "bas@school.example"),
                           ("Cor", "Wit", "cor@school.example"))
        out = self.office.path("out")
        self.office.run("mail", "--out", out, "tikket", expect=(2,))
        self.office.run("mail", "--out", out, "ticket@S-9", expect=(3,))
        self.office.run("mail", "--sent", "ticket", expect=(2,))
        self.assertEqual(self.mails("place,moved@S-1"), {})
        self.assertEqual(set(self.mails("waiting@s-1")), {("waiting", "Cor")})
        self.assertEqual(self.office.due(), ["Anna:ticket", "Bas:ticket"])

    def test_what_was_written_waits_until_it_is_said_whether_it_went(self):
        """TM3: nobody was told, and nobody is written to again."""
        self.office.people(("Anna", "Vos", "anna@school.example"),
                           ("Bas", "Mol", "bas@school.example"),
                           ("Cor", "Wit", "cor@school.example"))
        self.office.run("mail", "gone", expect=(3,))
        self.office.run("mail", "--send", "--pending", expect=(2,))
        self.assertEqual(len(self.mails("--pending", "ticket")), 2)
        self.assertEqual(self.office.due(), ["Cor:waiting"])
        self.assertEqual(self.mails("ticket"), {})
        self.assertEqual(len(self.office.json("mail", "--check")["written"]), 2)
        self.office.run("mail", "--not-sent")
        self.assertEqual(self.office.due(), ["Anna:ticket", "Bas:ticket", "Cor:waiting"])
        self.assertEqual(len(self.mails("--pending", "ticket")), 2)
        # whose news is another by now is written to anew, who was told of nothing yet
        self.office.run("reissue", "anna vos")
        self.assertEqual(self.office.due(), ["Anna:ticket", "Cor:waiting"])
        self.office.run("mail", "gone")
        self.assertEqual(self.office.due(), ["Anna:renewed", "Cor:waiting"])
        self.office.run("mail", "gone", expect=(3,))

    def test_what_was_written_to_who_is_gone_waits_too(self):
        """TM3: an import was taken back, and its people are told so once."""
        self.office.run("mail", "--out", self.office.path("none"), *SENDER)
        self.office.people(("Anna", "Vos", "anna@school.example"))
        self.mails()
        self.office.run("undo")
        self.assertEqual(self.office.due(), ["Anna:cancelled"])
        self.assertEqual(len(self.mails("--pending")), 1)
        self.assertEqual(self.office.due(), [])
        self.assertEqual(self.mails(), {})
        self.office.run("mail", "--not-sent")
        self.assertEqual(self.office.due(), ["Anna:cancelled"])
        self.assertEqual(len(self.mails("--pending")), 1)
        self.office.run("mail", "gone")
        self.assertEqual(self.office.due(), [])

    def test_a_move_a_cancellation_and_a_return_go_on_with_the_same_entry(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        _, first = self.entry(self.mails(*SENDER)["ticket", "Anna"])
        self.office.session(venue="Stadhuis", day="26")
        message = self.mails()["moved", "Anna"]
        self.assertIn("Niet meer: Leerkring Zwolle, dinsdag 25 maart, 13.30",
                      parts(message)["text/plain"].get_content())
        self.assertIn("<s>Niet meer", parts(message)["text/html"].get_content())
        method, moved = self.entry(message)
        self.assertEqual((method, moved["UID"], moved["SEQUENCE"]),
                         ("REQUEST", first["UID"], 1))
        self.office.run("cancel", "anna vos")
        message = self.mails()["cancelled", "Anna"]
        self.assertNotIn("image/png", parts(message))
        self.assertNotIn("application/pdf", parts(message))
        method, out = self.entry(message)
        self.assertEqual((method, out["UID"], out["SEQUENCE"], out["STATUS"]),
                         ("CANCEL", first["UID"], 2, "CANCELLED"))
        self.assertEqual(out["DTSTART"].dt, moved["DTSTART"].dt)
        self.office.run("reinstate", "anna vos")
        method, again = self.entry(self.mails()["ticket", "Anna"])
        self.assertEqual((method, again["UID"], again["SEQUENCE"]),
                         ("REQUEST", first["UID"], 3))
        self.office.run("reissue", "anna vos")
        method, same = self.entry(self.mails()["renewed", "Anna"])
        self.assertEqual((same["UID"], same["SEQUENCE"]), (first["UID"], 3))

    def test_who_waits_gets_a_number_and_no_entry_until_there_is_a_place(self):
        self.office.people(("Anna", "Vos", "anna@school.example"),
                           ("Bas", "Mol", "bas@school.example"),
                           ("Cor", "Wit", "cor@school.example"))
        message = self.mails()["waiting", "Cor"]
        self.assertEqual(message["Subject"],
                         "Je staat op de wachtlijst voor Leerkring Zwolle: nummer 1")
        self.assertNotIn("text/calendar", parts(message))
        self.assertIn("image/png", parts(message))
        self.office.run("cancel", "anna vos")
        self.office.run("promote", "--session", "S-1")
        mails = self.mails()
        self.assertEqual(set(mails), {("cancelled", "Anna"), ("place", "Cor")})
        _, event = self.entry(mails["place", "Cor"])
        self.assertEqual(event["SEQUENCE"], 0)

    def test_without_a_sender_it_is_a_draft_for_any_mail_program(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        message = self.mails()["ticket", "Anna"]
        self.assertEqual(message["X-Unsent"], "1")
        self.assertIsNone(message["From"])
        method, _ = self.entry(message)
        self.assertEqual(method, "PUBLISH")

    def test_what_people_wrote_stays_text(self):
        """ME1, ME2."""
        hostile = ("Eve", "O'\"<b>Bcc: x@y.nl</b>\\; =?UTF-8?B?eA==?=",
                   "eve@school.example", "School;\"A\"&<script>,=1+1")
        self.office.people(hostile, ("Zoë Åsa-Şükran Wilhelmina Theodora",
                                     "van der Vorm-Çelebioğlu tot Øverbergh en de Łódź",
                                     "zoe@school.example"))
        self.office.session(title="Kring \"é\" <i>; a, b\\c=?utf-8?q?x?= "
                                  "met een titel die te lang is voor een regel")
        mails = self.mails(*SENDER)
        self.assertEqual(len(mails), 2)
        for (_, first), message in mails.items():
            self.assertEqual(len(message.get_all("To")), 1)
            self.assertIsNone(message["Bcc"])
            self.assertIn("<i>; a, b\\c=?utf-8?q?x?=", message["Subject"])
            html = parts(message)["text/html"].get_content()
            self.assertNotRegex(html, "<i>|<b>Bcc|<script")
            _, event = self.entry(message)
            self.assertIn("<i>; a, b\\c", event["SUMMARY"])
            self.assertIn(first, event["ATTENDEE"].params["CN"])
        name = mails["ticket", "Eve"]["To"].addresses[0].display_name
        self.assertEqual(name, hostile[0] + " " + hostile[1])

    def test_dots_alone_on_a_line_are_encoded(self):
        self.office.people((".", ". From .", "dot@school.example"))
        self.assertEqual(len(self.mails(*SENDER)), 1)

    def test_an_address_that_is_none_is_named_and_not_written(self):
        self.office.people(("Anna", "Vos", "anna@school.example>, x@y.nl"))
        self.assertEqual(self.mails(), {})
        hindered = self.office.json("mail", "--check")["hindered"]
        self.assertEqual([one["why"] for one in hindered], ["bad_address"])

    def test_the_english_mail_says_the_same(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        message = self.mails("--language", "en", *SENDER)["ticket", "Anna"]
        self.assertEqual(message["Subject"],
                         "Your ticket for Leerkring Zwolle on Tuesday 25 March")
        self.assertIn("Doors open at 12.30.", parts(message)["text/plain"].get_content())
        words = subprocess.run(["pdftotext", "-", "-"], check=True, capture_output=True,
                               input=parts(message)["application/pdf"].get_content())
        self.assertIn("You have a place", words.stdout.decode())

    def test_another_zone_is_told_in_utc(self):
        rows = help_office.SESSIONS.replace("capacity,", "capacity,timezone,").replace(
            "%d,", "%d,America/Kralendijk,")
        self.office.run("import", "sessions", self.office.write("s.csv", rows % (
            "Kring Bonaire", "Huis", "2025-03-25T13:30", "2025-03-25T16:30", 2, "")))
        self.office.people(("Anna", "Vos", "anna@school.example"))
        _, event = self.entry(self.mails(*SENDER)["ticket", "Anna"])
        self.assertEqual(event["DTSTART"].dt.isoformat(), "2025-03-25T17:30:00+00:00")

    def test_file_names_hold_no_name_of_a_person(self):
        self.office.people(("Anna", "Vos", "anna@school.example"))
        self.mails()
        for path in glob.glob(self.office.path("out1/*")):
            self.assertTrue(re.fullmatch(r"[0-9A-Z]{8}-ticket\.eml",
                                         os.path.basename(path)))
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()
