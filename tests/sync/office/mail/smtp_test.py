#!/usr/bin/env python3
"""Mails by a real server (aiosmtpd) on loopback, with TLS: taken, refused, and cut at
every reply. 77 (skipped) where Debian's python3-aiosmtpd isn't installed, or with
--postgresql no PostgreSQL server is, which then keeps the office.

    smtp_test.py brugwachter-sync [--postgresql] [Smtp.test_…]
"""
import base64
import contextlib
import email
import email.policy
import os
import sqlite3
import ssl
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office as help_office  # noqa: E402
import server as help_server  # noqa: E402

try:
    from aiosmtpd import controller, smtp
except ImportError:
    print("smtp_test: needs python3-aiosmtpd", file=sys.stderr)
    sys.exit(77)

PROGRAM = sys.argv.pop(1)
POSTGRESQL = None
if "--postgresql" in sys.argv:
    sys.argv.remove("--postgresql")
    POSTGRESQL = help_server.find()
    if POSTGRESQL is None:
        print("smtp_test: needs postgresql", file=sys.stderr)
        sys.exit(77)
PASSWORD, TOKEN = "geheim woord", "ya29.token"


class Server(smtp.SMTP):
    """Closes the connection instead of its `cut_at`th reply, once."""

    async def push(self, status):
        words = status if isinstance(status, bytes) else status.encode()
        if not words[3:4] == b"-":
            self.event_handler.replies += 1
            if self.event_handler.replies == self.event_handler.cut_at:
                self.transport.abort()
                raise ConnectionResetError
        await super().push(status)


