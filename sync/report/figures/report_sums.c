/* A report's figures over all its sessions: see report_sums.h. */
#include "report/figures/report_sums.h"

#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

enum { CATEGORIES = 5, BINS = BW_ARRIVALS_BINS + 3 };

static const enum bw_report_word categories[CATEGORIES] = {BW_REPORT_CAME,
    BW_REPORT_WAITLIST, BW_REPORT_GUEST, BW_REPORT_WALK_IN, BW_REPORT_OTHER};

int
bw_report_percent(int n, int m)
{
    return m > 0 ? (int)(((int64_t)n * 200 + m) / (2 * (int64_t)m)) : 0;
}

bool
bw_report_visits_are_few(const struct bw_report_sums *sums)
{
    return sums->is_public && sums->visits > 0 &&
           sums->visits < BW_REPORT_TALLY_SMALL_BELOW;
}

void
bw_report_occupied_say(
    const struct bw_report_sums *sums, char ret_text[BW_REPORT_TALLY_TEXT_BYTES])
{
    char part[BW_REPORT_TALLY_TEXT_BYTES];
    (void)snprintf(
        part, sizeof part, "%d%%", bw_report_percent(sums->visits, sums->places));
    (void)snprintf(ret_text, BW_REPORT_TALLY_TEXT_BYTES, "%s",
        sums->places == 0                ? "–"
        : bw_report_visits_are_few(sums) ? "•"
                                         : part);
}

const char *
bw_report_regions_rows(const struct bw_report_sums *sums)
{
    return bw_report_word(sums->language, sums->turned ? BW_REPORT_TO : BW_REPORT_FROM);
}

const char *
bw_report_regions_columns(const struct bw_report_sums *sums)
{
    return bw_report_word(sums->language, sums->turned ? BW_REPORT_FROM : BW_REPORT_TO);
}

const char *
bw_report_regions_text(const struct bw_report_sums *sums)
{
    return bw_report_word(
        sums->language, sums->turned ? BW_REPORT_MATRIX_TURNED : BW_REPORT_MATRIX_TEXT);
}

void
bw_report_schools_say(
    const struct bw_report_sums *sums, char ret_text[BW_WORDING_SAID_BYTES])
{
    int all = sums->report->schools_of;
    bw_report_say_numbers(sums->language,
        all > 0 ? BW_REPORT_SCHOOLS_OF : BW_REPORT_SCHOOLS, all, 0, ret_text);
}

void
bw_report_beside_say(
    const struct bw_report_sums *sums, char ret_text[BW_WORDING_SAID_BYTES])
{
    ret_text[0] = '\0';
    if (sums->beside_shown) {
        bw_report_say_numbers(sums->language, BW_REPORT_SCHOOLS_BESIDE,
            sums->report->schools_beside, 0, ret_text);
    }
}

const char *
bw_report_meaning(const struct bw_report_sums *sums, enum bw_report_word word)
{
    if (sums->is_public && word == BW_REPORT_MEANING_NO_SHOW) {
        return NULL;
    }
    bool listed = word == BW_REPORT_MEANING_SCHOOLS && sums->report->schools_listed;
    return bw_report_word(sums->language, listed ? BW_REPORT_MEANING_LISTED : word);
}

bool
bw_report_counts(const struct bw_report_session *session)
{
    return session->state != BW_SESSION_CANCELLED &&
           (session->state != BW_SESSION_PLANNED || session->present > 0);
}

static void
name_set(struct bw_report_tally_side *side, const char *name)
{
    (void)snprintf(side->name, sizeof side->name, "%s", name);
}

static void
key_set(struct bw_report_tally_part *part, const char *key)
{
    (void)snprintf(part->key, sizeof part->key, "%s", key);
}

/* Of what has no word of its own. */
static void
key_number(struct bw_report_tally_part *part, int number)
{
    (void)snprintf(part->key, sizeof part->key, "%d", number);
}

