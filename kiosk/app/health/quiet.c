/* `brugwachter-kiosk quiet`: see quiet.h. */
#include "quiet.h"

#include "app/door/venue_clock.h"

#include <brugwachter/core.h>
#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOURS_USUAL = 3, HOURS_MAX = 72, HOUR_MS = 60 * 60 * 1000 };

static const char usage[] = BW_SAYS(
    "Usage: brugwachter-kiosk --store FILE quiet [--hours N]\n"
    "Whether nothing is due at the door: exit status 0 where no session begins within\n"
    "N hours, is on, or ended less than N hours ago, and nothing was recorded since;\n"
    "else 1.\n"
    "  --hours N   1 to 72; usually 3\n"
    "  --help      this text\n");

/* An exit status, or -1 to go on. */
static int
read_arguments(const struct bw_options *options, int64_t *ret_hours)
{
    *ret_hours = HOURS_USUAL;
    for (int i = 1; i < options->rest_count; i++) {
        char *end = NULL;
        if (strcmp(options->rest[i], "--help") == 0) {
            (void)fputs(bw_said(usage), stdout);
            return BW_EXIT_DONE;
        }
        if (strcmp(options->rest[i], "--hours") == 0 && i + 1 < options->rest_count) {
            *ret_hours = strtol(options->rest[++i], &end, 10);
        }
        if (end == NULL || *end != '\0' || *ret_hours < 1 || *ret_hours > HOURS_MAX) {
            (void)fputs(bw_said(usage), stderr);
            return BW_EXIT_USAGE;
        }
    }
    return -1;
}

/* The session that is too near, by its code; "" where none is. One without a roster has
 * no times yet, and keeps nobody from anything. */
static enum bw_status
find_session(struct bw_store *store, int64_t now_ms, int64_t margin_ms,
    char ret_code[BW_LABEL_BYTES], struct bw_error *err)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(store);
    ret_code[0] = '\0';
    for (int i = 0; i < enrolment->sessions_count && ret_code[0] == '\0'; i++) {
        struct bw_session session;
        enum bw_status status =
            bw_store_session_by_code(store, enrolment->sessions[i], &session, err);
        if (status != BW_OK && status != BW_NOT_FOUND) {
            return status;
        }
        if (status == BW_OK && now_ms >= session.starts_ms - margin_ms &&
            now_ms < session.ends_ms + margin_ms) {
            (void)snprintf(ret_code, BW_LABEL_BYTES, "%s", enrolment->sessions[i]);
        }
    }
    return BW_OK;
}

static enum bw_status
look(struct bw_store *store, const struct bw_options *options, int64_t hours,
    bool *ret_quiet, struct bw_error *err)
{
    struct bw_clock clock;
    struct bw_head head = {0};
    char code[BW_LABEL_BYTES] = "";
    int64_t now_ms = 0, margin_ms = hours * HOUR_MS;
    enum bw_status status = bw_venue_clock_start(
        &clock, store, options->session_code, options->clock_text, err);
    if (status == BW_OK) {
        now_ms = clock.wall_ms(&clock);
        status = find_session(store, now_ms, margin_ms, code, err);
    }
    if (status == BW_OK) {
        status = bw_store_head(store, &head, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool recorded = head.seq > 0 && now_ms < head.wall_ms + margin_ms;
    *ret_quiet = code[0] == '\0' && !recorded;
    if (*ret_quiet) {
        (void)puts(bw_said("quiet"));
    } else if (code[0] != '\0') {
        (void)printf(
            bw_said("not quiet: %s is less than %d hours away\n"), code, (int)hours);
    } else {
        (void)printf(
            bw_said("not quiet: something was recorded within %d hours\n"), (int)hours);
    }
    return BW_OK;
}

enum bw_exit
bw_quiet_main(const struct bw_options *options)
{
    struct bw_store *store = NULL;
    struct bw_error err;
    int64_t hours = 0;
    bool quiet = false;
    int answer = read_arguments(options, &hours);
    if (answer >= 0) {
        return (enum bw_exit)answer;
    }
    if (options->store_path == NULL) {
        (void)fputs(bw_said(usage), stderr);
        return BW_EXIT_USAGE;
    }
    if (access(options->store_path, F_OK) != 0) {
        (void)puts(bw_said("quiet: there is no kiosk file yet"));
        return BW_EXIT_DONE;
    }
    enum bw_status status =
        bw_store_open(options->store_path, BW_STORE_READ, &store, &err);
    if (status == BW_OK) {
        status = look(store, options, hours, &quiet, &err);
    }
    bw_store_close(store);
    if (status != BW_OK) {
        (void)fprintf(stderr, "brugwachter-kiosk: %s\n", err.text);
        return BW_EXIT_FAILED;
    }
    return quiet ? BW_EXIT_DONE : BW_EXIT_LOOK;
}
