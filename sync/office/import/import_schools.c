/* `import schools`: the file is the whole list of schools that are to be reached; the
 * list of before stands beside it, so that what is new, gone and changed can be said. */
#include "central/records.h"
#include "central/schools.h"
#include "office/import/import_state.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum school_field { CODE, BRIN, NAME, TOWN, REGION, PROVINCE };

/* Headings of the education department's lists among them. */
const struct bw_field bw_import_schools_fields[] = {
    [CODE] = {"code",
        "code vestigingscode vestigingsnummer vestigingsnummervestigingscode",
        .shown = "code"},
    [BRIN] = {"brin",
        "brin brinnummer brincode instellingscode brinnummerinstellingscode",
        .shown = "brin"},
    [NAME] = {"name",
        "naam name school schoolnaam naamschool vestigingsnaam naamvestiging "
        "instellingsnaam schoolname",
        .shown = "Naam"},
    [TOWN] = {"town", "plaats plaatsnaam vestigingsplaats woonplaats town city",
        .shown = "Plaats"},
    [REGION] = {"region", "regio region schoolregio", .shown = "Regio"},
    [PROVINCE] = {"province", "provincie province", .shown = "Provincie"},
    {.name = NULL},
};

enum { NAMES_BYTES = 400, SHOWN_BYTES = 61 };

/* A school of either list, while they are compared. */
struct compared {
    const struct bw_school *school;
    bool paired;
};
struct schools_side {
    struct compared *items;
    size_t count;
};

/* ---- rows ---- */

static int
by_all(const void *left, const void *right)
{
    const struct bw_school *a = ((const struct compared *)left)->school;
    const struct bw_school *b = ((const struct compared *)right)->school;
    int order = strcmp(a->code, b->code);
    order = order != 0 ? order : strcmp(a->name, b->name);
    order = order != 0 ? order : strcmp(a->town, b->town);
    return order != 0 ? order : strcmp(a->region, b->region);
}

static int
by_code(const void *left, const void *right)
{
    const struct bw_school *a = ((const struct compared *)left)->school;
    const struct bw_school *b = ((const struct compared *)right)->school;
    return strcmp(a->code, b->code);
}

static int
by_label(const void *left, const void *right)
{
    const struct bw_school *a = ((const struct compared *)left)->school;
    const struct bw_school *b = ((const struct compared *)right)->school;
    return strcmp(a->label, b->label);
}

static enum bw_status
read_rows(struct bw_import *import, struct bw_schools *list, struct bw_error *err)
{
    for (size_t i = 0; i < import->table.rows_count; i++) {
        const struct bw_csv_row *row = &import->table.rows[i];
        if (bw_import_is_shifted(import, row)) {
            continue;
        }
        const char *code = bw_import_text(import, row, CODE, BW_LABEL_BYTES - 1);
        const char *brin = bw_import_text(import, row, BRIN, BW_LABEL_BYTES - 1);
        const char *name = bw_import_text(import, row, NAME, BW_TITLE_CHARS);
        const char *town = bw_import_text(import, row, TOWN, BW_NAME_CHARS);
        const char *region = bw_import_text(import, row, REGION, BW_NAME_CHARS);
        const char *province = bw_import_text(import, row, PROVINCE, BW_NAME_CHARS);
        if (code == NULL || brin == NULL || name == NULL || town == NULL ||
            region == NULL || province == NULL) {
            continue;
        }
        if (name[0] == '\0') {
            bw_import_reject(
                import, row->line, BW_REJECT_INVALID, BW_SAYS("the school has no name"));
        } else if (!bw_schools_add(list, code[0] != '\0' ? code : brin, name, town,
                       region[0] != '\0' ? region : province)) {
            return bw_import_no_memory(import, err);
        }
    }
    return list->count > 0
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "importing %s: it has no school, so the list would be empty; is it "
                     "the right file?",
                     import->request->path);
}

/* ---- what differs ---- */