static void
figures_add(struct bw_report_sums *sums, const struct bw_report_session *session)
{
    sums->visits += session->present;
    sums->from_waitlist += session->from_waitlist;
    sums->kiosks += session->kiosks;
    sums->kiosks_complete += session->kiosks_complete;
    sums->registered += session->registered;
    sums->overrides += session->overrides;
    sums->early += session->arrivals.early;
    if (bw_session_state_is_over(session->state)) {
        sums->held++;
        sums->places += session->capacity;
        sums->confirmed += session->confirmed;
        sums->confirmed_came += session->confirmed_came;
        sums->no_show += session->no_show;
    }
}

/* Regions of circles, each once: by number. */
struct region_names {
    const char **names;
    size_t count, capacity;
};

/* SIZE_MAX without memory. */
static size_t
region_of(struct region_names *regions, const char *name)
{
    for (size_t i = 0; i < regions->count; i++) {
        if (strcmp(regions->names[i], name) == 0) {
            return i;
        }
    }
    const char **more =
        bw_array_more(&regions->names, &regions->count, &regions->capacity, sizeof *more);
    if (!more) {
        return SIZE_MAX;
    }
    *more = name;
    return regions->count - 1;
}

/* As the model says it of who has none. */
static const char *
region_name(const struct bw_report_session *session)
{
    return session->region[0] ? session->region : "onbekend";
}

static const char *
region_word(const struct bw_report_sums *sums, const char *name)
{
    return strcmp(name, "onbekend") == 0
               ? bw_report_word(sums->language, BW_REPORT_UNKNOWN)
               : name;
}

static bool
circles_make(struct bw_report_sums *sums, struct region_names *to)
{
    const struct bw_report *report = sums->report;
    size_t rows = 0, other = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        rows += bw_report_counts(&report->sessions[i]);
        other += report->sessions[i].other > 0;
    }
    size_t columns = other > 0 ? CATEGORIES : CATEGORIES - 1;
    if (!bw_report_tally_init(&sums->circles, rows, columns, rows > 1)) {
        return false;
    }
    for (size_t c = 0; c < columns; c++) {
        name_set(
            &sums->circles.columns[c], bw_report_word(sums->language, categories[c]));
        key_number(&sums->circles.column_parts[c], (int)c);
    }
    size_t at = 0;
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        if (!bw_report_counts(session)) {
            continue;
        }
        const int counts[CATEGORIES] = {session->came, session->from_waitlist,
            session->guests, session->walk_ins, session->other};
        size_t region = region_of(to, region_name(session));
        if (region == SIZE_MAX) {
            return false;
        }
        figures_add(sums, session);
        name_set(&sums->circles.rows[at], session->title);
        key_set(&sums->circles.row_parts[at], session->code);
        sums->circles.rows[at].group = (int)region;
        sums->circles.rows[at].places = session->confirmed;
        sums->circles.rows[at].capacity = session->capacity;
        for (size_t c = 0; c < columns; c++) {
            bw_report_tally_at(&sums->circles, at, c)->count = counts[c];
        }
        at++;
    }
    return true;
}

static bool
regions_make(
    struct bw_report_sums *sums, struct region_names *to, struct region_names *from)
{
    const struct bw_report *report = sums->report;
    for (size_t t = 0; t < to->count; t++) { /* in the order of the circles */
        for (size_t i = 0; i < report->moves_count; i++) {
            if (strcmp(report->moves[i].from, to->names[t]) == 0 &&
                region_of(from, to->names[t]) == SIZE_MAX) {
                return false;
            }
        }
    }
    for (size_t i = 0; i < report->moves_count; i++) {
        if (region_of(from, report->moves[i].from) == SIZE_MAX ||
            region_of(to, report->moves[i].to) == SIZE_MAX) {
            return false;
        }
    }
    if (!bw_report_tally_init(&sums->regions, from->count, to->count, true)) {
        return false;
    }
    for (size_t r = 0; r < from->count; r++) {
        name_set(&sums->regions.rows[r], region_word(sums, from->names[r]));
        key_set(&sums->regions.row_parts[r], from->names[r]);
    }
    for (size_t c = 0; c < to->count; c++) {
        name_set(&sums->regions.columns[c], region_word(sums, to->names[c]));
        key_set(&sums->regions.column_parts[c], to->names[c]);
    }
    for (size_t i = 0; i < report->moves_count; i++) {
        const struct bw_report_move *move = &report->moves[i];
        bool own = strcmp(move->from, move->to) == 0;
        bw_report_tally_at(
            &sums->regions, region_of(from, move->from), region_of(to, move->to))
            ->count += move->people;
        sums->own_region += own ? move->people : 0;
    }
    return true;
}

