/* The kiosk itself: its page, first start, faults, agenda, evacuation,
 * the check: see samples_parts.h. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

static void
set_tile(struct bw_tile *tile, const char *title, const char *icon, const char *line1,
    const char *line2)
{
    SET(tile->title, title);
    SET(tile->icon, icon);
    SET(tile->line1, line1);
    SET(tile->line2, line2);
    tile->values.time_ms = AT(12, 40);
    tile->values.n = 3;
    SET(tile->values.id, "Zuil 2");
}

void
sample_kiosk(struct bw_view *view)
{
    view->screen = BW_SCREEN_KIOSK;
    view->staff_left_s = 102;
    struct bw_tile *tiles = view->kiosk.tiles;
    set_tile(&tiles[0], "de.sync", "list", "de.sync1", "de.sync2");
    set_tile(&tiles[1], "de.pend", "outbox", "de.pend1", "de.pend2");
    set_tile(&tiles[2], "de.stor", "storage", "de.stor1", "de.stor2");
    set_tile(&tiles[3], "de.cam", "camera", "de.cam1", "");
    set_tile(&tiles[4], "de.oth", "kiosk-pair", "de.oth1", "de.oth2");
    set_tile(&tiles[5], "de.pow", "plug", "de.pow1", "de.pow2");
    tiles[2].values.n = 21;
    tiles[2].values.m = 4;
    tiles[5].values.n = 18;
    tiles[5].state = BW_TILE_LOOK;
    sample_button(view, BW_ACTION_UPDATE, BW_BUTTON_PRIMARY, "de.b1", "sync");
    sample_button(view, BW_ACTION_FETCH, BW_BUTTON_SECONDARY, "nl.b2", "inbox");
    sample_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    sample_button(view, BW_ACTION_CHECK, BW_BUTTON_SECONDARY, "de.check", "check-circle");
    sample_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY, "re.start", "star");
    sample_button(view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    sample_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    sample_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
}

/* A suspect clock, and a choice of sessions: all the buttons there can be; what was not
 * sent for long. */
void
sample_kiosk_waiting(struct bw_view *view)
{
    sample_kiosk(view);
    view->kiosk.tiles[1].state = BW_TILE_WAITING;
    view->buttons_count -= 3;
    sample_button(
        view, BW_ACTION_CONFIRM_CLOCK, BW_BUTTON_SECONDARY, "de.clockb", "clock");
    sample_button(view, BW_ACTION_SWITCH, BW_BUTTON_SECONDARY, "de.session", "list");
    sample_button(view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    sample_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    sample_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
}

/* A disk that runs full: one button more needed, one that can wait is gone. */
void
sample_kiosk_low(struct bw_view *view)
{
    sample_kiosk(view);
    struct bw_tile *tile = &view->kiosk.tiles[2];
    set_tile(tile, "de.stor", "storage", "de.stor0", "de.storlow");
    tile->values.n = 340;
    tile->state = BW_TILE_LOOK;
    view->buttons[0].kind = BW_BUTTON_SECONDARY;
    struct bw_button *check = &view->buttons[3];
    check->action = BW_ACTION_TIDY;
    check->kind = BW_BUTTON_PRIMARY;
    SET(check->key, "de.tidy");
    SET(check->icon, "storage");
    SET(view->kiosk.outcome, "de.tidylow");
}

void
sample_kiosk_aside(struct bw_view *view)
{
    sample_kiosk(view);
    struct bw_tile *tile = &view->kiosk.tiles[2];
    set_tile(tile, "de.stor", "storage", "de.aside", "de.aside2");
    SET(tile->values.x, "kiosk.db.damaged.1");
    tile->state = BW_TILE_LOOK;
}

void
sample_kiosk_busy(struct bw_view *view)
{
    sample_kiosk(view);
    view->kiosk.tiles[0].state = BW_TILE_BUSY;
    SET(view->kiosk.busy, "de.busy");
}

void
sample_kiosk_sessions(struct bw_view *view)
{
    static const char *const titles[] = {
        "Leerkring Groningen", "Training gesprekken", "Leerkring Assen"};
    sample_kiosk(view);
    view->kiosk.choosing = true;
    view->kiosk.sessions_count = 3;
    for (int i = 0; i < 3; i++) {
        SET(view->kiosk.sessions[i].title, titles[i]);
        view->kiosk.sessions[i].starts_ms = AT(13, 30) + i * DAY_MS;
        view->kiosk.sessions[i].active = i == 0;
    }
}

void
sample_kiosk_closing(struct bw_view *view)
{
    sample_kiosk(view);
    view->kiosk.closing = true;
    view->kiosk.values.m = 47;
    view->kiosk.values.n = 3;
}

void
sample_kiosk_closed(struct bw_view *view)
{
    sample_kiosk_closing(view);
    view->kiosk.values.n = 0;
    view->overview.unsent = view->overview.unsent_check_ins = 0;
}

void
sample_first_start(struct bw_view *view)
{
    view->screen = BW_SCREEN_FIRST_START;
    view->overview.has_roster = false;
    view->overview.device_name[0] = '\0';
}

void
sample_no_roster(struct bw_view *view)
{
    view->screen = BW_SCREEN_NO_ROSTER;
    view->overview.has_roster = false;
    view->values.time_ms = AT(12, 38);
    sample_button(view, BW_ACTION_FETCH, BW_BUTTON_PRIMARY, "nl.b1", "sync");
    sample_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "nl.b2", "usb");
}

