"""An office for the tests of mail: the real program in a folder of its own.

    python3 eml_test.py brugwachter-sync
"""
import json
import os
import shutil
import subprocess
import tempfile

NOW = "2025-03-10T10:00:00"
SESSIONS = (
    "code,series,title,kind,region,venue,address,starts_at,ends_at,capacity,audience,"
    "route\n"
    "S-1,reeks,\"%s\",leerkring,Oost,%s,\"Straat 1, Zwolle\",%s,%s,%d,brugfunctionaris,"
    "%s\n")


class Office:
    """Folder, database and session S-1 with two places."""

    def __init__(self, program, capacity=2, central=None):
        """`central`: of another database than a file in the folder."""
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="bw-mail-")
        self.env = dict(os.environ, LC_ALL="C.UTF-8")
        self.central = [central or "sqlite:" + self.path("central.db")]
        self.keys = "central" if central else "central.db"
        if central:
            os.mkdir(self.path("settings"), 0o700)
            self.write("settings/sync.ini",
                       "[sync]\nkey-file = %s\n" % self.path(self.keys + ".key"))
            self.central += ["--settings", self.path("settings")]
        self.run("init")
        self.session(capacity=capacity)

    def __enter__(self):
        return self

    def __exit__(self, *why):
        shutil.rmtree(self.folder)

    def beside_key(self, ending):
        """The name of what stands beside the secret keys."""
        return self.keys + "." + ending

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o600):
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def run(self, *words, expect=(0, 1), now=NOW):
        """Exit status, standard output, standard error."""
        done = subprocess.run(
            [self.program, "--central", *self.central, "--clock", now, *words],
            env=self.env, capture_output=True, text=True, encoding="utf-8", timeout=120,
            check=False)
        if done.returncode not in expect:
            raise AssertionError("%s: %d %s%s" % (words, done.returncode, done.stdout,
                                                  done.stderr))
        return done

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--json", **more).stdout)

    def session(self, title="Leerkring Zwolle", venue="Buurthuis De Brug", day="25",
                capacity=2, route=""):
        self.run("import", "sessions", self.write("sessions.csv", SESSIONS % (
            title.replace('"', '""'), venue, "2025-03-%sT13:30" % day,
            "2025-03-%sT16:30" % day, capacity, route)))

    def people(self, *rows):
        """(first name, last name, mail, school) in order of sign-up."""
        lines = ["Tijdstempel,Voornaam,Achternaam,Functie,School,E-mailadres"]
        for number, row in enumerate(rows):
            cells = ["10-02-2025 12:%02d" % number, row[0], row[1], "brugfunctionaris",
                     row[3] if len(row) > 3 else "De Brug", row[2]]
            lines.append(",".join('"%s"' % cell.replace('"', '""') for cell in cells))
        self.run("import", "registrations", self.write(
            "form.csv", "\n".join(lines) + "\n"), "--session", "S-1")

    def due(self):
        """["Anna:ticket", ...]"""
        return ["%s:%s" % (one["first_name"], one["kind"])
                for one in self.json("mail", "--check")["due"]]
