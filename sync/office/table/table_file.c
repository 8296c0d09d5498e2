/* A file as a table: see table_file.h. */
#include "office/table/table_file.h"

#include "central/records.h"
#include "office/table/other_kind.h"
#include "office/table/workbook.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- workbooks ---- */

/* A sheet that has something in it, beside the one that is read. */
static void
sheets_add(const char *sheet, int known, struct bw_table_sheets *inout_sheets)
{
    char *names = inout_sheets->names;
    size_t used = strlen(names);
    char more[BW_SHEET_NAME_BYTES];
    bw_text_copy(more, sizeof more, sheet);
    if (used + strlen(more) + 3 < BW_TABLE_PASSED_BYTES) {
        (void)snprintf(names + used, BW_TABLE_PASSED_BYTES - used, "%s%s",
            used > 0 ? ", " : "", more);
    }
    inout_sheets->forms = inout_sheets->forms || known > 1;
}

/* How many of the fields a sheet's heading knows; -1: it holds nothing. */
static enum bw_status
sheet_judge(struct bw_workbook *workbook, int sheet, const struct bw_field *fields,
    struct bw_csv_table *ret_table, int *ret_known, struct bw_error *err)
{
    enum bw_status status = bw_workbook_read(workbook, sheet, ret_table, err);
    if (status == BW_OK) {
        bool empty = ret_table->heading.line <= 0;
        *ret_known = empty ? -1 : bw_columns_known(ret_table, fields);
    }
    return status;
}

/* One that can't be read is nobody's form. `forms_alone`: lists aren't told. */
static void
hidden_note(struct bw_workbook *workbook, const struct bw_field *fields, bool forms_alone,
    struct bw_table_passed *ret_passed)
{
    for (int i = 0; i < bw_workbook_sheets(workbook); i++) {
        struct bw_csv_table table = {.rows = NULL};
        struct bw_error why = {.text = ""};
        int known = -1;
        if (bw_workbook_sheet_is_hidden(workbook, i) &&
            sheet_judge(workbook, i, fields, &table, &known, &why) == BW_OK &&
            known >= (forms_alone ? 2 : 0)) {
            sheets_add(bw_workbook_sheet_name(workbook, i), known, &ret_passed->hidden);
        }
        bw_csv_table_finish(&table);
    }
}

static enum bw_status
refuse_all(const char *name, const struct bw_table_passed *passed, struct bw_error *err)
{
    bool hidden = passed->hidden.names[0] != '\0';
    return hidden ? bw_error_set(err, BW_BAD_INPUT, 0,
                        "importing %s: what it holds is in hidden sheets (%s); show them "
                        "in its program, and save it",
                        name, passed->hidden.names)
                  : bw_error_set(err, BW_BAD_INPUT, 0,
                        "importing %s: there is nothing in it but blanks; export it "
                        "again",
                        name);
}

static enum bw_status
workbook_choose(struct bw_workbook *workbook, const char *name,
    const struct bw_field *fields, struct bw_csv_table *ret_table,
    struct bw_table_passed *ret_passed, struct bw_error *err)
{
    struct bw_csv_table best = {.rows = NULL};
    int best_known = -1, chosen = -1;
    for (int i = 0; i < bw_workbook_sheets(workbook); i++) {
        struct bw_csv_table table;
        int known = -1;
        if (bw_workbook_sheet_is_hidden(workbook, i)) {
            continue;
        }
        enum bw_status status = sheet_judge(workbook, i, fields, &table, &known, err);
        if (status != BW_OK) {
            bw_csv_table_finish(&best);
            return status;
        }
        if (known > best_known && chosen >= 0) {
            sheets_add(bw_workbook_sheet_name(workbook, chosen), best_known,
                &ret_passed->others);
        } else if (known >= 0 && known <= best_known) {
            sheets_add(bw_workbook_sheet_name(workbook, i), known, &ret_passed->others);
        }
        struct bw_csv_table *other = known > best_known ? &best : &table;
        bw_csv_table_finish(other);
        if (known > best_known) {
            best = table;
            best_known = known;
            chosen = i;
        }
    }
    hidden_note(workbook, fields, false, ret_passed);
    if (chosen < 0) {
        return refuse_all(name, ret_passed, err);
    }
    bw_text_copy(ret_passed->chosen, sizeof ret_passed->chosen,
        bw_workbook_sheet_name(workbook, chosen));
    *ret_table = best;
    return BW_OK;
}