static void
set_fault(struct bw_view *view, const char *help)
{
    view->screen = BW_SCREEN_FAULT;
    view->overview.has_roster = false;
    SET(view->fault, "df.h");
    SET(view->fault_help, help);
}

void
sample_fault(struct bw_view *view)
{
    set_fault(view, "df.p");
    sample_button(view, BW_ACTION_STAFF, BW_BUTTON_PRIMARY, "df.b1", "lock");
}

void
sample_fault_copy(struct bw_view *view)
{
    set_fault(view, "ft.refused");
    sample_button(view, BW_ACTION_STAFF, BW_BUTTON_PRIMARY, "ft.save", "lock");
    sample_button(view, BW_ACTION_SCAN_ENROLMENT, BW_BUTTON_SECONDARY, "ft.enrol", "qr");
}

void
sample_fault_damaged(struct bw_view *view)
{
    set_fault(view, "ft.corrupt");
    sample_button(view, BW_ACTION_SCAN_ENROLMENT, BW_BUTTON_PRIMARY, "ft.enrol", "qr");
    sample_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    sample_button(view, BW_ACTION_STAFF, BW_BUTTON_SECONDARY, "ft.why", "info");
}

void
sample_fault_newer(struct bw_view *view)
{
    set_fault(view, "ft.newer");
    sample_button(view, BW_ACTION_FETCH, BW_BUTTON_PRIMARY, "ft.retry", "sync");
    sample_button(view, BW_ACTION_SCAN_ENROLMENT, BW_BUTTON_SECONDARY, "ft.enrol", "qr");
    sample_button(view, BW_ACTION_STAFF, BW_BUTTON_SECONDARY, "ft.why", "info");
}

void
sample_fault_details(struct bw_view *view)
{
    sample_fault_newer(view);
    SET(view->fault_text,
        "Opening the store /var/lib/brugwachter/kiosk.db failed: it was made by a newer "
        "version (5; this program knows 4). Update this program.");
}

void
sample_enrol_again(struct bw_view *view)
{
    sample_first_start(view);
    sample_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
}

void
sample_agenda(struct bw_view *view)
{
    static const char *const titles[] = {
        "Huisbezoeken en ouders", "Armoede en school", "Handreiking brugfunctionaris"};
    view->screen = BW_SCREEN_AGENDA;
    view->agenda.count = 3;
    for (int i = 0; i < 3; i++) {
        struct bw_agenda_item *item = &view->agenda.items[i];
        SET(item->kind, i < 2 ? "question_hour" : "handbook");
        SET(item->title, titles[i]);
        SET(item->audience, i ? "brugfunctionaris" : "brugfunctionaris;schoolleider");
        SET(item->url, "https://voorbeeld.example/question_hour");
        item->starts_ms = i < 2 ? AT(15, 30) + (14 + i * 15) * DAY_MS : 0;
        item->ends_ms = item->starts_ms + 3600000;
    }
}

void
sample_agenda_strolling(struct bw_view *view)
{
    sample_agenda(view);
    view->mono_ms += 5000; /* a stroll begins with every fifth minute */
}

void
sample_agenda_empty(struct bw_view *view)
{
    view->screen = BW_SCREEN_AGENDA;
}

/* A few, all on one page; no printer. */
void
sample_evacuation(struct bw_view *view)
{
    sample_staff_present(view, 7);
    view->overview.ledger.present = view->staff.total = 7;
    view->staff_left_s = 0;
    view->screen = BW_SCREEN_EVACUATION;
}

void
sample_evacuation_names(struct bw_view *view)
{
    sample_staff_present(view, 24);
    view->staff.total = 32;
    view->staff.lists = true;
    view->staff_left_s = 0;
    view->screen = BW_SCREEN_EVACUATION;
}

void
sample_check(struct bw_view *view)
{
    view->screen = BW_SCREEN_CHECK;
    view->staff_left_s = 102;
    view->check = (struct bw_check_view){.has_camera = true,
        .camera = BW_LIGHT_GREEN,
        .sound = BW_LIGHT_WAITING,
        .touch = BW_LIGHT_WAITING,
        .clock = BW_LIGHT_GREEN,
        .roster = BW_LIGHT_GREEN,
        .disk = BW_LIGHT_GREEN,
        .sync = BW_LIGHT_LOOK,
        .power = BW_LIGHT_GREEN,
        .camera_choice = true,
        .corners = 5};
    SET(view->check.camera_name, "HD Pro Webcam C920");
    sample_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    sample_button(view, BW_ACTION_SOUND_TEST, BW_BUTTON_PRIMARY, "de.b3", "sound-on");
    sample_button(view, BW_ACTION_VOLUME, BW_BUTTON_SECONDARY, "de.volume", "sound-on");
    view->values.n = 75;
    sample_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY, "re.start", "star");
}

void
sample_check_good(struct bw_view *view)
{
    sample_check(view);
    view->buttons[1].kind = BW_BUTTON_SECONDARY;
    view->check = (struct bw_check_view){.has_camera = true,
        .camera = BW_LIGHT_GREEN,
        .sound = BW_LIGHT_GREEN,
        .touch = BW_LIGHT_GREEN,
        .clock = BW_LIGHT_GREEN,
        .roster = BW_LIGHT_GREEN,
        .disk = BW_LIGHT_GREEN,
        .sync = BW_LIGHT_GREEN,
        .power = BW_LIGHT_GREEN,
        .corners = 15};
}