/* All bins in order: earlier, those round the start, later, no time. */
static void
bins_add(const struct bw_report_arrivals *arrivals, int bins[BINS])
{
    bins[0] += arrivals->before;
    for (int i = 0; i < BW_ARRIVALS_BINS; i++) {
        bins[i + 1] += arrivals->bins[i];
    }
    bins[BINS - 2] += arrivals->after;
    bins[BINS - 1] += arrivals->unknown;
}

static void
bin_name(
    const struct bw_report_sums *sums, int bin, struct bw_report_tally_side *ret_side)
{
    int minutes = (bin - 1 - BW_ARRIVALS_START) * BW_ARRIVALS_MINUTES;
    if (bin == 0 || bin >= BINS - 2) {
        name_set(ret_side,
            bw_report_word(sums->language, bin == 0          ? BW_REPORT_BEFORE
                                           : bin == BINS - 2 ? BW_REPORT_AFTER
                                                             : BW_REPORT_NO_TIME));
    } else {
        (void)snprintf(ret_side->name, sizeof ret_side->name, "%s%d",
            minutes < 0 ? "−" : "", abs(minutes));
    }
}

/* Which bins are columns: those at an empty end are left out. */
static size_t
bins_choose(const int bins[BINS], int ret_chosen[BINS], size_t *ret_start)
{
    int first = BW_ARRIVALS_START, last = BW_ARRIVALS_START + 1;
    size_t count = 0;
    for (int i = 1; i < BINS - 2; i++) {
        first = bins[i] > 0 && i < first ? i : first;
        last = bins[i] > 0 && i > last ? i : last;
    }
    for (int i = 0; i < BINS; i++) {
        if (i >= first && i <= last ? true : bins[i] > 0) {
            *ret_start = i == BW_ARRIVALS_START + 1 ? count : *ret_start;
            ret_chosen[count++] = i;
        }
    }
    return count;
}

static bool
arrivals_make(struct bw_report_sums *sums)
{
    int bins[BINS] = {0}, chosen[BINS];
    for (size_t i = 0; i < sums->report->sessions_count; i++) {
        if (bw_report_counts(&sums->report->sessions[i])) {
            bins_add(&sums->report->sessions[i].arrivals, bins);
        }
    }
    size_t columns = bins_choose(bins, chosen, &sums->start);
    if (!bw_report_tally_init(&sums->arrivals, 1, columns, false)) {
        return false;
    }
    name_set(&sums->arrivals.rows[0], bw_report_word(sums->language, BW_REPORT_ARRIVED));
    for (size_t c = 0; c < columns; c++) {
        bin_name(sums, chosen[c], &sums->arrivals.columns[c]);
        key_number(&sums->arrivals.column_parts[c], chosen[c]);
        bw_report_tally_at(&sums->arrivals, 0, c)->count = bins[chosen[c]];
        sums->on_time += chosen[c] <= BW_ARRIVALS_START ? bins[chosen[c]] : 0;
    }
    return true;
}

/* Whether an amount tells of few people. */
static bool
is_few(int count)
{
    return count > 0 && count < BW_REPORT_TALLY_SMALL_BELOW;
}

/* Regions whose circles became one row are one column. */
static void
regions_join(struct bw_report_sums *sums, const int *roots)
{
    for (size_t c = sums->regions.columns_count; c-- > 1;) {
        for (size_t into = 0; into < c; into++) {
            if (roots[into] == roots[c]) {
                bw_report_tally_merge_columns(&sums->regions, into, c);
                break;
            }
        }
    }
}

