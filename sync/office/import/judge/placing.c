/* What is taken and counted while sign-ups are placed: see place.h. */
#include "office/import/judge/place.h"

#include "central/central.h"
#include "office/place/meanwhile.h"
#include "office/step.h"

enum bw_status
bw_place_take_revision(struct bw_placing *placing, struct bw_error *err)
{
    if (placing->revision != 0) {
        return BW_OK;
    }
    return bw_central_next_revision(
        placing->import->office->central, placing->session_no, &placing->revision, err);
}

enum bw_status
bw_place_overtaking(
    struct bw_placing *placing, enum bw_status status, struct bw_error *err)
{
    enum bw_status judged =
        bw_place_refused(placing->import->office->central, status, err);
    placing->import->overtaken = placing->import->overtaken || judged != status;
    return judged;
}

void
bw_place_count(struct bw_import *import, enum bw_registration_status status)
{
    switch (status) {
    case BW_CONFIRMED:
        import->result.confirmed++;
        break;
    case BW_WAITLISTED:
        import->result.waitlisted++;
        break;
    case BW_CANCELLED:
        import->result.cancelled++;
        break;
    case BW_BLOCKED:
        import->result.blocked++;
        break;
    }
}

/* PL1 */
bool
bw_place_take(struct bw_placing *placing, bool in_doubt)
{
    if (in_doubt) {
        placing->free -= placing->gives && !placing->waits;
        return false;
    }
    bool placed = placing->gives && !placing->waits && placing->free > 0;
    placing->free -= placed;
    placing->waits = placing->waits || !placed;
    return placed;
}

/* ---- who bears which name ---- */

enum bw_status
bw_place_person(struct bw_placing *placing, const struct bw_sign_up *s,
    int64_t *ret_person_no, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_text(s->identity);
    int64_t person_no = 0;
    enum bw_status status = bw_central_number(placing->import->office->central,
        "SELECT person_no FROM person WHERE identity = $1 UNION ALL"
        " SELECT person_no FROM person_alias WHERE identity = $1 LIMIT 1",
        &value, 1, 0, &person_no, err);
    if (status == BW_OK || status == BW_NOT_FOUND) {
        *ret_person_no = status == BW_OK ? person_no : 0;
        return BW_OK;
    }
    return status;
}

enum bw_status
bw_place_alias(struct bw_placing *placing, const char *identity, int64_t person_no,
    struct bw_error *err)
{
    struct bw_central *central = placing->import->office->central;
    struct bw_sql_value values[] = {bw_sql_text(identity), bw_sql_int(person_no)};
    enum bw_status status = bw_step_keep_alias(central, identity, err);
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "INSERT INTO person_alias (identity, person_no) VALUES ($1, $2)"
                     " ON CONFLICT (identity) DO UPDATE SET person_no ="
                     " excluded.person_no",
                     values, 2, NULL, NULL, err);
}
