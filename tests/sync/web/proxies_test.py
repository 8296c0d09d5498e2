#!/usr/bin/env python3
"""The desk behind a real nginx and a real Caddy, set up by the very lines that the
project's texts give. 77 (skipped) where neither is installed.

    proxies_test.py brugwachter-sync
"""
import getpass
import glob
import http.client
import os
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "office", "mail"))
import office as help_office  # noqa: E402

PROGRAM = sys.argv.pop(1)
NGINX, CADDY = (shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")
                for name in ("nginx", "caddy"))
if NGINX is None and CADDY is None:
    print("proxies_test: needs nginx-light or caddy", file=sys.stderr)
    sys.exit(77)

NAME = "desk.school.nl"
ORIGIN = "https://" + NAME
PASSWORD = "twaalf tekens lang"
TEXTS = ["assets/guide/*/admin.adoc"]
LARGE = 30 << 20


def block(starts):
    """The lines for a proxy in the project's texts: a fenced block that starts so."""
    top = os.path.join(HERE, "..", "..", "..")
    for pattern in TEXTS:
        for path in sorted(glob.glob(os.path.join(top, pattern), recursive=True)):
            with open(path, encoding="utf-8") as file:
                found = re.search(r"^----\n(%s.*?)^----$" % re.escape(starts),
                                  file.read(), re.DOTALL | re.MULTILINE)
            if found:
                return found.group(1)
    raise AssertionError("no text gives the lines that begin with " + starts)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port, process):
    """Until somebody listens; a program that ended instead says why itself."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            os.sched_yield()
    raise AssertionError("%s ended with %d" % (process.args[0], process.returncode))


class Through:
    """Requests by TLS to the proxy, asked for by its name."""

    def __init__(self, port):
        self.port = port
        self.cookie = ""
        self.tls = ssl.create_default_context()
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE

    def open(self, method, target, body=None, host=NAME, **headers):
        connection = http.client.HTTPSConnection(NAME, context=self.tls, timeout=60)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sock = self.tls.wrap_socket(plain, server_hostname=NAME)
        connection.request(method, target, body, {
            "Host": host, "Origin": ORIGIN, "Cookie": self.cookie,
            "Connection": "close",
            **{name.replace("_", "-"): value for name, value in headers.items()}})
        return connection.getresponse()

    def ask(self, *words, **more):
        reply = self.open(*words, **more)
        return reply.status, reply.read().decode("utf-8", "replace"), reply.headers

    def post(self, target, body, kind="application/x-www-form-urlencoded"):
        return self.ask("POST", target, body, Content_Type=kind)

    def enter(self):
        status, _, headers = self.post(
            "/binnen", "naam=Anouk&wachtwoord=" + PASSWORD.replace(" ", "+"))
        self.cookie = (headers["Set-Cookie"] or "").split(";")[0]
        return status, headers["Set-Cookie"] or ""

    def upload(self, token, data):
        mark = secrets.token_hex(16)
        parts = [("teken", "", token.encode()), ("soort", "", b"registrations"),
                 ("kring", "", b"S-1"),
                 ("bestand", '; filename="groot.csv"', data)]
        body = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (mark.encode(), name.encode(), more.encode(), value)
            for name, more, value in parts) + b"--%s--\r\n" % mark.encode()
        return self.post("/inlezen", body, "multipart/form-data; boundary=" + mark)


class Proxies(unittest.TestCase):
    def setUp(self):
        self.office = help_office.Office(PROGRAM, capacity=2)
        self.addCleanup(self.office.__exit__)
        self.office.people(("Anna", "Vos", "anna@example.nl"))
        self.inner = free_port()
        self.start(
            [PROGRAM, "--central", "sqlite:" + self.office.path("central.db"), "desk",
             "--no-browser", "--listen", "127.0.0.1:%d" % self.inner,
             "--base-url", ORIGIN, "--password-file",
             self.office.write("password", PASSWORD + "\n")],
            self.inner)

    def start(self, words, port):
        with open(self.office.path("said"), "ab") as said:
            process = subprocess.Popen(words, stdout=said, stderr=said)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        wait_for(port, process)

    def certificate(self):
        pair = self.office.path("cert.pem"), self.office.path("key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=" + NAME, "-out", pair[0], "-keyout", pair[1]], check=True,
                       capture_output=True)
        return pair

    def by_nginx(self):
        """Its lines as they are given, but for the ports and the certificate's place."""
        port, (cert, key) = free_port(), self.certificate()
        server = block("server {").replace("listen 443", "listen 127.0.0.1:%d" % port)
        server = server.replace("127.0.0.1:8190", "127.0.0.1:%d" % self.inner)
        server = re.sub(r"(ssl_certificate) \S+;", r"\1 %s;" % cert, server)
        server = re.sub(r"(ssl_certificate_key) \S+;", r"\1 %s;" % key, server)
        folder = self.office.folder
        places = "".join("%s_temp_path %s/%s;\n" % (name, folder, name) for name in (
            "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.start([NGINX, "-p", folder, "-e", "stderr", "-c", self.office.write(
            "nginx.conf",
            "user %s;\ndaemon off;\npid %s/nginx.pid;\nevents {}\nhttp {\n"
            "access_log off;\n%s%s}\n"
            % (getpass.getuser(), folder, places, server))], port)
        return Through(port)

    def by_caddy(self):
        """Its lines as they are given, with a certificate of its own authority."""
        port = free_port()
        site = block(NAME + " {").replace("127.0.0.1:8190", "127.0.0.1:%d" % self.inner)
        options = ("{\nadmin off\ngrace_period 1s\nhttps_port %d\n"
                   "auto_https disable_redirects\nlocal_certs\nskip_install_trust\n"
                   "default_bind 127.0.0.1\nstorage file_system %s\n}\n"
                   % (port, self.office.path("caddy")))
        self.start([CADDY, "run", "--adapter", "caddyfile", "--config",
                    self.office.write("Caddyfile", options + site)], port)
        proxy = Through(port)
        while True: # it listens before it has made its certificate
            try:
                proxy.ask("GET", "/binnen")
                return proxy
            except ssl.SSLError:
                os.sched_yield()

    def walk(self, proxy):
        """In by the password, a page, a large file, a stream; and not by another name."""
        status, _, headers = proxy.ask("GET", "/")
        self.assertEqual((status, headers["Location"]), (303, "/binnen"))
        status, cookie = proxy.enter()
        self.assertEqual(status, 200)
        self.assertIn("; Secure", cookie)
        status, page, headers = proxy.ask("GET", "/kring/S-1")
        self.assertEqual(status, 200)
        self.assertIn("Anna", page)
        self.assertIn("no-store", headers["Cache-Control"])
        self.streams(proxy)
        token = re.search(r'name="teken" value="([0-9a-f]+)"',
                          proxy.ask("GET", "/inlezen")[1]).group(1)
        status, _, headers = proxy.upload(token, b"Naam,School\n" + b"x" * LARGE)
        self.assertEqual(status, 303)
        self.assertRegex(headers["Location"], "^/inlezen/")
        self.assertNotIn("Vandaag", proxy.ask("GET", "/", host="evil.example")[1])

    def streams(self, proxy):
        """What is told comes while the answer is still open."""
        reply = proxy.open("GET", "/stroom")
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.headers["Content-Type"].split(";")[0], "text/event-stream")
        self.assertTrue(reply.readline())
        reply.close()

    @unittest.skipIf(NGINX is None, "needs nginx-light")
    def test_nginx_by_the_lines_given_passes_all_that_the_desk_needs(self):
        self.walk(self.by_nginx())

    @unittest.skipIf(CADDY is None, "needs caddy")
    def test_caddy_by_the_lines_given_passes_all_that_the_desk_needs(self):
        self.walk(self.by_caddy())


if __name__ == "__main__":
    unittest.main()