static enum bw_status
sheet_read(struct bw_workbook *workbook, const char *name, const char *sheet,
    struct bw_csv_table *ret_table, struct bw_error *err)
{
    for (int i = 0; i < bw_workbook_sheets(workbook); i++) {
        if (!bw_workbook_sheet_is_hidden(workbook, i) &&
            strcmp(bw_workbook_sheet_name(workbook, i), sheet) == 0) {
            return bw_workbook_read(workbook, i, ret_table, err);
        }
    }
    return bw_error_set(
        err, BW_NOT_FOUND, 0, "importing %s: it has no sheet \"%.60s\"", name, sheet);
}

/* `sheet`: NULL, or the one that is meant. */
static enum bw_status
workbook_read(struct bw_archive *archive, const char *name, const char *sheet,
    const struct bw_field *fields, struct bw_csv_table *ret_table,
    struct bw_table_passed *ret_passed, struct bw_error *err)
{
    struct bw_workbook *workbook = NULL;
    enum bw_status status = bw_workbook_open(archive, name, &workbook, err);
    if (status == BW_OK && sheet == NULL) {
        status = workbook_choose(workbook, name, fields, ret_table, ret_passed, err);
    } else if (status == BW_OK) {
        status = sheet_read(workbook, name, sheet, ret_table, err);
        if (status == BW_OK) {
            hidden_note(workbook, fields, true, ret_passed);
        }
    }
    bw_workbook_close(workbook);
    return status;
}

static bool
sheet_walk(struct bw_workbook *workbook, int sheet, const struct bw_field *fields,
    bw_table_file_sheet *each, void *context)
{
    struct bw_csv_table table = {.rows = NULL};
    struct bw_error why = {.text = ""};
    bool goes_on = bw_workbook_read(workbook, sheet, &table, &why) == BW_OK;
    if (goes_on && table.heading.line > 0 && bw_columns_known(&table, fields) > 1) {
        goes_on = each(bw_workbook_sheet_name(workbook, sheet), &table, context);
    }
    bw_csv_table_finish(&table);
    return goes_on;
}

static void
sheets_walk(const unsigned char *bytes, size_t length, const char *name,
    const struct bw_field *fields, bw_table_file_sheet *each, void *context)
{
    struct bw_archive *archive = NULL;
    struct bw_workbook *workbook = NULL;
    struct bw_error why = {.text = ""};
    bool goes_on = bw_archive_is(bytes, length) &&
                   bw_archive_open(bytes, length, name, &archive, &why) == BW_OK &&
                   bw_workbook_is(archive) &&
                   bw_workbook_open(archive, name, &workbook, &why) == BW_OK;
    for (int i = 0; goes_on && i < bw_workbook_sheets(workbook); i++) {
        goes_on = bw_workbook_sheet_is_hidden(workbook, i) ||
                  sheet_walk(workbook, i, fields, each, context);
    }
    bw_workbook_close(workbook);
    bw_archive_close(archive);
}

void
bw_table_file_sheets(const unsigned char *bytes, size_t length, const char *name,
    const char *member, const struct bw_field *fields, bw_table_file_sheet *each,
    void *context)
{
    struct bw_archive *archive = NULL;
    struct bw_error why = {.text = ""};
    unsigned char *inner = NULL;
    size_t inner_length = 0;
    if (member == NULL) {
        sheets_walk(bytes, length, name, fields, each, context);
        return;
    }
    if (bw_archive_open(bytes, length, name, &archive, &why) == BW_OK &&
        bw_archive_read(archive, member, BW_CSV_BYTES_MAX, &inner, &inner_length, &why) ==
            BW_OK) {
        sheets_walk(inner, inner_length, name, fields, each, context);
    }
    bw_archive_close(archive);
    free(inner);
}

/* ---- archives of files ---- */

static bool
ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), part = strlen(ending);
    return length > part && strcasecmp(name + length - part, ending) == 0;
}

static const char *
file_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