static bool
side_make(const struct bw_schools *list, struct schools_side *ret_side)
{
    ret_side->items = calloc(list->count + 1, sizeof *ret_side->items);
    ret_side->count = ret_side->items != NULL ? list->count : 0;
    for (size_t i = 0; i < ret_side->count; i++) {
        ret_side->items[i].school = &list->items[i];
    }
    return ret_side->items != NULL;
}

/* `"A", "B" and 3 more`, as far as there is room. */
static void
name_add(char inout_names[NAMES_BYTES], const struct bw_school *was,
    const struct bw_school *is)
{
    char shown[2][SHOWN_BYTES];
    size_t used = strlen(inout_names);
    bw_text_copy(shown[0], sizeof shown[0], was->label);
    bw_text_copy(shown[1], sizeof shown[1], is != NULL ? is->label : "");
    bool same = is == NULL || strcmp(was->label, is->label) == 0;
    if (used + 2 * SHOWN_BYTES + 16 < NAMES_BYTES) {
        (void)snprintf(inout_names + used, NAMES_BYTES - used,
            same ? "%s\"%s\"" : "%s\"%s\" → \"%s\"", used > 0 ? ", " : "", shown[0],
            shown[1]);
    } else if (strcmp(inout_names + used - strlen("…"), "…") != 0) {
        (void)strcat(inout_names, ", …");
    }
}

/* Pairs what is equal by `order`, each once; of codes, what has none with nothing. */
static int64_t
pair(struct schools_side *old, struct schools_side *new,
    int (*order)(const void *, const void *), char inout_names[NAMES_BYTES])
{
    size_t at = 0;
    int64_t pairs = 0;
    qsort(old->items, old->count, sizeof *old->items, order);
    qsort(new->items, new->count, sizeof *new->items, order);
    for (size_t i = 0; i < new->count; i++) {
        struct compared *one = &new->items[i];
        bool blank = order == by_code && one->school->code[0] == '\0';
        while (at < old->count &&
               (old->items[at].paired || order(&old->items[at], one) < 0)) {
            at++;
        }
        if (!one->paired && !blank && at < old->count &&
            order(&old->items[at], one) == 0) {
            if (inout_names != NULL) {
                name_add(inout_names, old->items[at].school, one->school);
            }
            old->items[at++].paired = one->paired = true;
            pairs++;
        }
    }
    return pairs;
}

/* Schools of one code, else of one name and town, are the same school. */
static void
compare(struct bw_import *import, struct schools_side *old, struct schools_side *new)
{
    char changed[NAMES_BYTES] = "", gone[NAMES_BYTES] = "";
    int64_t lost = 0;
    (void)pair(old, new, by_all, NULL);
    int64_t pairs = pair(old, new, by_code, changed);
    pairs += pair(old, new, by_label, changed);
    for (size_t i = 0; i < old->count; i++) {
        if (!old->items[i].paired) {
            name_add(gone, old->items[i].school, NULL);
            lost++;
        }
    }
    for (size_t i = 0; i < new->count; i++) {
        import->result.added += !new->items[i].paired;
    }
    import->result.changed = pairs + lost;
    import->result.gone = lost;
    if (pairs > 0) {
        bw_import_note(
            import, false, "Changed in the list: %d (%s)", (int)pairs, changed);
    }
    if (lost > 0) {
        bw_import_note(import, false, "No longer on the list: %d (%s)", (int)lost, gone);
    }
}

/* A row that is there twice says nothing more. */
static void
note_twice(struct bw_import *import, struct schools_side *new)
{
    int64_t twice = 0;
    qsort(new->items, new->count, sizeof *new->items, by_all);
    for (size_t i = 1; i < new->count; i++) {
        twice += by_all(&new->items[i - 1], &new->items[i]) == 0;
    }
    if (twice > 0) {
        bw_import_note(import, true,
            "Rows that say the same as another: %d; they count as schools of their own, "
            "so take them out of the file",
            (int)twice);
    }
}

