/* 18 March 2025, the circle of Groningen, 13.12 on the clock. */
#include "samples.h"

#include <stdio.h>
#include <string.h>

#define AT(hour, minute)                                                                 \
    (INT64_C(1742252400000) + ((hour)*60 + (minute)) * INT64_C(60000))
#define DAY_MS (24 * INT64_C(3600000))
#define MONO INT64_C(900000)

#define SET(field, text) snprintf(field, sizeof(field), "%s", text)

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
    overview->unsent = 3;
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

static void
set_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    struct bw_button *button = &view->buttons[view->buttons_count++];
    button->action = action;
    button->kind = kind;
    SET(button->key, key);
    SET(button->icon, icon);
}

/* ---- 01 and 12c ---------------------------------------------------------------------
 */

static void
idle(struct bw_view *view)
{
    view->screen = BW_SCREEN_IDLE;
    view->guide_breathes = true;
}

static void
idle_online(struct bw_view *view)
{
    idle(view);
    view->overview.contact_ms = AT(13, 10);
    view->guide = BW_GUIDE_NOT_YET;
}

static void
idle_other_code(struct bw_view *view)
{
    idle(view);
    view->guide = BW_GUIDE_OTHER;
    view->overview.ledger.released = true;
    view->overview.next_position = 3;
}

static void
idle_larger(struct bw_view *view)
{
    idle(view);
    view->larger = true;
}

static void
idle_rehearsal(struct bw_view *view)
{
    idle(view);
    view->rehearsal = true;
}

static void
no_camera(struct bw_view *view)
{
    idle(view);
    view->camera_present = false;
    view->hand_scanner = true;
}

static void
no_camera_no_scanner(struct bw_view *view)
{
    no_camera(view);
    view->hand_scanner = false;
}

/* ---- results
 * --------------------------------------------------------------------------- */

struct words {
    enum bw_verdict verdict;
    enum bw_tone tone;
    enum bw_scene scene;
    const char *badge, *kicker, *headline, *help, *name;
    int total_s;
};

static struct bw_result_view *
result(struct bw_view *view, const struct words *words)
{
    struct bw_result_view *r = &view->result;
    view->screen = BW_SCREEN_RESULT;
    r->verdict = words->verdict;
    r->tone = words->tone;
    r->scene = words->scene;
    SET(r->badge, words->badge);
    SET(r->kicker, words->kicker);
    SET(r->headline, words->headline);
    SET(r->help, words->help);
    SET(r->values.name, words->name);
    SET(r->values.kind, "leerkring");
    SET(r->values.desk, "de balie");
    r->shown_ms = MONO - 5000;
    r->total_s = words->total_s;
    r->left_s = words->total_s;
    r->left_part = 0.7F;
    bool short_stay = words->tone == BW_TONE_WELCOME || words->tone == BW_TONE_ALREADY;
    set_button(view, BW_ACTION_DONE, short_stay ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
        short_stay ? "done_s" : "close_s", "");
    return r;
}

static void
quiet_staff(struct bw_view *view, enum bw_action action)
{
    set_button(view, action, BW_BUTTON_QUIET, "staff_btn", "lock");
}

static const struct words welcome_words = {BW_VERDICT_WELCOME, BW_TONE_WELCOME,
    BW_SCENE_WELCOME, "check", "ok.k", "ok.h", "", "Fatima", 5};

static void
welcome(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &welcome_words);
    r->big_name = true;
    r->sign = BW_SIGN_TABLE;
    SET(r->table, "4");
    SET(r->school, "obs De Zonnewijzer");
    set_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
}

static void
welcome_walking(struct bw_view *view)
{
    welcome(view);
    view->result.shown_ms = MONO - 120;
}

static void
welcome_long(struct bw_view *view)
{
    welcome(view);
    SET(view->result.values.name, "Anna-Sophia Wilhelmina Alexandra");
    SET(view->result.school, "Interconfessionele Openbare Basisschool De Zonnewijzer aan "
                             "de Vecht, locatie Oost");
    SET(view->result.go_to, "Ga naar de grote zaal, eerste verdieping");
    SET(view->result.table, "12 bij het raam");
}

static void
welcome_arabic(struct bw_view *view)
{
    welcome(view);
    SET(view->result.values.name, "\xD9\x81\xD8\xA7\xD8\xB7\xD9\x85\xD8\xA9");
    SET(view->result.go_to, "De grote zaal");
}