/* What Macs and others put beside. */
bool
bw_table_file_is_beside(const char *name)
{
    const char *file = file_of(name);
    return file[0] == '.' || file[0] == '\0' || strncmp(name, "__MACOSX/", 9) == 0 ||
           strcasecmp(file, "desktop.ini") == 0 || strcasecmp(file, "Thumbs.db") == 0;
}

static bool
is_table(const char *name)
{
    const char *file = file_of(name);
    return !bw_table_file_is_beside(name) &&
           (ends_with(file, ".csv") || ends_with(file, ".tsv") ||
               ends_with(file, ".txt") || ends_with(file, ".xlsx"));
}

bool
bw_table_file_is_named(const char *name)
{
    return is_table(name) || (name[0] != '.' && ends_with(name, ".zip"));
}

enum bw_status
bw_table_file_limit(
    const unsigned char *bytes, size_t length, const char *name, struct bw_error *err)
{
    struct bw_archive *archive = NULL;
    struct bw_error why = {.text = ""};
    int files = 0;
    if (!bw_archive_is(bytes, length) ||
        bw_archive_open(bytes, length, name, &archive, &why) != BW_OK) {
        return BW_OK; /* whoever reads it says why not */
    }
    bool workbook = bw_workbook_is(archive);
    for (int i = 0; i < bw_archive_count(archive); i++) {
        files += !bw_table_file_is_beside(bw_archive_name(archive, i));
    }
    bool large = bw_archive_bytes(archive) > (int64_t)BW_TABLE_UNPACKED_MB * 1024 * 1024;
    bool many = files > BW_TABLE_MEMBERS_MAX &&
                bw_table_file_other_archive(archive) == NULL && !workbook;
    bw_archive_close(archive);
    if (many) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: there are more than %d files in it; give a part of them", name,
            BW_TABLE_MEMBERS_MAX);
    }
    return large
               ? bw_error_set(err, BW_BAD_INPUT, 0,
                     "importing %s: unpacked it is larger than %d MB; give a part of it",
                     name, BW_TABLE_UNPACKED_MB)
               : BW_OK;
}

const char *
bw_table_file_why(const unsigned char *bytes, size_t length, const char *name)
{
    struct bw_archive *archive = NULL;
    struct bw_error why = {.text = ""};
    if (!bw_archive_is(bytes, length)) {
        return bw_table_file_other(bytes, length);
    }
    if (bw_archive_open(bytes, length, name, &archive, &why) != BW_OK) {
        return bw_said("it is damaged; download it or have it sent again");
    }
    const char *what = bw_table_file_other_archive(archive);
    bool packed = what == NULL && !bw_workbook_is(archive);
    bw_archive_close(archive);
    return packed
               ? bw_said(
                     "it is an archive in an archive; unpack it and give what is in it")
               : what;
}

void
bw_table_file_members(const unsigned char *bytes, size_t length, const char *name,
    bw_table_file_member *each, void *context)
{
    struct bw_archive *archive = NULL;
    struct bw_error why = {.text = ""};
    int count = 0;
    if (!bw_archive_is(bytes, length) ||
        bw_archive_open(bytes, length, name, &archive, &why) != BW_OK) {
        return;
    }
    bool workbook = bw_workbook_is(archive);
    for (int i = 0; !workbook && i < bw_archive_count(archive); i++) {
        count += is_table(bw_archive_name(archive, i));
    }
    for (int i = 0; !workbook && i < bw_archive_count(archive); i++) {
        const char *member = bw_archive_name(archive, i);
        if (is_table(member) && !each(member, count == 1, context)) {
            break;
        }
    }
    bw_archive_close(archive);
}

static const char *
member_why(struct bw_archive *archive, const char *member)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error why = {.text = ""};
    if (bw_archive_read(archive, member, BW_CSV_BYTES_MAX, &bytes, &length, &why) !=
        BW_OK) {
        return NULL;
    }
    const char *what = bw_table_file_why(bytes, length, member);
    free(bytes);
    return what;
}

