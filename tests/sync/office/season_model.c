/* A season as it should be: see season_model.h. */
#include "season_model.h"

#include "tests/sync/testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE_MS = 60000 };

/* ---- places ---- */

static int
count_of(const struct season *s, int circle, enum bw_registration_status status)
{
    int count = 0;
    for (int i = 0; i < s->count; i++) {
        count += s->entries[i].circle == circle && s->entries[i].status == status;
    }
    return count;
}

/* Those who wait, in doubt or not, with an earlier time. */
static int
before(const struct season *s, int circle, bool in_doubt, int64_t time_ms)
{
    int count = 0;
    for (int i = 0; i < s->count; i++) {
        const struct season_entry *e = &s->entries[i];
        count += e->circle == circle && e->status == BW_WAITLISTED &&
                 (e->doubt != SEASON_SURE) == in_doubt && e->time_ms < time_ms;
    }
    return count;
}

static int
free_of(const struct season *s, int circle)
{
    return SEASON_PLACES - count_of(s, circle, BW_CONFIRMED);
}

static void
set(struct season *s, struct season_entry *entry, enum bw_registration_status status)
{
    entry->status = status;
    entry->changed_ms = s->now_ms;
}

void
season_cancel(struct season *s, int entry)
{
    if (s->entries[entry].status != BW_CANCELLED) {
        set(s, &s->entries[entry], BW_CANCELLED);
    }
}

/* Not joined with another record, which goes for both. */
static bool
stands(const struct season *s, const struct season_entry *entry)
{
    bool found = false;
    for (int i = 0; i < SEASON_PEOPLE; i++) {
        found = found || s->person_no[i] == entry->person_no;
    }
    return found;
}

void
season_reinstate(struct season *s, int entry)
{
    struct season_entry *e = &s->entries[entry];
    if (e->status == BW_CANCELLED && !s->called_off[e->circle] && stands(s, e)) {
        bool placed = e->doubt == SEASON_SURE && free_of(s, e->circle) > 0 &&
                      count_of(s, e->circle, BW_WAITLISTED) == 0;
        set(s, e, placed ? BW_CONFIRMED : BW_WAITLISTED);
    }
}

static struct season_entry *
first_waiting(struct season *s, int circle, int64_t after_ms)
{
    struct season_entry *first = NULL;
    for (int i = 0; i < s->count; i++) {
        struct season_entry *e = &s->entries[i];
        if (e->circle == circle && e->status == BW_WAITLISTED && e->time_ms > after_ms &&
            (first == NULL || e->time_ms < first->time_ms)) {
            first = e;
        }
    }
    return first;
}

void
season_promote(struct season *s, int circle)
{
    struct season_entry *e = NULL;
    int64_t after_ms = 0;
    int left = s->called_off[circle] ? 0 : free_of(s, circle);
    while (left-- > 0 && (e = first_waiting(s, circle, after_ms)) != NULL) {
        after_ms = e->time_ms;
        if (e->doubt == SEASON_SURE) {
            set(s, e, BW_CONFIRMED);
        }
    }
}

/* ---- people ---- */

static struct season_entry *
entry_of(struct season *s, int circle, int64_t person_no)
{
    for (int i = 0; i < s->count && person_no != 0; i++) {
        if (s->entries[i].circle == circle && s->entries[i].person_no == person_no) {
            return &s->entries[i];
        }
    }
    return NULL;
}

static void
join_entries(struct season *s, struct season_entry *stays, struct season_entry *goes)
{
    enum bw_registration_status was = goes->status;
    stays->time_ms = goes->time_ms < stays->time_ms ? goes->time_ms : stays->time_ms;
    if (stays->doubt == SEASON_MAIL && stays->doubt_of == goes->code) {
        stays->doubt = SEASON_SURE;
    }
    for (int i = 0; i < s->count; i++) {
        struct season_entry *e = &s->entries[i];
        e->doubt_of = e->doubt_of == goes->code ? stays->code : e->doubt_of;
    }
    goes->doubt = SEASON_SURE;
    set(s, goes, BW_CANCELLED);
    if ((was == BW_CONFIRMED && stays->status != BW_CONFIRMED) ||
        (was == BW_WAITLISTED && stays->status == BW_CANCELLED)) {
        set(s, stays, was);
    }
}

static void
join(struct season *s, int64_t to, int64_t from)
{
    for (int i = 0; i < s->count; i++) {
        struct season_entry *goes = &s->entries[i];
        if (goes->person_no == from) {
            struct season_entry *stays = entry_of(s, goes->circle, to);
            if (stays == NULL) {
                goes->person_no = to;
            } else {
                join_entries(s, stays, goes);
            }
        }
    }
    for (int i = 0; i < SEASON_PEOPLE; i++) {
        s->person_no[i] = s->person_no[i] == from ? to : s->person_no[i];
    }
}