/* Turned, where only one column would have its total: rows are who has one. */
static bool
regions_turn(struct bw_report_sums *sums)
{
    struct bw_report_tally turned, *regions = &sums->regions;
    if (regions->columns_count != 1 ||
        !bw_report_tally_init(&turned, 1, regions->rows_count, false)) {
        return regions->columns_count != 1;
    }
    turned.rows[0] = regions->columns[0];
    for (size_t r = 0; r < regions->rows_count; r++) {
        turned.columns[r] = regions->rows[r];
        turned.cells[r] = regions->cells[r];
    }
    bw_report_tally_swap_parts(&turned, regions);
    bw_report_tally_finish(regions);
    *regions = turned;
    sums->turned = true;
    return true;
}

/* The start's column, once those before it may have been merged. */
static void
start_find(struct bw_report_sums *sums)
{
    size_t at = 0, before = 0;
    while (at < sums->arrivals.columns_count && before < sums->start) {
        before += (size_t)sums->arrivals.columns[at++].merged;
    }
    sums->start = before == sums->start ? at : sums->arrivals.columns_count;
}

static bool
protect(struct bw_report_sums *sums, size_t to_count)
{
    const struct bw_report *report = sums->report;
    int *roots = calloc(to_count + 1, sizeof *roots);
    if (!roots) {
        return false;
    }
    for (size_t i = 0; i < to_count; i++) {
        roots[i] = (int)i;
    }
    sums->circles.roots = roots;
    sums->circles.groups = to_count;
    bool fine = bw_report_tally_protect(&sums->circles);
    sums->circles.roots = NULL;
    regions_join(sums, roots);
    free(roots);
    fine = fine && regions_turn(sums) && bw_report_tally_protect(&sums->regions) &&
           bw_report_tally_protect(&sums->arrivals);
    start_find(sums);
    /* who came again is what visits have more than people */
    sums->people_shown = !is_few(sums->visits - report->unique_people) &&
                         !is_few(report->unique_people) && !is_few(sums->visits);
    sums->often_shown = sums->people_shown;
    for (int i = 0; i < BW_OFTEN; i++) {
        sums->often_shown = sums->often_shown && !is_few(report->often[i]);
    }
    sums->schools_shown = !is_few(report->schools) && !is_few(sums->visits);
    sums->beside_shown =
        sums->beside_shown && sums->schools_shown && !is_few(report->schools_beside);
    sums->waitlist_shown =
        sums->circles.column_totals && sums->circles.columns_count > 1 &&
        sums->circles.columns[0].merged == 1 && sums->circles.columns[1].merged == 1;
    return fine;
}

static bool
tables_make(struct bw_report_sums *sums)
{
    struct region_names to = {0}, from = {0};
    bool fine =
        circles_make(sums, &to) && regions_make(sums, &to, &from) && arrivals_make(sums);
    bool agree = fine && bw_report_tally_total(&sums->circles) == sums->visits &&
                 bw_report_tally_total(&sums->regions) == sums->visits &&
                 bw_report_tally_total(&sums->arrivals) == sums->visits;
    sums->agree = agree;
    if (agree && sums->is_public) {
        fine = protect(sums, to.count);
    }
    free(to.names);
    free(from.names);
    return fine;
}

enum bw_status
bw_report_sums_make(const struct bw_report *report, enum bw_wording_language language,
    bool is_public, struct bw_report_sums *ret_sums, struct bw_error *err)
{
    struct bw_report_sums sums = {.report = report,
        .language = language,
        .is_public = is_public,
        .people_shown = true,
        .often_shown = true,
        .waitlist_shown = true,
        .schools_shown = true,
        .beside_shown = report->schools_beside > 0};
    bool fine = tables_make(&sums);
    if (!fine || !sums.agree) {
        bw_report_sums_finish(&sums);
        return fine
                   ? bw_error_set(err, BW_REFUSED, 0,
                         "making the report of %s: its tables don't have the same total, "
                         "so none is written; please report this",
                         report->title)
                   : bw_error_set(err, BW_NO_MEMORY, 0,
                         "making the report: out of memory; close other programs");
    }
    *ret_sums = sums;
    return BW_OK;
}

void
bw_report_sums_finish(struct bw_report_sums *sums)
{
    if (sums) {
        bw_report_tally_finish(&sums->circles);
        bw_report_tally_finish(&sums->regions);
        bw_report_tally_finish(&sums->arrivals);
    }
}
