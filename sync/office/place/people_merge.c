/* Two records of one person, joined as a step of its own: see people.h. */
#include "office/place/people.h"

#include "office/hold.h"
#include "office/import/read/sign_up.h"
#include "office/place/correct.h"
#include "office/place/meanwhile.h"
#include "office/place/words.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdio.h>

struct merging {
    const struct bw_office *office;
    enum bw_place_people_words words;
    const char *why;
    bw_code codes[2];
    char shown[2][BW_CODE_SHOWN_BYTES];
    int64_t people[2];
    struct bw_office_registration found[2];
    struct bw_place_stands stands;            /* whose words stay */
    char identity[BW_SIGN_UP_IDENTITY_BYTES]; /* that is another one by them; "" */
    struct bw_place_people_merged merged;
};

static enum bw_status
read_one(struct merging *m, int at, struct bw_error *err)
{
    struct bw_central *central = m->office->central;
    enum bw_status status =
        bw_office_registration_of(central, m->codes[at], &m->found[at], err);
    if (status == BW_OK) {
        bw_code_format_shown(m->codes[at], m->shown[at]);
        status = bw_place_people_check(central, m->codes[at], bw_said("joining"), err);
    }
    return status == BW_OK
               ? bw_place_people_of(central, m->codes[at], &m->people[at], err)
               : status;
}

static enum bw_status
read_both(struct merging *m, struct bw_error *err)
{
    enum bw_status status = read_one(m, 0, err);
    if (status == BW_OK) {
        status = bw_error_about(err, read_one(m, 1, err), "other");
    }
    if (status == BW_OK && m->people[0] == m->people[1]) {
        status = bw_error_about(err,
            bw_error_set(err, BW_REFUSED, 0,
                "joining %s and %s: they are one person already", m->shown[0],
                m->shown[1]),
            "other");
    }
    return status == BW_OK && m->words != BW_PLACE_PEOPLE_NEWEST
               ? bw_place_words_read(m->office->central,
                     m->codes[m->words == BW_PLACE_PEOPLE_FIRST ? 0 : 1], &m->stands, err)
               : status;
}

/* Of the one that was chosen, in all sessions that are open. */
static enum bw_status
put_words(struct merging *m, struct bw_error *err)
{
    const struct bw_place_stands *stands = &m->stands;
    struct bw_place_corrected corrected;
    const struct bw_place_correction words = {
        .first_name = stands->first_name,
        .name = stands->name,
        .mail = stands->mail[0] != '\0' ? stands->mail : NULL,
        .school = stands->school[0] != '\0' ? stands->school : NULL,
    };
    return bw_place_correct_within(m->office, m->merged.kept.roster.code, &words,
        &corrected, m->identity, sizeof m->identity, err);
}

/* The step. */
static enum bw_status
merge(struct merging *m, struct bw_error *err)
{
    char about[2 * BW_CODE_SHOWN_BYTES + 2];
    enum bw_status status = read_both(m, err);
    if (status != BW_OK) {
        return status;
    }
    int older = m->people[0] < m->people[1] ? 0 : 1;
    m->merged.kept = m->found[older];
    (void)snprintf(about, sizeof about, "%s %s", m->shown[0], m->shown[1]);
    status = bw_step_begin(m->office, "merge-people", about, m->why, 0, err);
    if (status == BW_OK) {
        status = bw_place_people_join(
            m->office, m->people[older], m->people[1 - older], &m->merged, err);
    }
    if (status == BW_OK && m->words != BW_PLACE_PEOPLE_NEWEST) {
        status = put_words(m, err);
    }
    return status == BW_OK ? bw_office_registration_of(m->office->central,
                                 m->merged.kept.roster.code, &m->merged.kept, err)
                           : status;
}

enum bw_status
bw_place_people_merge(const struct bw_office *office, const char *typed,
    const char *other, enum bw_place_people_words words, const char *why,
    struct bw_place_people_merged *ret_merged, struct bw_error *err)
{
    struct merging m = {.office = office, .words = words, .why = why};
    const char *const both[] = {typed, other};
    size_t found = 0;
    enum bw_status status =
        bw_office_hold_people(office->central, both, 2, m.codes, &found, err);
    status = found == 1 ? bw_error_about(err, status, "other") : status;
    if (status == BW_OK) {
        status = merge(&m, err);
    }
    if (status == BW_OK) { /* C9 */
        const struct bw_place_named named = {m.identity, m.merged.kept.roster.code,
            m.merged.kept.roster.session_no, false};
        status = bw_place_meanwhile(office->central, &named, m.identity[0] != '\0', err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_merged = m.merged;
    }
    return status;
}
