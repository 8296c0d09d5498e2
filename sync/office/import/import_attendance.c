/* `import attendance`: who came, typed in afterwards from the paper list of one session.
 *
 * A row is somebody who is registered for it, by code or by name (and school); who is in
 * the figures already, at a kiosk or by a row before, stays as they are (I3). Who was
 * typed in by mistake is taken out by a row that says no in words; what a kiosk saw
 * stays. Newcomers are the door's: a name that nobody has here may be a slip. */
#include "central/base/array.h"
#include "central/central.h"
#include "central/records.h"
#include "office/hold.h"
#include "office/import/read/date_order.h"
#include "office/import/import_state.h"
#include "office/import/read/paper_mark.h"
#include "office/step_paper.h"

#include <brugwachter/presence.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum attendance_field { CODE, NAME, FIRST_NAME, LAST_NAME, SCHOOL, TIME, PRESENT };

const struct bw_field bw_import_attendance_fields[] = {
    [CODE] = {"code", "code aanmeldcode ticketcode", .shown = "code"},
    [NAME] = {"name", "naam name volledigenaam fullname", .shown = "Naam"},
    [FIRST_NAME] = {"first_name", "voornaam firstname givenname", .shown = "Voornaam"},
    [LAST_NAME] = {"last_name", "achternaam lastname surname familyname",
        .shown = "Achternaam"},
    [SCHOOL] = {"school", "school schoolnaam naamschool", .shown = "School"},
    [TIME] = {"time", "tijd time binnen", .shown = "Tijd", .is_time = true},
    [PRESENT] = {"present",
        "aanwezig present aanwezigheid aanwezigjanee gekomen was handtekening paraaf "
        "afgevinkt checkin opkomst status",
        .shown = "Aanwezig", .first_wins = true},
    {.name = NULL},
};

enum { FOLDED_BYTES = 3 * BW_TITLE_BYTES, MINUTE_MS = 60 * 1000 };

struct paper_person {
    bw_code code;
    enum bw_registration_status status;
    char *name, *school; /* folded; owned */
    char *shown;         /* "Fatima el Amrani (OBS De Brug)"; owned */
};

/* What the paper said before. */
struct paper_arrival {
    bw_code code;
    struct bw_event_id id;
};

struct import_attendance {
    struct bw_import *import;
    struct bw_session session;
    struct bw_zone *zone;
    int64_t day_start_ms, now_ms;
    struct bw_presence *presence;
    struct paper_person *people;
    size_t count, capacity;
    struct paper_arrival *arrivals;
    size_t arrivals_count, arrivals_capacity;
    struct bw_office_log log;
    bool full;
    enum bw_status status;
    struct bw_error *err;
};

/* ---- what the database has ---- */

static char *
folded(const char *text)
{
    char fold[FOLDED_BYTES];
    bw_text_fold(text, false, fold, sizeof fold);
    return strdup(fold);
}

static bool
on_person(const struct bw_sql_value *columns, int count, void *context)
{
    struct import_attendance *paper = context;
    struct bw_registration registration;
    char full[2 * BW_NAME_BYTES];
    (void)count;
    bw_registration_of_row(columns, &registration);
    (void)snprintf(full, sizeof full, "%s %s", registration.person.first_name,
        registration.person.name);
    struct paper_person *person =
        bw_array_more(&paper->people, &paper->count, &paper->capacity, sizeof *person);
    if (person != NULL) {
        char shown[sizeof full + BW_TITLE_BYTES + 4];
        (void)snprintf(shown, sizeof shown, "%s (%s)", full, registration.person.school);
        *person = (struct paper_person){registration.code, registration.status,
            folded(full), folded(registration.person.school), strdup(shown)};
    }
    paper->full = person == NULL || person->name == NULL || person->school == NULL ||
                  person->shown == NULL;
    return !paper->full;
}

static void
keep_arrival(struct import_attendance *paper, const struct bw_event *event)
{
    if (event->kind != BW_EVENT_ARRIVED || event->basis != BW_BASIS_PAPER) {
        return;
    }
    struct paper_arrival *arrival = bw_array_more(&paper->arrivals,
        &paper->arrivals_count, &paper->arrivals_capacity, sizeof *arrival);
    paper->full = paper->full || arrival == NULL;
    if (arrival != NULL) {
        *arrival = (struct paper_arrival){event->code, event->id};
    }
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    struct import_attendance *paper = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) == BW_OK &&
        !bw_presence_is_before_day(&event, paper->day_start_ms)) {
        paper->status = bw_presence_add(paper->presence, &event, paper->err);
        keep_arrival(paper, &event);
    }
    return paper->status == BW_OK;
}

