/* Schools that are written in several ways: see schools.h. */
#include "office/import/read/schools.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/schools.h"

#include <brugwachter/text.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES_MAX = 20, SHOWN_BYTES = 61 };

struct school {
    char name[BW_SCHOOL_KEY_BYTES], town[BW_SCHOOL_KEY_BYTES];
    char *text;
    bool here; /* in this file */
};

struct schools {
    struct school *rows;
    size_t count, capacity;
    const struct bw_sign_up **sign_ups; /* by school */
    size_t sign_ups_count;
    bool no_memory;
};

/* ---- which may be one ---- */

static int
by_school(const void *a, const void *b)
{
    return strcmp((*(const struct bw_sign_up *const *)a)->school,
        (*(const struct bw_sign_up *const *)b)->school);
}

static int
by_key(const void *a, const void *b)
{
    const struct school *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    order = order != 0 ? order : strcmp(left->town, right->town);
    return order != 0 ? order : strcmp(left->text, right->text);
}

static bool
on_school(const struct bw_sql_value *columns, int count, void *context)
{
    struct schools *schools = context;
    (void)count;
    struct school *school = bw_array_more(
        &schools->rows, &schools->count, &schools->capacity, sizeof *school);
    char *text = strdup(columns[0].text);
    schools->no_memory = school == NULL || text == NULL;
    if (schools->no_memory) {
        free(text);
        schools->count -= school != NULL;
        return false;
    }
    const struct bw_sign_up key = {.school = text}, *wanted = &key;
    *school = (struct school){.text = text,
        .here = bsearch(&wanted, schools->sign_ups, schools->sign_ups_count,
                    sizeof wanted, by_school) != NULL};
    bw_school_key(text, school->name, school->town);
    return true;
}

/* One note: the ways in which a school is written. */
static void
note_group(struct bw_import *import, const struct school *rows, size_t count)
{
    char names[400] = "";
    size_t used = 0;
    for (size_t i = 0; i < count && used + SHOWN_BYTES + 8 < sizeof names; i++) {
        char shown[SHOWN_BYTES];
        bw_text_copy(shown, sizeof shown, rows[i].text);
        used += (size_t)snprintf(
            names + used, sizeof names - used, "%s\"%s\"", i > 0 ? ", " : "", shown);
    }
    bw_import_note(import, false,
        "%zu schools may be one: %s; if so, write it "
        "in one way in the file, and import it again",
        count, names);
}

/* From `first` on: those of one name and town; those without a town are of the only town
 * that is named. */
static size_t
group_of(const struct schools *schools, size_t first)
{
    const struct school *rows = schools->rows;
    const char *town = ""; /* the first that is named */
    size_t end = first, same = first;
    bool several = false;
    for (; end < schools->count && strcmp(rows[end].name, rows[first].name) == 0; end++) {
        town = town[0] == '\0' ? rows[end].town : town;
        several =
            several || (rows[end].town[0] != '\0' && strcmp(rows[end].town, town) != 0);
        same = strcmp(rows[end].town, rows[first].town) == 0 ? end + 1 : same;
    }
    return (several ? same : end) - first;
}

static void
note_all(struct bw_import *import, struct schools *schools)
{
    int notes = 0;
    if (schools->count > 0) {
        qsort(schools->rows, schools->count, sizeof *schools->rows, by_key);
    }
    for (size_t i = 0; i < schools->count && notes < NOTES_MAX;) {
        size_t count = schools->rows[i].name[0] != '\0' ? group_of(schools, i) : 1;
        bool here = false;
        for (size_t k = i; k < i + count; k++) {
            here = here || schools->rows[k].here;
        }
        if (count > 1 && here) {
            note_group(import, &schools->rows[i], count);
            notes++;
        }
        i += count;
    }
}

static bool
sign_ups_take(struct schools *schools, const struct bw_sign_up *sign_ups, size_t count)
{
    schools->sign_ups = calloc(count + 1, sizeof(struct bw_sign_up *));
    if (schools->sign_ups == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        schools->sign_ups[i] = &sign_ups[i];
    }
    schools->sign_ups_count = count;
    qsort(schools->sign_ups, count, sizeof *schools->sign_ups, by_school);
    return true;
}

enum bw_status
bw_import_note_schools(struct bw_import *import, const struct bw_sign_up *sign_ups,
    size_t count, struct bw_error *err)
{
    struct schools schools = {.rows = NULL};
    if (!sign_ups_take(&schools, sign_ups, count)) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
            "importing %s: there's no memory left", import->request->path);
    }
    enum bw_status status = bw_central_run(import->office->central,
        "SELECT DISTINCT school FROM registration WHERE school <> ''", NULL, 0, on_school,
        &schools, err);
    if (status == BW_OK && schools.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, ENOMEM,
            "importing %s: there's no memory left", import->request->path);
    }
    if (status == BW_OK) {
        note_all(import, &schools);
    }
    for (size_t i = 0; i < schools.count; i++) {
        free(schools.rows[i].text);
    }
    free(schools.rows);
    free(schools.sign_ups);
    return status;
}
