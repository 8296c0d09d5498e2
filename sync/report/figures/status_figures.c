/* What `status` states: see status_figures.h. */
#include "report/figures/status_figures.h"

#include "central/base/array.h"
#include "central/fork.h"
#include "central/records.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"
#include "report/conflict/decisions.h"

#include <sodium.h>
#include <stdlib.h>

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_status_figures *figures = context;
    (void)count;
    struct bw_status_session *line = bw_array_more(&figures->sessions,
        &figures->sessions_count, &figures->sessions_capacity, sizeof *line);
    figures->no_memory = figures->no_memory || line == NULL;
    if (line != NULL) {
        line->session_no = (uint32_t)columns[0].number;
        bw_text_copy(line->code, sizeof line->code, columns[1].text);
        bw_text_copy(line->title, sizeof line->title, columns[2].text);
        line->capacity = (int)columns[3].number;
    }
    return line != NULL;
}

static bool
on_device(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_status_figures *figures = context;
    (void)count;
    struct bw_status_kiosk *line = bw_array_more(&figures->kiosks, &figures->kiosks_count,
        &figures->kiosks_capacity, sizeof *line);
    figures->no_memory = figures->no_memory || line == NULL;
    if (line != NULL) {
        line->device = (uint32_t)columns[0].number;
        bw_text_copy(line->name, sizeof line->name, columns[1].text);
        bw_text_copy(line->session, sizeof line->session, columns[2].text);
        line->last_contact_ms = columns[3].number;
        line->state = (int)columns[4].number;
    }
    return line != NULL;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_status_figures *figures = context;
    (void)count;
    struct bw_status_key *line = bw_array_more(
        &figures->keys, &figures->keys_count, &figures->keys_capacity, sizeof *line);
    figures->no_memory = figures->no_memory || line == NULL;
    if (line != NULL) {
        line->key = (uint8_t)columns[0].number;
        if (columns[1].bytes == BW_PUBLIC_KEY_BYTES) {
            (void)sodium_bin2hex(line->public_hex, sizeof line->public_hex,
                columns[1].blob, columns[1].bytes);
        }
        line->retired = columns[2].type != BW_SQL_NULL;
    }
    return line != NULL;
}

/* As on_device has them; FROM device d WHERE … */
#define KIOSKS                                                                           \
    "SELECT d.device, d.name, coalesce((SELECT s.code FROM device_session x"             \
    " JOIN session s ON s.session_no = x.session_no WHERE x.device = d.device"           \
    " AND x.rank >= 0 ORDER BY x.rank LIMIT 1), ''),"                                    \
    " coalesce(d.last_contact_ms, 0), d.state"

static const struct {
    const char *sql;
    bw_sql_row *row;
} readings[] = {
    {"SELECT session_no, code, title, capacity FROM session ORDER BY starts_ms, code",
        on_session},
    {KIOSKS " FROM device d WHERE d.state <> 3" /* the office's own log */
            " ORDER BY d.device",
        on_device},
    {"SELECT signing_key, public, retired_ms FROM signing_key ORDER BY signing_key",
        on_key},
};

static int
by_device(const void *key, const void *item)
{
    uint32_t device = *(const uint32_t *)key;
    uint32_t other = ((const struct bw_status_kiosk *)item)->device;
    return (device > other) - (device < other);
}

/* What the session's book walked needn't be walked again. */
static void
keep_chains(struct bw_status_figures *figures, const struct bw_book *book)
{
    /* without kiosks there is nothing to search in, not even an address */
    for (size_t i = 0; figures->kiosks_count > 0 && i < book->kiosks_count; i++) {
        const struct bw_device_chain *chain = &book->kiosks[i].chain;
        struct bw_status_kiosk *kiosk = bsearch(&chain->device, figures->kiosks,
            figures->kiosks_count, sizeof *figures->kiosks, by_device);
        if (kiosk != NULL) {
            kiosk->chain = *chain;
        }
    }
}

static enum bw_status
read_session(struct bw_central *central, struct bw_status_figures *figures,
    struct bw_book_chains *chains, struct bw_status_session *line, struct bw_error *err)
{
    struct bw_book *book = NULL;
    enum bw_status status = bw_book_open(central, line->session_no, chains, &book, err);
    if (status != BW_OK) {
        return status;
    }
    for (size_t i = 0; i < book->people_count; i++) {
        enum bw_registration_status kind = book->people[i].registration.status;
        if ((int)kind >= 0 && kind <= BW_BLOCKED) { /* as a row may say anything */
            line->counts[kind]++;
        }
    }
    status = bw_session_state_of(&book->session, figures->now_ms, &line->state, err);
    line->present = bw_presence_in(book->presence);
    line->walk_ins = bw_presence_walk_ins(book->presence);
    line->guests = bw_presence_guests(book->presence);
    struct bw_conflicts conflicts = {.count = 0};
    if (status == BW_OK) {
        status = bw_conflicts_find(book, figures->language, &conflicts, err);
    }
    line->conflicts = conflicts.count;
    bw_conflicts_finish(&conflicts);
    if (status == BW_OK) {
        status =
            bw_decisions_find(central, book, figures->language, &line->decisions, err);
    }
    keep_chains(figures, book);
    bw_book_close(book);
    return status;
}

