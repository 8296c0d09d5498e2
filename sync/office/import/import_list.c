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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct list_adding {
    struct bw_import_list *list;
    const char *path;
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
        free(list->passed[i]);
    }
    free(list->items);
    *list = (struct bw_import_list){.items = NULL};
}

static enum bw_status
add(struct bw_import_list *list, const char *path, const char *member,
    struct bw_error *err)
{
    if (list->count == BW_IMPORT_FILES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: there are more than %d files; import a part of them", path,
            BW_IMPORT_FILES_MAX);
    }
    struct bw_import_item *item =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *item);
    if (item == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", path);
    }
    *item = (struct bw_import_item){
        .path = strdup(path), .member = member != NULL ? strdup(member) : NULL};
    bool fine = item->path != NULL && (member == NULL || item->member != NULL);
    if (!fine || asprintf(&item->shown, "%s%s%s", path, member != NULL ? ": " : "",
                     member != NULL ? member : "") < 0) {
        item->shown = NULL;
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", path);
    }
    return BW_OK;
}

static bool
on_member(const char *member, void *context)
{
    struct list_adding *adding = context;
    adding->status = add(adding->list, adding->path, member, adding->err);
    return adding->status == BW_OK;
}

static bool
on_other(const char *member, void *context)
{
    struct list_adding *adding = context;
    struct bw_import_list *list = adding->list;
    if (list->passed_count == BW_IMPORT_PASSED_MAX) {
        list->passed_more++;
        return true;
    }
    char fine[BW_TITLE_BYTES];
    bw_text_copy(fine, sizeof fine, member);
    bw_text_defuse(fine, '?');
    char *name = strdup(fine);
    if (name == NULL) {
        adding->status = bw_error_set(adding->err, BW_NO_MEMORY, ENOMEM,
            "importing %s: there's no memory left", adding->path);
        return false;
    }
    list->passed[list->passed_count++] = name;
    return true;
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
    if (r->count < SHEETS_MAX) {
        bw_text_copy(r->sheets[r->count++], BW_TITLE_BYTES, sheet);
    }
    return true;
}

/* Whether the sheets say whose form it is: of several circles, or of one that the file's
 * name doesn't tell. */
static bool
sheets_tell(const struct sheets_reading *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    bool alone = r->count == 1 && r->first != NULL;
    return r->several ||
           (alone && bw_session_names_in(&r->names, name, r->now_ms) == NULL);
}

/* The forms of several circles in one workbook, or the one that its sheet names. */
static enum bw_status
add_sheets(struct bw_import_list *list, const char *path, const unsigned char *bytes,
    size_t length, struct bw_error *err)
{
    struct sheets_reading *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", path);
    }
    r->now_ms = bw_office_now_ms(list->office);
    enum bw_status status = bw_session_names_load(list->office->central, &r->names, err);
    if (status == BW_OK) {
        bw_table_file_sheets(bytes, length, path, bw_sign_up_fields, on_sheet, r);
    }
    bool tell = status == BW_OK && sheets_tell(r, path);
    for (size_t i = 0; status == BW_OK && tell && i < r->count; i++) {
        status = add(list, path, r->sheets[i], err);
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

/* Its tables, where it is an archive with several, or a workbook with several forms.
 * Standard input isn't looked at, as it comes once. */
static enum bw_status
add_file(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct list_adding adding = {list, path, BW_OK, err};
    unsigned char *bytes = NULL;
    size_t length = 0, before = list->count;
    struct bw_error why = {.text = ""};
    if (strcmp(path, "-") != 0 &&
        bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &length, &why) == BW_OK) {
        bw_table_file_members(bytes, length, path, on_member, &adding);
        if (adding.status == BW_OK) {
            bw_table_file_others(bytes, length, path, on_other, &adding);
        }
        if (adding.status == BW_OK && list->count == before && is_split(list->request)) {
            adding.status = add_sheets(list, path, bytes, length, err);
        }
    }
    free(bytes);
    return adding.status != BW_OK || list->count > before ? adding.status
                                                          : add(list, path, NULL, err);
}

static int
is_table(const struct dirent *entry)
{
    return bw_table_file_is_named(entry->d_name);
}

static enum bw_status
add_folder(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_table, alphasort);
    if (count < 0) {
        return bw_error_set(err, BW_IO, errno,
            "importing %s: the folder can't be read: %s", path, bw_said(strerror(errno)));
    }
    enum bw_status status = BW_OK;
    size_t before = list->count;
    for (int i = 0; i < count; i++) {
        char *file = NULL;
        if (status == BW_OK && asprintf(&file, "%s/%s", path, entries[i]->d_name) >= 0) {
            struct stat facts;
            if (stat(file, &facts) == 0 && S_ISREG(facts.st_mode)) {
                status = add_file(list, file, err);
            }
            free(file);
        }
        free(entries[i]);
    }
    free(entries);
    if (status == BW_OK && list->count == before) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: there is no CSV, XLSX or ZIP in that folder", path);
    }
    return status;
}

enum bw_status
bw_import_list_add(struct bw_import_list *list, const char *path, struct bw_error *err)
{
    struct stat facts;
    bool folder = stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
    return folder ? add_folder(list, path, err) : add_file(list, path, err);
}