static void
welcome_guest(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &welcome_words);
    r->big_name = true;
    SET(r->kicker, "ok.guest");
    SET(r->badge, "people");
    SET(r->values.name, "Sjoerd");
    SET(r->school, "cbs De Wegwijzer");
}

static void
welcome_rehearsal(struct bw_view *view)
{
    welcome(view);
    view->rehearsal = true;
}

static void
welcome_larger(struct bw_view *view)
{
    welcome(view);
    view->larger = true;
}

static void
already_in(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_ALREADY_IN, BW_TONE_ALREADY,
        BW_SCENE_ALREADY, "clock", "al.k", "al.h", "al.t", "Annemiek", 6};
    struct bw_result_view *r = result(view, &words);
    r->big_name = true;
    r->values.time_ms = AT(12, 58);
    r->sign = BW_SIGN_TABLE;
    SET(r->table, "2");
    set_button(view, BW_ACTION_NOT_ME, BW_BUTTON_QUIET, "ok.notme", "");
}

static const struct words other_words = {BW_VERDICT_OTHER_SESSION, BW_TONE_OTHER,
    BW_SCENE_OTHER, "signpost", "an.k", "an.h", "an.p", "Sjoerd", 20};

static void
other_session(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &other_words);
    r->sign = BW_SIGN_PLACE;
    r->values.date_ms = AT(13, 30) + 2 * DAY_MS;
    r->values.time_ms = AT(13, 45);
    r->sign_values.date_ms = r->values.date_ms;
    r->sign_values.time_ms = r->values.date_ms;
    SET(r->values.place, "Arnhem");
    SET(r->venue, "Buurthuis De Ark, Arnhem");
    quiet_staff(view, BW_ACTION_STAFF_ADMIT);
}

static void
other_session_full(struct bw_view *view)
{
    other_session(view);
    SET(view->result.help, "an.full");
    view->buttons_count = 1;
}

static void
other_session_nameless(struct bw_view *view)
{
    other_session(view);
    SET(view->result.headline, "an.unknown");
    SET(view->result.help, "an.wait");
    view->result.values.name[0] = '\0';
}

static void
forged(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_FORGED, BW_TONE_HELP, BW_SCENE_UNKNOWN,
        "question", "on.k", "on.h", "on.p", "", 15};
    result(view, &words);
    set_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
replaced(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_REPLACED, BW_TONE_HELP,
        BW_SCENE_UNKNOWN, "ticket", "on.k", "on.rep.h", "on.rep.p", "", 15};
    result(view, &words);
    set_button(view, BW_ACTION_FIND, BW_BUTTON_PRIMARY, "on.b", "search");
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
blocked(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_BLOCKED, BW_TONE_HELP, BW_SCENE_HELP,
        "hand", "on.k", "on.blk.h", "", "", 15};
    result(view, &words);
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
cancelled(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_CANCELLED, BW_TONE_HELP, BW_SCENE_HELP,
        "list", "on.k", "on.can.h", "on.can.p", "", 15};
    result(view, &words);
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
too_early(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_TOO_EARLY, BW_TONE_WAIT,
        BW_SCENE_WAIT_FRONT, "clock", "early.k", "early.h", "early.p", "Noor", 15};
    result(view, &words)->values.time_ms = AT(12, 30);
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
session_over(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_SESSION_OVER, BW_TONE_HELP,
        BW_SCENE_HELP, "calendar", "over.k", "over.h", "over.p", "", 15};
    result(view, &words);
    quiet_staff(view, BW_ACTION_STAFF);
}

static const struct words wait_words = {BW_VERDICT_WAITLISTED, BW_TONE_WAIT,
    BW_SCENE_WAIT_FRONT, "hourglass", "wa.k", "wa.h", "wa.p", "Noor", 20};

static void
waitlisted(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &wait_words);
    r->values.n = 1;
    r->values.f = 2;
    r->sign = BW_SIGN_FREE;
    quiet_staff(view, BW_ACTION_STAFF_ADMIT);
}

static void
waitlisted_behind(struct bw_view *view)
{
    struct bw_result_view *r = result(view, &wait_words);
    r->scene = BW_SCENE_WAIT_BEHIND;
    r->values.n = 4;
    r->values.m = 3;
    r->values.time_ms = AT(13, 45);
    r->sign = BW_SIGN_FULL;
    SET(r->values.name, "Zo\xC3\xAB");
    SET(r->help, "wa.p2");
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
full(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_FULL, BW_TONE_WAIT,
        BW_SCENE_WAIT_BEHIND, "people", "full.k", "full.h", "full.p",
        "Ay\xC5\x9F"
        "e",
        20};
    result(view, &words)->sign = BW_SIGN_FULL;
    quiet_staff(view, BW_ACTION_STAFF);
}

