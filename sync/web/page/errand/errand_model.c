/* What a work that is over came to, for its page: see errand_model.h. */
#include "web/page/errand/errand_model.h"

#include "web/page/errand/copy.h"
#include "web/page/errand/key_back.h"

#include <brugwachter/text.h>

#include <stdlib.h>
#include <string.h>

/* A file, as the page names it: by whose it is, where it is one person's. */
struct file_row {
    int at;
    char who[2 * BW_NAME_BYTES], fold[6 * BW_NAME_BYTES];
};

static void
row_read(const struct bw_web_visit *visit, const struct bw_web_errand *errand, int at,
    struct file_row *row)
{
    struct bw_office_registration of;
    bw_code code;
    *row = (struct file_row){.at = at};
    if (bw_web_errand_whose(errand->files[at].name, &code) &&
        bw_office_registration_of(visit->desk->office.central, code, &of, NULL) ==
            BW_OK) {
        const struct bw_person *person = &of.roster.person;
        (void)snprintf(row->who, sizeof row->who, "%s%s%s", person->first_name,
            person->first_name[0] != '\0' ? " " : "", person->name);
        bw_text_fold(row->who, false, row->fold, sizeof row->fold);
    }
}

/* Those for all first, as they stand; then people by name, and a person's as they stand.
 */
static int
by_person(const void *left, const void *right)
{
    const struct file_row *a = left, *b = right;
    int order = strcmp(a->fold, b->fold);
    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

static json_t *
files_of(const struct bw_web_visit *visit, const struct bw_web_errand *errand)
{
    enum { KIB = 1024 };
    json_t *list = json_array();
    struct file_row *rows = calloc((size_t)errand->files_count + 1, sizeof *rows);
    for (int i = 0; rows != NULL && i < errand->files_count; i++) {
        row_read(visit, errand, i, &rows[i]);
    }
    if (rows != NULL) {
        qsort(rows, (size_t)errand->files_count, sizeof *rows, by_person);
    }
    for (int i = 0; rows != NULL && i < errand->files_count; i++) {
        const struct bw_web_errand_file *file = &errand->files[rows[i].at];
        json_int_t kib = (json_int_t)((file->bytes + KIB - 1) / KIB);
        bw_web_add(
            &list, json_pack("{s:i, s:o, s:o, s:o}", "at", rows[i].at, "name",
                       bw_web_text(file->name), "who", bw_web_text(rows[i].who), "size",
                       bw_web_filled(visit, "er.size", json_pack("{s:I}", "kb", kib))));
    }
    free(rows);
    return list;
}

static json_t *
refused_of(const json_t *answer)
{
    json_t *list = json_array();
    const json_t *refused = json_object_get(answer, "refused");
    for (size_t i = 0; i < json_array_size(refused); i++) {
        const json_t *one = json_array_get(refused, i);
        const json_t *mail = json_object_get(one, "email");
        const json_t *why = json_object_get(one, "why");
        if (json_is_string(mail) && json_is_string(why)) {
            bw_web_add(&list, json_pack("{s:s, s:s}", "mail", json_string_value(mail),
                                  "why", json_string_value(why)));
        }
    }
    return list;
}

/* What the command said of mails: how many, and what is left. */
static void
add_told(const struct bw_web_errand *errand, json_t **model)
{
    static const char *const counts[] = {"count", "left", "unsure", "hindered"};
    bool told = errand->answer != NULL && json_object_get(errand->answer, "told") != NULL;
    bool wrote = errand->files_all > 0;
    bw_web_set(model, "told", json_boolean(told && !wrote));
    bw_web_set(model, "asks_gone", json_boolean(told && wrote));
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        const json_t *number = json_object_get(errand->answer, counts[i]);
        bw_web_set(model, counts[i], json_integer(json_integer_value(number)));
    }
    bw_web_set(model, "mailing",
        json_integer(json_integer_value(json_object_get(errand->answer, "mailing"))));
    bw_web_set(model, "sampled", json_boolean(strcmp(errand->what, "er.sample") == 0));
    const json_t *to = json_object_get(errand->answer, "to");
    bw_web_set(model, "tried",
        bw_web_text(!wrote && json_is_string(to) ? json_string_value(to) : ""));
    bw_web_set(model, "refused", refused_of(errand->answer));
}

/* Of a backup: what opens it, to be written on paper. */
static json_t *
phrase_of(const struct bw_web_errand *errand)
{
    const json_t *phrase = json_object_get(errand->answer, "phrase");
    return bw_web_text(json_is_string(phrase) ? json_string_value(phrase) : "");
}

/* The sheet that is to be printed: that of all kiosks at once, else that of the one. */
static void
add_sheet(
    const struct bw_web_visit *visit, const struct bw_web_errand *errand, json_t **model)
{
    bool several = strcmp(errand->what, "er.enrols") == 0;
    for (int at = 0; at < errand->files_count; at++) {
        const char *name = errand->files[at].name, *dot = strrchr(name, '.');
        if (several ? strcmp(name, "sheets.pdf") == 0
                    : strcmp(errand->what, "er.enrol") == 0 && dot != NULL &&
                          strcmp(dot, ".pdf") == 0) {
            bw_web_set(model, "sheet",
                bw_web_sentence(visit, several ? "er.sheets" : "er.sheet"));
            bw_web_set(model, "sheet_at", json_integer(at));
        }
    }
}

void
bw_web_errand_add(
    const struct bw_web_visit *visit, const struct bw_web_errand *errand, json_t **model)
{
    bw_web_set(model, "files", files_of(visit, errand));
    bw_web_set(model, "phrase", phrase_of(errand));
    const json_t *stick = json_object_get(errand->answer, "stick");
    const json_t *device = json_object_get(errand->answer, "device");
    bw_web_set(model, "stick", json_boolean(json_is_true(stick)));
    bw_web_set(model, "device",
        json_is_integer(device) ? json_integer(json_integer_value(device))
                                : json_string(""));
    bw_web_set(model, "card", json_boolean(strcmp(errand->what, "er.card") == 0));
    add_sheet(visit, errand, model);
    bw_web_copy_add(visit, errand, model);
    bw_web_key_add(errand, model);
    add_told(errand, model);
}
