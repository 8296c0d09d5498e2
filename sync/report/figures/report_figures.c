/* A report's figures as they are kept, without names: see report_version.h. */
#include "central/base/array.h"
#include "central/records.h"
#include "report/figures/report.h"

#include <string.h>

/* What is kept of a session. */
static const struct {
    const char *key;
    size_t offset;
    enum bw_report_word word;
} figures[] = {
    {"registered", offsetof(struct bw_report_session, registered), BW_REPORT_SIGNED_UP},
    {"came", offsetof(struct bw_report_session, came), BW_REPORT_CAME},
    {"from_waitlist", offsetof(struct bw_report_session, from_waitlist),
        BW_REPORT_WAITLIST},
    {"guests", offsetof(struct bw_report_session, guests), BW_REPORT_GUEST},
    {"walk_ins", offsetof(struct bw_report_session, walk_ins), BW_REPORT_WALK_IN},
    {"other", offsetof(struct bw_report_session, other), BW_REPORT_OTHER},
    {"present", offsetof(struct bw_report_session, present), BW_REPORT_PRESENT},
    {"no_show", offsetof(struct bw_report_session, no_show), BW_REPORT_NO_SHOW},
    {"kiosks_complete", offsetof(struct bw_report_session, kiosks_complete),
        BW_REPORT_KIOSKS},
};
enum { FIGURES = sizeof figures / sizeof figures[0] };

/* What is kept of all. */
static const struct {
    const char *key;
    size_t offset;
    enum bw_report_word word;
} sums[] = {
    {"people", offsetof(struct bw_report, unique_people), BW_REPORT_PEOPLE},
    {"schools", offsetof(struct bw_report, schools), BW_REPORT_SCHOOLS},
    {"schools_beside", offsetof(struct bw_report, schools_beside), BW_REPORT_BESIDE},
    {"once", offsetof(struct bw_report, often) + BW_OFTEN_ONCE * sizeof(int),
        BW_REPORT_ONCE},
    {"twice", offsetof(struct bw_report, often) + BW_OFTEN_TWICE * sizeof(int),
        BW_REPORT_TWICE},
    {"more", offsetof(struct bw_report, often) + BW_OFTEN_MORE * sizeof(int),
        BW_REPORT_MORE},
};
enum { SUMS = sizeof sums / sizeof sums[0] };

static int
number_at(const void *object, size_t offset)
{
    int number;
    memcpy(&number, (const char *)object + offset, sizeof number);
    return number;
}

json_t *
bw_report_figures_json(const struct bw_report *report)
{
    json_t *sessions = json_object(), *regions = json_object(), *all = json_object();
    int faults = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        json_t *one = json_object();
        for (size_t f = 0; f < FIGURES; f++) {
            faults += json_object_set_new(one, figures[f].key,
                          json_integer(
                              number_at(&report->sessions[i], figures[f].offset))) != 0;
        }
        faults += json_object_set_new(sessions, report->sessions[i].code, one) != 0;
    }
    for (size_t i = 0; i < report->moves_count; i++) {
        const struct bw_report_move *move = &report->moves[i];
        char name[2 * BW_TITLE_BYTES];
        (void)snprintf(name, sizeof name, "%s → %s", move->from, move->to);
        faults += json_object_set_new(regions, name,
                      json_pack("[s, s, i]", move->from, move->to, move->people)) != 0;
    }
    for (size_t i = 0; i < SUMS; i++) {
        bool beside = sums[i].word == BW_REPORT_BESIDE;
        if (!beside || report->schools_listed) { /* versions from before stay equal */
            faults += json_object_set_new(all, sums[i].key,
                          json_integer(number_at(report, sums[i].offset))) != 0;
        }
    }
    json_t *root = json_pack(
        "{s:o, s:o, s:o}", "sessions", sessions, "regions", regions, "all", all);
    if (faults > 0) {
        json_decref(root);
        return NULL;
    }
    return root;
}

