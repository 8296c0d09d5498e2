/* Tickets for people to carry: see tickets.h. */
#include "office/ticket/tickets.h"

#include "central/base/array.h"
#include "central/base/output_folder.h"
#include "central/base/output_set.h"
#include "central/records.h"
#include "central/when.h"
#include "office/contact.h"
#include "office/ticket/ticket_list.h"
#include "office/ticket/ticket_press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_BYTES_MAX = 1 << 26 };

static const char list_name[] = "tickets.csv";

struct tickets_run {
    const struct bw_office *office;
    const struct bw_tickets_request *request;
    struct bw_tickets result;
    struct bw_when when;
    char as_of[BW_WHEN_BYTES];
    struct bw_office_contact contact;
    struct bw_ticket_list list;
    const struct bw_ticket_list_person **chosen; /* who get files; owned */
    struct bw_output_set files;
    struct bw_output csv;
    struct bw_error *err;
};

/* ---- what there is ---- */

/* They would be printed, and mailed, for a day that isn't. */
static enum bw_status
check_stands(const struct bw_session *session, struct bw_error *err)
{
    return session->called_off_ms == 0
               ? BW_OK
               : bw_error_set(err, BW_REFUSED, 0,
                     "writing the tickets of %s: it is called off, and they let nobody "
                     "in; mail tells its people, session reopen %s --why \"…\" takes it "
                     "back",
                     session->code, session->code);
}

/* Everything is of one snapshot. */
static enum bw_status
read_all(struct tickets_run *run)
{
    struct bw_central *central = run->office->central;
    struct bw_session *session = &run->result.session;
    enum bw_status status = bw_central_read_begin(central, run->err);
    if (status == BW_OK) {
        status = bw_record_session(central, run->request->session, session, run->err);
    }
    if (status == BW_OK) {
        status = check_stands(session, run->err);
    }
    if (status == BW_OK) {
        status = bw_when_of_session(run->office->language, session, &run->when, run->err);
    }
    if (status == BW_OK) {
        status = bw_when_of_day(run->office->language, session->timezone,
            bw_office_now_ms(run->office), run->as_of, run->err);
    }
    if (status == BW_OK) {
        status = bw_office_contact_read(central, &run->contact, run->err);
    }
    if (status == BW_OK) {
        status = bw_ticket_list_read(central, session, &run->list, run->err);
    }
    bw_central_read_end(central);
    return status;
}

/* ---- what lies there ---- */

/* The bytes of an earlier list; NULL where there's none. The caller frees. */
static char *
earlier_read(const char *folder)
{
    char path[PATH_MAX];
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (bw_path_join(folder, list_name, path, NULL) != BW_OK ||
        bw_file_read(path, LIST_BYTES_MAX, &bytes, &length, NULL) != BW_OK) {
        return NULL;
    }
    return (char *)bytes;
}

/* Whether an earlier list is of other people: its first row doesn't name this session in
 * a cell, whatever program saved it since. The bytes stay as they are. */
static bool
is_anothers(const char *earlier, const char *code)
{
    static const char between[] = ",;\t\"'\r\n";
    const char *cell = strchr(earlier, '\n');
    if (cell == NULL || cell[1] == '\0') {
        return false;
    }
    cell++;
    const char *end = cell + strcspn(cell, "\n");
    while (cell < end) {
        size_t length = strcspn(cell, between);
        if (length == strlen(code) && strncmp(cell, code, length) == 0) {
            return false;
        }
        cell += length + 1;
    }
    return true;
}

/* Where the files go, and who has theirs there already. */
static enum bw_status
folder_choose(struct tickets_run *run)
{
    const char *code = run->result.session.code, *folder = run->request->folder;
    char *earlier = run->request->own_folder ? NULL : earlier_read(folder);
    bool apart =
        run->request->own_folder || (earlier != NULL && is_anothers(earlier, code));
    enum bw_status status =
        bw_output_folder(folder, apart, code, run->result.folder, run->err);
    if (apart) {
        free(earlier);
        earlier = status == BW_OK ? earlier_read(run->result.folder) : NULL;
    }
    if (status == BW_OK && earlier != NULL) {
        status = bw_ticket_list_compare(&run->list, earlier, run->err);
    }
    free(earlier);
    return status;
}

static enum bw_status
people_choose(struct tickets_run *run)
{
    struct bw_tickets *result = &run->result;
    run->chosen = (const struct bw_ticket_list_person **)calloc(
        run->list.count + 1, sizeof(const struct bw_ticket_list_person *));
    if (run->chosen == NULL) {
        return bw_error_set(run->err, BW_NO_MEMORY, 0,
            "writing the tickets of %s: no memory", result->session.code);
    }
    for (size_t i = 0; i < run->list.count; i++) {
        const struct bw_ticket_list_person *person = &run->list.people[i];
        result->confirmed += person->status == BW_CONFIRMED;
        result->waitlisted += person->status == BW_WAITLISTED;
        result->fresh += person->is_new;
        if (person->is_new || !run->request->only_new) {
            run->chosen[result->written++] = person;
        }
    }
    return BW_OK;
}

/* ---- the files ---- */

static void
csv_row(const struct tickets_run *run, const struct bw_ticket_list_person *person)
{
    const struct bw_session *session = &run->result.session;
    char code[BW_CODE_BYTES], generation[8];
    char png[BW_TICKET_PRESS_NAME_BYTES], pdf[BW_TICKET_PRESS_NAME_BYTES];
    bw_code_format(person->code, code);
    bw_ticket_press_name(person->code, "png", png);
    bw_ticket_press_name(person->code, "pdf", pdf);
    (void)snprintf(generation, sizeof generation, "%u", person->generation);
    bw_csv_row(run->csv.file, code, person->first_name, person->name, person->mail,
        person->school, session->code, bw_registration_status_name(person->status),
        generation, person->text, png, pdf, session->title, run->when.day,
        run->when.hours, session->venue, session->address, person->is_new ? "yes" : "no",
        NULL);
}

