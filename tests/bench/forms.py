"""What benches of whole commands share: an office with a large form in it, and what a
command costs."""
import os
import subprocess
import sys
import time

CLOCK = "2025-03-17T12:00:00"
SESSION = ("code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
           "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-25T13:30,"
           "2025-03-25T16:30,50,brugfunctionaris\n")
FIRST_NAMES = ["Anna", "Bert", "Cor", "Dik", "Eva", "Floor", "Gijs", "Ida", "Jan", "Kees"]


def measure(command, **more):
    """Seconds as they pass, the processor's, and the most memory ever held in MiB, of a
    command that has to succeed."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(child.pid, 0)
    whole = time.monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ended with {child.returncode}")
    return whole, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_form(path, rows):
    with open(path, "w", encoding="utf-8") as form:
        form.write("Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n")
        for i in range(rows):
            minute = i // 60
            form.write(
                f"{1 + minute // 1440:02}-01-2025 {minute // 60 % 24:02}:"
                f"{minute % 60:02}:{i % 60:02},p{i}@school{i % 1100}.nl,"
                f"{FIRST_NAMES[i % 10]} Naam{i}x,"
                f"De Brug {i % 1100},brugfunctionaris,Oost\n")


def call(program, central):
    return [program, "--central", f"sqlite:{central}", "--clock", CLOCK]


def office(program, folder, rows):
    """Its database, with session S-1 and that many sign-ups; what their import cost."""
    central = f"{folder}/central.db"
    write_form(f"{folder}/form.csv", rows)
    with open(f"{folder}/sessions.csv", "w", encoding="utf-8") as out:
        out.write(SESSION)
    words = call(program, central)
    for command in (["init"], ["import", "sessions", f"{folder}/sessions.csv"]):
        subprocess.run(words + command, check=True, stdout=subprocess.DEVNULL)
    took = measure(words + ["import", "registrations", f"{folder}/form.csv", "--session",
                            "S-1", "--yes"])
    return central, took