static bool
change_add(struct bw_report_version *version, const char *where, enum bw_report_word what,
    int64_t before, int64_t now)
{
    if (before == now) {
        return true;
    }
    struct bw_report_change *change = bw_array_more(&version->changes,
        &version->changes_count, &version->changes_capacity, sizeof *change);
    if (change) {
        bw_text_copy(change->where, sizeof change->where, where);
        change->what = what;
        change->before = (int)before;
        change->now = (int)now;
    }
    return change != NULL;
}

static int64_t
integer_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* Pairs of regions of one side; those of the other that are there too only once. */
static bool
regions_compare(const json_t *before, const json_t *now, bool only_new,
    struct bw_report_version *version)
{
    const char *name;
    json_t *move;
    bool fine = true;
    json_object_foreach((json_t *)now, name, move)
    {
        const json_t *other = json_object_get(before, name);
        int64_t here = json_integer_value(json_array_get(move, 2));
        int64_t there = json_integer_value(json_array_get(other, 2));
        if (!only_new) {
            fine = fine && change_add(version, name, BW_REPORT_PRESENT, there, here);
        } else if (!other) {
            fine = fine && change_add(version, name, BW_REPORT_PRESENT, here, 0);
        }
    }
    return fine;
}

bool
bw_report_figures_compare(const struct bw_report *report, const json_t *before,
    const json_t *now, struct bw_report_version *version)
{
    const json_t *was = json_object_get(before, "sessions");
    const json_t *is = json_object_get(now, "sessions");
    bool fine = true;
    for (size_t i = 0; i < SUMS; i++) {
        fine = fine && change_add(version, "", sums[i].word,
                           integer_of(json_object_get(before, "all"), sums[i].key),
                           integer_of(json_object_get(now, "all"), sums[i].key));
    }
    for (size_t s = 0; s < report->sessions_count; s++) {
        const struct bw_report_session *session = &report->sessions[s];
        const json_t *one = json_object_get(was, session->code);
        const json_t *two = json_object_get(is, session->code);
        for (size_t f = 0; f < FIGURES; f++) {
            fine = fine &&
                   change_add(version, session->title, figures[f].word,
                       integer_of(one, figures[f].key), integer_of(two, figures[f].key));
        }
    }
    const json_t *from = json_object_get(before, "regions");
    const json_t *to = json_object_get(now, "regions");
    return fine && regions_compare(from, to, false, version) &&
           regions_compare(to, from, true, version);
}

/* Whether as many were present in each session, and were then. */
static bool
is_of_these(const json_t *kept, const struct bw_report *report)
{
    const json_t *sessions = json_object_get(kept, "sessions");
    bool same = json_object_size(sessions) == report->sessions_count;
    for (size_t i = 0; same && i < report->sessions_count; i++) {
        const json_t *one = json_object_get(sessions, report->sessions[i].code);
        same = one && integer_of(one, "present") == report->sessions[i].present;
    }
    return same;
}

bool
bw_report_figures_apply(const json_t *kept, struct bw_report *report)
{
    const char *name;
    json_t *move;
    if (!is_of_these(kept, report)) {
        return true;
    }
    for (size_t i = 0; i < SUMS; i++) {
        int number = (int)integer_of(json_object_get(kept, "all"), sums[i].key);
        memcpy((char *)report + sums[i].offset, &number, sizeof number);
    }
    /* a list that came, or went, since tells nothing of them */
    report->schools_listed =
        json_object_get(json_object_get(kept, "all"), "schools_beside") != NULL;
    report->schools_of = report->schools_listed ? report->schools_of : 0;
    report->moves_count = 0;
    json_object_foreach(json_object_get(kept, "regions"), name, move)
    {
        const char *from = json_string_value(json_array_get(move, 0));
        const char *to = json_string_value(json_array_get(move, 1));
        struct bw_report_move *row = bw_array_more(
            &report->moves, &report->moves_count, &report->moves_capacity, sizeof *row);
        if (!row) {
            return false;
        }
        *row = (struct bw_report_move){bw_arena_text(&report->texts, from ? from : ""),
            bw_arena_text(&report->texts, to ? to : ""),
            (int)json_integer_value(json_array_get(move, 2))};
        if (!row->from || !row->to) {
            return false;
        }
    }
    return true;
}
