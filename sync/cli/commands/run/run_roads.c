/* Several roads of the office, a process each: see run_roads.h. */
#include "cli/commands/run/run_roads.h"

#include "cli/letters.h"
#include "cli/pace.h"
#include "cli/rounds.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    GRACE_MS = 2000,
    PATIENCE_MS = 60 * 1000,
    PATIENCE_MOST = 3, /* it doubles so often */
    STOPS_BEFORE = 3,  /* a road that stood still waits as after so many failures more */
};

/* What a process tells lies in a file in memory: the road that it is at, in front of all,
 * as long as it works; then why it failed, and the summary. */
enum { AT_BYTES = sizeof(int) };

/* ---- in its process ---- */

struct errand {
    const struct bw_rounds_roads *roads;
    unsigned by; /* the roads, a bit each */
    int told_fd;
};

static void
tell(const struct errand *errand, const struct bw_round_summary *summary,
    const struct bw_error *why)
{
    int fd = dup(errand->told_fd);
    FILE *told = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (told != NULL) {
        (void)fseek(told, AT_BYTES, SEEK_SET);
        (void)fwrite(why->text, sizeof why->text, 1, told);
        bw_round_summary_write(summary, told);
        (void)fclose(told);
    } else if (fd >= 0) {
        (void)close(fd);
    }
}

/* Where it says which road it is at; NULL: it can't be told. */
static volatile int *
at_map(const struct errand *errand)
{
    void *at =
        mmap(NULL, AT_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, errand->told_fd, 0);
    return at != MAP_FAILED ? at : NULL;
}

/* With a connection of its own: one that two processes share serves neither. */
static void
errand_do(void *context, int road, bool sends, bool takes, struct bw_road_went *went)
{
    const struct errand *errand = context;
    struct bw_call call = *errand->roads->call;
    struct bw_exchange_post post = {0};
    struct bw_round_summary summary = {0};
    struct bw_error err = {.text = ""};
    (void)road, (void)takes;
    went->status =
        bw_central_open(errand->roads->uri, BW_CENTRAL_OPEN, &call.central, &err);
    if (went->status == BW_OK) {
        went->status = bw_letters_post(&call, &post, &err);
    }
    post.without = ~errand->by;
    post.at = at_map(errand);
    if (went->status == BW_OK) {
        went->status = sends ? bw_round_out(&post, &summary, &err)
                             : bw_round_in(&post, &summary, &err);
    }
    went->sends_well = went->takes_well = summary.offline == 0;
    tell(errand, &summary, &err);
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    bw_central_close(call.central);
}

/* ---- what came of it ---- */

/* Its sentence and what it did; one that was killed has told nothing. */
static void
told_read(struct bw_rounds_errand *errand, struct bw_round_summary *summary,
    struct bw_error *why)
{
    FILE *told = lseek(errand->told_fd, AT_BYTES, SEEK_SET) == AT_BYTES
                     ? fdopen(errand->told_fd, "r")
                     : NULL;
    why->text[0] = '\0';
    if (told == NULL) {
        (void)close(errand->told_fd);
        return;
    }
    if (fread(why->text, sizeof why->text, 1, told) == 1) {
        why->text[sizeof why->text - 1] = '\0';
        bw_round_summary_add(summary, told);
    }
    (void)fclose(told);
}

static enum bw_status
errand_ended(struct bw_rounds_errand *errand, const struct bw_road_went *went,
    struct bw_round_summary *summary, bool *ret_well, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    told_read(errand, summary, &why);
    *ret_well = !errand->overdue && went->status == BW_OK && went->takes_well;
    if (errand->overdue || went->status == BW_OK) {
        return BW_OK;
    }
    if (went->status != BW_BUSY && went->status != BW_OFFLINE) {
        return bw_error_set(err, went->status, 0, "%s", why.text);
    }
    summary->offline++;
    bw_round_note(summary, "%s", why.text);
    return BW_OK;
}

/* `road`: -1 for the database. */
static void
overdue_say(const struct bw_rounds_roads *roads, int road, const char *doing,
    struct bw_round_summary *summary)
{
    summary->offline++;
    bw_round_note(summary,
        "%s %s: it stood still, so it was ended; it is tried again, and who keeps that "
        "server or folder may look",
        doing,
        road >= 0 && road < roads->list.count ? roads->list.uris[road]
                                              : bw_said("the central database"));
}

static enum bw_status
in_ended(struct bw_rounds_roads *roads, int road, const struct bw_road_went *went,
    struct bw_round_summary *summary, struct bw_error *err)
{
    bool well = false;
    struct bw_rounds_errand *in = &roads->roads[road].in;
    if (in->overdue) {
        overdue_say(roads, road, bw_said("taking letters from"), summary);
    }
    enum bw_status status = errand_ended(in, went, summary, &well, err);
    roads->roads[road].misses = well ? 0 : roads->roads[road].misses + 1;
    roads->roads[road].due_ms =
        bw_rounds_mono_ms() +
        bw_pace_wait_ms(roads->roads[road].misses, arc4random_uniform);
    roads->is_out_due = roads->is_out_due || well;
    return status;
}

