/* Facts to signs: see sign.h. */
#include "sign.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { MIB = 1024 * 1024, FREE_LOOK_MIB = 500, FREE_WRONG_MIB = 50, MINUTE_MS = 60000 };
#define DAY_MS INT64_C(86400000)
static const int64_t unsent_look_ms = DAY_MS, unsent_wrong_ms = 7 * DAY_MS;
static const int64_t silent_look_ms = 14 * DAY_MS, cut_look_ms = DAY_MS;

struct sign_looking {
    const struct bw_sign_facts *facts;
    const struct bw_zone *zone;
    struct bw_sign_line *sign;
};

static void BW_PRINTF(3, 4)
    say(const struct sign_looking *at, enum bw_sign_state state, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(at->sign->text, sizeof at->sign->text, bw_said(format), args);
    va_end(args);
    at->sign->state = state;
}

static const char *
when(const struct sign_looking *at, int64_t wall_ms, char ret_text[BW_ISO_BYTES])
{
    bw_zone_format_iso(at->zone, wall_ms, ret_text);
    return ret_text;
}

static void
look_at_store(const struct sign_looking *at)
{
    const struct bw_sign_facts *facts = at->facts;
    double mib = (double)facts->store_bytes / MIB;
    if (!facts->proof.integrity) {
        say(at, BW_SIGN_WRONG, "the file is damaged; keep it, and enrol this kiosk anew");
    } else if (facts->overview.aside[0] != '\0') {
        say(at, BW_SIGN_LOOK, "one before it was set aside: %s; take its events out",
            facts->overview.aside);
    } else {
        say(at, BW_SIGN_RIGHT, "schema %d, %.1f MiB, whole", BW_STORE_SCHEMA, mib);
    }
}

static void
look_at_log(const struct sign_looking *at)
{
    const struct bw_sign_facts *facts = at->facts;
    char last[BW_ISO_BYTES];
    if (facts->overview.restored) {
        say(at, BW_SIGN_WRONG, "this store is a restored copy; enrol the kiosk again");
    } else if (facts->proof.chain != BW_CHAIN_OK) {
        say(at, BW_SIGN_WRONG, "the chain breaks at event %" PRIu64,
            facts->proof.broken_at);
    } else if (facts->last_ms == 0) {
        say(at, BW_SIGN_RIGHT, "no events yet");
    } else {
        say(at, BW_SIGN_RIGHT, "%" PRIu64 " events without a gap, the last of %s",
            facts->proof.events, when(at, facts->last_ms, last));
    }
}

static void
look_at_roster(const struct sign_looking *at)
{
    const struct bw_overview *overview = &at->facts->overview;
    char made[BW_ISO_BYTES];
    if (!overview->has_roster) {
        say(at, BW_SIGN_LOOK, "none yet; fetch it, or bring it on a stick");
    } else {
        say(at, BW_SIGN_RIGHT, "of %s, serving %s", when(at, overview->roster_ms, made),
            overview->session.code);
    }
}

static void
look_at_letters(const struct sign_looking *at)
{
    const struct bw_overview *overview = &at->facts->overview;
    int64_t since_ms =
        overview->unsent_since_ms > 0 ? at->facts->now_ms - overview->unsent_since_ms : 0;
    char text[BW_ISO_BYTES];
    if (overview->unsent > 0) {
        say(at,
            since_ms > unsent_wrong_ms  ? BW_SIGN_WRONG
            : since_ms > unsent_look_ms ? BW_SIGN_LOOK
                                        : BW_SIGN_RIGHT,
            "%" PRIu64 " events wait to be sent", overview->unsent);
    } else if (at->facts->sent_ms == 0) {
        say(at, BW_SIGN_RIGHT, "none sent yet, none waits");
    } else {
        say(at, BW_SIGN_RIGHT, "none waits, the last was made %s",
            when(at, at->facts->sent_ms, text));
    }
}

static void
look_at_office(const struct sign_looking *at)
{
    const struct bw_overview *overview = &at->facts->overview;
    char text[BW_ISO_BYTES];
    if (overview->contact_ms == 0) {
        say(at, BW_SIGN_LOOK, "never heard");
    } else {
        bool silent = at->facts->now_ms - overview->contact_ms > silent_look_ms;
        say(at, silent ? BW_SIGN_LOOK : BW_SIGN_RIGHT,
            "last heard %s, holds %" PRId64 " of %" PRIu64 " events",
            when(at, overview->contact_ms, text), at->facts->acknowledged,
            overview->events);
    }
}

static void
look_at_road(const struct sign_looking *at)
{
    static const char *const words[] = {
        [BW_ROAD_UNKNOWN] = BW_SAYS("no road was tried lately"),
        [BW_ROAD_FINE] = BW_SAYS("one at least goes both ways"),
        [BW_ROAD_NETWORK] = BW_SAYS("no connection to the office"),
        [BW_ROAD_ACCESS] = BW_SAYS("the carrier doesn't let this kiosk in"),
        [BW_ROAD_TRUST] = BW_SAYS("the carrier isn't to be trusted"),
        [BW_ROAD_FULL] = BW_SAYS("the carrier has no room"),
        [BW_ROAD_PLACE] = BW_SAYS("the carrier isn't there, or is another's"),
    };
    enum bw_road_state road = at->facts->overview.road;
    bool right = road == BW_ROAD_UNKNOWN || road == BW_ROAD_FINE;
    say(at, right ? BW_SIGN_RIGHT : BW_SIGN_LOOK, "%s", bw_said(words[road]));
}

