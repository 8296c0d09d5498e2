/* What steps lead to: see told_steps.h. */
#include "office/mail/told_steps.h"

#include "central/base/array.h"
#include "central/central.h"
#include "central/records.h"

#include <stdlib.h>
#include <string.h>

struct step_circle {
    char code[BW_LABEL_BYTES];
    int64_t ends_ms;
};

struct steps_reading {
    bw_code *codes; /* whom they touched; sorted once they are all here */
    size_t codes_count, codes_capacity;
    struct step_circle *circles;
    size_t circles_count, circles_capacity;
    bool no_memory;
};

static bool
on_person(const struct bw_sql_value *columns, int count, void *context)
{
    struct steps_reading *r = context;
    (void)count;
    bw_code *code =
        bw_array_more(&r->codes, &r->codes_count, &r->codes_capacity, sizeof *code);
    r->no_memory = code == NULL;
    if (code != NULL) {
        *code = (bw_code)columns[0].number;
    }
    return code != NULL;
}

static bool
on_circle(const struct bw_sql_value *columns, int count, void *context)
{
    struct steps_reading *r = context;
    (void)count;
    for (size_t i = 0; i < r->circles_count; i++) {
        if (strcmp(r->circles[i].code, columns[0].text) == 0) {
            return true;
        }
    }
    struct step_circle *circle = bw_array_more(
        &r->circles, &r->circles_count, &r->circles_capacity, sizeof *circle);
    r->no_memory = circle == NULL;
    if (circle != NULL) {
        bw_text_copy(circle->code, sizeof circle->code, columns[0].text);
        circle->ends_ms = columns[1].number;
    }
    return circle != NULL;
}

static int
by_code(const void *one, const void *other)
{
    const bw_code *a = one, *b = other;
    return (*a > *b) - (*a < *b);
}

static enum bw_status
read_step(struct bw_central *central, int64_t step, struct steps_reading *r,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(step);
    enum bw_status status = bw_central_run(central,
        "SELECT x.code FROM step_registration x WHERE x.step_no = $1 UNION"
        " SELECT r.code FROM registration r WHERE r.person_no IN"
        " (SELECT p.person_no FROM step_person p WHERE p.step_no = $1)",
        &value, 1, on_person, r, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT s.code, s.ends_ms FROM session s WHERE s.session_no IN"
            " (SELECT x.session_no FROM step_registration x WHERE x.step_no = $1 UNION"
            " SELECT r.session_no FROM registration r WHERE r.person_no IN"
            " (SELECT p.person_no FROM step_person p WHERE p.step_no = $1))"
            " ORDER BY s.ends_ms, s.code",
            &value, 1, on_circle, r, err);
    }
    if (status == BW_OK && r->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "reading whom to tell: no memory");
    }
    return status;
}

static enum bw_status
count_circle(const struct bw_office *office, const struct steps_reading *r,
    const struct step_circle *circle, struct bw_told_steps *steps, struct bw_error *err)
{
    struct bw_told_list list = {.count = 0};
    enum bw_status status = bw_told_read(office, circle->code, NULL, &list, err);
    for (size_t i = 0; status == BW_OK && i < list.count; i++) {
        const struct bw_told_due *due = &list.due[i];
        if (bsearch(&due->code, r->codes, r->codes_count, sizeof due->code, by_code) ==
            NULL) {
            continue;
        }
        steps->hindered += due->hindrance != BW_TOLD_NO_HINDRANCE;
        steps->mails[due->kind] += due->hindrance == BW_TOLD_NO_HINDRANCE;
    }
    if (status == BW_OK) {
        bw_told_list_finish(&list);
    }
    return status;
}

enum bw_status
bw_told_steps_read(const struct bw_office *office, const int64_t *steps, size_t count,
    struct bw_told_steps *ret_steps, struct bw_error *err)
{
    struct steps_reading r = {.codes = NULL};
    struct bw_told_steps read = {.hindered = 0};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = read_step(office->central, steps[i], &r, err);
    }
    if (status == BW_OK && r.codes_count > 0) {
        qsort(r.codes, r.codes_count, sizeof *r.codes, by_code);
    }
    for (size_t i = 0; status == BW_OK && i < r.circles_count; i++) {
        bool first = read.ends_ms == 0 || r.circles[i].ends_ms < read.ends_ms;
        read.ends_ms = first ? r.circles[i].ends_ms : read.ends_ms;
        status = count_circle(office, &r, &r.circles[i], &read, err);
    }
    free(r.codes);
    free(r.circles);
    if (status == BW_OK) {
        *ret_steps = read;
    }
    return status;
}
