/* The events that are about one person: see entries.h.
 *
 * All that may be theirs is read: events of their codes, those without a code of the
 * sessions in question, and what is in quarantine. Those without a code that refer to
 * each other are one person's (union-find); who has one of them has all. */
#include "office/entries.h"

#include "central/base/array.h"
#include "office/place/whole_person.h"

#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>

struct entries_reading {
    struct bw_central *central;
    const struct bw_office_entry_of *of;
    struct bw_office_entries all; /* that may be theirs, by number */
    struct bw_event_id *roots;    /* entries that are theirs without a code */
    size_t roots_count, roots_capacity;
    int64_t *codes; /* theirs, rising */
    size_t codes_count, codes_capacity;
    bool no_memory;
};

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "looking for somebody's events: there is no memory left");
}

/* ---- reading ---- */

static bool
is_own_code(const struct entries_reading *r, bw_code code)
{
    for (size_t i = 0; i < r->codes_count; i++) {
        if ((bw_code)r->codes[i] == code) {
            return true;
        }
    }
    return false;
}

static bool
on_code(const struct bw_sql_value *c, int count, void *context)
{
    struct entries_reading *r = context;
    (void)count;
    int64_t *code =
        bw_array_more(&r->codes, &r->codes_count, &r->codes_capacity, sizeof *code);
    r->no_memory = code == NULL;
    if (code != NULL) {
        *code = c[0].number;
    }
    return code != NULL;
}

static bool
on_root(const struct bw_sql_value *c, int count, void *context)
{
    struct entries_reading *r = context;
    (void)count;
    struct bw_event_id *root =
        bw_array_more(&r->roots, &r->roots_count, &r->roots_capacity, sizeof *root);
    r->no_memory = root == NULL;
    if (root != NULL) {
        *root = (struct bw_event_id){(uint32_t)c[0].number, (uint64_t)c[1].number};
    }
    return root != NULL;
}

/* An event's bytes, and its number in quarantine. */
static bool
on_event(const struct bw_sql_value *c, int count, void *context)
{
    struct entries_reading *r = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(c[0].blob, c[0].bytes, &event, NULL) != BW_OK) {
        return true; /* damaged at the office: `verify` tells */
    }
    bool coded = event.code != BW_CODE_NONE;
    if (coded && !is_own_code(r, event.code)) {
        return true;
    }
    struct bw_office_entry *entry =
        bw_array_more(&r->all.items, &r->all.count, &r->all.capacity, sizeof *entry);
    r->no_memory = entry == NULL;
    if (entry == NULL) {
        return false;
    }
    *entry = (struct bw_office_entry){.session_no = event.session_no,
        .id = event.id,
        .coded = coded,
        .quarantine = c[1].number,
        .refs_count = coded ? 0 : event.refs_count};
    memcpy(entry->hash, event.hash, sizeof entry->hash);
    memcpy(entry->refs, event.refs, sizeof entry->refs);
    return true;
}

#define OF_PERSON "(SELECT code FROM registration WHERE person_no = $1)"

/* $1 the person, or the session of the walk-in. */
static const struct {
    bw_sql_row *row;
    const char *of_person, *of_walk_in; /* NULL: nothing to ask */
} queries[] = {
    {on_code, "SELECT code FROM registration WHERE person_no = $1 ORDER BY code", NULL},
    {on_root,
        "SELECT device, seq FROM ruling WHERE kind = 1 AND code IN " OF_PERSON
        " AND step_no IN (SELECT step_no FROM step WHERE undone_by <= 0)",
        NULL},
    {on_event, "SELECT bytes, 0 FROM event WHERE code IN " OF_PERSON, NULL},
    {on_event,
        "SELECT bytes, 0 FROM event WHERE code IS NULL AND session_no IN"
        " (SELECT session_no FROM ruling WHERE kind = 1 AND code IN " OF_PERSON ")",
        "SELECT bytes, 0 FROM event WHERE code IS NULL AND session_no = $1"},
    {on_event, "SELECT bytes, number FROM quarantine WHERE $1 <> 0",
        "SELECT bytes, number FROM quarantine WHERE session_no = $1"},
};

