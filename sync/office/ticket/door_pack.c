/* What lies at a door: see door_pack.h. */
#include "office/ticket/door_pack.h"

#include "central/base/array.h"
#include "central/base/output.h"
#include "central/records.h"
#include "central/when.h"
#include "office/ticket/door_card.h"
#include "office/ticket/door_list.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES, REGIONS_MAX = 16 };

struct people {
    struct bw_registration *rows; /* owned */
    size_t count, capacity;
};

struct pack_run {
    const struct bw_office *office;
    const struct bw_door_pack_inside *inside;
    struct bw_door_pack result;
    struct bw_when when;
    struct people placed, waiting;
    char made[BW_WHEN_BYTES], call[2 * BW_TITLE_BYTES];
    char region_names[REGIONS_MAX][BW_NAME_BYTES];
    const char *regions[REGIONS_MAX];
    size_t regions_count;
    bool no_memory;
};

static bool
on_person(const struct bw_sql_value *columns, int count, void *context)
{
    struct pack_run *run = context;
    struct bw_registration r;
    (void)count;
    bw_registration_of_row(columns, &r);
    struct people *people = r.status == BW_CONFIRMED ? &run->placed : &run->waiting;
    struct bw_registration *slot =
        bw_array_more(&people->rows, &people->count, &people->capacity, sizeof *slot);
    run->no_memory = slot == NULL;
    if (slot != NULL) {
        *slot = r;
    }
    return slot != NULL;
}

static bool
on_region(const struct bw_sql_value *columns, int count, void *context)
{
    struct pack_run *run = context;
    (void)count;
    bw_text_copy(run->region_names[run->regions_count], BW_NAME_BYTES, columns[0].text);
    run->regions[run->regions_count] = run->region_names[run->regions_count];
    return ++run->regions_count < REGIONS_MAX;
}

static bool
on_organiser(const struct bw_sql_value *columns, int count, void *context)
{
    struct pack_run *run = context;
    const char *who = columns[0].text[0] != '\0' ? columns[0].text : columns[1].text;
    (void)count;
    (void)snprintf(run->call, sizeof run->call, "%.700s %.100s", who, columns[2].text);
    bw_text_defuse(run->call, '?');
    return false;
}

/* The order of offers: the own region first, where the series says so. */
static void
waiting_sort(struct pack_run *run)
{
    char own[FOLD_BYTES], other[FOLD_BYTES];
    struct people sorted = {.count = 0};
    if (!run->result.session.own_region_first || run->waiting.count == 0) {
        return;
    }
    sorted.rows = calloc(run->waiting.count, sizeof *sorted.rows);
    run->no_memory = sorted.rows == NULL;
    bw_text_fold(run->result.session.region, false, own, sizeof own);
    for (int round = 0; sorted.rows != NULL && round < 2; round++) {
        for (size_t i = 0; i < run->waiting.count; i++) {
            bw_text_fold(run->waiting.rows[i].person.region, false, other, sizeof other);
            if ((strcmp(own, other) == 0) == (round == 0)) {
                sorted.rows[sorted.count++] = run->waiting.rows[i];
            }
        }
    }
    if (sorted.rows != NULL) {
        free(run->waiting.rows);
        run->waiting = sorted;
    }
}

static enum bw_status
read_people(struct pack_run *run, struct bw_error *err)
{
    struct bw_central *central = run->office->central;
    struct bw_sql_value session = bw_sql_int(run->result.session.session_no);
    struct bw_sql_value series = bw_sql_text(run->result.session.series);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS " FROM registration r WHERE r.session_no = $1"
        " AND r.status IN (0, 1) ORDER BY " BW_SIGN_UP_ORDER,
        &session, 1, on_person, run, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT region FROM session WHERE series = $1 AND region <> ''"
            " GROUP BY region ORDER BY min(starts_ms), region",
            &series, 1, on_region, run, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT contact, organiser, phone FROM central WHERE one = 1", NULL, 0,
            on_organiser, run, err);
    }
    if (status == BW_OK) {
        waiting_sort(run);
    }
    return status == BW_OK && run->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "writing the paper list: no memory")
               : status;
}