static enum bw_status
read_all(
    struct bw_central *central, struct bw_status_figures *figures, struct bw_error *err)
{
    struct bw_book_chains chains = {.timezone = BW_ZONE_DEFAULT};
    struct bw_fork fork;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &chains.zone, err);
    for (size_t i = 0; status == BW_OK && i < sizeof readings / sizeof readings[0]; i++) {
        status = bw_central_run(
            central, readings[i].sql, NULL, 0, readings[i].row, figures, err);
    }
    if (status == BW_OK && figures->no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "reading %s: no memory", bw_central_name(central));
    }
    for (size_t i = 0; status == BW_OK && i < figures->sessions_count; i++) {
        status = read_session(central, figures, &chains, &figures->sessions[i], err);
    }
    for (size_t i = 0; status == BW_OK && i < figures->kiosks_count; i++) {
        struct bw_status_kiosk *kiosk = &figures->kiosks[i];
        if (kiosk->chain.device == 0) { /* of no session */
            status = bw_central_chain_read(central, kiosk->device, &kiosk->chain, err);
        }
        if (status == BW_OK && kiosk->chain.state == BW_CHAIN_FORKED) {
            status = bw_fork_read(central, kiosk->device, &fork, err);
            kiosk->undecided = status == BW_OK && bw_fork_waits(&fork);
        }
    }
    bw_zone_close(chains.zone);
    return status;
}

/* Without a lock: who writes meanwhile needn't wait for somebody who looks. */
enum bw_status
bw_status_read(struct bw_central *central, enum bw_wording_language language,
    int64_t now_ms, struct bw_status_figures *ret_figures, struct bw_error *err)
{
    struct bw_status_figures figures = {
        .sessions = NULL, .now_ms = now_ms, .language = language};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(central, &figures, err);
        if (status == BW_OK) {
            status = bw_pending_read(central, now_ms, &figures.pending, err);
        }
        bw_central_read_end(central);
    }
    if (status != BW_OK) {
        bw_status_finish(&figures);
        return status;
    }
    *ret_figures = figures;
    return BW_OK;
}

enum bw_status
bw_status_read_kiosks(struct bw_central *central, const struct bw_book *book,
    struct bw_status_figures *ret_figures, struct bw_error *err)
{
    struct bw_status_figures figures = {.sessions = NULL};
    struct bw_sql_value value = bw_sql_int(book->session.session_no);
    enum bw_status status = bw_central_run(central,
        KIOSKS " FROM device d WHERE d.state <> 3 AND d.device IN"
               " (SELECT y.device FROM device_session y WHERE y.session_no = $1)"
               " ORDER BY d.device",
        &value, 1, on_device, &figures, err);
    if (status == BW_OK && figures.no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "reading %s: no memory", bw_central_name(central));
    }
    if (status != BW_OK) {
        bw_status_finish(&figures);
        return status;
    }
    keep_chains(&figures, book);
    *ret_figures = figures;
    return BW_OK;
}

void
bw_status_finish(struct bw_status_figures *figures)
{
    if (figures != NULL) {
        for (size_t i = 0; i < figures->sessions_count; i++) {
            bw_conflicts_finish(&figures->sessions[i].decisions);
        }
        free(figures->sessions);
        free(figures->kiosks);
        free(figures->keys);
        bw_pending_finish(&figures->pending);
        *figures = (struct bw_status_figures){.sessions = NULL};
    }
}

bool
bw_status_needs_a_look(const struct bw_status_figures *figures, int64_t now_ms)
{
    for (size_t i = 0; i < figures->sessions_count; i++) {
        if (figures->sessions[i].conflicts > 0) {
            return true;
        }
    }
    for (size_t i = 0; i < figures->kiosks_count; i++) {
        const struct bw_device_chain *chain = &figures->kiosks[i].chain;
        if (chain->gaps_count > 0 || chain->broken_at != 0 ||
            figures->kiosks[i].undecided) {
            return true;
        }
    }
    return bw_pending_needs_a_look(&figures->pending, now_ms);
}
