/* The kinds of import: see import.h. */
#include "office/import/import.h"

#include "central/base/output.h"
#include "office/import/import_state.h"
#include "office/import/read/session_row.h"
#include "office/import/read/sign_up.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct import_kind {
    const char *name;
    const struct bw_field *fields;
    bool counts_people;
    enum bw_status (*run)(struct bw_import *import, struct bw_error *err);
};

static const struct import_kind kinds[] = {
    [BW_IMPORT_SESSIONS] = {"sessions", bw_session_row_fields, false, bw_import_sessions},
    [BW_IMPORT_REGISTRATIONS] = {"registrations", bw_sign_up_fields, true,
        bw_import_sign_ups},
    [BW_IMPORT_WAITLIST] = {"waitlist", bw_sign_up_fields, true, bw_import_sign_ups},
    [BW_IMPORT_AGENDA] = {"agenda", bw_import_agenda_fields, false, bw_import_agenda},
    [BW_IMPORT_ATTENDANCE] = {"attendance", bw_import_attendance_fields, false,
        bw_import_attendance},
    [BW_IMPORT_SCHOOLS] = {"schools", bw_import_schools_fields, false, bw_import_schools},
};

static int
by_line(const void *a, const void *b)
{
    const struct bw_rejection *left = a;
    const struct bw_rejection *right = b;
    return (left->line > right->line) - (left->line < right->line);
}

bool
bw_import_is_of_session(enum bw_import_kind kind)
{
    return kind == BW_IMPORT_REGISTRATIONS || kind == BW_IMPORT_ATTENDANCE;
}

bool
bw_import_may_tell_session(enum bw_import_kind kind)
{
    return kind == BW_IMPORT_REGISTRATIONS;
}

bool
bw_import_is_whole(enum bw_import_kind kind)
{
    return kind == BW_IMPORT_AGENDA || kind == BW_IMPORT_SCHOOLS;
}

/* So often somebody else may come first. */
enum { TRIES = 3 };

static enum bw_status
try_file(const struct bw_office *office, const struct bw_import_request *request,
    struct bw_import *ret_import, struct bw_error *err)
{
    const struct import_kind *kind = &kinds[request->kind];
    bw_import_reading_finish(request->ret_reading);
    enum bw_status status =
        bw_import_open(ret_import, office, request, kind->name, kind->fields, err);
    if (status == BW_OK) {
        ret_import->result.counts_people = kind->counts_people;
        status = kind->run(ret_import, err);
    }
    bool crossed = status == BW_BUSY && err->os_errno == EDEADLK;
    ret_import->overtaken = ret_import->overtaken || crossed;
    bw_progress_end(office->progress);
    return status;
}

/* As often as somebody else comes first. */
static enum bw_status
try_again(const struct bw_office *office, const struct bw_import_request *request,
    struct bw_import_result *ret_result, struct bw_error *err)
{
    struct bw_import import;
    enum bw_status status = try_file(office, request, &import, err);
    for (int i = 1; status != BW_OK && import.overtaken && i < TRIES; i++) {
        bw_import_finish(&import);
        status = try_file(office, request, &import, err);
    }
    if (status == BW_OK) {
        struct bw_import_result *result = &import.result;
        if (result->rejections_count > 0) {
            qsort(result->rejections, result->rejections_count,
                sizeof *result->rejections, by_line);
        }
        *ret_result = *result;
        *result = (struct bw_import_result){.rows = 0};
    }
    bw_import_finish(&import);
    return status;
}

enum bw_status
bw_import_file(const struct bw_office *office, const struct bw_import_request *request,
    struct bw_import_result *ret_result, struct bw_error *err)
{
    assert((request->session != NULL) == bw_import_is_of_session(request->kind) ||
           (request->session == NULL && bw_import_may_tell_session(request->kind)));
    struct bw_import_request kept = *request;
    unsigned char *bytes = NULL;
    struct bw_error unread;
    enum bw_status status = BW_OK;
    err = err != NULL ? err : &unread;
    if (request->bytes == NULL && strcmp(request->path, "-") == 0) { /* comes once */
        status = bw_file_read("-", BW_CSV_BYTES_MAX, &bytes, &kept.length, err);
        kept.bytes = bytes;
    }
    if (status == BW_OK) {
        status = try_again(office, &kept, ret_result, err);
    }
    free(bytes);
    return status;
}
