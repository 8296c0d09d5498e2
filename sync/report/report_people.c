/* Who came over all sessions: each person once, and from which region to which.
 *
 * A registered person is their person number. A walk-in or a substitute is their folded
 * name and school, and the registered person of that name and school where there is one
 * who came; where the details are gone, each event is somebody else. */
#include "central/base/array.h"
#include "report/report.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

struct someone {
    int64_t person_no; /* 0: by alias alone */
    uint64_t stranger; /* tells those apart who have neither */
    char alias[2 * BW_NAME_BYTES + BW_TITLE_BYTES];
};

struct crowd {
    struct someone *people;
    size_t count, room;
    uint64_t strangers;
};

static void
alias_write(const char *full_name, const char *school, struct someone *someone)
{
    char name[2 * BW_NAME_BYTES], place[BW_TITLE_BYTES];
    bw_text_fold(full_name, false, name, sizeof name);
    bw_text_fold(school, false, place, sizeof place);
    someone->alias[0] = '\0';
    if (name[0]) {
        (void)snprintf(someone->alias, sizeof someone->alias, "%s|%s", name, place);
    }
}

static bool
crowd_add(struct crowd *crowd, const struct bw_report_row *row)
{
    char full[2 * BW_NAME_BYTES + 2];
    struct someone *someone =
        bw_array_more(&crowd->people, &crowd->count, &crowd->room, sizeof *someone);
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
    if (someone->person_no == 0 && someone->alias[0] == '\0') {
        someone->stranger = ++crowd->strangers;
    }
    return true;
}

static int
by_alias(const void *left, const void *right)
{
    const struct someone *a = left, *b = right;
    int order = strcmp(a->alias, b->alias);
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
    if (a->person_no == 0 && strcmp(a->alias, b->alias) != 0) {
        return strcmp(a->alias, b->alias);
    }
    return a->person_no ? 0 : (a->stranger > b->stranger) - (a->stranger < b->stranger);
}

static int
crowd_count(struct crowd *crowd)
{
    int unique = 0;
    if (crowd->count == 0) {
        return 0;
    }
    qsort(crowd->people, crowd->count, sizeof *crowd->people, by_alias);
    for (size_t i = 1; i < crowd->count; i++) {
        struct someone *one = &crowd->people[i];
        if (one->person_no == 0 && one->alias[0] &&
            strcmp(one->alias, crowd->people[i - 1].alias) == 0) {
            one->person_no = crowd->people[i - 1].person_no;
        }
    }
    qsort(crowd->people, crowd->count, sizeof *crowd->people, by_person);
    for (size_t i = 0; i < crowd->count; i++) {
        unique += i == 0 || by_person(&crowd->people[i - 1], &crowd->people[i]) != 0;
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
    struct bw_report_move *move = bw_array_more(
        &report->moves, &report->moves_count, &report->moves_room, sizeof *move);
    if (move) {
        *move = (struct bw_report_move){from, to, 1};
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
bw_report_people(struct bw_report *report, struct bw_error *err)
{
    struct crowd crowd = {0};
    bool fine = true;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        const char *to = session->book->session.region;
        for (size_t r = 0; fine && r < session->rows_count; r++) {
            const struct bw_report_row *row = &session->rows[r];
            if (row->attended) {
                fine = crowd_add(&crowd, row) &&
                       move_count(report, row->region[0] ? row->region : "onbekend",
                           to[0] ? to : "onbekend");
            }
        }
    }
    report->unique_people = crowd_count(&crowd);
    if (report->moves_count > 1) {
        qsort(report->moves, report->moves_count, sizeof *report->moves, by_regions);
    }
    free(crowd.people);
    return fine ? BW_OK
                : bw_error_set(err, BW_NO_MEMORY, 0,
                      "counting people: out of memory; close other programs");
}
