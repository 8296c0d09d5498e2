"""What the walks need beforehand: a central database, tickets, and a kiosk's store, all made
by the real brugwachter-sync from assets/demo; and pictures of what a camera would see."""
import csv
import os
import shutil
import subprocess

SESSION = "GRO-2025-03-18"
ELSEWHERE = "AMS-2025-04-01"
PIN = "271828"
CAMERA = (1280, 720)
PATIENCE_S = 240     # a step takes seconds; beside other work, minutes


def run(*words, ok=(0,), **more):
    """Runs a program; anything but an expected status is a failure with its own words."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S,
                          **more)
    if done.returncode not in ok:
        raise RuntimeError("%s: status %d: %s" % (" ".join(words[:6]), done.returncode,
                                                  (done.stderr + done.stdout)[-400:]))
    return done.stdout


class Office:
    """One office in a folder; `store(path)` gives a walk a kiosk's file of its own. Its day
    is the one before the session."""

    def __init__(self, folder, sync, data, year=2025):
        self.folder, self.sync, self.year = folder, sync, year
        self.central = os.path.join(folder, "central.db")
        self.tickets = {}
        os.makedirs(folder)
        pin = os.path.join(folder, "pin.txt")
        with open(os.open(pin, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(PIN + "\n")
        self.pin_file = pin
        # 1: rows were refused, which is for people to read
        self.at_office("init")
        self.at_office("import", "sessions", data + "/sessions.csv", ok=(0, 1))
        self.at_office("import", "agenda", data + "/agenda.csv", ok=(0, 1))
        self.at_office("import", "registrations", data + "/gro-form.csv", "--session",
                       SESSION, ok=(0, 1))
        self.at_office("import", "waitlist", data + "/waitlist-form.csv", ok=(0, 1))
        self.at_office("import", "registrations", data + "/ams-form-excel.csv",
                       "--session", ELSEWHERE, ok=(0, 1))
        for session in (SESSION, ELSEWHERE):
            out = os.path.join(folder, session)
            self.at_office("tickets", "--session", session, "--out", out)
            with open(os.path.join(out, "tickets.csv"), encoding="utf-8-sig",
                      newline="") as rows:
                self.tickets[session] = list(csv.DictReader(rows))
        enrolment = self.enrol("Zuil bij de ingang", "enrolment.json")
        self.first = os.path.join(folder, "kiosk.db")
        self.at_venue(self.first, "enrol-device", enrolment)
        self.at_venue(self.first, "pull")

    def at_office(self, *words, ok=(0,), central=None, day=17):
        return run(self.sync, "--central", "sqlite:" + (central or self.central),
                   "--clock", "%d-03-%dT09:00:00" % (self.year, day), *words, ok=ok)

    def at_venue(self, store, *words):
        return run(self.sync, "--store", store, "--clock",
                   "%d-03-18T12:40:00" % self.year, *words)

    def enrol(self, name, file, *words, central=None):
        """The enrolment's path; its QR lies beside it, as PATH.svg."""
        path = os.path.join(self.folder, file)
        self.at_office("enrol", "--session", SESSION, "--name", name, "--pin-file",
                       self.pin_file, "--out", path, *words, central=central)
        return path

    def store(self, path):
        shutil.copy(self.first, path)
        return path

    def enrolment_alone(self, walk):
        """Of a central database of its own, so that nobody else hears of that kiosk."""
        central = os.path.join(self.folder, walk + ".db")
        shutil.copy(self.central, central)
        shutil.copy(self.central + ".key", central + ".key")
        path = self.enrol("Zuil in de hal", walk + ".json", central=central)
        with open(path, encoding="ascii") as text:
            return path, text.read().strip()

    def people(self, status, session=SESSION):
        return [row for row in self.tickets[session] if row["status"] == status]

    def picture(self, person, session=SESSION):
        return os.path.join(self.folder, session, person["png"])


def empty_hall(path):
    run("convert", "-size", "%dx%d" % CAMERA, "gradient:#8fa09f-#39484c",
        "-fill", "#b9c3bd", "-draw", "rectangle 90,60 380,420",
        "-fill", "#5d6d6c", "-draw", "rectangle 940,40 1210,600", "-blur", "0x9",
        "-depth", "8", path)


def held_up(hall, code, path, size=420, degrees=6):
    """The hall, and before it somebody's code, a little askew."""
    run("convert", hall, "(", code, "-filter", "point", "-resize", str(size),
        "-bordercolor", "#f3f1ea", "-border", "30", "-background", "none", "-rotate",
        str(degrees), ")", "-gravity", "center", "-geometry", "+10-10", "-composite",
        "-blur", "0x0.7", "-depth", "8", path)