void
season_merge(struct season *s, int one, int other)
{
    int64_t a = s->entries[one].person_no, b = s->entries[other].person_no;
    if (a != b && stands(s, &s->entries[one]) && stands(s, &s->entries[other])) {
        join(s, a < b ? a : b, a < b ? b : a);
    }
}

static int64_t
person_of(const struct season *s, int64_t code)
{
    for (int i = 0; i < s->count; i++) {
        if (s->entries[i].code == code) {
            return s->entries[i].person_no;
        }
    }
    return 0;
}

void
season_settle(struct season *s, int entry, const char *way)
{
    struct season_entry *e = &s->entries[entry];
    enum season_doubt doubt = e->doubt;
    bool same = strcmp(way, "same") == 0;
    if (doubt == SEASON_SURE || (same && doubt != SEASON_MAIL)) {
        return;
    }
    e->doubt = SEASON_SURE;
    if (same) {
        join(s, person_of(s, e->doubt_of), e->person_no);
    } else if (strcmp(way, "out") == 0) {
        set(s, e, BW_CANCELLED);
    } else if (e->status == BW_WAITLISTED && !s->called_off[e->circle] &&
               before(s, e->circle, false, e->time_ms) == 0 &&
               free_of(s, e->circle) > before(s, e->circle, true, e->time_ms)) {
        set(s, e, BW_CONFIRMED);
    }
}

/* ---- a form ---- */

struct giving {
    bool gives, waits;
    int free;
};

static enum bw_registration_status
take(struct giving *g, bool in_doubt)
{
    bool theirs = g->gives && !g->waits && g->free > 0;
    if (in_doubt) { /* kept for them */
        g->free -= g->gives && !g->waits;
        return BW_WAITLISTED;
    }
    g->free -= theirs;
    g->waits = g->waits || !theirs;
    return theirs ? BW_CONFIRMED : BW_WAITLISTED;
}

static void
answer_again(struct season *s, struct giving *g, struct season_entry *e,
    const struct season_answer *answer)
{
    if (e->status == BW_CANCELLED && answer->last_ms > e->changed_ms) {
        set(s, e, take(g, e->doubt != SEASON_SURE));
        e->time_ms =
            answer->first_ms > answer->last_ms ? answer->first_ms : answer->last_ms;
    } else if (answer->first_ms / MINUTE_MS < e->time_ms / MINUTE_MS) {
        e->time_ms = answer->first_ms;
    }
}

static void
answer_new(
    struct season *s, struct giving *g, int circle, const struct season_answer *answer)
{
    int base = answer->who % SEASON_TWINS;
    struct season_entry *e = &s->entries[s->count], *other = NULL;
    *e = (struct season_entry){.circle = circle,
        .who = answer->who,
        .person_no = s->person_no[answer->who],
        .time_ms = answer->first_ms,
        .doubt = answer->denies ? SEASON_ROLE : SEASON_SURE};
    for (int i = 0; answer->who < 2 * SEASON_TWINS && i < s->count; i++) {
        struct season_entry *twin = &s->entries[i];
        bool theirs = twin->who != answer->who && twin->who % SEASON_TWINS == base &&
                      twin->who < 2 * SEASON_TWINS && twin->circle == circle;
        other = theirs ? twin : other;
    }
    if (e->person_no == 0 && other != NULL) {
        e->doubt = SEASON_MAIL;
        e->doubt_of = -1 - other->who; /* until its code is learned */
    }
    set(s, e, take(g, e->doubt != SEASON_SURE));
    s->count++;
}

static struct season_entry *
known(struct season *s, int circle, int who)
{
    struct season_entry *found = entry_of(s, circle, s->person_no[who]);
    for (int i = 0; i < s->count && found == NULL; i++) {
        struct season_entry *e = &s->entries[i]; /* by an earlier row of this form */
        found = e->circle == circle && e->who == who && e->code == 0 ? e : NULL;
    }
    return found;
}

void
season_import(
    struct season *s, int circle, const struct season_answer *answers, int count)
{
    int doubts = before(s, circle, true, INT64_MAX);
    struct giving g = {.gives = !s->called_off[circle],
        .waits = count_of(s, circle, BW_WAITLISTED) > doubts,
        .free = free_of(s, circle) - doubts};
    for (int i = 0; i < count; i++) {
        struct season_entry *e = known(s, circle, answers[i].who);
        if (e != NULL) {
            answer_again(s, &g, e, &answers[i]);
        } else {
            answer_new(s, &g, circle, &answers[i]);
        }
    }
}

/* ---- what the office says ---- */

struct look {
    FILE *text;
    struct season *season; /* that learns; NULL: text is written */
    const struct office *office;
};

static struct season_entry *
made_for(struct season *s, int circle, int who)
{
    struct season_entry *found = NULL;
    for (int i = 0; i < s->count; i++) {
        bool theirs = s->entries[i].circle == circle && s->entries[i].who == who;
        found = theirs ? &s->entries[i] : found;
    }
    return found;
}

