"""The walks: what a person does at the kiosk, and what it must show."""
import json
import os
import random
import shutil
import signal
import time

from door import PATIENCE_S, WHOLE, Missing
from hand_scanner import HandScanner
from office import ELSEWHERE, PIN, empty_hall, held_up, run

LATER = "2025-03-18T13:46:00"  # the places of who did not come are free


IDLE = "idle .*roster=1 still"
IDLE_EN = "idle .*roster=1 en still"


def need(holds, what):
    if not holds:
        raise Missing(what)


def wrote(door, *events):
    """Nothing shown is only shown: it is in the log, in this order, and nothing else."""
    log = door.wrote(door.folder + "/kiosk.db")
    need(log == list(events), "in the log: " + ", ".join(log))


def enter_pin(door):
    door.see("pin digits=0 pin.(p|for|for2) ")
    door.type(PIN)


def by_camera(door, office):
    """With a ticket before the camera; nothing is touched."""
    person = office.people("confirmed")[0]
    folder = os.path.join(door.folder, "camera")
    os.makedirs(folder)
    hall = os.path.join(folder, "01-empty@2s.png")
    empty_hall(hall)
    held_up(hall, office.picture(person), os.path.join(folder, "02-ticket@6s.png"))
    os.link(hall, os.path.join(folder, "03-empty@3600s.png"))
    door.open(office.store(door.folder + "/kiosk.db"), "images:" + folder)
    door.see("idle present=0 guide=0 camera=1 roster=1 still")
    door.picture("idle")
    door.see("result welcome - still")
    door.picture("welcome")
    door.see("idle present=1")
    door.picture("idle-again")
    end = door.close()
    wrote(door, "arrived ticket")
    counts = dict(word.split("=") for word in end.split() if "=" in word)
    need(int(counts["drawn"]) > 0 and int(counts["frames"]) > 0, "no frames: " + end)


def by_hand_scanner(door, office):
    """With a ticket, on paper, under a hand scanner; and again; and a forged one."""
    ticket, other = (office.people("confirmed")[i]["text"] for i in (1, 3))
    door.open(office.store(door.folder + "/kiosk.db"))
    door.see(IDLE)
    door.picture("idle-no-camera")
    door.scan(ticket)
    door.see("result welcome - still")
    door.picture("welcome")
    door.touch("done")
    door.see("idle present=1")
    # the same text within three seconds is the same scan: others come between
    door.scan(ticket[:-3] + "7/R")
    door.see("result forged - still")
    door.picture("forged")
    door.scan(other)
    door.see("result welcome - still")
    door.scan("https://example.org/")  # no ticket: the screen doesn't care
    door.scan(ticket)
    door.see("result already_in - still")
    door.picture("already-in")
    door.touch("not_me")
    door.see("result unknown - still")
    door.picture("not-me")
    door.touch("done")
    door.see("idle present=2")
    door.close()
    wrote(door, "arrived ticket", "refused forged", "arrived ticket",
          "refused already_in")


def without_a_ticket(door, office):
    """By the ticket's code on the screen's keys, then by name on the keyboard."""
    people = office.people("confirmed")
    names = [row["name"] for row in people]
    by_name = next(row for row in people[4:] if names.count(row["name"]) == 1 and
                   (row["first_name"] + row["name"]).isascii())
    code = people[2]["code"].replace("-", "")
    door.open(office.store(door.folder + "/kiosk.db"))
    door.see(IDLE)
    door.touch("find")
    door.see("search - chars=0 zo.p")
    door.picture("search")
    for count, character in enumerate(code.lower(), 1):
        if not door.has("key:%d" % ord(character)):
            door.touch("digits")  # the small screens' other keys
        door.touch_key(character, "search .* chars=%d" % count)
    door.see("search zo.q")
    door.picture("is-it-you")
    door.touch("yes")
    door.see("result welcome - still")
    door.picture("welcome-by-code")
    door.touch("done")
    door.see("idle present=1")
    door.type("Xaviera Nobody")
    door.see("search - chars=14 zo.none")
    door.picture("nobody")
    door.hold("delete")  # a finger that stays there takes one letter after the other
    door.see("search - chars=[0-7] ")
    door.let_go()
    door.touch("clear" if door.has("clear:0") else "back")
    door.see("search - chars=0|idle")
    if door.words().split()[1] == "idle":
        door.touch("find")
    door.type("%s %s" % (by_name["first_name"], by_name["name"]))
    door.see("search zo.q")
    door.key("Return")
    door.see("result welcome - still")
    door.picture("welcome-by-name")
    door.touch("not_me")  # undone, and back to looking
    door.see("idle present=1|search|result")
    door.picture("not-me")
    door.close()
    wrote(door, "arrived code", "arrived name", "undone")


