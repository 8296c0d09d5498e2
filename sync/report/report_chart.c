/* When people came, as bars: see report_chart.h. */
#include "report/report_chart.h"

enum {
    BIN_MINUTES = 5,
    BINS_MAX = 60,
    BINS_LEAST = 18, /* fewer would be bars as wide as walls */
    CHART_WIDTH = 1000,
    CHART_HEIGHT = 190,
    CHART_HEAD = 40, /* room for "begin", and the highest number below it */
    CHART_FOOT = 26,
    TICK_MINUTES = 15,
    DAY_MINUTES = 24 * 60,
};

/* Arrivals in bins of five minutes from when the doors open. */
struct chart {
    int bins[BINS_MAX];
    int count; /* up to the last arrival, and the start at least */
    int start; /* the bin that the session begins with */
    int most;
    int64_t from_ms;
};

static void
chart_fill(const struct bw_report_session *session, struct chart *chart)
{
    const int64_t bin_ms = BIN_MINUTES * INT64_C(60000);
    const struct bw_session *facts = &session->book->session;
    chart->from_ms = bw_when_doors_ms(facts);
    chart->from_ms -= chart->from_ms % bin_ms;
    chart->start = (int)((facts->starts_ms - chart->from_ms) / bin_ms);
    chart->count = BINS_LEAST;
    if (chart->start >= chart->count) {
        chart->count = chart->start < BINS_MAX ? chart->start + 1 : BINS_MAX;
    }
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        if (!row->attended || !row->arrived[0]) {
            continue;
        }
        int64_t bin = (row->since_ms - chart->from_ms) / bin_ms;
        if (row->since_ms >= chart->from_ms && bin < BINS_MAX) {
            int height = ++chart->bins[bin];
            chart->most = height > chart->most ? height : chart->most;
            chart->count = bin >= chart->count ? (int)bin + 1 : chart->count;
        }
    }
}

static double
bin_x(const struct chart *chart, int bin)
{
    return (double)bin * CHART_WIDTH / chart->count;
}

static void
bars_write(const struct chart *chart, FILE *file)
{
    double width = bin_x(chart, 1);
    for (int i = 0; i < chart->count; i++) {
        int height = chart->bins[i] * (CHART_HEIGHT - CHART_HEAD) / chart->most;
        if (height > 0) {
            (void)fprintf(file,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" "
                "fill=\"#0A5A3C\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" "
                "fill=\"#0C2A33\">%d</text>",
                bin_x(chart, i) + 2, CHART_HEIGHT - height, width - 4, height,
                bin_x(chart, i) + width / 2, CHART_HEIGHT - height - 5, chart->bins[i]);
        }
    }
}

static void
hours_write(const struct chart *chart, int start_minute, FILE *file)
{
    for (int i = 0; i < chart->count; i++) {
        int minute = start_minute + (i - chart->start) * BIN_MINUTES;
        if (minute % TICK_MINUTES == 0) {
            minute = (minute + DAY_MINUTES) % DAY_MINUTES;
            (void)fprintf(file,
                "<path d=\"M%.1f %dv5\" stroke=\"#B9C7C9\"/><text x=\"%.1f\" y=\"%d\" "
                "text-anchor=\"%s\" fill=\"#344850\">%02d.%02d</text>",
                bin_x(chart, i), CHART_HEIGHT, bin_x(chart, i), CHART_HEIGHT + 20,
                i == 0 ? "start" : "middle", minute / 60, minute % 60);
        }
    }
}

void
bw_report_chart(const struct bw_report_session *session, FILE *file)
{
    struct chart chart = {0};
    chart_fill(session, &chart);
    if (chart.most == 0) {
        return;
    }
    (void)fprintf(file,
        "<h2>Binnenkomst</h2><div class=\"chart\"><svg viewBox=\"0 0 %d %d\" "
        "font-size=\"13\" role=\"img\" aria-label=\"Binnenkomst per %d minuten, "
        "hoogstens %d tegelijk\"><path d=\"M0 %d.5H%d\" stroke=\"#B9C7C9\"/>",
        CHART_WIDTH, CHART_HEIGHT + CHART_FOOT, BIN_MINUTES, chart.most, CHART_HEIGHT,
        CHART_WIDTH);
    bars_write(&chart, file);
    hours_write(&chart, session->when.start_minute, file);
    if (chart.start < chart.count) {
        double x = bin_x(&chart, chart.start);
        (void)fprintf(file,
            "<path d=\"M%.1f 0V%d\" stroke=\"#8F2A18\" stroke-dasharray=\"4 3\"/><text "
            "x=\"%.1f\" y=\"14\" fill=\"#8F2A18\">begin</text>",
            x, CHART_HEIGHT, x + 6);
    }
    (void)fputs("</svg></div>\n", file);
}
