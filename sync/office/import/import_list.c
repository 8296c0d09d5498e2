/* The files that `import` is given: see import_list.h. */
#include "office/import/import_list.h"

#include "central/base/array.h"
#include "central/base/output.h"
#include "central/records.h"
#include "office/import/read/session_names.h"
#include "office/import/read/sign_up.h"
#include "office/table/table_file.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct list_adding {
    struct bw_import_list *list;
    const char *path;
    const unsigned char *bytes; /* what it holds */
    size_t length;
    enum bw_status status;
    struct bw_error *err;
};

void
bw_import_list_finish(struct bw_import_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].path);
        free(list->items[i].member);
        free(list->items[i].shown);
    }
    for (size_t i = 0; i < list->passed_count; i++) {
        free(list->passed[i].name);
    }
    free(list->items);
    *list = (struct bw_import_list){.items = NULL};
}

/* "forms.zip: alles.xlsx: Zwolle"; `member` and `sheet` may be NULL. */
static bool
item_fill(
    struct bw_import_item *item, const char *path, const char *member, const char *sheet)
{
    bool both = member != NULL && sheet != NULL;
    const char *inner = member != NULL ? member : sheet;
    item->path = strdup(path);
    if (asprintf(&item->shown, "%s%s%s%s%s", path, inner != NULL ? ": " : "",
            inner != NULL ? inner : "", both ? ": " : "", both ? sheet : "") < 0) {
        item->shown = NULL;
    }
    if (both &&
        asprintf(&item->member, "%s%c%s", member, BW_TABLE_SHEET_MARK, sheet) < 0) {
        item->member = NULL;
    } else if (!both && inner != NULL) {
        item->member = strdup(inner);
    }
    return item->path != NULL && item->shown != NULL &&
           (inner == NULL || item->member != NULL);
}

static enum bw_status
add(struct bw_import_list *list, const char *path, const char *member, const char *sheet,
    struct bw_error *err)
{
    if (list->count == BW_IMPORT_FILES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: there are more than %d files; import a part of them", path,
            BW_IMPORT_FILES_MAX);
    }
    if (list->count > 0 && bw_import_is_whole(list->request->kind)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: one file is the whole list, and this is another; give one, "
            "with all in it",
            path);
    }
    struct bw_import_item *item =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *item);
    if (item != NULL) {
        *item = (struct bw_import_item){.path = NULL};
    }
    return item != NULL && item_fill(item, path, member, sheet)
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                     "importing %s: there's no memory left", path);
}

/* Past BW_IMPORT_PASSED_MAX it is counted. */
static enum bw_status
pass_over(struct bw_import_list *list, const char *path, const char *name,
    const char *why, struct bw_error *err)
{
    char fine[BW_TITLE_BYTES];
    if (list->passed_count == BW_IMPORT_PASSED_MAX) {
        list->passed_more++;
        return BW_OK;
    }
    bw_text_copy(fine, sizeof fine, name);
    bw_text_defuse(fine, '?');
    char *kept = strdup(fine);
    if (kept == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", path);
    }
    list->passed[list->passed_count++] = (struct bw_import_passed){kept, why};
    return BW_OK;
}

static bool
on_other(const char *member, const char *why, void *context)
{
    struct list_adding *adding = context;
    adding->status = pass_over(adding->list, adding->path, member, why, adding->err);
    return adding->status == BW_OK;
}

/* ---- sheets ---- */

enum { SHEETS_MAX = 64 };

struct sheets_reading {
    struct bw_session_names names;
    int64_t now_ms;
    char sheets[SHEETS_MAX][BW_TITLE_BYTES];
    size_t count;
    const struct bw_session *first; /* that one of them names */
    bool several;                   /* another names another one */
    size_t by_rows;                 /* whose rows say it */
};

/* By the sheet's own name, else by what its first row says, which may be a title. */
static bool
on_sheet(const char *sheet, const struct bw_csv_table *table, void *context)
{
    struct sheets_reading *r = context;
    char title[BW_TITLE_BYTES];
    bw_columns_title(table, title, sizeof title);
    const struct bw_session *named = bw_session_names_in(&r->names, sheet, r->now_ms);
    if (named == NULL) {
        named = bw_session_names_in(&r->names, title, r->now_ms);
    }
    r->several = r->several || (r->first != NULL && named != NULL && named != r->first);
    r->first = r->first == NULL ? named : r->first;
    const struct bw_field rows_tell[] = {bw_sign_up_fields[BW_SIGN_UP_SESSION],
        bw_sign_up_fields[BW_SIGN_UP_TIMESTAMP], {.name = NULL}};
    r->by_rows += bw_columns_known(table, rows_tell) == 2;
    if (r->count < SHEETS_MAX) {
        bw_text_copy(r->sheets[r->count++], BW_TITLE_BYTES, sheet);
    }
    return true;
}

/* Whether the sheets say whose form it is: of several circles, or of one that the file's
 * name doesn't tell; or somebody is asked. */
static bool
sheets_tell(const struct sheets_reading *r, bool asks, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    bool unnamed = bw_session_names_in(&r->names, name, r->now_ms) == NULL;
    bool alone = r->count == 1 && r->first != NULL;
    bool by_rows = r->count > 1 && r->by_rows == r->count;
    return r->several || by_rows || (unnamed && (alone || (asks && r->count > 1)));
}

/* The forms of several circles in one workbook, or the one that its sheet names.
 * `member`: NULL, or the workbook of an archive. */