static enum bw_status
read_day(struct import_attendance *paper, struct bw_error *err)
{
    struct bw_central *central = paper->import->office->central;
    struct bw_sql_value number = bw_sql_int(paper->session.session_no);
    enum bw_status status =
        bw_presence_create(paper->session.session_no, &paper->presence, err);
    if (status == BW_OK) {
        bw_presence_hold(paper->presence);
        status = bw_central_run(central,
            "SELECT " BW_REGISTRATION_COLUMNS " FROM registration r"
            " WHERE r.session_no = $1 ORDER BY r.code",
            &number, 1, on_person, paper, err);
    }
    if (status == BW_OK && paper->full) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "importing attendance: out of memory; close other programs");
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT bytes FROM event WHERE session_no = $1"
            " ORDER BY hlc, device, seq, hash",
            &number, 1, on_event, paper, err);
        status = status == BW_OK ? paper->status : status;
    }
    return status == BW_OK ? bw_presence_settle(paper->presence, err) : status;
}

static enum bw_status
read_session(struct import_attendance *paper, struct bw_error *err)
{
    const struct bw_office *office = paper->import->office;
    bool purged = false;
    enum bw_status status = bw_office_hold_session(
        office->central, paper->import->request->session, &paper->session, err);
    if (status == BW_OK) {
        status =
            bw_office_is_purged(office->central, paper->session.session_no, &purged, err);
    }
    if (status == BW_OK && purged) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "importing attendance of %s: its people were purged", paper->session.code);
    }
    paper->now_ms = bw_office_now_ms(office);
    if (status == BW_OK && paper->now_ms < paper->session.starts_ms) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "importing attendance of %s: it hasn't begun; type the list in afterwards",
            paper->session.code);
    }
    if (status == BW_OK) {
        status = bw_zone_open(paper->session.timezone, &paper->zone, err);
    }
    if (status == BW_OK) {
        paper->day_start_ms = bw_zone_day_start(paper->zone, paper->session.starts_ms);
    }
    return status;
}

/* ---- a row ---- */

static bool
is_called(const struct paper_person *person, const char *name, const char *school)
{
    return strcmp(person->name, name) == 0 &&
           (school[0] == '\0' || strcmp(person->school, school) == 0);
}

/* Nobody is called so there; where somebody nearly is, or is elsewhere, that is told. */
static bool
reject_near(struct import_attendance *paper, const struct bw_csv_row *row,
    const char *full, const char *name)
{
    for (size_t i = 0; i < paper->count; i++) {
        const struct paper_person *person = &paper->people[i];
        char code[BW_CODE_SHOWN_BYTES];
        if (bw_paper_mark_is_near(person->name, name)) {
            bw_code_format_shown(person->code, code);
            bw_import_reject(paper->import, row->line, BW_REJECT_INVALID,
                "nobody is registered for %s as \"%.80s\" of that school; if it is "
                "%.100s, give their code: %s",
                paper->session.code, full, person->shown, code);
            return true;
        }
    }
    return false;
}

/* The one person whom the row names; NULL: rejected. Who cancelled is one only where
 * nobody else is called so. */
static const struct paper_person *
find_by_name(struct import_attendance *paper, const struct bw_csv_row *row,
    const char *full, const char *school)
{
    char name[FOLDED_BYTES], place[FOLDED_BYTES];
    const struct paper_person *found = NULL;
    size_t matches = 0;
    bw_text_fold(full, false, name, sizeof name);
    bw_text_fold(school, false, place, sizeof place);
    for (int gone = 0; gone < 2 && matches == 0; gone++) {
        for (size_t i = 0; i < paper->count; i++) {
            const struct paper_person *person = &paper->people[i];
            if ((person->status > BW_WAITLISTED) == (gone != 0) &&
                is_called(person, name, place)) {
                found = person;
                matches++;
            }
        }
    }
    if (matches == 0 && reject_near(paper, row, full, name)) {
        return NULL;
    }
    if (matches != 1) {
        bw_import_reject(paper->import, row->line, BW_REJECT_INVALID,
            matches > 1
                ? BW_SAYS("several people of %s are called \"%.80s\"; give the code")
                : BW_SAYS("nobody is registered for %s as \"%.80s\""),
            paper->session.code, full);
    }
    return matches == 1 ? found : NULL;
}