class Handler:
    def __init__(self, cut_at=0):
        self.cut_at, self.replies = cut_at, 0
        self.taken, self.refuse, self.logins = [], {}, []

    async def auth_XOAUTH2(self, server, args):
        words = await server.challenge_auth("") if len(args) == 1 else (
            base64.b64decode(args[1]))
        words = words.decode()
        self.logins.append(words)
        good = "auth=Bearer " + TOKEN in words
        return smtp.AuthResult(success=good, handled=False)

    def login(self, _server, _session, _envelope, _mechanism, data):
        self.logins.append((data.login, data.password))
        return smtp.AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    async def handle_RCPT(self, _server, _session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


class Breaks(Handler):
    """Takes its `at`th mail, and is gone before it says so."""

    def __init__(self, at):
        super().__init__()
        self.at = at

    async def handle_DATA(self, _server, _session, envelope):
        answer = await super().handle_DATA(_server, _session, envelope)
        if len(self.taken) == self.at:
            self.cut_at = self.replies + 1
        return answer


class Loopback(controller.Controller):
    def factory(self):
        return Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self):
        """Asks itself whether it listens: at the port that it was given."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def start(self):
        cut_at, self.handler.cut_at = self.handler.cut_at, 0
        super().start()
        self.handler.replies, self.handler.cut_at = 0, cut_at


def certificate(folder):
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out",
                    cert, "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


class Smtp(unittest.TestCase):
    def setUp(self):
        self.office = help_office.Office(
            PROGRAM, capacity=9, central=POSTGRESQL and POSTGRESQL.database())
        self.addCleanup(self.office.__exit__)
        cert, self.context = certificate(self.office.folder)
        self.office.env["SSL_CERT_FILE"] = cert
        self.office.people(("Anna", "Vos", "anna@school.example"),
                           ("Bas", "Mol", "bas@school.example"),
                           ("Zoë", "Wit", "zoe@school.example"))

    def serve(self, handler, tls=False, login=False):
        more = {"ssl_context": self.context} if tls else {
            "tls_context": self.context, "require_starttls": True}
        if login:
            more.update(authenticator=handler.login, auth_required=True,
                        auth_require_tls=not tls)
        server = Loopback(handler, hostname="127.0.0.1", port=0, **more)
        server.start()
        self.addCleanup(server.stop)
        return "%s://127.0.0.1:%d" % ("smtps" if tls else "smtp", server.port)

    def send(self, url, *more, expect=(0,)):
        return self.office.run("mail", "--send", "--smtp", url, "--pace", "60000",
                               "--mail-from", "org@voorbeeld.example", *more,
                               expect=expect)

    def check_all(self, handler):
        """Everybody has one mail, and one alone: what came twice has the same name."""
        names = {}
        for sender, people, content in handler.taken:
            message = email.message_from_bytes(content, policy=email.policy.default)
            self.assertEqual(sender, "org@voorbeeld.example")
            self.assertEqual(people, [message["To"].addresses[0].addr_spec])
            names.setdefault(people[0], set()).add(message["Message-ID"])
        self.assertEqual(sorted(names), ["anna@school.example", "bas@school.example",
                                         "zoe@school.example"])
        for mail, ids in names.items():
            self.assertEqual(len(ids), 1, mail)
        self.assertEqual(self.office.due(), [])

    def test_by_starttls(self):
        handler = Handler()
        self.send(self.serve(handler))
        self.check_all(handler)
        self.assertEqual(len(handler.taken), 3)
        self.send(self.serve(handler))
        self.assertEqual(len(handler.taken), 3)

    def test_by_tls_with_a_password_out_of_a_file(self):
        handler = Handler()
        url = self.serve(handler, tls=True, login=True)
        word = self.office.write("word", PASSWORD + "\n")
        self.send(url, "--smtp-user", "org", "--smtp-password-file", word)
        self.check_all(handler)
        self.assertEqual(handler.logins[0], (b"org", PASSWORD.encode()))

    def test_what_is_settled_once_need_not_be_said_again(self):
        handler = Handler()
        url = self.serve(handler, tls=True, login=True)
        self.office.write(self.office.beside_key("smtp-password"), PASSWORD + "\n")
        self.office.run("settings", "smtp", url)
        self.office.run("settings", "smtp-user", "org")
        self.office.run("settings", "pace", "60000")
        self.office.run("init", "--mail-from", "org@voorbeeld.example")
        done = self.office.run("mail", "test", "ria@school.example")
        self.assertIn("took a test mail", done.stdout)
        message = email.message_from_bytes(
            handler.taken[0][2], policy=email.policy.default)
        self.assertEqual(message["Subject"], "Testmail van Brugwachter")
        self.assertEqual(handler.taken[0][1], ["ria@school.example"])
        self.assertEqual(len(self.office.due()), 3)  # it told nobody anything
        if self.office.keys == "central.db":  # on a server nobody looks into it here
            with contextlib.closing(
                    sqlite3.connect(self.office.path("central.db"))) as database:
                tried, = database.execute("SELECT mail_tried_ms FROM central").fetchone()
            self.assertGreater(tried, 0)
        del handler.taken[:]
        self.office.run("mail", "--send", expect=(0,))
        self.check_all(handler)
        self.assertEqual(set(handler.logins), {(b"org", PASSWORD.encode())})

    def test_a_test_mail_that_is_not_taken_says_why(self):
        handler = Handler()
        url = self.serve(handler, login=True)
        done = self.office.run("mail", "test", "ria@school.example", "--smtp", url,
                               "--mail-from", "org@voorbeeld.example", expect=(2, 3))
        self.assertEqual(handler.taken, [])
        self.office.run("init", "--mail-from", "org@voorbeeld.example")
        done = self.office.run("mail", "test", "ria@school.example", "--smtp", url,
                               expect=(3,))
        self.assertIn("--smtp-user", done.stderr)
        done = self.office.run("mail", "test", "niemand", "--smtp", url, expect=(3,))
        self.assertIn("is no address", done.stderr)

    def test_an_example_is_a_real_mail_to_the_organiser_and_tells_nobody(self):
        handler = Handler()
        url = self.serve(handler)
        self.office.run("init", "--mail-from", "org@voorbeeld.example")
        sent = self.office.json("mail", "sample", "own", "ticket@S-1", "--smtp", url)
        self.assertEqual((sent["to"], sent["kind"]), ("org@voorbeeld.example", "ticket"))
        self.office.run("mail", "sample", "ria@school.example", "--smtp", url)
        self.assertEqual([people for _, people, _ in handler.taken],
                         [["org@voorbeeld.example"], ["ria@school.example"]])
        message = email.message_from_bytes(handler.taken[0][2],
                                           policy=email.policy.default)
        self.assertIn("Je ticket voor", message["Subject"])
        self.assertIn("Dag Anna,", message.get_body(("plain",)).get_content())
        self.assertEqual({part.get_filename() for part in message.iter_attachments()} &
                         {"ticket.pdf"}, {"ticket.pdf"})
        self.assertEqual(len(self.office.due()), 3)
        self.office.run("mail", "sample", "own", "moved", "--smtp", url, expect=(3,))
        del handler.taken[:]
        self.send(url)
        self.check_all(handler)

    def test_with_a_token_of_a_command(self):
        handler = Handler()
        url = self.serve(handler, login=True)
        self.send(url, "--smtp-user", "org", "--smtp-token-command", "echo " + TOKEN)
        self.check_all(handler)
        self.assertIn("user=org\1auth=Bearer " + TOKEN, handler.logins[0])

    def test_a_wrong_password_tells_nobody(self):
        handler = Handler()
        url = self.serve(handler, login=True)
        word = self.office.write("word", "fout\n")
        done = self.send(url, "--smtp-user", "org", "--smtp-password-file", word,
                         expect=(3,))
        self.assertIn("app password", done.stderr)
        self.assertEqual(handler.taken, [])
        done = self.send(url, expect=(3,))
        self.assertIn("--smtp-user, and --smtp-password-file", done.stderr)
        self.assertEqual(handler.taken, [])
        self.assertEqual(len(self.office.due()), 3)

    def test_a_password_that_others_may_read_is_refused(self):
        word = self.office.write("word", PASSWORD, mode=0o644)
        done = self.send("smtp://127.0.0.1:1", "--smtp-user", "org",
                         "--smtp-password-file", word, expect=(3,))
        self.assertIn("chmod 600", done.stderr)

    def test_a_server_without_a_certificate_we_trust_gets_nothing(self):
        handler = Handler()
        url = self.serve(handler)
        self.office.env["SSL_CERT_FILE"] = "/etc/ssl/certs/ca-certificates.crt"
        done = self.send(url, expect=(3,))
        self.assertIn("isn't one that this machine trusts", done.stderr)
        self.assertEqual(handler.taken, [])

    def test_a_port_that_is_not_what_it_was_taken_for_says_so(self):
        handler = Handler()
        url = self.serve(handler)
        done = self.send(url.replace("smtp:", "smtps:"), expect=(3,))
        self.assertIn("smtps:// is for port 465", done.stderr)
        done = self.send("smtp://127.0.0.1:1", expect=(3,))
        self.assertIn("look at the host and the port", done.stderr)

    def test_a_server_without_tls_gets_nothing(self):
        handler = Handler()
        server = Loopback(handler, hostname="127.0.0.1", port=0)
        server.start()
        self.addCleanup(server.stop)
        done = self.send("smtp://127.0.0.1:%d" % server.port, expect=(3,))
        self.assertIn("offers no TLS", done.stderr)
        self.assertEqual(handler.taken, [])

    def test_a_certificate_is_sent_after_the_end_and_once(self):
        after, handler = "2025-03-26T09:00:00", Handler()
        words = ("mail", "--send", "--smtp", self.serve(handler), "--pace", "60000",
                 "--mail-from", "org@voorbeeld.example")
        self.office.run("import", "attendance", self.office.write(
            "paper.csv", "Naam\nAnna Vos\nZoë Wit\n"), "--session", "S-1", now=after)
        self.office.run(*words, now=after)
        self.office.run(*words, now=after)
        found = {}
        for _, people, content in handler.taken:
            message = email.message_from_bytes(content, policy=email.policy.default)
            self.assertEqual(message["Subject"],
                             "Je bewijs van deelname: Leerkring Zwolle")
            (pdf,) = message.iter_attachments()
            self.assertEqual(pdf.get_filename(), "bewijs-van-deelname.pdf")
            self.assertTrue(pdf.get_content().startswith(b"%PDF"))
            found[people[0]] = found.get(people[0], 0) + 1
        self.assertEqual(found, {"anna@school.example": 1, "zoe@school.example": 1})

    def test_an_address_that_the_server_refuses_is_named_and_the_rest_goes(self):
        handler = Handler()
        handler.refuse["bas@school.example"] = "550 no such person"
        done = self.send(self.serve(handler), expect=(1,))
        self.assertIn("bas@school.example", done.stdout)
        self.assertIn("550 no such person", done.stdout)
        self.assertEqual(self.office.due(), ["Bas:ticket"])
        self.assertEqual(len(handler.taken), 2)

    def test_a_server_that_is_busy_is_tried_again_later(self):
        handler = Handler()
        handler.refuse["bas@school.example"] = "451 later"
        self.send(self.serve(handler), expect=(1,))
        self.assertEqual(self.office.due(), ["Bas:ticket", "Zoë:ticket"])
        handler.refuse = {}
        self.send(self.serve(handler))
        self.check_all(handler)
        self.assertEqual(len(handler.taken), 3)

    def test_what_may_have_gone_goes_under_another_name_with_another_place(self):
        """A program that shows mail would show the first alone, with the old place."""
        handler = Breaks(1)
        url = self.serve(handler)
        self.send(url, expect=(1,))
        self.office.session(venue="Stadhuis", capacity=9)
        self.send(url)
        names = [email.message_from_bytes(content)["Message-ID"]
                 for _, people, content in handler.taken
                 if people == ["anna@school.example"]]
        self.assertEqual(len(set(names)), 2)

    def test_a_place_that_may_have_been_told_is_told_anew_when_it_changes_back(self):
        handler = Breaks(4)
        url = self.serve(handler)
        self.send(url)
        self.office.session(venue="Stadhuis", capacity=9)
        self.send(url, expect=(1,))
        self.office.session(capacity=9)
        self.assertEqual(self.office.due(), ["Anna:moved", "Bas:moved", "Zoë:moved"])
        self.assertEqual([one["was"]["venue"]
                          for one in self.office.json("mail", "--check")["due"]],
                         ["Stadhuis"] * 3)

    def test_a_connection_that_is_cut_at_any_reply_tells_nobody_twice_or_not_at_all(self):
        """TM3, SM1."""
        for cut_at in range(1, 60):
            handler = Handler(cut_at)
            self.send(self.serve(handler), expect=(0, 1, 3))
            cut = handler.replies >= cut_at
            handler.cut_at = 0
            self.send(self.serve(handler))
            self.check_all(handler)
            if not cut:
                break
            self.assertLessEqual(len(handler.taken), 4)
            self.office.run("reissue", "anna vos", "bas mol", "zoë wit")
        else:
            self.fail("the cut was never past the end")


if __name__ == "__main__":
    with POSTGRESQL or contextlib.nullcontext():
        unittest.main()