static void
by_name(struct bw_view *view)
{
    static const struct words words = {BW_VERDICT_UNKNOWN, BW_TONE_HELP, BW_SCENE_HELP,
        "hand", "on.k", "zo.ask", "al.name", "", 15};
    result(view, &words);
    quiet_staff(view, BW_ACTION_STAFF);
}

/* ---- 07, 08
 * ------------------------------------------------------------------------------ */

static void
search(struct bw_view *view)
{
    view->screen = BW_SCREEN_SEARCH;
    SET(view->search.text, "fat idr");
    SET(view->search.hint, "zo.p");
}

static void
search_empty_digits(struct bw_view *view)
{
    search(view);
    view->search.text[0] = '\0';
    view->search.digits = true;
}

static void
search_none(struct bw_view *view)
{
    search(view);
    SET(view->search.text, "fatima q");
    SET(view->search.hint, "zo.none");
}

static void
search_confirm(struct bw_view *view)
{
    search(view);
    view->search.confirm = true;
    view->dialog.open = true;
    SET(view->dialog.question, "zo.q");
    SET(view->dialog.values.name, "Fatima I.");
    view->dialog.no = (struct bw_button){.action = BW_ACTION_NO,
        .kind = BW_BUTTON_SECONDARY,
        .key = "zo.no",
        .icon = "arrow-left"};
    view->dialog.yes = (struct bw_button){.action = BW_ACTION_YES,
        .kind = BW_BUTTON_PRIMARY,
        .key = "zo.yes",
        .icon = "check"};
}

static void
search_leaving(struct bw_view *view)
{
    search(view);
    view->search.leaving = true;
    view->dialog.open = true;
    SET(view->dialog.question, "zo.idle");
    view->dialog.values.n = 17;
    view->dialog.yes = (struct bw_button){.action = BW_ACTION_STAY,
        .kind = BW_BUTTON_PRIMARY,
        .key = "zo.stay",
        .icon = "hand"};
}

static void
pin(struct bw_view *view)
{
    view->screen = BW_SCREEN_PIN;
    view->pin.digits = 3;
    view->pin.digits_max = 6;
    SET(view->pin.hint, "pin.p");
}

static void
pin_wrong(struct bw_view *view)
{
    pin(view);
    view->pin.digits = 0;
    view->pin.help = true;
    view->pin.values.n = 2;
    SET(view->pin.values.phone, "050 123 45 67");
    SET(view->pin.hint, "pin.bad");
}

static void
pin_locked(struct bw_view *view)
{
    pin_wrong(view);
    view->pin.locked = true;
    view->pin.values.n = 27;
    SET(view->pin.hint, "pin.wait");
}

/* ---- staff
 * -------------------------------------------------------------------------------- */

struct person {
    const char *first, *name, *school, *region;
};

static const struct person people[] = {
    {"Ay\xC5\x9F"
     "e",
        "Y\xC4\xB1lmaz", "obs De Kade", "Noord"},
    {"Bart", "Schuringa", "ikc Het Palet", "Noord"},
    {"Jan-Willem", "de Boer", "cbs De Wegwijzer", "Noord"},
    {"Khadija", "Bouzid", "obs De Zonnewijzer", "Oost"},
    {"\xC5\x81ukasz", "Kowalski", "sbo De Springplank", "Noord"},
    {"Anna-Sophia", "van der Heijden-Schuurmans Stekhoven",
        "Interconfessionele Openbare Basisschool De Zonnewijzer aan de Vecht", "Zuid"},
    {"Xu\xC3\xA2n", "Nguy\xE1\xBB\x85n", "cbs De Wegwijzer", "Noord"},
    {"Zo\xC3\xAB", "Dijkema", "kbs De Vlonder", "Noord"},
};

static struct bw_row_view *
add_row(struct bw_view *view, enum bw_button_kind kind, const char *key, const char *icon)
{
    struct bw_staff_view *staff = &view->staff;
    int number = staff->rows_count++;
    struct bw_row_view *row = &staff->rows[number];
    SET(row->row.first_name, people[number].first);
    SET(row->row.name, people[number].name);
    SET(row->row.school, people[number].school);
    SET(row->row.region, people[number].region);
    row->row.code = UINT64_C(0x123456789) + (uint64_t)number;
    row->button.action = BW_ACTION_ROW;
    row->button.index = number;
    row->button.kind = kind;
    SET(row->button.key, key);
    SET(row->button.icon, icon);
    return row;
}

