/* Who came over all sessions: each person and school once, how often, and from which
 * region to which.
 *
 * A registered person is their person number. A walk-in or a substitute is their folded
 * name and school, and the registered person of that name and school where there is one
 * who came; where the details are gone, each event is somebody else. A school is one of
 * the list, where there is one, and names that aren't on it count beside. */
#include "central/base/array.h"
#include "central/schools.h"
#include "report/figures/report.h"

#include <brugwachter/text.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { ALIAS_BYTES = 16 };

/* An alias is a hash of the folded name and school: of a large series a short key for
 * each visit is all that stays. */
struct someone {
    int64_t person_no; /* 0: by alias alone */
    uint64_t stranger; /* tells those apart who have neither */
    bool named;
    bool listed;                 /* the school is */
    uint8_t alias[ALIAS_BYTES];  /* zero where not named */
    uint8_t school[ALIAS_BYTES]; /* of the folded name; zero where not known */
};

struct bw_report_crowd {
    struct someone *people;
    size_t count, capacity;
    uint64_t strangers;
    struct bw_schools list;
    bool *reached; /* each of the list */
};

static void
hash(const char *text, uint8_t ret_hash[ALIAS_BYTES])
{
    (void)crypto_generichash(
        ret_hash, ALIAS_BYTES, (const uint8_t *)text, strlen(text), NULL, 0);
}

static void
alias_write(const char *full_name, const char *school, struct someone *someone)
{
    char name[2 * BW_NAME_BYTES], place[BW_TITLE_BYTES];
    char text[sizeof name + sizeof place];
    bw_text_fold(full_name, false, name, sizeof name);
    bw_text_fold(school, false, place, sizeof place);
    someone->named = name[0] != '\0';
    if (someone->named) {
        (void)snprintf(text, sizeof text, "%s|%s", name, place);
        hash(text, someone->alias);
    }
    if (place[0] != '\0') {
        hash(place, someone->school);
    }
}

static bool
crowd_add(struct bw_report_crowd *crowd, const struct bw_report_row *row)
{
    char full[2 * BW_NAME_BYTES + 2];
    struct someone *someone =
        bw_array_more(&crowd->people, &crowd->count, &crowd->capacity, sizeof *someone);
    if (!someone) {
        return false;
    }
    bool substituted = row->substitute[0] != '\0';
    (void)snprintf(full, sizeof full, "%s %s", row->first_name, row->name);
    alias_write(substituted                  ? row->substitute
                : full[0] == ' ' && !full[1] ? ""
                                             : full,
        row->school, someone);
    someone->person_no = substituted ? 0 : row->person_no;
    if (someone->person_no == 0 && !someone->named) {
        someone->stranger = ++crowd->strangers;
    }
    return true;
}

/* ---- schools ---- */

/* Where a name stands among those beside the list, or would stand. */
static size_t
beside_place(const struct bw_report *report, const char *fold, bool *ret_there)
{
    char other[BW_TITLE_BYTES];
    size_t low = 0, high = report->beside_count;
    *ret_there = false;
    while (low < high && !*ret_there) {
        size_t middle = low + (high - low) / 2;
        bw_text_fold(report->beside[middle].name, false, other, sizeof other);
        int order = strcmp(other, fold);
        *ret_there = order == 0;
        low = order < 0 ? middle + 1 : *ret_there ? middle : low;
        high = order < 0 ? high : middle;
    }
    return low;
}

static bool
beside_add(struct bw_report *report, const char *name)
{
    char fold[BW_TITLE_BYTES];
    bool there = false;
    bw_text_fold(name, false, fold, sizeof fold);
    size_t at = beside_place(report, fold, &there);
    if (!there && report->beside_count == BW_REPORT_UNLISTED_MAX) {
        return true;
    }
    if (!there) {
        const char *kept = bw_arena_text(&report->texts, name);
        if (!kept || !bw_array_more(&report->beside, &report->beside_count,
                         &report->beside_capacity, sizeof *report->beside)) {
            return false;
        }
        memmove(&report->beside[at + 1], &report->beside[at],
            (report->beside_count - 1 - at) * sizeof *report->beside);
        report->beside[at] = (struct bw_report_unlisted){.name = kept};
    }
    report->beside[at].visits++;
    return true;
}

/* Of whoever was taken in last. */
static bool
school_take(struct bw_report *report, const char *school)
{
    struct bw_report_crowd *crowd = report->crowd;
    char fold[BW_TITLE_BYTES];
    bw_text_fold(school, false, fold, sizeof fold);
    if (!report->schools_listed || fold[0] == '\0') {
        return true;
    }
    const struct bw_school *listed = bw_schools_find(&crowd->list, school);
    if (!listed) {
        return beside_add(report, school);
    }
    crowd->people[crowd->count - 1].listed = true;
    crowd->reached[listed - crowd->list.items] = true;
    return true;
}

static int
by_alias(const void *left, const void *right)
{
    const struct someone *a = left, *b = right;
    int order = memcmp(a->alias, b->alias, ALIAS_BYTES);
    /* registered ones first, so that who has only a name finds them just before */
    return order ? order : (a->person_no < b->person_no) - (a->person_no > b->person_no);
}

static int
by_person(const void *left, const void *right)
{
    const struct someone *a = left, *b = right;
    if (a->person_no != b->person_no) {
        return a->person_no < b->person_no ? -1 : 1;
    }
    int order = memcmp(a->alias, b->alias, ALIAS_BYTES);
    if (a->person_no == 0 && order != 0) {
        return order;
    }
    return a->person_no ? 0 : (a->stranger > b->stranger) - (a->stranger < b->stranger);
}

