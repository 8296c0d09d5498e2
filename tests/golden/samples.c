/* 18 March 2025, the circle of Groningen, 13.12 on the clock. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

static void
set_session(struct bw_session *session)
{
    session->session_no = 1;
    SET(session->code, "GRO-2025-03-18");
    SET(session->title, "Leerkring Groningen");
    SET(session->kind, "leerkring");
    SET(session->region, "Noord");
    SET(session->venue, "Het Heerenhuis, Groningen");
    SET(session->timezone, "Europe/Amsterdam");
    SET(session->go_to, "");
    SET(session->desk, "de balie");
    session->starts_ms = AT(13, 30);
    session->ends_ms = AT(16, 30);
    session->capacity = 50;
}

static void
set_overview(struct bw_overview *overview)
{
    static const char *const regions[] = {"Noord", "Oost", "Zuid", "West", "Midden"};
    overview->has_roster = true;
    set_session(&overview->session);
    overview->ledger = (struct bw_ledger){.capacity = 50,
        .present = 32,
        .held = 16,
        .expected = 16,
        .waitlisted = 4,
        .free = 2,
        .walk_ins = 1,
        .guests = 1};
    overview->device = 1;
    SET(overview->device_name, "Zuil 1");
    SET(overview->organiser, "Stichting Leerkringen");
    SET(overview->contact_phone, "050 123 45 67");
    overview->has_pin = true;
    overview->own_sessions = 1;
    overview->roster_ms = AT(12, 40);
    overview->contact_ms = AT(12, 40);
    overview->unsent = overview->unsent_check_ins = 3;
    overview->doors_ms = AT(12, 30);
    overview->release_ms = AT(13, 45);
    overview->free_bytes = INT64_C(21400000000);
    overview->present_waiting = 2;
    overview->peers_count = 1;
    overview->peers[0].device = 2;
    SET(overview->peers[0].name, "Zuil 2");
    overview->peers[0].heard_ms = AT(13, 11);
    overview->regions_count = 5;
    for (int i = 0; i < 5; i++) {
        SET(overview->regions[i], regions[i]);
    }
}

void
sample_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    struct bw_button *button = &view->buttons[view->buttons_count++];
    button->action = action;
    button->kind = kind;
    SET(button->key, key);
    SET(button->icon, icon);
}

/* ---- 01 and 12c ---- */

void
sample_idle(struct bw_view *view)
{
    view->screen = BW_SCREEN_IDLE;
    view->guide_breathes = true;
}

void
sample_idle_online(struct bw_view *view)
{
    sample_idle(view);
    view->overview.contact_ms = AT(13, 10);
    view->guide = BW_GUIDE_NOT_YET;
}

void
sample_idle_other_code(struct bw_view *view)
{
    sample_idle(view);
    view->guide = BW_GUIDE_OTHER;
    view->overview.ledger.released = true;
    view->overview.ledger.held = 0;
    view->overview.ledger.free = 18;
    view->overview.next_position = 3;
}

void
sample_idle_over(struct bw_view *view)
{
    sample_idle(view);
    view->guide = BW_GUIDE_OVER;
    view->guide_breathes = false;
    view->now_ms = AT(18, 0);
    SET(view->values.kind, "leerkring");
    SET(view->values.desk, "de balie");
}

void
sample_idle_larger(struct bw_view *view)
{
    sample_idle(view);
    view->larger = true;
}

void
sample_aloud(struct bw_view *view)
{
    view->aloud = true;
    view->volume = 2;
}

void
sample_idle_aloud(struct bw_view *view)
{
    sample_idle(view);
    sample_aloud(view);
}

void
sample_idle_rehearsal(struct bw_view *view)
{
    sample_idle(view);
    view->rehearsal = true;
}

void
sample_no_camera(struct bw_view *view)
{
    sample_idle(view);
    view->camera_present = false;
    view->hand_scanner = true;
}

void
sample_no_camera_no_scanner(struct bw_view *view)
{
    sample_no_camera(view);
    view->hand_scanner = false;
}

/* By --camera none: nothing is out of order. */
void
sample_no_camera_wanted(struct bw_view *view)
{
    sample_no_camera(view);
    view->camera_wanted = false;
}

#define ROW(name) {#name, sample_##name},

const struct sample samples[] = {SAMPLES(ROW)};
const int samples_count = sizeof samples / sizeof samples[0];

const struct panel panels[] = {
    {"1920x1080", 1920, 1080, 476}, /* 21.5 inch */
    {"1280x800", 1280, 800, 331},   /* 15.4 inch */
    {"1080x1920", 1080, 1920, 268}, /* 21.5 inch, upright */
    {"1024x600", 1024, 600, 223},   /* 10.2 inch */
    {"3840x2160", 3840, 2160, 598}, /* 27 inch */
};
const int panels_count = sizeof panels / sizeof panels[0];

void
sample_view(int number, enum bw_language language, int rows, struct bw_view *ret_view)
{
    memset(ret_view, 0, sizeof *ret_view);
    ret_view->language = language;
    ret_view->now_ms = AT(13, 12);
    ret_view->mono_ms = MONO;
    ret_view->camera_present = true;
    ret_view->camera_wanted = true;
    set_overview(&ret_view->overview);
    samples[number].fill(ret_view);
    if (ret_view->screen == BW_SCREEN_STAFF) {
        const struct bw_ledger *ledger = &ret_view->overview.ledger;
        struct bw_staff_view *staff = &ret_view->staff;
        staff->rows_count = staff->rows_count < rows ? staff->rows_count : rows;
        staff->counts[BW_LIST_EXPECTED] = ledger->expected;
        staff->counts[BW_LIST_PRESENT] = ledger->present;
        staff->counts[BW_LIST_WAITLIST] = ledger->waitlisted + ledger->queued;
        staff->counts[BW_LIST_GUESTS] = ledger->guests + ledger->walk_ins;
    }
}
