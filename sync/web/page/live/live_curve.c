/* The curve of Live: see live_curve.h. */
#include "web/page/live/live_curve.h"

#include "report/figures/status_door.h"

#include <stdio.h>

enum {
    STEP_MS = BW_STATUS_CURVE_MINUTES * 60 * 1000,
    LISTED_MAX = 24,  /* columns that a sentence tells one by one */
    LABELLED_MAX = 20 /* columns with room for a time every ten minutes */
};
/* Of the picture. */
enum { LEFT = 30, WIDE = 650, TOP = 22, BASE = 142, GAP = 5 };

struct drawing {
    struct bw_status_curve curve;
    int64_t most; /* that the picture holds */
};

static int64_t
height_of(const struct drawing *d, int64_t people)
{
    return d->most > 0 ? people * (BASE - TOP) / d->most : 0;
}

static int64_t
x_of(const struct drawing *d, int64_t column)
{
    return LEFT + column * WIDE / d->curve.count;
}

/* The last one says how many they are. */
static json_t *
columns_of(const struct drawing *d)
{
    enum { ABOVE = 6 };
    json_t *columns = json_array();
    for (int64_t i = 0; i < d->curve.known; i++) {
        int64_t x = x_of(d, i), wide = x_of(d, i + 1) - x;
        int64_t high = height_of(d, d->curve.inside[i]);
        bool last = i + 1 == d->curve.known;
        bw_web_add(&columns,
            json_pack("{s:I, s:I, s:I, s:I, s:b, s:I, s:I, s:I}", "x",
                (json_int_t)(x + 2), "y", (json_int_t)(BASE - high), "w",
                (json_int_t)(wide > 2 * GAP ? wide - GAP
                             : wide > 2     ? wide - 2
                                            : 1),
                "h", (json_int_t)high, "last", last, "middle", (json_int_t)(x + wide / 2),
                "above", (json_int_t)(BASE - high - ABOVE), "people",
                (json_int_t)d->curve.inside[i]));
    }
    return columns;
}

/* None, half and all of what the picture holds. */
static json_t *
lines_of(const struct drawing *d)
{
    enum { LINES = 2, TEXT_LOWER = 4 };
    json_t *lines = json_array();
    for (int64_t i = 0; i <= LINES; i++) {
        int64_t people = d->most * i / LINES, y = BASE - height_of(d, people);
        bw_web_add(&lines, json_pack("{s:I, s:I, s:I, s:s}", "y", (json_int_t)y, "text_y",
                               (json_int_t)(y + TEXT_LOWER), "number", (json_int_t)people,
                               "opacity", i == 0 ? "1" : "0.35"));
    }
    return lines;
}

static json_t *
moment_of(const struct bw_web_visit *visit, const struct drawing *d,
    const struct bw_zone *zone, int64_t column)
{
    return bw_web_when(
        visit, zone, BW_WEB_MOMENT_TIME, d->curve.from_ms + column * STEP_MS);
}

/* Every ten minutes, or so that at most as many have room. */
static json_t *
times_of(
    const struct bw_web_visit *visit, const struct drawing *d, const struct bw_zone *zone)
{
    enum { TEN = 2, HALF_HOUR = 6, HOUR = 12 };
    int64_t every = d->curve.count <= LABELLED_MAX       ? TEN
                    : d->curve.count <= LABELLED_MAX * 2 ? HALF_HOUR
                                                         : HOUR;
    json_t *times = json_array();
    for (int64_t i = 0; i < d->curve.count - 1; i += every) {
        json_t *time = json_object();
        bw_web_set(&time, "x", json_integer(x_of(d, i) + 2));
        bw_web_set(&time, "time", moment_of(visit, d, zone, i));
        bw_web_add(&times, time);
    }
    return times;
}

/* What there is to see: each number, or where these are many how many there are now and
 * when there were most. */
static json_t *
label_of(const struct bw_web_visit *visit, const struct drawing *d,
    const struct bw_zone *zone, int64_t capacity)
{
    const struct bw_status_curve *curve = &d->curve;
    char list[LISTED_MAX * 24] = "";
    size_t used = 0;
    for (int64_t i = 0; i < curve->known && curve->known <= LISTED_MAX; i++) {
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%lld",
            i > 0 ? ", " : "", (long long)curve->inside[i]);
    }
    json_t *values = json_object();
    bw_web_set(&values, "list", json_string(list));
    bw_web_set(&values, "capacity", json_integer(capacity));
    bw_web_set(&values, "from", moment_of(visit, d, zone, 0));
    bw_web_set(&values, "inside", json_integer(curve->inside[curve->known - 1]));
    bw_web_set(&values, "most", json_integer(curve->most));
    bw_web_set(&values, "at", moment_of(visit, d, zone, curve->most_at + 1));
    return bw_web_filled(
        visit, curve->known <= LISTED_MAX ? "live.curve" : "live.curve.most", values);
}

json_t *
bw_web_live_curve(
    const struct bw_web_visit *visit, const struct bw_book *book, struct bw_zone *zone)
{
    enum { TEXT_BESIDE = 6 };
    const struct bw_session *session = &book->session;
    struct drawing d = {.most = session->capacity};
    bw_status_curve_read(book, bw_office_now_ms(&visit->desk->office), &d.curve);
    if (d.curve.came == 0) {
        return json_false();
    }
    d.most = d.curve.most > d.most ? d.curve.most : d.most;
    int64_t begin =
        LEFT + (session->starts_ms - d.curve.from_ms) * WIDE / (d.curve.count * STEP_MS);
    bool shown = begin < LEFT + WIDE;
    json_t *object = json_object();
    bw_web_set(&object, "columns", columns_of(&d));
    bw_web_set(&object, "lines", lines_of(&d));
    bw_web_set(&object, "times", times_of(visit, &d, zone));
    bw_web_set(&object, "begins_line",
        shown ? json_pack("{s:I, s:I}", "begin", (json_int_t)begin, "begin_text",
                    (json_int_t)(begin + TEXT_BESIDE))
              : json_false());
    bw_web_set(&object, "label", label_of(visit, &d, zone, session->capacity));
    return object;
}