void
bw_table_file_others(const unsigned char *bytes, size_t length, const char *name,
    bw_table_file_other_each *each, void *context)
{
    struct bw_archive *archive = NULL;
    struct bw_error why = {.text = ""};
    if (!bw_archive_is(bytes, length) ||
        bw_archive_open(bytes, length, name, &archive, &why) != BW_OK) {
        return;
    }
    bool one = bw_workbook_is(archive) || bw_table_file_other_archive(archive) != NULL;
    for (int i = 0; !one && i < bw_archive_count(archive); i++) {
        const char *member = bw_archive_name(archive, i);
        if (!bw_table_file_is_beside(member) && !is_table(member) &&
            !each(member, member_why(archive, member), context)) {
            break;
        }
    }
    bw_archive_close(archive);
}

static enum bw_status
member_find(struct bw_archive *archive, const char *name, const char **ret_member,
    struct bw_error *err)
{
    const char *found = NULL;
    for (int i = 0; i < bw_archive_count(archive); i++) {
        const char *member = bw_archive_name(archive, i);
        if (!is_table(member)) {
            continue;
        }
        if (found != NULL) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "importing %s: it holds several files (%.60s, %.60s); unpack it and "
                "import each for its own circle",
                name, found, member);
        }
        found = member;
    }
    const char *other = found == NULL ? bw_table_file_other_archive(archive) : NULL;
    if (other != NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "importing %s: %s", name, other);
    }
    *ret_member = found;
    return found != NULL ? BW_OK
                         : bw_error_set(err, BW_BAD_INPUT, 0,
                               "importing %s: it is an archive without a CSV or XLSX "
                               "file in it; save the answers as CSV (UTF-8) and try "
                               "again",
                               name);
}

/* "alles.xlsx\nZwolle" is a sheet of a workbook in the archive; NULL: none is meant. */
static char *
sheet_split(const struct bw_archive *archive, char *member)
{
    for (int i = 0; i < bw_archive_count(archive); i++) {
        if (strcmp(bw_archive_name(archive, i), member) == 0) {
            return NULL;
        }
    }
    char *mark = strrchr(member, BW_TABLE_SHEET_MARK);
    if (mark != NULL) {
        *mark = '\0';
    }
    return mark != NULL ? mark + 1 : NULL;
}

/* An archive in an archive is none. */
static enum bw_status
member_read(struct bw_archive *archive, const char *name, const char *member,
    const struct bw_field *fields, struct bw_csv_table *ret_table,
    struct bw_table_passed *ret_passed, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_archive *inner = NULL;
    char *named = member != NULL ? strdup(member) : NULL;
    const char *sheet = named != NULL ? sheet_split(archive, named) : NULL;
    enum bw_status status = member == NULL  ? member_find(archive, name, &member, err)
                            : named != NULL ? BW_OK
                                            : bw_error_set(err, BW_NO_MEMORY, 0,
                                                  "importing %s: no memory", name);
    if (status == BW_OK) {
        member = named != NULL ? named : member;
        status = bw_archive_read(archive, member, BW_CSV_BYTES_MAX, &bytes, &length, err);
    }
    if (status == BW_OK && bw_archive_is(bytes, length)) {
        status = bw_archive_open(bytes, length, name, &inner, err);
        if (status == BW_OK) {
            status =
                workbook_read(inner, name, sheet, fields, ret_table, ret_passed, err);
        }
    } else if (status == BW_OK) {
        status = bw_csv_table_read(bytes, length, name, ret_table, err);
    }
    bw_archive_close(inner);
    free(bytes);
    free(named);
    return status;
}

enum bw_status
bw_table_file_read(const unsigned char *bytes, size_t length, const char *name,
    const char *member, const struct bw_field *fields, struct bw_csv_table *ret_table,
    struct bw_table_passed *ret_passed, struct bw_error *err)
{
    struct bw_archive *archive = NULL;
    *ret_passed = (struct bw_table_passed){.chosen = ""};
    if (!bw_archive_is(bytes, length)) {
        return bw_csv_table_read(bytes, length, name, ret_table, err);
    }
    enum bw_status status = bw_archive_open(bytes, length, name, &archive, err);
    if (status == BW_OK) {
        status =
            bw_workbook_is(archive)
                ? workbook_read(archive, name, member, fields, ret_table, ret_passed, err)
                : member_read(archive, name, member, fields, ret_table, ret_passed, err);
    }
    bw_archive_close(archive);
    return status;
}