/* The road at which rosters stood still is left out for a while; the others are due. */
static void
out_overdue(struct bw_rounds_roads *roads, struct bw_round_summary *summary)
{
    int at = -1;
    if (pread(roads->out.told_fd, &at, AT_BYTES, 0) != AT_BYTES || at < 0 ||
        at >= roads->list.count) {
        at = -1;
    }
    overdue_say(roads, at, bw_said("writing rosters to"), summary);
    roads->is_out_due = true;
    if (at >= 0) {
        int stops = ++roads->roads[at].stops;
        roads->roads[at].stop_ms =
            bw_rounds_mono_ms() +
            bw_pace_wait_ms(stops + STOPS_BEFORE, arc4random_uniform);
    }
}

static enum bw_status
out_ended(struct bw_rounds_roads *roads, const struct bw_road_went *went,
    struct bw_round_summary *summary, struct bw_error *err)
{
    bool well = false;
    if (roads->out.overdue) {
        out_overdue(roads, summary);
    }
    enum bw_status status = errand_ended(&roads->out, went, summary, &well, err);
    for (int i = 0; well && i < roads->list.count; i++) {
        roads->roads[i].stops = (roads->out_by >> i & 1) != 0 ? 0 : roads->roads[i].stops;
    }
    return status;
}

/* RR1. Whether it has ended, or is none of ours any more. */
static bool
errand_is_over(struct bw_rounds_errand *errand, struct bw_road_went *ret_went)
{
    int64_t now_ms = bw_rounds_mono_ms();
    if (bw_road_child_ended(&errand->child, ret_went)) {
        return true;
    }
    if (errand->child.pid == 0 || now_ms < errand->until_ms) {
        return false;
    }
    if (!errand->overdue) {
        errand->overdue = true;
        errand->until_ms = now_ms + GRACE_MS;
        (void)kill(errand->child.pid, SIGKILL);
        return false;
    }
    *ret_went = (struct bw_road_went){.status = BW_OK};
    bw_road_child_leave(&errand->child);
    return true;
}

static enum bw_status
look(
    struct bw_rounds_roads *roads, struct bw_round_summary *summary, struct bw_error *err)
{
    struct bw_road_went went;
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < BW_CARRIERS_MAX; i++) {
        if (errand_is_over(&roads->roads[i].in, &went)) {
            status = in_ended(roads, i, &went, summary, err);
        }
    }
    if (status == BW_OK && errand_is_over(&roads->out, &went)) {
        status = out_ended(roads, &went, summary, err);
    }
    return status;
}

/* ---- starting ---- */

/* So long it may take, where so often in a row its road failed. */
static int64_t
time_of(int misses)
{
    int doubled = misses < PATIENCE_MOST ? misses : PATIENCE_MOST;
    return bw_rounds_mono_ms() + ((int64_t)PATIENCE_MS << doubled);
}

/* *ret_started false: it was done here and now, and ret_went tells. */
static enum bw_status
start(struct bw_rounds_roads *roads, struct bw_rounds_errand *errand, unsigned by,
    bool sends, bool *ret_started, struct bw_road_went *ret_went, struct bw_error *err)
{
    static const int nowhere = -1;
    errand->overdue = false;
    errand->told_fd = memfd_create("brugwachter-round", MFD_CLOEXEC);
    if (errand->told_fd < 0 ||
        pwrite(errand->told_fd, &nowhere, AT_BYTES, 0) != AT_BYTES) {
        return bw_error_set(err, BW_IO, errno,
            "exchanging letters: no room for what a road tells: %s; close other programs",
            bw_said(strerror(errno)));
    }
    struct errand context = {roads, by, errand->told_fd};
    (void)fflush(roads->call->out);
    *ret_started = bw_road_child_start(
        &errand->child, 0, sends, !sends, errand_do, &context, ret_went);
    return BW_OK;
}

static enum bw_status
ins_start(
    struct bw_rounds_roads *roads, struct bw_round_summary *summary, struct bw_error *err)
{
    int64_t now_ms = bw_rounds_mono_ms();
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < roads->list.count; i++) {
        struct bw_road_went went;
        bool started = true;
        if (roads->roads[i].in.child.pid != 0 || roads->roads[i].due_ms > now_ms) {
            continue;
        }
        roads->roads[i].in.until_ms = time_of(roads->roads[i].misses);
        status = start(roads, &roads->roads[i].in, 1U << i, false, &started, &went, err);
        if (status == BW_OK && !started) {
            status = in_ended(roads, i, &went, summary, err);
        }
    }
    return status;
}

