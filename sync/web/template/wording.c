/* Sentences, dates and times: see wording.h. */
#include "web/template/wording.h"

#include <stdio.h>

enum { KEY_BYTES = 32 };

static const char *
say_dutch(const void *context, const char *key, unsigned long n)
{
    (void)context;
    return bw_wording_of(BW_WORDING_DUTCH, BW_WORDING_DESK, key, n);
}

static const char *
say_english(const void *context, const char *key, unsigned long n)
{
    (void)context;
    return bw_wording_of(BW_WORDING_ENGLISH, BW_WORDING_DESK, key, n);
}

struct bw_web_tongue
bw_web_tongue_of(enum bw_wording_language language)
{
    return (struct bw_web_tongue){
        .say = language == BW_WORDING_DUTCH ? say_dutch : say_english};
}

/* ---- moments ---- */

static const char *
named(enum bw_wording_language language, const char *what, int number)
{
    char key[KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s.%d", what, number);
    return bw_wording_of(language, BW_WORDING_KIOSK, key, 2);
}

void
bw_web_moment(enum bw_wording_language language, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms, char ret_text[BW_WEB_MOMENT_BYTES])
{
    struct bw_civil at;
    const char *colon = language == BW_WORDING_DUTCH ? "." : ":";
    bw_zone_to_civil(zone, wall_ms, &at);
    switch (how) {
    case BW_WEB_MOMENT_TIME:
        (void)snprintf(
            ret_text, BW_WEB_MOMENT_BYTES, "%02d%s%02d", at.hour, colon, at.minute);
        return;
    case BW_WEB_MOMENT_DAY:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%s %d %s",
            named(language, "wd", at.weekday), at.day, named(language, "mon", at.month));
        return;
    case BW_WEB_MOMENT_DATE:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%s %d %s %d",
            named(language, "day", at.weekday), at.day,
            named(language, "month", at.month), at.year);
        return;
    case BW_WEB_MOMENT_SHORT:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%d %s %02d%s%02d", at.day,
            named(language, "mon", at.month), at.hour, colon, at.minute);
        return;
    case BW_WEB_MOMENT_STAMP:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%d %s %d %02d%s%02d", at.day,
            named(language, "mon", at.month), at.year, at.hour, colon, at.minute);
        return;
    }
}