static void
staff(struct bw_view *view)
{
    view->screen = BW_SCREEN_STAFF;
    view->staff_left_s = 102;
    view->staff.more_row = -1;
    view->staff.first = 1;
    view->staff.total = 16;
    for (int i = 0; i < 8; i++) {
        struct bw_row_view *row = add_row(view, BW_BUTTON_PRIMARY, "st.in", "check");
        if (i == 2) {
            row->changed = true;
            row->row.present = true;
            row->row.basis = BW_BASIS_NAME;
            row->row.since_ms = AT(13, 14);
            row->button.kind = BW_BUTTON_SECONDARY;
            SET(row->button.key, "st.undo");
            SET(row->button.icon, "undo");
        }
        row->ambiguous = i == 4;
    }
}

static void
staff_toast(struct bw_view *view)
{
    staff(view);
    SET(view->staff.toast, "st.undone");
    SET(view->staff.values.name, "Jan-Willem de Boer");
    set_button(view, BW_ACTION_REDO, BW_BUTTON_SECONDARY, "st.redo", "check");
}

static void
staff_more(struct bw_view *view)
{
    staff(view);
    view->staff.filter = BW_LIST_PRESENT;
    view->staff.more_row = 1;
    for (int i = 0; i < 8; i++) {
        struct bw_row_view *row = &view->staff.rows[i];
        row->row.present = true;
        row->row.since_ms = AT(12, 50 + i);
        row->button.kind = BW_BUTTON_SECONDARY;
        SET(row->button.key, "st.undo");
        SET(row->button.icon, "undo");
    }
}

static void
staff_search(struct bw_view *view)
{
    staff(view);
    view->staff.searching = true;
    SET(view->staff.text, "bo");
    view->staff.rows_count = 3;
    view->staff.total = 3;
}

static void
staff_waitlist(struct bw_view *view)
{
    view->screen = BW_SCREEN_STAFF;
    view->staff_left_s = 102;
    view->staff.filter = BW_LIST_WAITLIST;
    view->staff.more_row = -1;
    view->staff.first = 1;
    view->staff.total = 4;
    view->staff.may_release = true;
    for (int i = 0; i < 4; i++) {
        struct bw_row_view *row = add_row(
            view, i ? BW_BUTTON_SECONDARY : BW_BUTTON_PRIMARY, "st.admit", "door");
        row->row.status = BW_WAITLISTED;
        row->row.position = i + 1;
        row->row.waiting = true;
        row->row.waiting_ms = i % 2 ? 0 : AT(13, 17 + i);
    }
}

static void
staff_skip(struct bw_view *view)
{
    staff_waitlist(view);
    view->dialog.open = true;
    SET(view->dialog.question, "wl.skipq");
    SET(view->dialog.values.name, "Ay\xC5\x9F"
                                  "e Y\xC4\xB1lmaz");
    SET(view->dialog.values.name2, "Bart Schuringa");
    view->dialog.no = (struct bw_button){
        .action = BW_ACTION_NO, .kind = BW_BUTTON_PRIMARY, .key = "back"};
    view->dialog.yes = (struct bw_button){
        .action = BW_ACTION_YES, .kind = BW_BUTTON_SECONDARY, .key = "wl.skipyes"};
}

static void
staff_full(struct bw_view *view)
{
    staff_waitlist(view);
    view->staff.full = true;
    view->staff.may_release = false;
    view->overview.ledger = (struct bw_ledger){
        .capacity = 50, .present = 50, .waitlisted = 4, .released = true};
    for (int i = 0; i < 4; i++) {
        view->staff.rows[i].button.kind = BW_BUTTON_OFF;
        SET(view->staff.rows[i].button.key, "wl.fullb");
        view->staff.rows[i].button.icon[0] = '\0';
    }
}

static void
staff_empty(struct bw_view *view)
{
    staff(view);
    view->staff.rows_count = 0;
    view->staff.total = 0;
    SET(view->staff.empty, "st.empty");
}

static void
form(struct bw_view *view, enum bw_form_step step)
{
    view->screen = BW_SCREEN_FORM;
    view->staff_left_s = 102;
    view->form.kind = BW_FORM_WALK_IN;
    view->form.step = step;
    view->form.values =
        (struct bw_values){.n = 2, .p = 32, .e = 16, .f = 2, .cap = 50, .w = 4, .m = 4};
    SET(view->form.values.kind, "leerkring");
    set_button(view, BW_ACTION_CANCEL, BW_BUTTON_SECONDARY, "cancel", "close");
}