/* The roads that rosters go by now, and how often at most they stood still on one. */
static unsigned
out_roads(const struct bw_rounds_roads *roads, int *ret_stops)
{
    int64_t now_ms = bw_rounds_mono_ms();
    unsigned by = bw_rounds_roads_well(roads);
    *ret_stops = 0;
    for (int i = 0; i < roads->list.count; i++) {
        if ((by >> i & 1) != 0 && roads->roads[i].stop_ms > now_ms) {
            by &= ~(1U << i);
        } else if ((by >> i & 1) != 0 && roads->roads[i].stops > *ret_stops) {
            *ret_stops = roads->roads[i].stops;
        }
    }
    return by;
}

static enum bw_status
out_start(
    struct bw_rounds_roads *roads, struct bw_round_summary *summary, struct bw_error *err)
{
    struct bw_road_went went;
    bool started = true;
    int stops = 0;
    unsigned by = out_roads(roads, &stops);
    if (!roads->is_out_due || roads->out.child.pid != 0 || by == 0) {
        return BW_OK;
    }
    roads->is_out_due = false;
    roads->out_by = by;
    roads->out.until_ms = time_of(stops);
    enum bw_status status = start(roads, &roads->out, by, true, &started, &went, err);
    return status == BW_OK && !started ? out_ended(roads, &went, summary, err) : status;
}

/* Until all have ended, or it is that time. */
static enum bw_status
wait_for_all(struct bw_rounds_roads *roads, int64_t until_ms,
    struct bw_round_summary *summary, struct bw_error *err)
{
    int fds[BW_CARRIERS_MAX + 1], count;
    int64_t now_ms;
    enum bw_status status = look(roads, summary, err);
    while (status == BW_OK && (count = bw_rounds_roads_fds(roads, fds)) > 0 &&
           (now_ms = bw_rounds_mono_ms()) < until_ms) {
        struct pollfd ends[BW_CARRIERS_MAX + 1];
        for (int i = 0; i < count; i++) {
            ends[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        }
        int64_t due_ms = bw_rounds_roads_due_ms(roads);
        int64_t wake_ms = due_ms > now_ms && due_ms < until_ms ? due_ms : until_ms;
        (void)poll(ends, (nfds_t)count, (int)(wake_ms - now_ms));
        status = look(roads, summary, err);
    }
    return status;
}

enum bw_status
bw_rounds_roads_round(
    struct bw_rounds_roads *roads, struct bw_round_summary *summary, struct bw_error *err)
{
    int64_t until_ms = bw_rounds_mono_ms() + GRACE_MS;
    enum bw_status status = look(roads, summary, err);
    if (status == BW_OK) {
        status = ins_start(roads, summary, err);
    }
    if (status == BW_OK) {
        status = wait_for_all(roads, until_ms, summary, err);
    }
    if (status == BW_OK) {
        status = out_start(roads, summary, err);
    }
    return status == BW_OK
               ? wait_for_all(roads, bw_rounds_mono_ms() + GRACE_MS, summary, err)
               : status;
}

/* ---- between rounds ---- */

unsigned
bw_rounds_roads_well(const struct bw_rounds_roads *roads)
{
    unsigned well = 0;
    for (int i = 0; i < roads->list.count; i++) {
        bool is_well = roads->roads[i].in.child.pid == 0 && roads->roads[i].misses == 0 &&
                       roads->roads[i].due_ms != 0;
        well |= is_well ? 1U << i : 0;
    }
    return well;
}

int64_t
bw_rounds_roads_due_ms(const struct bw_rounds_roads *roads)
{
    int64_t due_ms = bw_rounds_mono_ms() + BW_PACE_OPEN_MS;
    for (int i = 0; i < roads->list.count; i++) {
        const struct bw_rounds_errand *in = &roads->roads[i].in;
        int64_t at_ms = in->child.pid == 0 ? roads->roads[i].due_ms : in->until_ms;
        due_ms = at_ms < due_ms ? at_ms : due_ms;
    }
    if (roads->out.child.pid != 0 && roads->out.until_ms < due_ms) {
        due_ms = roads->out.until_ms;
    }
    return due_ms;
}

int
bw_rounds_roads_fds(const struct bw_rounds_roads *roads, int ret_fds[BW_CARRIERS_MAX + 1])
{
    int count = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        if (roads->roads[i].in.child.pid != 0) {
            ret_fds[count++] = roads->roads[i].in.child.end_fd;
        }
    }
    if (roads->out.child.pid != 0) {
        ret_fds[count++] = roads->out.child.end_fd;
    }
    return count;
}

void
bw_rounds_roads_heard(struct bw_rounds_roads *roads, unsigned heard, int64_t at_ms)
{
    for (int i = 0; i < roads->list.count; i++) {
        if ((heard >> i & 1) != 0 && roads->roads[i].misses == 0 &&
            roads->roads[i].due_ms > at_ms) {
            roads->roads[i].due_ms = at_ms;
        }
    }
}