struct names_counting {
    const struct bw_schools *list;
    int64_t all, beside;
    char names[NAMES_BYTES];
};

static bool
on_name(const struct bw_sql_value *c, int count, void *context)
{
    struct names_counting *counting = context;
    const struct bw_school shown = {.label = c[0].text};
    (void)count;
    counting->all++;
    if (bw_schools_find(counting->list, c[0].text) == NULL) {
        counting->beside++;
        name_add(counting->names, &shown, NULL);
    }
    return true;
}

/* How people wrote their school, beside the list. */
static enum bw_status
note_names(struct bw_import *import, const struct bw_schools *list, struct bw_error *err)
{
    struct names_counting counting = {.list = list};
    enum bw_status status = bw_central_run(import->office->central,
        "SELECT DISTINCT school FROM registration WHERE school <> '' ORDER BY school",
        NULL, 0, on_name, &counting, err);
    if (status == BW_OK && counting.beside > 0) {
        bw_import_note(import, false,
            "Of %d names of schools that people wrote, %d aren't on this list (%s); the "
            "report counts them beside it",
            (int)counting.all, (int)counting.beside, counting.names);
    }
    return status;
}

/* ---- into the database ---- */

struct filling {
    const struct bw_schools *list;
    int64_t step_no;
};
enum { COLUMNS = 6 };

static void
fill(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct filling *filling = context;
    const struct bw_school *school = &filling->list->items[at];
    const struct bw_sql_value values[COLUMNS] = {
        bw_sql_int(filling->step_no),
        bw_sql_int((int64_t)at + 1),
        bw_sql_text(school->code),
        bw_sql_text(school->name),
        bw_sql_text(school->town),
        bw_sql_text(school->region),
    };
    memcpy(ret_values, values, sizeof values);
}

static enum bw_status
put(struct bw_import *import, const struct bw_schools *list, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {.table = "school",
        .names = "step_no, school_no, code, name, town, region",
        .count = COLUMNS};
    struct bw_central *central = import->office->central;
    int64_t batch_no = 0;
    enum bw_status status = bw_import_next_batch(import, &batch_no, err);
    if (status == BW_OK) {
        status = bw_import_begin_step(import, NULL, batch_no, err);
    }
    if (status == BW_OK && import->result.added + import->result.changed > 0) {
        const struct filling filling = {list, bw_central_step(central)};
        status = bw_central_insert(central, &columns, list->count, fill, &filling, err);
    }
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    return status == BW_OK ? bw_import_end(import, err) : status;
}

/* The list of before is read under the lock of what is of no session (C3). */
static enum bw_status
write_list(struct bw_import *import, struct bw_schools *list, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    struct bw_schools before = {.items = NULL};
    struct schools_side old = {.items = NULL}, new = {.items = NULL};
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = bw_schools_load(central, &before, err);
    }
    if (status == BW_OK) {
        status = bw_schools_recall(central, list, err);
        bw_schools_sort(list);
    }
    if (status == BW_OK && side_make(&before, &old) && side_make(list, &new)) {
        note_twice(import, &new);
        compare(import, &old, &new);
        status = note_names(import, list, err);
    } else if (status == BW_OK) {
        status = bw_import_no_memory(import, err);
    }
    if (status == BW_OK) {
        status = put(import, list, err);
    }
    free(old.items);
    free(new.items);
    bw_schools_finish(&before);
    return status;
}

enum bw_status
bw_import_schools(struct bw_import *import, struct bw_error *err)
{
    struct bw_schools list = {.items = NULL};
    enum bw_status status = bw_columns_require(
        &import->columns, import->request->path, bw_import_schools_fields, NAME, err);
    if (status == BW_OK) {
        status = bw_import_limit(import, err);
    }
    if (status == BW_OK) {
        status = read_rows(import, &list, err);
    }
    if (status == BW_OK) {
        status = write_list(import, &list, err);
    }
    bw_schools_finish(&list);
    return status;
}
