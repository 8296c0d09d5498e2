/* The staff list, and the forms that it opens: see samples_parts.h. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

struct person {
    const char *first, *name, *school, *region;
};

static const struct person people[] = {
    {"Ayşe", "Yılmaz", "obs De Kade", "Noord"},
    {"Bart", "Schuringa", "ikc Het Palet", "Noord"},
    {"Jan-Willem", "de Boer", "cbs De Wegwijzer", "Noord"},
    {"Khadija", "Bouzid", "obs De Zonnewijzer", "Oost"},
    {"Łukasz", "Kowalski", "sbo De Springplank", "Noord"},
    {"Anna-Sophia", "van der Heijden-Schuurmans Stekhoven",
        "Interconfessionele Openbare Basisschool De Zonnewijzer aan de Vecht", "Zuid"},
    {"Xuân", "Nguyễn", "cbs De Wegwijzer", "Noord"},
    {"Zoë", "Dijkema", "kbs De Vlonder", "Noord"},
    {"فاطمة", "الإدريسي", "obs De Brug", "Noord"},
    {"משה", "כהן", "obs De Brug", "Noord"},
    {"Ελένη", "Παπαδοπούλου", "obs De Brug", "Noord"},
    {"Олена", "Шевченко", "obs De Brug", "Noord"},
    {"Fatima فاطمة", "el Amrani", "obs De Brug", "Noord"},
    {"Þórdís", "Guðmundsdóttir", "obs De Brug", "Noord"},
    {"Ştefan", "Ţăranu", "obs De Brug", "Noord"},
    {"Ģirts", "Ķēniņš", "obs De Brug", "Noord"},
    {"Ñandú", "Ýmirsson-Żółć", "obs De Brug", "Noord"},
    /* somebody who would like to stand back to front */
    {"An\xE2\x80\xAEna\x07",
        "\xE2\x81\xA7"
        "Omgekeerd",
        "obs De Brug", "Noord"},
    {"محمد", "van der Berg", "obs De Brug", "Noord"},
    {"Anna", "Smit", "obs De Brug", "Noord"},
    {"Bram", "Visser", "obs De Brug", "Noord"},
    {"Carla", "Mulder", "obs De Brug", "Noord"},
    {"Derk", "Bos", "obs De Brug", "Noord"},
    {"Esmée", "Hofstra", "obs De Brug", "Noord"},
};

static struct bw_row_view *
add_row(struct bw_view *view, enum bw_button_kind kind, const char *key, const char *icon)
{
    struct bw_staff_view *staff = &view->staff;
    int number = staff->rows_count++;
    struct bw_row_view *row = &staff->rows[number];
    SET(row->row.person.first_name, people[number].first);
    SET(row->row.person.name, people[number].name);
    SET(row->row.person.school, people[number].school);
    SET(row->row.person.region, people[number].region);
    row->row.code = UINT64_C(0x123456789) + (uint64_t)number;
    row->button.action = BW_ACTION_ROW;
    row->button.index = number;
    row->button.kind = kind;
    SET(row->button.key, key);
    SET(row->button.icon, icon);
    return row;
}