/* By its code; where a name stands beside it, that must be theirs. */
static const struct paper_person *
find_by_code(struct import_attendance *paper, const struct bw_csv_row *row,
    const char *typed, const char *full)
{
    bw_code code = BW_CODE_NONE;
    const struct paper_person *found = NULL;
    if (bw_code_parse(typed, &code)) {
        for (size_t i = 0; i < paper->count && found == NULL; i++) {
            found = paper->people[i].code == code ? &paper->people[i] : NULL;
        }
    }
    if (found == NULL) {
        bw_import_reject(paper->import, row->line, BW_REJECT_INVALID,
            "nobody is registered for %s with code \"%.40s\"", paper->session.code,
            typed);
    } else if (!bw_paper_mark_is_like(found->name, full)) {
        bw_import_reject(paper->import, row->line, BW_REJECT_INVALID,
            "code \"%.40s\" isn't that of \"%.80s\"; give the one that came alone", typed,
            full);
        return NULL;
    }
    return found;
}

static const struct paper_person *
find(struct import_attendance *paper, const struct bw_csv_row *row)
{
    struct bw_import *import = paper->import;
    const char *code = bw_import_text(import, row, CODE, BW_NAME_CHARS);
    const char *name = bw_import_text(import, row, NAME, BW_NAME_CHARS);
    const char *first = bw_import_text(import, row, FIRST_NAME, BW_NAME_CHARS);
    const char *last = bw_import_text(import, row, LAST_NAME, BW_NAME_CHARS);
    const char *school = bw_import_text(import, row, SCHOOL, BW_TITLE_CHARS);
    if (code == NULL || name == NULL || first == NULL || last == NULL || school == NULL) {
        return NULL;
    }
    char full[2 * BW_NAME_BYTES];
    char split[2][BW_NAME_BYTES]; /* "de Vries, Anna" is turned */
    if (name[0] != '\0') {
        bw_name_split(name, split[0], split[1]);
        (void)snprintf(full, sizeof full, "%s %s", split[0], split[1]);
    } else {
        (void)snprintf(full, sizeof full, "%s %s", first, last);
    }
    if (code[0] != '\0') {
        return find_by_code(paper, row, code, full);
    }
    if (full[strspn(full, " ")] == '\0') {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "code and name are empty");
        return NULL;
    }
    return find_by_name(paper, row, full, school);
}

/* When the paper says that they came: an hour of the session's day; its start without. */
static bool
read_time(
    struct import_attendance *paper, const struct bw_csv_row *row, int64_t *ret_wall_ms)
{
    struct bw_import *import = paper->import;
    int64_t end_day_ms = bw_zone_day_start(paper->zone, paper->session.ends_ms);
    int64_t last_ms =
        paper->session.ends_ms + (int64_t)paper->session.tolerance_minutes * MINUTE_MS;
    *ret_wall_ms = paper->session.starts_ms;
    if (bw_import_raw(import, row, TIME)[0] == '\0') {
        return true;
    }
    if (!bw_import_time_of(
            import, row, TIME, paper->zone, paper->session.starts_ms, ret_wall_ms)) {
        return false;
    }
    int64_t after_midnight = 0; /* of a session that ends the day after */
    if (*ret_wall_ms < paper->day_start_ms + (paper->session.ends_ms - end_day_ms) &&
        end_day_ms > paper->day_start_ms &&
        bw_import_time_of(
            import, row, TIME, paper->zone, paper->session.ends_ms, &after_midnight)) {
        *ret_wall_ms = after_midnight;
    }
    bool that_day = *ret_wall_ms >= paper->day_start_ms && *ret_wall_ms <= last_ms;
    if (!that_day || *ret_wall_ms > paper->now_ms) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "Tijd \"%.40s\" isn't on the session's day and before its end",
            bw_import_raw(import, row, TIME));
        return false;
    }
    return true;
}

/* Numbers the event, links it, and folds it. */
static enum bw_status
append(struct import_attendance *paper, struct bw_event *event, struct bw_error *err)
{
    enum bw_status status = bw_step_paper_append(&paper->log, event, err);
    return status == BW_OK ? bw_presence_add(paper->presence, event, err) : status;
}

static enum bw_status
add_arrival(struct import_attendance *paper, const struct paper_person *person,
    int64_t wall_ms, struct bw_error *err)
{
    const struct bw_attendance *known =
        bw_presence_of_code(paper->presence, person->code);
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_PAPER,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_STAFF,
        .wall_ms = wall_ms,
        .session_no = paper->session.session_no,
        .code = person->code};
    if (known != NULL && known->attended) {
        return BW_OK;
    }
    if (known != NULL) {
        event.refs[event.refs_count++] = known->newest; /* P5 */
    }
    enum bw_status status = append(paper, &event, err);
    if (status == BW_OK) {
        paper->import->result.added++;
        keep_arrival(paper, &event);
    }
    return status;
}