def wrong_circle(door, office):
    """Somebody else's circle, in Dutch and in English; with and without a free place."""
    stranger = office.people("confirmed", ELSEWHERE)[0]["text"]
    store = office.store(door.folder + "/kiosk.db")
    door.open(store)
    door.see(IDLE)
    door.scan(stranger)
    door.see("result other_session - still")
    door.picture("full")
    door.touch("done")
    door.see(IDLE)
    door.close()
    door.open(store, "none", LATER)
    door.see(IDLE)
    door.touch("language:2")
    door.see(IDLE_EN)
    door.picture("idle-en")
    door.scan(stranger)
    door.see("result other_session - en still")
    door.picture("room-en")
    door.touch("staff_admit")
    enter_pin(door)
    door.see("result welcome - .*still")
    door.picture("guest-welcome")
    door.close()
    wrote(door, "refused other_session", "released", "refused other_session",
          "arrived guest")


def on_the_waitlist(door, office):
    """Waiting: no place yet; then there is one, in English; staff let them in."""
    first, third = (office.people("waitlisted")[i]["text"] for i in (0, 2))
    store = office.store(door.folder + "/kiosk.db")
    door.open(store)
    door.see(IDLE)
    door.scan(first)
    door.see("result waitlisted - still")
    door.picture("waiting")
    door.touch("done")
    door.see(IDLE)
    door.close()
    door.open(store, "none", LATER, "--language", "en")
    door.see(IDLE_EN)
    door.scan(third)
    door.see("result waitlisted - en still")
    door.picture("third-en")
    door.touch("done")
    door.see(IDLE_EN)
    door.scan(first)
    door.see("result waitlisted - en still")
    door.picture("place-free-en")
    door.touch("staff_admit")
    enter_pin(door)
    door.see("result welcome - en still")
    door.picture("admitted-en")
    door.touch("done")
    door.see("idle present=1")
    door.close()
    wrote(door, "refused waitlisted", "released", "refused waitlisted",
          "refused waitlisted", "arrived waitlist")


def open_staff(door):
    door.see(IDLE)
    open_staff_now(door)


def open_staff_now(door):
    door.touch("staff")
    enter_pin(door)
    door.see("staff 0 rows=[1-9]")


def staff(door, office):
    """A queue at the desk: check in, undo, redo, substitute, leave, somebody new."""
    door.open(office.store(door.folder + "/kiosk.db"), "none", LATER)
    open_staff(door)
    door.picture("list")
    door.drag("row_more:4", -250)  # the list follows the finger
    door.see("staff 0 rows=[1-9] .*first=9 ")
    door.drag("row_more:0", 250)
    door.see("staff 0 rows=[1-9] .*first=1 ")
    door.touch("row:0")
    door.see("staff 0 .*present=1 toast=to.in")
    door.picture("checked-in")
    door.touch("row:0")
    door.see("staff 0 .*toast=st.undone")
    door.picture("undone")
    door.touch("redo")
    door.see("staff 0 .*present=1 toast=to.in")
    door.touch("row_more:0")
    door.see("staff 0 .*more=0")
    door.picture("history")
    door.touch("row_more:0")
    door.see("staff 0 .*more=-1")
    door.touch("row_more:1")
    door.see("staff 0 .*more=1")
    door.picture("more")
    door.touch("substitute:1")
    door.see("form 1 ")
    door.touch("audience_yes")
    door.see("form 1 step=3")
    door.type("Ayla Visser")
    door.see("form 1 .*chars=11")
    door.picture("substitute")
    door.touch("admit")
    door.see("staff 0 .*present=2")
    door.picture("substituted")
    door.touch("tab:1")
    door.see("staff 1 rows=2")
    door.touch("row_more:0")
    door.see("staff 1 .*more=0")
    door.touch("leaves:0")
    door.see("staff 1 .*present=1 toast=st.gone")
    door.picture("left")
    door.touch("tab:2")
    door.see("staff 2 rows=[1-9]")
    door.picture("waitlist")
    door.touch("row:0")
    door.see("staff 2 .*present=2 toast=to.in")
    door.touch("walk_in")
    door.see("form 0 step=0")
    door.picture("walk-in-ask")
    door.touch("audience_yes")
    door.see("form 0 step=2")
    door.picture("walk-in-region")
    door.touch("region:0")
    door.see("form 0 step=3")
    door.type("Noor el Amrani")
    door.see("form 0 .*chars=14")
    door.picture("walk-in-name")
    door.touch("admit")
    door.see("staff 2 .*present=3 toast=to.in")
    door.type("ca")  # the search has the focus
    door.see("staff 2 rows=[0-9]+ present=3")
    door.picture("search")
    door.touch("kiosk")
    door.see("kiosk")
    door.picture("kiosk")
    door.touch("check")
    door.see("check volume=100")
    door.touch("volume")
    door.see("check volume=75")
    door.picture("check")
    door.touch("back")
    door.see("kiosk")
    door.touch("back")
    door.see("staff")
    door.touch("evacuate")
    door.see("evacuation")
    door.picture("evacuation")
    door.touch("back")
    door.see("staff")
    door.touch("lock")
    door.see("idle present=3")
    door.close()
    wrote(door, "released", "arrived name", "undone", "arrived name",
          "arrived substitute", "left", "arrived waitlist", "arrived walk_in")