static void
look_at_clock(const struct sign_looking *at)
{
    const struct bw_overview *overview = &at->facts->overview;
    int64_t ahead_ms = overview->clock_ahead_ms;
    char now[BW_ISO_BYTES];
    (void)when(at, at->facts->now_ms, now);
    if (overview->clock_suspect) {
        say(at, BW_SIGN_WRONG, "%s can't be: it jumped, or stands before the office's",
            now);
    } else if (ahead_ms != 0) {
        bool ahead = ahead_ms > 0;
        int64_t minutes = (ahead ? ahead_ms : -ahead_ms) / MINUTE_MS;
        if (overview->clock_ahead_of == 0) {
            say(at, BW_SIGN_LOOK,
                ahead ? BW_SAYS("%" PRId64 " minutes ahead of the office's clock")
                      : BW_SAYS("%" PRId64 " minutes behind the office's clock"),
                minutes);
        } else {
            say(at, BW_SIGN_LOOK,
                ahead
                    ? BW_SAYS("%" PRId64 " minutes ahead of the clock of kiosk %" PRIu32)
                    : BW_SAYS("%" PRId64 " minutes behind the clock of kiosk %" PRIu32),
                minutes, overview->clock_ahead_of);
        }
    } else {
        say(at, BW_SIGN_RIGHT, "%s, within two minutes of the others'", now);
    }
}

static void
look_at_disk(const struct sign_looking *at)
{
    int64_t free_mib = at->facts->overview.free_bytes / MIB;
    if (at->facts->overview.free_bytes < 0) {
        say(at, BW_SIGN_LOOK, "how much is free isn't known");
    } else {
        say(at,
            free_mib < FREE_WRONG_MIB  ? BW_SIGN_WRONG
            : free_mib < FREE_LOOK_MIB ? BW_SIGN_LOOK
                                       : BW_SIGN_RIGHT,
            "%" PRId64 " MiB free", free_mib);
    }
}

static void
look_at_camera(const struct sign_looking *at)
{
    if (!at->facts->camera_wanted) {
        say(at, BW_SIGN_RIGHT, "none is wanted");
    } else if (at->facts->camera == BW_CAMERA_FINE) {
        say(at, BW_SIGN_RIGHT, "seen");
    } else if (at->facts->camera == BW_CAMERA_MISSING) {
        say(at, BW_SIGN_LOOK, "missing; look at its cable");
    } else {
        say(at, BW_SIGN_RIGHT, "the kiosk hasn't looked for it yet");
    }
}

static void
look_at_enrolment(const struct sign_looking *at)
{
    const struct bw_overview *overview = &at->facts->overview;
    char till[BW_ISO_BYTES] = "";
    if (at->facts->enrolled_till_ms > 0) {
        (void)when(at, at->facts->enrolled_till_ms, till);
    }
    if (at->facts->keys == 0) {
        say(at, BW_SIGN_WRONG, "no key of the organiser: no ticket can be checked");
    } else if (till[0] == '\0') {
        say(at, BW_SIGN_LOOK, "kiosk %" PRIu32 "; its sessions aren't known yet",
            overview->device);
    } else if (at->facts->enrolled_till_ms < at->facts->now_ms) {
        say(at, BW_SIGN_LOOK, "kiosk %" PRIu32 ", expired %s; ask for a new one",
            overview->device, till);
    } else if (!overview->has_pin) {
        say(at, BW_SIGN_LOOK, "kiosk %" PRIu32 ", without a PIN: staff can't sign in",
            overview->device);
    } else {
        say(at, BW_SIGN_RIGHT, "kiosk %" PRIu32 ", %d keys, expires %s", overview->device,
            at->facts->keys, till);
    }
}

static void
look_at_power(const struct sign_looking *at)
{
    const struct bw_sign_facts *facts = at->facts;
    char text[BW_ISO_BYTES];
    if (facts->cuts == 0) {
        say(at, BW_SIGN_RIGHT, "%" PRId64 " runs, all of them ended well", facts->runs);
    } else {
        bool lately = facts->now_ms - facts->cut_ms < cut_look_ms;
        say(at, lately ? BW_SIGN_LOOK : BW_SIGN_RIGHT,
            "%" PRId64 " of %" PRId64 " runs were cut off, found last %s", facts->cuts,
            facts->runs, when(at, facts->cut_ms, text));
    }
}

static void
look_at_version(const struct sign_looking *at)
{
    if (at->facts->fell_back) {
        say(at, BW_SIGN_LOOK,
            "%s; the system's last update didn't start, so the one before it runs",
            BW_VERSION);
    } else {
        say(at, BW_SIGN_RIGHT, "%s", BW_VERSION);
    }
}

static const struct {
    const char *name;
    void (*look)(const struct sign_looking *at);
} rows[] = {
    {BW_SAYS("store"), look_at_store},
    {BW_SAYS("log"), look_at_log},
    {BW_SAYS("roster"), look_at_roster},
    {BW_SAYS("letters"), look_at_letters},
    {BW_SAYS("office"), look_at_office},
    {BW_SAYS("road"), look_at_road},
    {BW_SAYS("clock"), look_at_clock},
    {BW_SAYS("disk"), look_at_disk},
    {BW_SAYS("camera"), look_at_camera},
    {BW_SAYS("enrolment"), look_at_enrolment},
    {BW_SAYS("power"), look_at_power},
    {BW_SAYS("version"), look_at_version},
};

_Static_assert(sizeof rows / sizeof rows[0] == BW_SIGNS_COUNT, "room for each");

void
bw_signs_read(const struct bw_sign_facts *facts, const struct bw_zone *zone,
    struct bw_sign_line ret_signs[BW_SIGNS_COUNT])
{
    for (int i = 0; i < BW_SIGNS_COUNT; i++) {
        ret_signs[i].name = rows[i].name;
        const struct sign_looking at = {facts, zone, &ret_signs[i]};
        rows[i].look(&at);
    }
}