static int
by_school(const void *left, const void *right)
{
    const struct someone *a = left, *b = right;
    return memcmp(a->school, b->school, ALIAS_BYTES);
}

/* Those that aren't on the list by their name; without a list that is all of them. */
static void
schools_count(struct bw_report *report, struct bw_report_crowd *crowd)
{
    static const struct someone none;
    const struct someone *before = &none;
    int names = 0;
    qsort(crowd->people, crowd->count, sizeof *crowd->people, by_school);
    for (size_t i = 0; i < crowd->count; i++) {
        const struct someone *someone = &crowd->people[i];
        names += !someone->listed && by_school(before, someone) != 0;
        report->schoolless += by_school(&none, someone) == 0;
        before = someone;
    }
    for (size_t i = 0; i < crowd->list.count; i++) {
        report->schools += crowd->reached[i];
    }
    *(report->schools_listed ? &report->schools_beside : &report->schools) = names;
}

static int
crowd_count(struct bw_report_crowd *crowd, int ret_often[BW_OFTEN])
{
    int unique = 0, visits = 0;
    qsort(crowd->people, crowd->count, sizeof *crowd->people, by_alias);
    for (size_t i = 1; i < crowd->count; i++) {
        struct someone *one = &crowd->people[i];
        if (one->person_no == 0 && one->named &&
            memcmp(one->alias, crowd->people[i - 1].alias, ALIAS_BYTES) == 0) {
            one->person_no = crowd->people[i - 1].person_no;
        }
    }
    qsort(crowd->people, crowd->count, sizeof *crowd->people, by_person);
    for (size_t i = 0; i < crowd->count; i++) {
        bool last = i + 1 == crowd->count ||
                    by_person(&crowd->people[i], &crowd->people[i + 1]) != 0;
        visits++;
        if (last) {
            ret_often[visits > BW_OFTEN ? BW_OFTEN_MORE : visits - 1]++;
            unique++;
            visits = 0;
        }
    }
    return unique;
}

static bool
move_count(struct bw_report *report, const char *from, const char *to)
{
    for (size_t i = 0; i < report->moves_count; i++) {
        if (strcmp(report->moves[i].from, from) == 0 &&
            strcmp(report->moves[i].to, to) == 0) {
            report->moves[i].people++;
            return true;
        }
    }
    const char *from_copy = bw_arena_text(&report->texts, from);
    const char *to_copy = bw_arena_text(&report->texts, to);
    struct bw_report_move *move =
        from_copy && to_copy ? bw_array_more(&report->moves, &report->moves_count,
                                   &report->moves_capacity, sizeof *move)
                             : NULL;
    if (move) {
        *move = (struct bw_report_move){from_copy, to_copy, 1};
    }
    return move != NULL;
}

static int
by_regions(const void *left, const void *right)
{
    const struct bw_report_move *a = left, *b = right;
    int order = strcmp(a->from, b->from);
    return order ? order : strcmp(a->to, b->to);
}

enum bw_status
bw_report_people_begin(
    struct bw_report *report, struct bw_central *central, struct bw_error *err)
{
    struct bw_report_crowd *crowd = report->crowd = calloc(1, sizeof *crowd);
    enum bw_status status = BW_OK;
    if (crowd) {
        status = bw_schools_load(central, &crowd->list, err);
        crowd->reached = calloc(crowd->list.count + 1, sizeof *crowd->reached);
        report->schools_listed = crowd->list.count > 0;
        report->schools_of = (int)crowd->list.count;
    }
    return status == BW_OK && !(crowd && crowd->reached)
               ? bw_error_set(err, BW_NO_MEMORY, 0,
                     "counting schools: out of memory; close other programs")
               : status;
}

enum bw_status
bw_report_people_add(struct bw_report *report, const struct bw_report_session *session,
    struct bw_error *err)
{
    if (!report->crowd) {
        report->crowd = calloc(1, sizeof *report->crowd);
    }
    bool fine = report->crowd != NULL;
    const char *to = session->region;
    for (size_t r = 0; fine && r < session->rows_count; r++) {
        const struct bw_report_row *row = &session->rows[r];
        if (row->attended) {
            fine = crowd_add(report->crowd, row) && school_take(report, row->school) &&
                   move_count(report, row->region[0] ? row->region : "onbekend",
                       to[0] ? to : "onbekend");
        }
    }
    return fine ? BW_OK
                : bw_error_set(err, BW_NO_MEMORY, 0,
                      "counting people: out of memory; close other programs");
}

void
bw_report_people_count(struct bw_report *report)
{
    struct bw_report_crowd *crowd = report->crowd;
    if (crowd && crowd->count > 0) {
        schools_count(report, crowd);
        report->unique_people = crowd_count(crowd, report->often);
    }
    if (report->moves_count > 1) {
        qsort(report->moves, report->moves_count, sizeof *report->moves, by_regions);
    }
    bw_report_crowd_destroy(report->crowd);
    report->crowd = NULL;
}

void
bw_report_crowd_destroy(struct bw_report_crowd *crowd)
{
    if (crowd) {
        free(crowd->people);
        free(crowd->reached);
        bw_schools_finish(&crowd->list);
        free(crowd);
    }
}
