/* What the kinds of import share while a file goes in: the file, its columns, the
 * result so far. Nobody else's. One thread. */
#ifndef BW_SYNC_IMPORT_STATE_H
#define BW_SYNC_IMPORT_STATE_H

#include "office/table/csv_columns.h"
#include "office/import/read/form_time.h"
#include "office/import/import.h"
#include "office/import/read/learned.h"
#include "office/table/table_file.h"

struct bw_import {
    const struct bw_office *office;
    const struct bw_import_request *request;
    const char *kind;                   /* "sessions" and so on */
    const struct bw_field *base_fields; /* as the program knows them */
    const struct bw_field *fields;      /* with what was learned beside: own_fields */
    struct bw_field own_fields[BW_FIELDS_MAX + 1];
    struct bw_learned learned, told; /* told: by this request's aliases */
    int64_t learned_new;             /* what this import adds to it */
    struct bw_csv_table table;
    struct bw_table_passed passed; /* what the file held beside it */
    struct bw_columns columns;
    char title[BW_TITLE_BYTES]; /* what stands above the heading; "": nothing */
    uint8_t hash[32]; /* BLAKE2b-256 of the file, and of what was told of its headings */
    struct bw_zone *zone;     /* of times without one */
    enum bw_date_order dates; /* bw_import_settle_dates */
    int64_t days_alone;       /* times that were a day without an hour */
    int64_t twice_ms;         /* the last one of an hour that came twice; 0: none yet */
    struct bw_arena arena;
    struct bw_import_result result;
    size_t rejections_capacity, notes_capacity, changes_capacity, doubts_capacity;
    bool no_memory;
    bool overtaken; /* by somebody else's step: it can be done anew (PL7 of place.h) */
};

/* Reads the file and finds its columns. Office and request are borrowed until
 * bw_import_finish, which also rolls back what was not committed and is due on failure
 * too. BW_NOT_FOUND, BW_BAD_INPUT, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_import_open(struct bw_import *import,
    const struct bw_office *office, const struct bw_import_request *request,
    const char *kind, const struct bw_field *fields, struct bw_error *err);
void bw_import_finish(struct bw_import *import);

/* The file's own name: without folders, that of an archive's member where it is one.
 * Borrowed from the request. */
const char *bw_import_name(const struct bw_import *import);

/* BW_NO_MEMORY, with the sentence that an import has for it. */
enum bw_status bw_import_no_memory(const struct bw_import *import, struct bw_error *err);

/* The same file with other rows left out, or taken along, says something else. Can't
 * fail. */
void bw_import_hash_lines(struct bw_import *import);

/* Whether the request says of a line that it stays out, or goes in whatever its role. */
bool bw_import_is_skipped(const struct bw_import *import, int32_t line);
bool bw_import_is_admitted(const struct bw_import *import, int32_t line);
/* Whether it says of a field of bw_sign_up_fields that it stays as it is known. */
bool bw_import_is_refused(const struct bw_import *import, int32_t line, int field);

/* Makes a file that is read otherwise another one for `hash`. Can't fail. */
void bw_import_hash_more(struct bw_import *import, const char *what, const char *means);

/* A row that doesn't go in; `format` says why. */
void bw_import_reject(struct bw_import *import, int32_t line, enum bw_reject reason,
    const char *format, ...) BW_PRINTF(4, 5);
void bw_import_note(struct bw_import *import, bool look, const char *format, ...)
    BW_PRINTF(3, 4);

/* What a row is to somebody, for whoever looks before it happens; beyond
 * BW_IMPORT_CHANGES_MAX nothing is noted. Texts are copied. */
void bw_import_change_note(
    struct bw_import *import, const struct bw_import_change *change);

/* Adds what differs of a field of bw_sign_up_fields to a change that is to be noted;
 * nothing where it doesn't: NULL then. Texts are borrowed; so is what is returned. */
struct bw_import_difference *bw_import_change_differs(
    struct bw_import_change *change, int field, const char *was, const char *becomes);