static enum bw_status
add_sheets(const struct list_adding *adding, const char *member)
{
    struct bw_import_list *list = adding->list;
    struct sheets_reading *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return bw_error_set(adding->err, BW_NO_MEMORY, ENOMEM,
            "importing %s: there's no memory left", adding->path);
    }
    r->now_ms = bw_office_now_ms(list->office);
    enum bw_status status =
        bw_session_names_load(list->office->central, &r->names, adding->err);
    if (status == BW_OK) {
        bw_table_file_sheets(adding->bytes, adding->length, adding->path, member,
            bw_sign_up_fields, on_sheet, r);
    }
    bool tell = status == BW_OK &&
                sheets_tell(r, list->asks, member != NULL ? member : adding->path);
    for (size_t i = 0; status == BW_OK && tell && i < r->count; i++) {
        status = add(list, adding->path, member, r->sheets[i], adding->err);
    }
    bw_session_names_finish(&r->names);
    free(r);
    return status;
}

static bool
is_split(const struct bw_import_request *request)
{
    return request->kind == BW_IMPORT_REGISTRATIONS && request->session == NULL;
}

static bool
on_member(const char *member, bool alone, void *context)
{
    struct list_adding *adding = context;
    struct bw_import_list *list = adding->list;
    size_t before = list->count;
    if (is_split(list->request)) {
        adding->status = add_sheets(adding, member);
    }
    if (adding->status == BW_OK && list->count == before && !alone) {
        adding->status = add(list, adding->path, member, NULL, adding->err);
    }
    return adding->status == BW_OK;
}

/* Its tables, where it is an archive with several, or a workbook with several forms.
 * Standard input isn't looked at, as it comes once. */
static enum bw_status
add_file(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct list_adding adding = {.list = list, .path = path, .err = err};
    unsigned char *bytes = NULL;
    size_t before = list->count;
    struct bw_error why = {.text = ""};
    if (strcmp(path, "-") != 0 &&
        bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &adding.length, &why) == BW_OK) {
        adding.bytes = bytes;
        adding.status = bw_table_file_limit(bytes, adding.length, path, err);
        if (adding.status == BW_OK) {
            bw_table_file_members(bytes, adding.length, path, on_member, &adding);
        }
        if (adding.status == BW_OK) {
            bw_table_file_others(bytes, adding.length, path, on_other, &adding);
        }
        if (adding.status == BW_OK && list->count == before && is_split(list->request)) {
            adding.status = add_sheets(&adding, NULL);
        }
    }
    free(bytes);
    return adding.status != BW_OK || list->count > before
               ? adding.status
               : add(list, path, NULL, NULL, err);
}

/* ---- folders ---- */

static int
is_meant(const struct dirent *entry)
{
    return !bw_table_file_is_beside(entry->d_name);
}

static enum bw_status
add_entry(struct bw_import_list *list, const char *folder, const char *name,
    struct bw_error *err)
{
    char path[PATH_MAX];
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error why = {.text = ""};
    struct stat facts;
    enum bw_status status = bw_path_join(folder, name, path, err);
    if (status != BW_OK || stat(path, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return status;
    }
    if (bw_table_file_is_named(name)) {
        return add_file(list, path, err);
    }
    bool read = bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &length, &why) == BW_OK;
    status = pass_over(
        list, path, name, read ? bw_table_file_why(bytes, length, name) : NULL, err);
    free(bytes);
    return status;
}

/* What lies there instead is named, with what to do: what was passed since `from`. */
static enum bw_status
refuse_folder(const struct bw_import_list *list, size_t from, const char *path,
    struct bw_error *err)
{
    char said[BW_ERROR_TEXT_BYTES] = "", first[PATH_MAX + BW_TITLE_BYTES];
    size_t used = 0;
    for (size_t i = from; i < list->passed_count && used < sizeof said; i++) {
        const struct bw_import_passed *passed = &list->passed[i];
        bool more = i > from;
        used += (size_t)snprintf(said + used, sizeof said - used, "%s%s%s%s",
            more ? "; " : "", more ? passed->name : "", more ? ": " : "",
            passed->why != NULL ? passed->why
                                : bw_said("it is no table; save the answers as CSV "
                                          "(UTF-8) or XLSX and try again"));
    }
    (void)snprintf(
        first, sizeof first, "%s/%s", path, used > 0 ? list->passed[from].name : "");
    return used > 0
               ? bw_error_set(err, BW_BAD_INPUT, 0, "importing %s: %s", first, said)
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "importing %s: there is no CSV, XLSX or ZIP in that folder", path);
}

/* One that is nothing known, and whose name says nothing, may be a list after all. */
static enum bw_status
add_instead(
    struct bw_import_list *list, size_t from, const char *path, struct bw_error *err)
{
    char file[PATH_MAX];
    bool alone = list->passed_count == from + 1 && list->passed[from].why == NULL;
    if (!alone || strchr(list->passed[from].name, '.') != NULL) {
        return refuse_folder(list, from, path, err);
    }
    enum bw_status status = bw_path_join(path, list->passed[from].name, file, err);
    free(list->passed[from].name);
    list->passed_count = from;
    return status == BW_OK ? add(list, file, NULL, NULL, err) : status;
}

static enum bw_status
add_folder(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_meant, alphasort);
    if (count < 0) {
        return bw_error_set(err, BW_IO, errno,
            "importing %s: the folder can't be read: %s", path, bw_said(strerror(errno)));
    }
    enum bw_status status = BW_OK;
    size_t before = list->count, passed = list->passed_count;
    for (int i = 0; i < count; i++) {
        if (status == BW_OK) {
            status = add_entry(list, path, entries[i]->d_name, err);
        }
        free(entries[i]);
    }
    free(entries);
    return status == BW_OK && list->count == before ? add_instead(list, passed, path, err)
                                                    : status;
}

enum bw_status
bw_import_list_add(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct stat facts;
    bool folder = stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
    return folder ? add_folder(list, path, err) : add_file(list, path, err);
}