_Static_assert(BW_CONFIRMED == 0 && BW_WAITLISTED == 1, "as in the statement");

/* Everything is of one snapshot. */
static enum bw_status
read_all(struct pack_run *run, const char *session_code, struct bw_error *err)
{
    const struct bw_office *office = run->office;
    struct bw_session *session = &run->result.session;
    bool purged = false;
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_record_session(office->central, session_code, session, err);
    }
    if (status == BW_OK) {
        status = bw_office_is_purged(office->central, session->session_no, &purged, err);
    }
    if (status == BW_OK && purged) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "writing the paper list of %s: its people were purged", session->code);
    }
    if (status == BW_OK) {
        status = bw_when_of_session(run->office->language, session, &run->when, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_moment(run->office->language, session->timezone,
            bw_office_now_ms(office), run->made, err);
    }
    if (status == BW_OK) {
        status = read_people(run, err);
    }
    bw_central_read_end(office->central);
    return status;
}

static enum bw_status
list_draw(const struct pack_run *run, FILE *file, struct bw_error *err)
{
    const struct bw_door_list list = {.session = &run->result.session,
        .when = &run->when,
        .made = run->made,
        .call = run->call,
        .placed = run->placed.rows,
        .placed_count = run->placed.count,
        .waiting = run->waiting.rows,
        .waiting_count = run->waiting.count,
        .regions = run->regions,
        .regions_count = run->regions_count};
    return bw_door_list_write(&list, file, err);
}

static enum bw_status
card_draw(const struct pack_run *run, FILE *file, struct bw_error *err)
{
    const struct bw_door_card card = {&run->result.session, &run->when, run->call};
    return bw_door_card_write(&card, file, err);
}

static enum bw_status
inside_draw(const struct pack_run *run, FILE *file, struct bw_error *err)
{
    const char *comma = strstr(run->made, ", ");
    const struct bw_evacuation_list list = {.session = &run->result.session,
        .when = &run->when,
        .made = comma != NULL ? comma + 2 : run->made,
        .by_kiosk = run->inside->by_kiosk,
        .people = run->inside->people,
        .people_count = run->inside->people_count};
    return bw_evacuation_list_write(&list, file, err);
}

/* The files have the session's name, never a person's; only their owner reads them. */
static enum bw_status
file_write(struct pack_run *run, const char *folder, const char *before,
    enum bw_status (*draw)(const struct pack_run *run, FILE *file, struct bw_error *err),
    char ret_path[PATH_MAX], struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    char name[BW_LABEL_BYTES + 16];
    (void)snprintf(name, sizeof name, "%s-%s.pdf", before, run->result.session.code);
    enum bw_status status = bw_folder_make(folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, name, ret_path, err);
    }
    if (status == BW_OK) {
        status = bw_output_open(ret_path, 0600, &output, err);
    }
    if (status == BW_OK) {
        status = draw(run, output.file, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

enum bw_status
bw_office_door_pack_write(const struct bw_office *office, const char *session_code,
    const struct bw_door_pack_inside *inside, const char *folder,
    struct bw_door_pack *ret_pack, struct bw_error *err)
{
    struct pack_run run = {.office = office, .inside = inside};
    enum bw_status status = read_all(&run, session_code, err);
    if (status == BW_OK) {
        status = file_write(&run, folder, "door", card_draw, run.result.card_path, err);
    }
    if (status == BW_OK) {
        status = file_write(&run, folder, "list", list_draw, run.result.path, err);
    }
    if (status == BW_OK) {
        status = file_write(
            &run, folder, "evacuation", inside_draw, run.result.inside_path, err);
    }
    run.result.confirmed = (int64_t)run.placed.count;
    run.result.waiting = (int64_t)run.waiting.count;
    free(run.placed.rows);
    free(run.waiting.rows);
    if (status == BW_OK) {
        *ret_pack = run.result;
    }
    return status;
}