/* What differs of a noted change is from now on what differs of `says`. Copied. */
void bw_import_change_is(struct bw_import *import, struct bw_import_change *noted,
    const struct bw_import_change *says);

/* BW_REFUSED where whoever watches wants the import to stop. */
BW_NODISCARD enum bw_status bw_import_go_on(
    const struct bw_import *import, struct bw_error *err);

/* A row's cell of a field, as the file has it; "" where there's none. Borrowed from the
 * table, which lives as long as the import. */
const char *bw_import_raw(
    const struct bw_import *import, const struct bw_csv_row *row, int field);

/* The same, cleaned and kept in the import's arena. NULL where it doesn't hold: the row
 * was then rejected as invalid. */
const char *bw_import_text(
    struct bw_import *import, const struct bw_csv_row *row, int field, size_t chars_max);

/* A time; false where it doesn't hold: rejected. On a form a day alone is its beginning,
 * and counted, and of the hour that comes twice when summer time ends the lines' order
 * decides: rows are to be read in that order. Elsewhere neither holds. */
bool bw_import_time(struct bw_import *import, const struct bw_csv_row *row, int field,
    const struct bw_zone *zone, int64_t *ret_wall_ms);

/* The same, or an hour alone ("12.45"): of the local day that holds `day_ms`. */
bool bw_import_time_of(struct bw_import *import, const struct bw_csv_row *row, int field,
    const struct bw_zone *zone, int64_t day_ms, int64_t *ret_wall_ms);

/* A whole number, `missing` where the cell is empty;
 * false where it doesn't hold: rejected. */
bool bw_import_number(struct bw_import *import, const struct bw_csv_row *row, int field,
    int least, int most, int missing, int *ret_number);

/* True where a row has something beyond the last heading:
 * an unquoted comma shifted it. Rejected. */
bool bw_import_is_shifted(struct bw_import *import, const struct bw_csv_row *row);

/* BW_BAD_INPUT where a file of sessions or agenda items has more rows than anybody has of
 * them: each is compared with each. */
enum { BW_IMPORT_ITEMS_MAX = 10000 };
BW_NODISCARD enum bw_status bw_import_limit(
    const struct bw_import *import, struct bw_error *err);

/* Begins the step that this import is (step.h): its kind, its session where it has one
 * (else NULL), and the file's name; what it is told of headings is kept with it. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_import_begin_step(struct bw_import *import,
    const char *session_code, int64_t batch_no, struct bw_error *err);

/* Writes the batch down; its number comes first, for the rows that it brings.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_import_next_batch(
    struct bw_import *import, int64_t *ret_batch_no, struct bw_error *err);
BW_NODISCARD enum bw_status bw_import_put_batch(
    struct bw_import *import, int64_t batch_no, struct bw_error *err);
/* Once more, where what became of its rows is another since.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_import_count_batch(
    struct bw_import *import, int64_t batch_no, struct bw_error *err);

/* Commits where something was added, changed or learned, else rolls back (I3). What the
 * database answers. */
BW_NODISCARD enum bw_status bw_import_end(struct bw_import *import, struct bw_error *err);

/* The kinds, each from an open import to its commit (bw_import_end). BW_BAD_INPUT for
 * a file that can't be such a one, BW_NOT_FOUND for a session that isn't there,
 * BW_REFUSED, and what the database answers. */
BW_NODISCARD enum bw_status bw_import_sessions(
    struct bw_import *import, struct bw_error *err);
BW_NODISCARD enum bw_status bw_import_agenda(
    struct bw_import *import, struct bw_error *err);
BW_NODISCARD enum bw_status bw_import_sign_ups(
    struct bw_import *import, struct bw_error *err);
BW_NODISCARD enum bw_status bw_import_attendance(
    struct bw_import *import, struct bw_error *err);
BW_NODISCARD enum bw_status bw_import_schools(
    struct bw_import *import, struct bw_error *err);

extern const struct bw_field bw_import_agenda_fields[];
extern const struct bw_field bw_import_schools_fields[];
extern const struct bw_field bw_import_attendance_fields[];

#endif
