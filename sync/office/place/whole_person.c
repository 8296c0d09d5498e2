/* Somebody as a whole: see whole_person.h. */
#include "office/place/whole_person.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/find.h"
#include "office/place/people.h"

#include <stdlib.h>

struct found_codes {
    bw_code *codes;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_found(const struct bw_office_found *found, void *context)
{
    struct found_codes *all = context;
    bw_code *place =
        bw_array_more(&all->codes, &all->count, &all->capacity, sizeof *place);
    all->no_memory = place == NULL;
    if (place != NULL) {
        *place = found->code;
    }
    return place != NULL;
}

/* The one whose registrations they all are; 0 where there's no such one. */
static enum bw_status
only_one(struct bw_central *central, const struct found_codes *all,
    int64_t *ret_person_no, struct bw_error *err)
{
    int64_t only = 0, person_no = 0;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < all->count; i++) {
        status = bw_place_people_of(central, all->codes[i], &person_no, err);
        if (i > 0 && person_no != only) {
            only = 0;
            break;
        }
        only = person_no;
    }
    *ret_person_no = only;
    return status;
}

enum bw_status
bw_place_person_of(struct bw_central *central, const char *typed, int64_t *ret_person_no,
    struct bw_error *err)
{
    struct found_codes all = {.codes = NULL};
    bw_code code = BW_CODE_NONE;
    int64_t person_no = 0;
    enum bw_status status = BW_NOT_FOUND;
    if (bw_code_parse(typed, &code)) {
        status = bw_place_people_of(central, code, &person_no, err);
    }
    if (status == BW_NOT_FOUND) {
        status = bw_office_find(central, typed, on_found, &all, err);
        if (status == BW_OK && all.no_memory) {
            status =
                bw_error_set(err, BW_NO_MEMORY, 0, "looking for somebody: no memory");
        }
        if (status == BW_OK) {
            status = only_one(central, &all, &person_no, err);
        }
        free(all.codes);
    }
    if (status == BW_OK && person_no == 0) { /* the sentence names who fits */
        status = bw_office_find_one(central, typed, &code, err);
        if (status == BW_OK) {
            status = bw_place_people_of(central, code, &person_no, err);
        }
    }
    if (status == BW_OK) {
        *ret_person_no = person_no;
    }
    return status;
}

/* A record that was joined into another has no identity while that stands. */
enum bw_status
bw_place_person_records(struct bw_central *central, int64_t person_no,
    int64_t **ret_numbers, size_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(person_no);
    return bw_record_numbers(central,
        "WITH RECURSIVE same (person_no) AS (SELECT CAST($1 AS BIGINT) UNION"
        " SELECT o.person_no FROM same JOIN step_person p ON p.person_no = same.person_no"
        " JOIN step s ON s.step_no = p.step_no AND s.what IN ('merge-people', 'settle')"
        " JOIN step_person o ON o.step_no = p.step_no AND o.person_no <> p.person_no"
        " JOIN person a ON a.person_no = p.person_no"
        " JOIN person b ON b.person_no = o.person_no"
        " WHERE a.identity IS NULL OR b.identity IS NULL)"
        " SELECT person_no FROM same ORDER BY person_no",
        &value, 1, ret_numbers, ret_count, err);
}