static void
form_audience(struct bw_view *view)
{
    form(view, BW_STEP_AUDIENCE);
}

static void
form_referral(struct bw_view *view)
{
    form(view, BW_STEP_REFERRAL);
    SET(view->form.values.audience, "schoolleider");
    view->form.values.date_ms = AT(9, 0) + 27 * DAY_MS;
    set_button(view, BW_ACTION_DONE, BW_BUTTON_PRIMARY, "done", "check");
}

static void
form_region(struct bw_view *view)
{
    form(view, BW_STEP_REGION);
}

static void
form_fields(struct bw_view *view)
{
    form(view, BW_STEP_FIELDS);
    SET(view->form.name, "Roos Timmer");
    SET(view->form.school, "ikc Het P");
    SET(view->form.region, "Noord");
    view->form.field = BW_FIELD_SCHOOL;
    view->form.suggestions_count = 2;
    SET(view->form.suggestions[0], "ikc Het Palet");
    SET(view->form.suggestions[1], "ikc Het Prisma");
    set_button(view, BW_ACTION_ADMIT, BW_BUTTON_SECONDARY, "wi.giveany", "door");
    set_button(view, BW_ACTION_QUEUE, BW_BUTTON_PRIMARY, "wi.queue", "hourglass");
}

static void
form_missing(struct bw_view *view)
{
    form_fields(view);
    view->form.name[0] = view->form.school[0] = '\0';
    view->form.field = BW_FIELD_NAME;
    view->form.missing = true;
    view->form.shift = true;
    view->form.suggestions_count = 0;
}

static void
form_substitute(struct bw_view *view)
{
    form_fields(view);
    view->form.kind = BW_FORM_SUBSTITUTE;
    view->form.field = BW_FIELD_NAME;
    view->form.suggestions_count = 0;
    SET(view->form.values.name, "Bart Schuringa");
    view->buttons_count = 1;
    set_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "st.admit", "door");
}

static void
form_reason(struct bw_view *view)
{
    form_fields(view);
    view->form.kind = BW_FORM_REASON;
    view->form.field = BW_FIELD_REASON;
    view->form.suggestions_count = 0;
    SET(view->form.reason, "spreekt vandaag");
    view->buttons_count = 1;
    set_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "st.admit", "door");
}

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
    SET(tile->values.x, "21,4");
    SET(tile->values.id, "Zuil 2");
}

static void
kiosk(struct bw_view *view)
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
    tiles[5].values.n = 18;
    tiles[5].state = BW_TILE_LOOK;
    set_button(view, BW_ACTION_UPDATE, BW_BUTTON_PRIMARY, "de.b1", "sync");
    set_button(view, BW_ACTION_CHECK, BW_BUTTON_SECONDARY, "de.check", "check-circle");
    set_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    set_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    set_button(view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    set_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
}

static void
kiosk_busy(struct bw_view *view)
{
    kiosk(view);
    view->kiosk.tiles[0].state = BW_TILE_BUSY;
    SET(view->kiosk.busy, "de.busy");
}

static void
kiosk_closing(struct bw_view *view)
{
    kiosk(view);
    view->kiosk.closing = true;
    view->kiosk.values.m = 47;
    view->kiosk.values.n = 3;
}

static void
kiosk_closed(struct bw_view *view)
{
    kiosk_closing(view);
    view->kiosk.values.n = 0;
}

static void
first_start(struct bw_view *view)
{
    view->screen = BW_SCREEN_FIRST_START;
    view->overview.has_roster = false;
    view->overview.device_name[0] = '\0';
}

static void
no_roster(struct bw_view *view)
{
    view->screen = BW_SCREEN_NO_ROSTER;
    view->overview.has_roster = false;
    view->values.time_ms = AT(12, 38);
    set_button(view, BW_ACTION_FETCH, BW_BUTTON_PRIMARY, "nl.b1", "sync");
    set_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "nl.b2", "usb");
}

static void
fault(struct bw_view *view)
{
    view->screen = BW_SCREEN_FAULT;
    view->overview.has_roster = false;
    SET(view->fault, "df.h");
    SET(view->fault_help, "df.p");
    SET(view->fault_text, "opening the store /var/lib/brugwachter/kiosk.db: the disk is "
                          "full; free some space, then restart the kiosk");
}

static void
agenda(struct bw_view *view)
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