void
sample_staff(struct bw_view *view)
{
    view->screen = BW_SCREEN_STAFF;
    view->staff_left_s = 102;
    view->staff.more_row = -1;
    view->staff.first = 1;
    view->staff.total = 16;
    view->staff.has_letters = true;
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

void
sample_staff_toast(struct bw_view *view)
{
    sample_staff(view);
    SET(view->staff.toast, "st.undone");
    SET(view->staff.values.name, "Jan-Willem de Boer");
    sample_button(view, BW_ACTION_REDO, BW_BUTTON_SECONDARY, "st.redo", "check");
}

/* The organiser's word: in a row, and in the toast about who was just let in. */
void
sample_staff_attention(struct bw_view *view)
{
    sample_staff(view);
    SET(view->staff.rows[1].row.person.attention, "rolstoel");
    SET(view->staff.rows[2].row.person.attention,
        "spreekt om 14.00 uur, eerst naar de zaal");
    SET(view->staff.toast, "to.in");
    SET(view->staff.values.name, "Jan-Willem de Boer");
    SET(view->staff.attention, "spreekt om 14.00 uur, eerst naar de zaal");
}

void
sample_staff_present(struct bw_view *view, int count)
{
    view->screen = BW_SCREEN_STAFF;
    view->staff_left_s = 102;
    view->staff.filter = BW_LIST_PRESENT;
    view->staff.more_row = -1;
    view->staff.first = 1;
    view->staff.total = 32;
    for (int i = 0; i < count; i++) {
        struct bw_row_view *row = add_row(view, BW_BUTTON_SECONDARY, "st.undo", "undo");
        row->row.present = true;
        row->row.since_ms = AT(12, 50 + i);
    }
}

/* In place of the rows, on the tab of those who came, two guests among them. */
void
sample_staff_letters(struct bw_view *view)
{
    sample_staff_present(view, 8);
    view->overview.ledger.guests = 2;
    view->staff.has_letters = view->staff.letters = view->staff.has_times = true;
}

void
sample_staff_by_time(struct bw_view *view)
{
    sample_staff_present(view, 8);
    view->overview.ledger.guests = 2;
    view->staff.has_times = view->staff.by_time = true;
}

void
sample_staff_more(struct bw_view *view)
{
    sample_staff_present(view, 8);
    view->staff.more_row = 1;
}

static void
happened(struct bw_view *view, int minute, enum bw_event_kind kind,
    enum bw_verdict verdict, const char *where)
{
    struct bw_history_item *item = &view->staff.history[view->staff.history_count++];
    item->wall_ms = AT(12, minute);
    item->kind = kind;
    item->verdict = verdict;
    SET(item->device_name, where);
}

void
sample_staff_history(struct bw_view *view)
{
    sample_staff_more(view);
    happened(view, 41, BW_EVENT_REFUSED, BW_VERDICT_REPLACED, "Zuil 2");
    happened(view, 43, BW_EVENT_ARRIVED, BW_VERDICT_WELCOME, "Zuil 1");
    happened(view, 44, BW_EVENT_UNDONE, BW_VERDICT_WELCOME, "Zuil 1");
    happened(view, 51, BW_EVENT_ARRIVED, BW_VERDICT_WELCOME, "Zuil 1");
}

/* Somebody who isn't in: every option there is, with the longest words. */
void
sample_staff_history_absent(struct bw_view *view)
{
    sample_staff(view);
    view->staff.more_row = 1;
    view->staff.override = BW_OVERRIDE_FULL;
    happened(view, 41, BW_EVENT_REFUSED, BW_VERDICT_OTHER_SESSION, "Zuil 2");
    happened(view, 42, BW_EVENT_WAITING, BW_VERDICT_WELCOME, "Zuil 1");
    happened(view, 50, BW_EVENT_REFUSED, BW_VERDICT_FULL, "Zuil 1");
    happened(view, 51, BW_EVENT_ARRIVED, BW_VERDICT_WELCOME, "Zuil 1");
    happened(view, 52, BW_EVENT_LEFT, BW_VERDICT_WELCOME, "Zuil 1");
}

void
sample_staff_search(struct bw_view *view)
{
    sample_staff(view);
    view->staff.searching = true;
    view->staff.has_letters = false;
    SET(view->staff.text, "bo");
    view->staff.found = true;
    view->staff.rows_count = 3;
    view->staff.total = 3;
}

void
sample_staff_waitlist(struct bw_view *view)
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

void
sample_staff_skip(struct bw_view *view)
{
    sample_staff_waitlist(view);
    view->dialog.open = true;
    SET(view->dialog.question, "wl.skipq");
    SET(view->dialog.values.name, "Ay\xC5\x9F"
                                  "e Y\xC4\xB1lmaz");
    SET(view->dialog.values.name2, "Bart Schuringa");
    view->dialog.no = (struct bw_button){.action = BW_ACTION_NO,
        .kind = BW_BUTTON_SECONDARY,
        .key = "back",
        .icon = "arrow-left"};
    view->dialog.yes = (struct bw_button){
        .action = BW_ACTION_YES, .kind = BW_BUTTON_PRIMARY, .key = "wl.skipyes"};
}

void
sample_staff_card(struct bw_view *view)
{
    sample_staff_skip(view);
    SET(view->dialog.question, "card.q");
    SET(view->dialog.text, "card.qp");
    SET(view->dialog.yes.key, "card.yes");
}

void
sample_staff_full(struct bw_view *view)
{
    sample_staff_waitlist(view);
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

void
sample_staff_empty(struct bw_view *view)
{
    sample_staff(view);
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
    sample_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
}

void
sample_form_audience(struct bw_view *view)
{
    form(view, BW_STEP_AUDIENCE);
}

void
sample_form_referral(struct bw_view *view)
{
    form(view, BW_STEP_REFERRAL);
    SET(view->form.values.audience, "schoolleider");
    view->form.values.date_ms = AT(9, 0) + 27 * DAY_MS;
    sample_button(view, BW_ACTION_DONE, BW_BUTTON_PRIMARY, "done", "check");
}

void
sample_form_region(struct bw_view *view)
{
    form(view, BW_STEP_REGION);
}

void
sample_form_fields(struct bw_view *view)
{
    form(view, BW_STEP_FIELDS);
    SET(view->form.name, "Roos Timmer");
    SET(view->form.school, "ikc Het P");
    SET(view->form.region, "Noord");
    view->form.field = BW_FIELD_SCHOOL;
    view->form.suggestions_count = 2;
    SET(view->form.suggestions[0], "ikc Het Palet");
    SET(view->form.suggestions[1], "ikc Het Prisma");
    sample_button(view, BW_ACTION_ADMIT, BW_BUTTON_SECONDARY, "wi.giveany", "door");
    sample_button(view, BW_ACTION_QUEUE, BW_BUTTON_PRIMARY, "wi.queue", "hourglass");
}

void
sample_form_missing(struct bw_view *view)
{
    sample_form_fields(view);
    view->form.name[0] = view->form.school[0] = '\0';
    view->form.field = BW_FIELD_NAME;
    view->form.missing = true;
    view->form.shift = true;
    view->form.suggestions_count = 0;
}

void
sample_form_substitute(struct bw_view *view)
{
    sample_form_fields(view);
    view->form.kind = BW_FORM_SUBSTITUTE;
    view->form.field = BW_FIELD_NAME;
    view->form.suggestions_count = 0;
    SET(view->form.values.name, "Bart Schuringa");
    view->buttons_count = 1;
    sample_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "st.admit", "door");
}

void
sample_form_reason(struct bw_view *view)
{
    sample_form_fields(view);
    view->form.kind = BW_FORM_REASON;
    view->form.field = BW_FIELD_REASON;
    view->form.suggestions_count = 0;
    SET(view->form.reason, "spreekt vandaag");
    SET(view->form.values.name, "Bart Schuringa");
    view->buttons_count = 1;
    sample_button(view, BW_ACTION_ADMIT, BW_BUTTON_PRIMARY, "st.admit", "door");
}