def first_start(door, office):
    """No store yet: a code that is none, then the enrolment's QR before the camera."""
    enrolment, _ = office.enrolment_alone("by-code")
    folder = os.path.join(door.folder, "camera")
    os.makedirs(folder)
    hall = os.path.join(folder, "01-empty@4s.png")
    empty_hall(hall)
    code = os.path.join(door.folder, "enrolment.png")
    run("rsvg-convert", "-w", "660", "-o", code, enrolment + ".svg")
    held_up(hall, code, os.path.join(folder, "02-enrolment@3600s.png"), 640, 0)
    door.open(door.folder + "/kiosk.db", "images:" + folder, "2025-03-18T12:50:00")
    door.see("first_start - outcome=-.*still")
    door.picture("first-start")
    door.scan("https://example.org/not-an-enrolment")
    door.see("first_start - outcome=en.bad")
    door.picture("bad-code")
    door.touch("scan_enrolment")
    door.see("first_start .* scanning")
    door.picture("scanning")
    door.see(IDLE)
    door.picture("idle")
    need(os.stat(door.folder + "/kiosk.db").st_mode & 0o777 == 0o600, "an open store")
    door.close()


def miss(door, digits):
    for count, digit in enumerate(digits, 1):
        door.touch("key:%d" % ord(digit))
        if count < len(digits):
            door.see("pin digits=%d" % count)


def wrong_pin(door, office):
    """Wrong five times: it waits 10, 30, then 120 s; a restart is no way around it."""
    store = office.store(door.folder + "/kiosk.db")
    door.open(store)
    door.see(IDLE)
    door.touch("staff")
    door.see("pin digits=0 pin.p")
    door.picture("pin")
    for left in (2, 1):
        miss(door, "123456")
        door.see("pin digits=0 pin.bad still")
    door.picture("missed-twice")
    miss(door, "123456")
    door.see("pin digits=0 pin.wait locked still")
    door.picture("wait-10")
    door.see("pin digits=0 pin.bad still")
    miss(door, "123456")
    door.see("pin digits=0 pin.wait locked still")
    door.picture("wait-30")
    door.close(signal.SIGKILL)
    door.open(store)
    door.see(IDLE)
    door.touch("staff")
    door.see("pin digits=0 pin.wait locked still")
    door.see("pin digits=0 pin.p still")
    miss(door, "123456")
    door.see("pin digits=0 pin.wait locked still")
    door.picture("wait-120")
    door.close()
    door.open(store)
    door.see(IDLE)
    door.touch("staff")
    door.see("pin digits=0 pin.wait locked still")
    door.type(PIN)  # the right one, while it waits: no
    door.touch("language:2" if door.has("language:2") else "back")
    door.see("pin .*locked en|idle")
    need(not any(" staff " in line for line in door.lines), "staff with a wrong PIN")
    door.close()