/* What paper alone said of them is annulled; nothing where it said nothing. */
static enum bw_status
take_back(struct import_attendance *paper, const struct bw_csv_row *row,
    const struct paper_person *person, struct bw_error *err)
{
    struct bw_event event = {.kind = BW_EVENT_UNDONE,
        .operated_by = BW_OPERATOR_STAFF,
        .wall_ms = paper->now_ms,
        .session_no = paper->session.session_no,
        .code = person->code};
    for (size_t i = 0; i < paper->arrivals_count && event.refs_count < BW_REFS_MAX; i++) {
        const struct paper_arrival *arrival = &paper->arrivals[i];
        if (arrival->code == person->code &&
            bw_presence_is_in_force(paper->presence, arrival->id)) {
            event.refs[event.refs_count++] = arrival->id;
        }
    }
    if (event.refs_count == 0) {
        return BW_OK;
    }
    paper->import->result.changed++;
    bw_import_note(paper->import, true,
        "line %d: %.80s was typed in as present before, and is taken out again",
        (int)row->line, person->name);
    return append(paper, &event, err);
}

static enum bw_status
take_row(
    struct import_attendance *paper, const struct bw_csv_row *row, struct bw_error *err)
{
    int64_t wall_ms = 0;
    enum bw_paper_mark mark = BW_PAPER_NOTHING;
    if (bw_import_is_shifted(paper->import, row) ||
        !bw_paper_mark_read(paper->import, row, PRESENT, &mark) ||
        mark == BW_PAPER_NOTHING) {
        return BW_OK;
    }
    const struct paper_person *person = find(paper, row);
    if (person != NULL && mark == BW_PAPER_NO) {
        return take_back(paper, row, person, err);
    }
    return person != NULL && read_time(paper, row, &wall_ms)
               ? add_arrival(paper, person, wall_ms, err)
               : BW_OK;
}

static enum bw_status
take_rows(struct import_attendance *paper, struct bw_error *err)
{
    const struct bw_csv_table *table = &paper->import->table;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < table->rows_count; i++) {
        status = take_row(paper, &table->rows[i], err);
    }
    paper->import->no_memory = paper->import->no_memory || paper->full;
    return status;
}

static enum bw_status
import_paper(struct import_attendance *paper, struct bw_error *err)
{
    struct bw_import *import = paper->import;
    struct bw_central *central = import->office->central;
    int64_t batch_no = 0;
    enum bw_status status = read_session(paper, err);
    if (status == BW_OK) {
        status = bw_step_check_open(central, paper->session.session_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_next_batch(import, &batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_begin_step(import, paper->session.code, batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_office_log_open(import->office, &paper->log, err);
    }
    if (status == BW_OK) {
        status = read_day(paper, err);
    }
    if (status == BW_OK) {
        status = bw_import_settle_dates(import, BW_DATE_ANY, err);
    }
    if (status == BW_OK) {
        status = take_rows(paper, err);
    }
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    return status == BW_OK ? bw_import_end(import, err) : status;
}

enum bw_status
bw_import_attendance(struct bw_import *import, struct bw_error *err)
{
    struct import_attendance paper = {.import = import, .status = BW_OK, .err = err};
    bool named = import->columns.of[CODE] >= 0 || import->columns.of[NAME] >= 0 ||
                 import->columns.of[LAST_NAME] >= 0;
    if (import->columns.of[CODE] < 0 && import->columns.of[PRESENT] < 0 &&
        bw_paper_mark_is_form(&import->table)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is a sign-up form, and doesn't say who came: import "
            "registrations takes it in; as attendance it needs a column Aanwezig, with x "
            "beside whoever came",
            import->request->path);
    }
    enum bw_status status =
        named ? import_paper(&paper, err)
              : bw_columns_require(&import->columns, import->request->path,
                    bw_import_attendance_fields, NAME, err);
    for (size_t i = 0; i < paper.count; i++) {
        free(paper.people[i].name);
        free(paper.people[i].school);
        free(paper.people[i].shown);
    }
    free(paper.people);
    free(paper.arrivals);
    bw_presence_destroy(paper.presence);
    bw_zone_close(paper.zone);
    return status;
}