static enum bw_status
csv_write(struct tickets_run *run)
{
    enum bw_status status =
        bw_output_set_add(&run->files, list_name, 0600, &run->csv, run->err);
    if (status != BW_OK) {
        return status;
    }
    bw_csv_row(run->csv.file, "code", "first_name", "name", "email", "school", "session",
        "status", "generation", "text", "png", "pdf", "title", "date", "time", "venue",
        "address", "new", NULL);
    for (size_t i = 0; i < run->list.count; i++) {
        csv_row(run, &run->list.people[i]);
    }
    return bw_output_commit(&run->csv, run->err);
}

static enum bw_status
press_run(struct tickets_run *run)
{
    bool only_new = run->request->only_new;
    const struct bw_ticket_press_order order = {.session = &run->result.session,
        .when = &run->when,
        .contact = &run->contact,
        .as_of = run->as_of,
        .people = run->chosen,
        .count = (size_t)run->result.written,
        .book = only_new ? "tickets-new.pdf" : "tickets.pdf",
        .sheets = only_new ? "sheets-new.pdf" : "sheets.pdf",
        .threads = run->request->threads,
        .progress = run->office->progress};
    return bw_ticket_press_run(&order, &run->files, run->err);
}

/* What an earlier run wrote for somebody who has no ticket any more. */
static void
ticket_remove(struct tickets_run *run, bw_code code)
{
    static const char *const endings[] = {"png", "svg", "pdf"};
    char name[BW_TICKET_PRESS_NAME_BYTES], path[PATH_MAX];
    bool gone = false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        bw_ticket_press_name(code, endings[i], name);
        if (bw_path_join(run->result.folder, name, path, NULL) == BW_OK &&
            unlink(path) == 0) {
            gone = true;
        }
    }
    run->result.removed += gone;
}

static enum bw_status
files_commit(struct tickets_run *run)
{
    enum bw_status status =
        bw_output_set_place(&run->files, &run->result.incomplete, run->err);
    for (size_t i = 0; status == BW_OK && i < run->list.gone_count; i++) {
        ticket_remove(run, run->list.gone[i]);
    }
    return status;
}

static enum bw_status
write_all(struct tickets_run *run)
{
    enum bw_status status = read_all(run);
    if (status == BW_OK) {
        status = folder_choose(run);
    }
    if (status == BW_OK) {
        status = people_choose(run);
    }
    if (status == BW_OK) {
        status = bw_output_set_open(run->result.folder, &run->files, run->err);
    }
    if (status == BW_OK) {
        status = press_run(run);
    }
    if (status == BW_OK) { /* last: it says who has theirs */
        status = csv_write(run);
    }
    return status == BW_OK ? files_commit(run) : status;
}

enum bw_status
bw_office_tickets_write(const struct bw_office *office,
    const struct bw_tickets_request *request, struct bw_tickets *ret_tickets,
    struct bw_error *err)
{
    struct tickets_run run = {.office = office, .request = request, .err = err};
    enum bw_status status = write_all(&run);
    bw_output_finish(&run.csv);
    bw_output_set_finish(&run.files);
    bw_ticket_list_finish(&run.list);
    free((void *)run.chosen);
    if (status == BW_OK) {
        *ret_tickets = run.result;
    }
    return status;
}

/* ---- a series ---- */

struct label {
    char code[BW_LABEL_BYTES];
};

struct labels {
    struct label *items;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_label(const struct bw_sql_value *columns, int count, void *context)
{
    struct labels *labels = context;
    struct label *slot =
        bw_array_more(&labels->items, &labels->count, &labels->capacity, sizeof *slot);
    (void)count;
    labels->no_memory = slot == NULL;
    if (slot != NULL) {
        bw_text_copy(slot->code, sizeof slot->code, columns[0].text);
    }
    return slot != NULL;
}

static enum bw_status
labels_read(const struct bw_office *office, const char *series, struct labels *labels,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_text(series), bw_sql_int(bw_office_now_ms(office))};
    int64_t known = 0;
    enum bw_status status = bw_central_number(office->central,
        "SELECT count(*) FROM series WHERE code = $1", values, 1, 0, &known, err);
    if (status == BW_OK && known == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "writing tickets: there's no series \"%s\"; status names the sessions",
            series);
    }
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "SELECT code FROM session WHERE series = $1 AND ends_ms > $2"
            " AND called_off_ms = 0 ORDER BY starts_ms, code",
            values, 2, on_label, labels, err);
    }
    return status == BW_OK && labels->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "writing tickets: no memory")
               : status;
}

enum bw_status
bw_office_tickets_write_series(const struct bw_office *office, const char *series,
    const struct bw_tickets_request *request, bw_tickets_each *each, void *context,
    struct bw_error *err)
{
    struct labels labels = {.count = 0};
    enum bw_status status = labels_read(office, series, &labels, err);
    for (size_t i = 0; status == BW_OK && i < labels.count; i++) {
        struct bw_tickets tickets;
        struct bw_tickets_request one = *request;
        one.session = labels.items[i].code;
        one.own_folder = true;
        status = bw_office_tickets_write(office, &one, &tickets, err);
        if (status == BW_OK) {
            each(&tickets, context);
        }
    }
    free(labels.items);
    return status;
}