def by_keyboard(door, office):
    """No finger, no mouse: every step by Tab, Enter, Escape and letters, in English."""
    person, late = (office.people("confirmed")[i] for i in (5, 6))
    store = office.store(door.folder + "/kiosk.db")
    door.open(store)
    door.see(IDLE)
    door.press("language:2")
    door.see("idle .*en still")
    door.press("find")
    door.see("search - chars=0 zo.p")
    door.type(person["code"])
    door.see("search zo.q")
    door.picture("is-it-you")
    door.press("yes")
    door.see("result welcome - en still")
    door.picture("welcome")
    door.press("done")
    door.see("idle present=1 .*still")
    door.press("staff")
    door.see("pin digits=0 pin.p")
    door.key("Escape")
    door.see("idle present=1 .*still")
    door.press("staff")
    enter_pin(door)
    door.see("staff 0 rows=[1-9]")
    door.type(late["code"][:4])  # the search has the focus
    door.see("staff 0 rows=1 .*still")
    door.press("row:0")
    door.see("staff 0 .*present=2 toast=to.in")
    door.picture("checked-in")
    door.press("redo")
    door.see("staff 0 .*present=1 toast=st.undone")
    door.press("lock")
    door.see("idle present=1 ")
    door.close()
    wrote(door, "arrived code", "arrived name", "undone")


def read_aloud(door, office):
    """By keyboard and ear: what the ring is on, how loud, and nobody's name."""
    person = office.people("confirmed")[1]
    door.listen()
    door.open(office.store(door.folder + "/kiosk.db"))
    door.see(IDLE)
    door.press("read_aloud")
    door.hear("-v nl .*-a 100 --stdin\n")
    door.hear("Typ je code of je naam")
    door.press("louder")
    door.hear("Harder, nu 4 van 4, knop\n")
    door.hear("-v nl .*-a 12 --stdin\n")
    door.picture("idle")
    door.press("language:2")
    door.hear("English, knop\n")
    door.hear("-v en .*-a 12 --stdin\n")
    door.scan(person["text"])
    door.see("result welcome - en still")
    door.picture("welcome")
    heard = door.hear("You are checked in\n")
    door.press("done")
    heard += door.hear("Done · .*, button\n")
    for word in (person["first_name"], person["name"], person["school"]):
        need(word not in heard, "was said: " + word)
    door.see(IDLE)
    need(door.has("read_aloud:0") and not door.has("louder:0"), "it is still read aloud")
    door.close()


def first_start_by_stick(door, office):
    """No store: the enrolment's file on a USB stick; the kiosk has the whole screen, and
    nobody but itself to make it so."""
    stick = os.path.join(door.folder, "stick")
    door.open(door.folder + "/kiosk.db", "none", "2025-03-18T12:50:00", window=WHOLE)
    door.see("first_start - outcome=-.*still")
    need(int(door.place("usb_enrolment")[0]) > door.size[0] / 2, "not the whole screen")
    door.touch("usb_enrolment")
    door.see("first_start - outcome=de.usbin")
    os.makedirs(stick)  # it is looked for again and again
    door.see("first_start - outcome=en.nofile")
    door.picture("nothing-on-the-stick")
    shutil.copy(office.enrolment_alone("by-stick")[0], stick)
    door.see(IDLE)
    door.picture("idle")
    door.close()
    wrote(door)


def spoil(store, at, bytes_):
    with open(store, "r+b") as file:
        file.seek(at)
        file.write(bytes_)