static enum bw_status
read_all(struct entries_reading *r, struct bw_error *err)
{
    bool person = r->of->person_no != 0;
    struct bw_sql_value value =
        bw_sql_int(person ? r->of->person_no : (int64_t)r->of->session_no);
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof queries / sizeof queries[0]; i++) {
        const char *sql = person ? queries[i].of_person : queries[i].of_walk_in;
        if (sql != NULL) {
            status = bw_central_run(r->central, sql, &value, 1, queries[i].row, r, err);
        }
        if (status == BW_OK && r->no_memory) {
            status = no_memory(err);
        }
    }
    return status;
}

/* ---- whose they are ---- */

static int
id_compare(const struct bw_event_id *a, const struct bw_event_id *b)
{
    int order = (a->device > b->device) - (a->device < b->device);
    return order != 0 ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

/* By number; of one number by hash. */
static int
entry_compare(const void *left, const void *right)
{
    const struct bw_office_entry *a = left, *b = right;
    int order = id_compare(&a->id, &b->id);
    return order != 0 ? order : memcmp(a->hash, b->hash, sizeof a->hash);
}

/* The first that bears this number; EN1: `all->count` where there's none, or where two
 * different ones do. */
static size_t
find(const struct bw_office_entries *all, const struct bw_event_id *id)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id_compare(&all->items[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < all->count && id_compare(&all->items[i].id, id) == 0; i++) {
        if (memcmp(all->items[i].hash, all->items[low].hash, BW_HASH_BYTES) != 0) {
            return all->count;
        }
    }
    return low < all->count && id_compare(&all->items[low].id, id) == 0 ? low
                                                                        : all->count;
}

static size_t
head_of(const struct bw_office_entries *all, size_t i)
{
    while (all->items[i].same != i) {
        all->items[i].same = all->items[all->items[i].same].same;
        i = all->items[i].same;
    }
    return i;
}

static void
join(const struct bw_office_entries *all, size_t a, size_t b)
{
    if (a < all->count && b < all->count && !all->items[a].coded &&
        !all->items[b].coded && all->items[a].session_no == all->items[b].session_no) {
        all->items[head_of(all, a)].same = head_of(all, b);
    }
}

static void
sort_out(const struct bw_office_entries *all)
{
    for (size_t i = 0; i < all->count; i++) {
        all->items[i].same = i;
    }
    for (size_t i = 0; i < all->count; i++) {
        const struct bw_office_entry *entry = &all->items[i];
        if (i > 0 && entry_compare(entry, entry - 1) == 0) { /* in log and quarantine */
            join(all, i, i - 1);
        }
        for (int k = 0; k < entry->refs_count; k++) {
            join(all, i, find(all, &entry->refs[k]));
        }
    }
}

static enum bw_status
take(struct entries_reading *r, struct bw_office_entries *inout_entries,
    struct bw_error *err)
{
    const struct bw_office_entries *all = &r->all;
    bool *theirs = calloc(all->count + 1, sizeof *theirs); /* by head */
    enum bw_status status = theirs != NULL ? BW_OK : no_memory(err);
    for (size_t i = 0; status == BW_OK && i < r->roots_count; i++) {
        size_t at = find(all, &r->roots[i]);
        theirs[at < all->count ? head_of(all, at) : all->count] = true;
    }
    for (size_t i = 0; status == BW_OK && i < all->count; i++) {
        if (!all->items[i].coded && !theirs[head_of(all, i)]) {
            continue;
        }
        struct bw_office_entry *entry = bw_array_more(&inout_entries->items,
            &inout_entries->count, &inout_entries->capacity, sizeof *entry);
        if (entry == NULL) {
            status = no_memory(err);
        } else {
            *entry = all->items[i];
        }
    }
    free(theirs);
    return status;
}

enum bw_status
bw_office_entries_add(struct bw_central *central, const struct bw_office_entry_of *of,
    struct bw_office_entries *inout_entries, struct bw_error *err)
{
    struct entries_reading r = {.central = central, .of = of};
    const struct bw_sql_value root[] = {
        bw_sql_int(of->walk_in.device), bw_sql_int((int64_t)of->walk_in.seq)};
    enum bw_status status = read_all(&r, err);
    if (status == BW_OK && of->person_no == 0 && !on_root(root, 2, &r)) {
        status = no_memory(err);
    }
    if (status == BW_OK) {
        if (r.all.count > 1) {
            qsort(r.all.items, r.all.count, sizeof *r.all.items, entry_compare);
        }
        sort_out(&r.all);
        status = take(&r, inout_entries, err);
    }
    bw_office_entries_finish(&r.all);
    free(r.roots);
    free(r.codes);
    return status;
}

void
bw_office_entries_finish(struct bw_office_entries *entries)
{
    if (entries != NULL) {
        free(entries->items);
        *entries = (struct bw_office_entries){.items = NULL};
    }
}

/* ---- by what was typed ---- */

struct walk_in_finding {
    struct bw_office_entry_of of;
    uint8_t hash[BW_HASH_BYTES];
    bool found, several;
};

static bool
on_walk_in(const struct bw_sql_value *c, int count, void *context)
{
    struct walk_in_finding *finding = context;
    struct bw_event event;
    (void)count;
    if (bw_event_decode(c[0].blob, c[0].bytes, &event, NULL) != BW_OK) {
        return true;
    }
    finding->several =
        finding->several ||
        (finding->found && memcmp(finding->hash, event.hash, BW_HASH_BYTES) != 0) ||
        event.code != BW_CODE_NONE;
    finding->found = true;
    finding->of = (struct bw_office_entry_of){0, event.session_no, event.id};
    memcpy(finding->hash, event.hash, sizeof finding->hash);
    return true;
}

static enum bw_status
walk_in_read(struct bw_central *central, const char *typed,
    struct walk_in_finding *finding, struct bw_error *err)
{
    struct bw_event_id id = {0, 0};
    bw_code code = BW_CODE_NONE;
    if (bw_event_id_parse(typed, &id)) {
        struct bw_sql_value values[] = {
            bw_sql_int(id.device), bw_sql_int((int64_t)id.seq)};
        return bw_central_run(central,
            "SELECT bytes FROM event WHERE device = $1 AND seq = $2 UNION ALL"
            " SELECT bytes FROM quarantine WHERE device = $1 AND seq = $2",
            values, 2, on_walk_in, finding, err);
    }
    if (bw_code_parse(typed, &code)) {
        struct bw_sql_value value = bw_sql_int((int64_t)code);
        return bw_central_run(central,
            "SELECT e.bytes FROM walk_in w JOIN event e ON e.session_no = w.session_no"
            " AND e.device = w.device AND e.seq = w.seq AND e.hash = w.hash"
            " WHERE w.code = $1",
            &value, 1, on_walk_in, finding, err);
    }
    return BW_OK;
}

/* Of a walk-in that settle gave to somebody: that person. */
static enum bw_status
person_settled(
    struct bw_central *central, struct bw_office_entry_of *of, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(of->session_no),
        bw_sql_int(of->walk_in.device), bw_sql_int((int64_t)of->walk_in.seq)};
    enum bw_status status = bw_central_number(central,
        "SELECT r.person_no FROM ruling l JOIN step t ON t.step_no = l.step_no"
        " AND t.undone_by = 0 JOIN registration r ON r.code = l.code"
        " WHERE l.kind = 1 AND l.session_no = $1 AND l.device = $2 AND l.seq = $3",
        values, 3, 0, &of->person_no, err);
    return status == BW_NOT_FOUND ? BW_OK : status;
}

enum bw_status
bw_office_entry_of_typed(struct bw_central *central, const char *typed,
    struct bw_office_entry_of *ret_of, struct bw_error *err)
{
    struct walk_in_finding finding = {.found = false};
    struct bw_office_entry_of person = {.person_no = 0};
    struct bw_event_id id = {0, 0};
    enum bw_status status = walk_in_read(central, typed, &finding, err);
    if (status == BW_OK && finding.found && !finding.several) {
        status = person_settled(central, &finding.of, err);
        person = finding.of;
    } else if (status == BW_OK && bw_event_id_parse(typed, &id)) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for walk-in %.40s: %s", typed,
            finding.several
                ? bw_said("that entry has a code, or two bear its number; give a code")
                : bw_said("nobody came in by such an entry; conflicts and reports "
                          "have their numbers"));
    } else if (status == BW_OK) {
        status = bw_place_person_of(central, typed, &person.person_no, err);
    }
    if (status == BW_OK) {
        *ret_of = person;
    }
    return status;
}