/* Each entry of a circle has a time of its own. */
static void
learn(struct season *s, const struct office *office, const struct bw_sql_value *c)
{
    int circle = (int)c[1].number - 1;
    struct season_entry *e = NULL;
    if (person_of(s, c[0].number) != 0) {
        return;
    }
    for (int i = 0; i < s->count && e == NULL; i++) {
        struct season_entry *made = &s->entries[i];
        bool fits = made->code == 0 && made->circle == circle;
        e = fits && made->time_ms == c[3].number ? made : NULL;
    }
    if (e == NULL) {
        fail_msg("S-%d has %s once too often: %s%s", circle + 1, c[4].text, office->out,
            office->diag);
        return;
    }
    int64_t *person_no = &s->person_no[e->who];
    e->code = c[0].number;
    e->person_no = c[2].number;
    *person_no = *person_no != 0 ? *person_no : e->person_no;
    assert_int_equal(*person_no, e->person_no);
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct look *look = context;
    if (look->season != NULL) {
        learn(look->season, look->office, columns);
        return true;
    }
    for (int i = 0; i < count; i++) {
        if (columns[i].type == BW_SQL_INT) {
            (void)fprintf(look->text, "%" PRId64 "|", columns[i].number);
        } else {
            (void)fprintf(look->text, "%s|", columns[i].text);
        }
    }
    (void)fputc('\n', look->text);
    return true;
}

static void
look_at(const struct office *office, const char *const *queries, struct look *look)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    enum bw_status status = bw_central_open(office->uri, BW_CENTRAL_OPEN, &central, &err);
    for (int i = 0; status == BW_OK && queries[i] != NULL; i++) {
        status = bw_central_run(central, queries[i], NULL, 0, on_row, look, &err);
    }
    bw_central_close(central);
    if (status != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static char *
read_text(const struct office *office, const char *const *queries)
{
    char *text = NULL;
    size_t bytes = 0;
    struct look look = {.text = open_memstream(&text, &bytes)};
    assert_non_null(look.text);
    look_at(office, queries, &look);
    (void)fclose(look.text);
    return text;
}

void
season_learn(struct season *s, const struct office *office)
{
    static const char *const queries[] = {
        "SELECT code, session_no, person_no, signed_up_ms, school FROM registration"
        " ORDER BY code",
        NULL};
    struct look look = {.season = s, .office = office};
    look_at(office, queries, &look);
    for (int i = 0; i < s->count; i++) {
        struct season_entry *e = &s->entries[i];
        if (e->doubt_of < 0) {
            e->doubt_of = made_for(s, e->circle, (int)(-1 - e->doubt_of))->code;
        }
    }
}

static int
by_code(const void *a, const void *b)
{
    const struct season_entry *const *left = a, *const *right = b;
    return ((*left)->code > (*right)->code) - ((*left)->code < (*right)->code);
}

char *
season_told(const struct season *s)
{
    const struct season_entry *sorted[SEASON_ENTRIES_MAX];
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    assert_non_null(out);
    for (int i = 0; i < s->count; i++) {
        sorted[i] = &s->entries[i];
    }
    qsort(sorted, (size_t)s->count, sizeof sorted[0], by_code);
    for (int i = 0; i < s->count; i++) {
        const struct season_entry *e = sorted[i];
        (void)fprintf(out, "%" PRId64 "|%d|%" PRId64 "|%d|%" PRId64 "|%d|\n", e->code,
            e->circle + 1, e->person_no, (int)e->status, e->time_ms,
            e->doubt != SEASON_SURE);
    }
    (void)fclose(out);
    return text;
}

char *
season_found(const struct office *office)
{
    static const char *const queries[] = {
        "SELECT code, session_no, person_no, status, signed_up_ms,"
        " CASE WHEN doubt <> 0 THEN 1 ELSE 0 END FROM registration ORDER BY code",
        NULL};
    return read_text(office, queries);
}

char *
season_dump(const struct office *office)
{
    static const char *const queries[] = {
        "SELECT code, session_no, person_no, status, status_before,"
        " CASE WHEN status = 0 THEN generation ELSE 0 END, signed_up_ms, line, batch_no,"
        " answers_ms, first_name, name, school, role, region, table_name, why,"
        " coalesce(placed_ms, 0), changed_ms, attention, doubt, coalesce(doubt_of, 0)"
        " FROM registration ORDER BY code",
        "SELECT person_no, coalesce(identity, ''), mail, mail_fold FROM person"
        " ORDER BY person_no",
        "SELECT identity, person_no FROM person_alias ORDER BY identity",
        "SELECT session_no, code, series, title, kind, region, venue, address, timezone,"
        " go_to, desk, audience, starts_ms, ends_ms, capacity, doors_minutes,"
        " release_minutes, extra_places, opens_ms, tolerance_minutes, called_off_ms,"
        " closed_ms FROM session ORDER BY session_no",
        NULL};
    return read_text(office, queries);
}