def broken_stores(door, office):
    """A newer store, and a damaged one: each goes aside for an enrolment, and staff are
    told under which name."""
    store = office.store(door.folder + "/kiosk.db")
    shutil.copy(office.first + ".credentials", store + ".credentials")
    spoil(store, 60, bytes((0, 0, 0, 99)))
    stick = os.path.join(door.folder, "stick")
    os.makedirs(stick)
    shutil.copy(office.enrolment_alone("broken")[0], stick)
    door.open(store, "none", "2025-03-18T12:50:00")
    door.see("fault df.h ft.newer")
    door.picture("newer")
    door.touch("scan_enrolment")
    door.see("first_start ")
    door.touch("back")
    door.see("fault df.h ft.newer")
    door.touch("scan_enrolment")
    door.see("first_start ")
    door.touch("usb_enrolment")
    door.see(IDLE)
    door.close()
    spoil(store, 36, bytes((0, 0, 0, 5)))
    door.open(store, "none", "2025-03-18T12:50:00")
    door.see("fault df.h ft.corrupt")
    door.picture("damaged")
    door.touch("usb")  # what can be read
    door.see("fault df.h de.usbok")
    door.touch("scan_enrolment")
    door.see("first_start ")
    door.touch("usb_enrolment")
    door.see(IDLE)
    open_staff_now(door)
    door.touch("kiosk")
    door.see("kiosk")
    door.picture("told")
    door.close()
    for name in ("newer.1", "damaged.1"):
        need(os.path.exists(store + "." + name), "not kept: " + name)
        need(os.path.exists(store + "." + name + ".credentials"), "no keys: " + name)
    need(any(name.endswith(".bwe") for _, _, names in os.walk(stick) for name in names),
         "nothing on the stick")


def nothing_to_draw_with(door, office):
    """No pictures: a window says so, and a touch ends it."""
    door.environment["BW_ASSETS"] = "/nonexistent"
    door.open(door.folder + "/kiosk.db")
    until = time.monotonic() + PATIENCE_S
    while not door.is_painted():
        need(time.monotonic() < until, "no window")
    door.picture("said")
    door.xdotool("mousemove", "300", "300", "click", "1")
    status = door.process.wait(PATIENCE_S)
    need(status == 3, "it ended with %d" % status)
    os.close(door.pipe)
    door.process = door.pipe = None


def rehearsal(door, office):
    """Staff practise with real tickets: the screen says so, and none of it counts."""
    ticket = office.people("confirmed")[1]["text"]
    door.open(office.store(door.folder + "/kiosk.db"))
    open_staff(door)
    door.touch("kiosk")
    door.see("kiosk")
    door.touch("check")
    door.see("check ")
    door.touch("rehearse")
    door.see(IDLE)
    door.picture("idle")
    door.scan(ticket)
    door.see("result welcome - still")
    door.picture("welcome")
    door.touch("done")
    door.see("idle present=1 .*still")
    door.touch("staff")
    enter_pin(door)
    door.see("staff 0 rows=[1-9]")
    door.picture("staff")
    door.touch("kiosk")
    door.see("kiosk")
    door.picture("kiosk")
    door.touch("rehearse")  # the way out is at hand
    door.see("idle present=0")
    door.close()
    wrote(door)


def monkey(door, office):
    """Fingers and keys at random, and tickets between them: nobody gets behind it."""
    dice = random.Random(20250325)
    tickets = [row["text"] for row in office.people("confirmed")[:4]]
    tickets += [office.people("waitlisted")[0]["text"], PIN, "https://example.org/"]
    door.open(office.store(door.folder + "/kiosk.db"), window=WHOLE)
    door.see(IDLE)
    rounds, shown = 0, set()
    while rounds < 12 or (rounds < 40 and "pin" not in shown):
        door.at_random(dice, 20)
        door.drain()
        door.scan(dice.choice(tickets))
        door.drain()
        rounds += 1
        shown = {line.split()[1] for line in door.lines}
    need(shown <= {"idle", "result", "search", "pin", "agenda"}, "shown: %s" % shown)
    need({"result", "search", "pin"} <= shown, "it did not get around: %s" % shown)
    door.picture("afterwards")
    door.key("Escape")  # from wherever it stands
    door.drain()
    door.scan(office.people("confirmed")[9]["text"])
    door.see("result welcome - ")
    door.close()


# The scanner's layout and the machine's, milliseconds a character, what is typed.
SCANNERS = (
    ("us", "us", 1, "{}\n"), ("us", "us", 0.2, "{}\n"), ("us", "us", 0.2, "]Q1{}"),
    ("us", "us", 60, "{}\t"), ("us", "de", 0.2, "{}"), ("us", "fr", 1, "]Q1{}\n\t"),
    ("us", "be", 5, "\\000026{}\n"), ("de", "de", 1, "{}\t"), ("de", "us", 0.5, "\x02{}\n"),
    ("fr", "fr", 1, "]Q1{} \n"), ("fr", "us", 0.2, "{}"), ("fr", "de", 5, "\\000026{}\t"),
    ("be", "be", 1, "{}{}\n"), ("be", "fr", 0.2, "{}\n"), ("be", "us", 20, "]Q1{}"),
    ("us", "us", 2, "small {}\n"),
)