static void
agenda_empty(struct bw_view *view)
{
    view->screen = BW_SCREEN_AGENDA;
}

static void
evacuation(struct bw_view *view)
{
    view->screen = BW_SCREEN_EVACUATION;
    view->staff_left_s = 102;
    view->staff.more_row = -1;
}

static void
evacuation_names(struct bw_view *view)
{
    staff_more(view);
    view->staff.more_row = -1;
    view->staff.searching = true;
    view->screen = BW_SCREEN_EVACUATION;
}

static void
check(struct bw_view *view)
{
    view->screen = BW_SCREEN_CHECK;
    view->staff_left_s = 102;
    view->check = (struct bw_check_view){.camera = BW_LIGHT_GREEN,
        .sound = BW_LIGHT_WAITING,
        .touch = BW_LIGHT_WAITING,
        .clock = BW_LIGHT_GREEN,
        .roster = BW_LIGHT_GREEN,
        .disk = BW_LIGHT_GREEN,
        .sync = BW_LIGHT_LOOK,
        .power = BW_LIGHT_GREEN,
        .corners = 5};
    set_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    set_button(view, BW_ACTION_SOUND_TEST, BW_BUTTON_SECONDARY, "de.b3", "sound-on");
    set_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY, "re.start", "star");
}

static void
check_good(struct bw_view *view)
{
    check(view);
    view->check = (struct bw_check_view){.camera = BW_LIGHT_GREEN,
        .sound = BW_LIGHT_GREEN,
        .touch = BW_LIGHT_GREEN,
        .clock = BW_LIGHT_GREEN,
        .roster = BW_LIGHT_GREEN,
        .disk = BW_LIGHT_GREEN,
        .sync = BW_LIGHT_GREEN,
        .power = BW_LIGHT_GREEN,
        .corners = 15};
}

#define SAMPLE(name)                                                                     \
    {                                                                                    \
#name, name                                                                      \
    }
const struct sample samples[] = {
    SAMPLE(idle),
    SAMPLE(idle_online),
    SAMPLE(idle_other_code),
    SAMPLE(idle_larger),
    SAMPLE(idle_rehearsal),
    SAMPLE(no_camera),
    SAMPLE(no_camera_no_scanner),
    SAMPLE(welcome),
    SAMPLE(welcome_walking),
    SAMPLE(welcome_long),
    SAMPLE(welcome_arabic),
    SAMPLE(welcome_guest),
    SAMPLE(welcome_rehearsal),
    SAMPLE(welcome_larger),
    SAMPLE(already_in),
    SAMPLE(other_session),
    SAMPLE(other_session_full),
    SAMPLE(other_session_nameless),
    SAMPLE(forged),
    SAMPLE(replaced),
    SAMPLE(blocked),
    SAMPLE(cancelled),
    SAMPLE(too_early),
    SAMPLE(session_over),
    SAMPLE(waitlisted),
    SAMPLE(waitlisted_behind),
    SAMPLE(full),
    SAMPLE(by_name),
    SAMPLE(search),
    SAMPLE(search_empty_digits),
    SAMPLE(search_none),
    SAMPLE(search_confirm),
    SAMPLE(search_leaving),
    SAMPLE(pin),
    SAMPLE(pin_wrong),
    SAMPLE(pin_locked),
    SAMPLE(staff),
    SAMPLE(staff_toast),
    SAMPLE(staff_more),
    SAMPLE(staff_search),
    SAMPLE(staff_waitlist),
    SAMPLE(staff_skip),
    SAMPLE(staff_full),
    SAMPLE(staff_empty),
    SAMPLE(form_audience),
    SAMPLE(form_referral),
    SAMPLE(form_region),
    SAMPLE(form_fields),
    SAMPLE(form_missing),
    SAMPLE(form_substitute),
    SAMPLE(form_reason),
    SAMPLE(kiosk),
    SAMPLE(kiosk_busy),
    SAMPLE(kiosk_closing),
    SAMPLE(kiosk_closed),
    SAMPLE(first_start),
    SAMPLE(no_roster),
    SAMPLE(fault),
    SAMPLE(agenda),
    SAMPLE(agenda_empty),
    SAMPLE(evacuation),
    SAMPLE(evacuation_names),
    SAMPLE(check),
    SAMPLE(check_good),
};
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
    bool lists =
        ret_view->screen == BW_SCREEN_STAFF || ret_view->screen == BW_SCREEN_EVACUATION;
    if (lists && ret_view->staff.rows_count > rows) {
        ret_view->staff.rows_count = rows;
    }
}
