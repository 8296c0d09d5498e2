/* Words of people: see words.h. */
#include "office/place/words.h"

#include "central/records.h"
#include "office/place/people.h"

/* ---- what stands there ---- */

static bool
on_stands(const struct bw_sql_value *v, int count, void *context)
{
    struct bw_place_stands *stands = context;
    (void)count;
    bw_text_copy(stands->first_name, sizeof stands->first_name, v[0].text);
    bw_text_copy(stands->name, sizeof stands->name, v[1].text);
    bw_text_copy(stands->school, sizeof stands->school, v[2].text);
    bw_text_copy(stands->mail, sizeof stands->mail, v[3].text);
    stands->open = v[4].number;
    stands->fixed = v[5].number;
    return false;
}

enum bw_status
bw_place_words_read(struct bw_central *central, bw_code code,
    struct bw_place_stands *ret_stands, struct bw_error *err)
{
    static const char sql[] =
        "SELECT r.first_name, r.name, r.school, p.mail,"
        " sum(CASE WHEN s.closed_ms = 0 THEN 1 ELSE 0 END),"
        " sum(CASE WHEN s.closed_ms = 0 THEN 0 ELSE 1 END) FROM registration r"
        " JOIN person p ON p.person_no = r.person_no"
        " JOIN registration a ON a.person_no = r.person_no"
        " JOIN session s ON s.session_no = a.session_no WHERE r.code = $1"
        " GROUP BY r.first_name, r.name, r.school, p.mail";
    struct bw_place_stands stands = {.open = 0};
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    int64_t person_no = 0;
    enum bw_status status = bw_place_people_of(central, code, &person_no, err);
    if (status == BW_OK) {
        status = bw_central_run(central, sql, &value, 1, on_stands, &stands, err);
    }
    if (status == BW_OK) {
        *ret_stands = stands;
    }
    return status;
}

/* ---- what stood there before ---- */

/* Of `merge-people` too: whose words stay was chosen then. */
#define CORRECTS " s.what IN ('correct', 'merge-people') AND s.undone_by = 0"

struct words_walk {
    bw_place_words_each *each;
    void *context;
};

static bool
on_words(const struct bw_sql_value *v, int count, void *context)
{
    const struct words_walk *walk = context;
    (void)count;
    const struct bw_place_words words = {v[0].text, v[1].text, v[2].text, v[3].text};
    return walk->each(&words, walk->context);
}

enum bw_status
bw_place_words_before(struct bw_central *central, bw_code code, bw_place_words_each *each,
    void *context, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    struct words_walk walk = {each, context};
    return bw_central_run(central,
        "SELECT k.first_name, k.name, k.school, p.mail FROM step_registration k"
        " JOIN step s ON s.step_no = k.step_no"
        " JOIN step_person p ON p.step_no = k.step_no AND p.person_no = k.person_no"
        " WHERE k.code = $1 AND k.fresh = 0 AND" CORRECTS " ORDER BY k.step_no",
        &value, 1, on_words, &walk, err);
}

enum bw_status
bw_place_words_corrected(struct bw_central *central, bool *ret_any, struct bw_error *err)
{
    int64_t any = 0;
    enum bw_status status = bw_central_number(
        central, "SELECT count(*) FROM step s WHERE" CORRECTS, NULL, 0, 0, &any, err);
    *ret_any = any > 0;
    return status;
}