def by_hand_scanners(door, office):
    """Scanners as people have them: two tickets in each setting, all welcome, once."""
    people = office.people("confirmed")
    door.open(office.store(door.folder + "/kiosk.db"))
    door.see(IDLE)
    scanner, scanned = HandScanner(door.environment), 0
    for number, (layout, machine, gap_ms, around) in enumerate(SCANNERS):
        scanner.machine(machine)
        for person in people[2 * number:2 * number + 2]:
            text = around.replace("{}", person["text"])
            text = text[6:].lower() if around.startswith("small ") else text
            scanner.type(text, layout, gap_ms / 1000)
            scanned += 1
            try:
                door.see("result welcome - ")
                door.touch("done")
                door.see("idle present=%d" % scanned)
            except Missing as why:
                raise Missing("%s on %s, %s ms, %r: %s" % (
                    layout, machine, gap_ms, around, why)) from None
    scanner.close()
    need(not any(" search" in line.split("\t")[0] for line in door.lines),
         "it was typed into the search")
    door.close()
    wrote(door, *["arrived ticket"] * (2 * len(SCANNERS)))


def typed_then_touched(door, office):
    """A name typed in haste, and a touch at once: the letters are in the field that they
    were typed into; a ticket that is scanned meanwhile stays whole."""
    ticket = office.people("confirmed")[0]["text"]
    door.open(office.store(door.folder + "/kiosk.db"), "none", LATER)
    open_staff(door)
    door.touch("walk_in")
    door.see("form 0 step=0")
    door.touch("audience_yes")
    door.see("form 0 step=2")
    door.touch("region:0")
    door.see("form 0 step=3 field=0")
    school = ("mousemove", *door.place("field:1"), "click", "1")
    scanner = HandScanner(door.environment)
    scanner.type("noor vos", "us", 0.001)
    door.touch("field:1")
    scanner.close()
    door.see("form 0 step=3 field=1 chars=0 ")
    door.touch("field:0")
    shown = door.see("form 0 step=3 field=0 ")
    need(" chars=8 " in shown, "the name came after the touch: " + shown.split("\t")[0])
    door.xdotool("type", "--delay", "8", "--args", "1", ticket[:60], *school,
                 "type", "--delay", "8", "--args", "1", ticket[60:], "key", "Return")
    door.see("form 0 step=3 field=1 chars=0 .*notice=to.in")
    door.touch("field:0")
    door.see("form 0 step=3 field=0 chars=8 ")
    door.close()
    wrote(door, "released", "arrived ticket")


def dead_keys(door, office):
    """A name with accents, on a keyboard that has them as dead keys: by the kiosk's own
    table, where Xlib's for UTF-8 would be read."""
    store = office.store(door.folder + "/kiosk.db")
    door.environment["LC_ALL"] = "C.UTF-8"
    scanner = HandScanner(door.environment)
    scanner.machine("de")
    door.open(store, "none", LATER)
    open_staff(door)
    door.touch("walk_in")
    door.see("form 0 step=0")
    door.touch("audience_yes")
    door.see("form 0 step=2")
    door.touch("region:0")
    door.see("form 0 step=3")
    for typed in "Ren", ("dead_acute", "e"), " Ch", ("dead_circumflex", "a"), "teau":
        if isinstance(typed, str):
            door.type(typed)
        else:
            door.key(typed[0])
            door.key(typed[1])
    door.see("form 0 .*chars=14")  # bytes: two of the letters have two
    door.picture("name")
    door.touch("admit")
    door.see("staff . .*present=1 toast=to.in")
    scanner.close()
    door.close()
    said = run(door.kiosk, "--store", store, "door",
               input="pin\t%s\nsearch\tchateau\n" % PIN)
    names = [one["name"] for one in json.loads(said.splitlines()[-1])["results"]]
    need(names == ["Château"], "not the name that was typed: " + said)


def scans_of_staff(door, office):
    """A hand scanner goes on while staff are at a form, the status and the evacuation; the
    PIN pad says that it takes none; keys that went elsewhere come back at a touch."""
    tickets = [office.people("confirmed")[i]["text"] for i in range(5)]
    door.open(office.store(door.folder + "/kiosk.db"))
    door.see(IDLE)
    door.touch("staff")
    door.see("pin")
    door.scan(tickets[0])
    door.see("pin digits=0 scan.pin")
    door.picture("pin")
    enter_pin(door)
    door.see("staff 0 rows=[1-9]")
    door.touch("walk_in")
    door.see("form 0 step=0")
    door.scan(tickets[0])
    door.see("form 0 step=0 .*notice=to.in")
    door.picture("form")
    door.key("Escape")
    door.see("staff 0 ")
    door.touch("kiosk")
    door.see("kiosk")
    door.scan(tickets[1])
    door.see("kiosk .*notice=to.in")
    door.picture("kiosk")
    door.touch("back")
    door.see("staff 0 ")
    door.touch("evacuate")
    door.see("evacuation")
    door.scan(tickets[2])
    door.see("evacuation .*notice=to.in")
    door.picture("evacuation")
    door.lose_keys()
    door.see("evacuation .*notice=scan.deaf")
    door.picture("deaf")
    door.touch("back")
    door.see("staff 0 .*present=3")
    door.scan(tickets[3])
    door.see("staff 0 .*present=4 toast=to.in")
    door.close(signal.SIGHUP)
    wrote(door, *["arrived ticket"] * 4)


def under_the_finger(door, office):
    """A finger acts on what stood there when it came down, whatever stands there when it
    is lifted: another visitor's answer, another person's row."""
    people = office.people("confirmed")
    last = max(people, key=lambda row: row["name"].split()[-1].lower())
    store = office.store(door.folder + "/kiosk.db")
    door.open(store)
    door.see(IDLE)
    door.scan(people[0]["text"])
    door.see("result welcome - still")
    door.close()
    door.open(store, "none", LATER)
    door.see("idle present=1 .*roster=1 still")
    door.scan(people[1]["text"])
    door.see("result welcome - still")
    door.hold("not_me")
    door.scan(people[0]["text"])
    door.see("result already_in - still")
    door.let_go()  # "that's not me" was about the visitor before
    door.key("Escape")
    door.see("idle present=2")
    need(not any(" result unknown " in line for line in door.lines), "not the other's")
    open_staff_now(door)
    door.hold("row:0")
    door.type(last["name"].split()[-1])
    door.see("staff 0 rows=[12] ")
    door.picture("another-row")
    door.let_go()
    door.hold("row:0")
    door.key("Escape")  # the whole list, in which the person stands elsewhere
    door.see("staff 0 rows=8 ")
    door.let_go()
    door.touch("tab:1")
    door.see("staff 1 rows=2")
    door.touch("lock")
    door.see("idle present=2")
    door.close()
    wrote(door, "arrived ticket", "released", "arrived ticket", "refused already_in")


# Name: the walk, and the size it is walked at where none is asked for.
WALKS = {
    "wrong_pin": (wrong_pin, (1280, 800)),
    "staff": (staff, (1280, 800)),
    "scans_of_staff": (scans_of_staff, (1280, 800)),
    "under_the_finger": (under_the_finger, (1280, 800)),
    "without_a_ticket": (without_a_ticket, (1080, 1920)),
    "on_the_waitlist": (on_the_waitlist, (1920, 1080)),
    "wrong_circle": (wrong_circle, (1280, 800)),
    "by_hand_scanner": (by_hand_scanner, (1080, 1920)),
    "by_hand_scanners": (by_hand_scanners, (1280, 800)),
    "by_camera": (by_camera, (1920, 1080)),
    "first_start": (first_start, (1280, 800)),
    "first_start_by_stick": (first_start_by_stick, (1920, 1080)),
    "broken_stores": (broken_stores, (1280, 800)),
    "nothing_to_draw_with": (nothing_to_draw_with, (1280, 800)),
    "by_keyboard": (by_keyboard, (1280, 800)),
    "typed_then_touched": (typed_then_touched, (1280, 800)),
    "dead_keys": (dead_keys, (1280, 800)),
    "read_aloud": (read_aloud, (1920, 1080)),
    "rehearsal": (rehearsal, (1280, 800)),
    "monkey": (monkey, (1280, 800)),
}
