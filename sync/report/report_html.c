/* The report's parts in HTML: see report.h. The page around them is report_page.c's. */
#include "program/output.h"
#include "report/report.h"
#include "report/report_page.h"

#include <stdlib.h>
#include <string.h>

enum {
    BIN_MINUTES = 5,
    BINS_MAX = 60,
    BIN_WIDTH = 16,
    CHART_WIDTH = 560,
    CHART_HEIGHT = 140,
    CHART_HEAD = 16, /* room for the highest number */
    CHART_FOOT = 26,
};

static void
card_write(FILE *file, const char *attribute, int number, const char *label)
{
    (void)fprintf(file, "<li%s><b>%d</b>%s</li>", attribute, number, label);
}

static void
cards_write(const struct bw_report_session *session, FILE *file)
{
    (void)fputs("<ul class=\"cards\">", file);
    card_write(file, " class=\"first\"", session->present, "aanwezig");
    card_write(file, "", session->book->session.capacity, "plaatsen");
    card_write(file, "", session->registered, "aangemeld");
    card_write(file, "", session->no_show, "niet gekomen");
    card_write(file, "", session->from_waitlist, "van de wachtlijst");
    card_write(file, "", session->guests, session->guests == 1 ? "gast" : "gasten");
    card_write(
        file, "", session->walk_ins, session->walk_ins == 1 ? "inloper" : "inlopers");
    (void)fputs("</ul>\n", file);
}

static void
completeness_write(const struct bw_report_session *session, FILE *file)
{
    const struct bw_book *book = session->book;
    (void)fprintf(file, "<div class=\"say %s\"><h3>%d van %d zuilen compleet</h3>",
        session->complete ? "good" : "look", session->kiosks_complete, session->kiosks);
    if (session->complete) {
        (void)fputs("Alles wat er aan de deur gebeurde, staat in dit verslag.", file);
    } else if (session->kiosks == 0) {
        (void)fputs(
            "Voor deze bijeenkomst is geen zuil gekoppeld; wie er was, is hier niet "
            "bekend.",
            file);
    } else {
        (void)fputs("Deze cijfers kunnen nog veranderen. Wat ontbreekt:<ul>", file);
        for (size_t i = 0; i < book->kiosks_count; i++) {
            const struct bw_book_kiosk *kiosk = &book->kiosks[i];
            if (!kiosk->complete) {
                (void)fputs("<li>", file);
                bw_html_text(file, kiosk->name);
                (void)fprintf(file, " (%u): ", kiosk->chain.device);
                bw_html_text(file, kiosk->why);
                (void)fputs("</li>", file);
            }
        }
        (void)fputs("</ul>", file);
    }
    (void)fputs("</div>\n", file);
}

static void
conflicts_write(const struct bw_report_session *session, FILE *file)
{
    const struct bw_conflicts *conflicts = &session->conflicts;
    if (conflicts->count == 0) {
        return;
    }
    (void)fprintf(file, "<div class=\"say look\"><h3>%d %s</h3><ul>", conflicts->count,
        conflicts->count == 1 ? "aandachtspunt" : "aandachtspunten");
    for (int i = 0; i < conflicts->count; i++) {
        const struct bw_conflict *conflict = &conflicts->items[i];
        (void)fputs("<li>", file);
        bw_html_text(file, conflict->text);
        (void)fputs(" <small>", file);
        for (int e = 0; e < conflict->events_count && e < 8; e++) {
            char id[BW_EVENT_ID_BYTES];
            bw_event_id_format(conflict->events[e], id);
            (void)fprintf(file, "#%s ", id);
        }
        (void)fprintf(file, "%s</small></li>", conflict->events_count > 8 ? "…" : "");
    }
    (void)fputs("</ul></div>\n", file);
}

/* Arrivals in bins of five minutes from an hour before the start. */
struct chart {
    int bins[BINS_MAX];
    int count, most;
    int64_t from_ms;
};

static void
chart_fill(const struct bw_report_session *session, struct chart *chart)
{
    const int64_t bin_ms = BIN_MINUTES * INT64_C(60000);
    const struct bw_session *facts = &session->book->session;
    chart->from_ms = facts->starts_ms - facts->doors_minutes * INT64_C(60000);
    chart->from_ms -= chart->from_ms % bin_ms;
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        if (!row->attended || !row->arrived[0]) {
            continue;
        }
        int64_t bin = (row->attendance->since_ms - chart->from_ms) / bin_ms;
        if (row->attendance->since_ms >= chart->from_ms && bin < BINS_MAX) {
            int height = ++chart->bins[bin];
            chart->most = height > chart->most ? height : chart->most;
            chart->count = bin >= chart->count ? (int)bin + 1 : chart->count;
        }
    }
}

/* A rehearsal must not be taken for the day itself. */
static void
given_clock_write(const struct bw_report_session *session, FILE *file)
{
    size_t given = 0;
    for (size_t i = 0; i < session->book->events_count; i++) {
        given += (session->book->events[i].event.flags & BW_EVENT_CLOCK_INJECTED) != 0;
    }
    if (given > 0) {
        (void)fprintf(file,
            "<p><small>%zu van de %zu gebeurtenissen zijn gemaakt met een opgegeven klok "
            "(oefening of test).</small></p>\n",
            given, session->book->events_count);
    }
}

static void
chart_write(const struct bw_report_session *session, FILE *file)
{
    struct chart chart = {0};
    chart_fill(session, &chart);
    if (chart.count == 0) {
        return;
    }
    int width =
        chart.count * BIN_WIDTH < CHART_WIDTH ? CHART_WIDTH : chart.count * BIN_WIDTH;
    int start = (int)((session->book->session.starts_ms - chart.from_ms) /
                      (BIN_MINUTES * INT64_C(60000)));
    (void)fprintf(file,
        "<h2>Binnenkomst</h2><div class=\"chart\"><svg viewBox=\"0 0 %d %d\" "
        "preserveAspectRatio=\"xMinYMid\" role=\"img\" aria-label=\"Binnenkomst per %d "
        "minuten, hoogstens %d tegelijk\"><path d=\"M0 %d.5H%d\" stroke=\"#B9C7C9\"/>",
        width, CHART_HEIGHT + CHART_FOOT, BIN_MINUTES, chart.most, CHART_HEIGHT, width);
    for (int i = 0; i < chart.count; i++) {
        int height = chart.bins[i] * (CHART_HEIGHT - CHART_HEAD) / chart.most;
        if (height > 0) {
            (void)fprintf(file,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                "fill=\"#0A5A3C\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\" "
                "font-size=\"10\" fill=\"#0C2A33\">%d</text>",
                i * BIN_WIDTH, CHART_HEIGHT - height, BIN_WIDTH - 3, height,
                i * BIN_WIDTH + BIN_WIDTH / 2 - 1, CHART_HEIGHT - height - 3,
                chart.bins[i]);
        }
    }
    (void)fprintf(file,
        "<path d=\"M%d.5 0V%d\" stroke=\"#8F2A18\" stroke-dasharray=\"4 3\"/><text "
        "x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#344850\">begin, %.5s uur</text></svg>"
        "</div>\n",
        start * BIN_WIDTH - 2, CHART_HEIGHT + 6, start * BIN_WIDTH + 2, CHART_HEIGHT + 18,
        session->when.hours);
}

static const char *
status_text(const char *status)
{
    static const char *const texts[][2] = {{"confirmed", "plaats"},
        {"waitlisted", "wachtlijst"}, {"cancelled", "afgemeld"},
        {"blocked", "geblokkeerd"}, {"guest", "gast"}, {"walk_in", "inloper"},
        {"unknown", "onbekend"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i][0], status) == 0) {
            return texts[i][1];
        }
    }
    return status;
}

static void
cell_write(FILE *file, const char *text)
{
    (void)fputs("<td>", file);
    bw_html_text(file, text);
    (void)fputs("</td>", file);
}

static void
person_write(const struct bw_report_row *row, FILE *file)
{
    (void)fputs("<tr><th scope=\"row\">", file);
    bool nameless = !row->first_name[0] && !row->name[0];
    bw_html_text(file, nameless ? "(gegevens gewist)" : row->first_name);
    (void)fputc(' ', file);
    bw_html_text(file, row->name);
    if (row->substitute[0]) {
        (void)fputs("<br><small>vervangen door ", file);
        bw_html_text(file, row->substitute);
        (void)fputs("</small>", file);
    }
    (void)fputs("</th>", file);
    cell_write(file, row->school);
    cell_write(file, row->region);
    cell_write(file, status_text(row->status));
    if (row->attended) {
        (void)fprintf(file, "<td class=\"came\">✓ %s</td>",
            row->arrived[0] ? row->arrived : "aanwezig");
    } else {
        (void)fputs("<td class=\"not\">–</td>", file);
    }
    cell_write(file, row->how);
    cell_write(file, row->kiosk);
    (void)fputs("</tr>\n", file);
}

static void
people_write(const struct bw_report_session *session, FILE *file)
{
    if (session->rows_count == 0) {
        return;
    }
    (void)fputs("<h2>Mensen</h2><div class=\"scroll\"><table><thead><tr><th "
                "scope=\"col\">Naam</th><th scope=\"col\">School</th><th "
                "scope=\"col\">Regio</th><th scope=\"col\">Aanmelding</th><th "
                "scope=\"col\">Binnen</th><th scope=\"col\">Hoe</th><th "
                "scope=\"col\">Zuil</th></tr></thead><tbody>\n",
        file);
    for (size_t i = 0; i < session->rows_count; i++) {
        person_write(&session->rows[i], file);
    }
    (void)fputs("</tbody></table></div>\n", file);
}

/* ---- a series ---- */

static void
session_row_write(const struct bw_report_session *session, FILE *file)
{
    const struct bw_session *facts = &session->book->session;
    int capacity = facts->capacity > 0 ? facts->capacity : 1;
    int percent = session->present * 100 / capacity;
    (void)fputs("<tr><th scope=\"row\">", file);
    bw_html_text(file, facts->title);
    (void)fprintf(file, "<br><small>%s</small></th>", session->when.day);
    (void)fprintf(file,
        "<td class=\"n\">%d</td><td class=\"n\">%d</td><td><span class=\"bar\"><i "
        "style=\"width:%d%%\"></i></span></td><td class=\"n\">%d</td><td "
        "class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td>%d van "
        "%d</td><td class=\"n\">%d</td></tr>\n",
        facts->capacity, session->present, percent > 100 ? 100 : percent,
        session->no_show, session->from_waitlist, session->guests, session->walk_ins,
        session->kiosks_complete, session->kiosks, session->conflicts.count);
}

static void
regions_write(const struct bw_report *report, FILE *file)
{
    if (report->moves_count == 0) {
        return;
    }
    (void)fputs("<h2>Van welke regio naar welke regio</h2><div class=\"scroll\"><table>"
                "<thead><tr><th scope=\"col\">Uit</th><th scope=\"col\">Naar</th><th "
                "scope=\"col\" class=\"n\">Bezoeken</th></tr></thead><tbody>\n",
        file);
    for (size_t i = 0; i < report->moves_count; i++) {
        (void)fputs("<tr>", file);
        cell_write(file, report->moves[i].from);
        cell_write(file, report->moves[i].to);
        (void)fprintf(file, "<td class=\"n\">%d</td></tr>\n", report->moves[i].people);
    }
    (void)fputs("</tbody></table></div>\n", file);
}

static void
series_write(const struct bw_report *report, FILE *file)
{
    int present = 0, kiosks = 0, complete = 0, conflicts = bw_report_conflicts(report);
    for (size_t i = 0; i < report->sessions_count; i++) {
        present += report->sessions[i].present;
        kiosks += report->sessions[i].kiosks;
        complete += report->sessions[i].kiosks_complete;
    }
    (void)fputs("<ul class=\"cards\">", file);
    card_write(file, " class=\"first\"", report->unique_people, "verschillende mensen");
    card_write(file, "", present, "bezoeken");
    card_write(file, "", (int)report->sessions_count, "bijeenkomsten");
    card_write(file, "", conflicts, "aandachtspunten");
    (void)fprintf(file,
        "</ul><div class=\"say %s\"><h3>%d van %d zuilen compleet</h3>%s"
        "</div>\n",
        bw_report_is_complete(report) ? "good" : "look", complete, kiosks,
        bw_report_is_complete(report)
            ? "Alles wat er aan de deuren gebeurde, staat in dit verslag."
            : "Deze cijfers kunnen nog veranderen; per bijeenkomst staat wat ontbreekt.");
    (void)fputs(
        "<h2>Bijeenkomsten</h2><div class=\"scroll\"><table><thead><tr><th "
        "scope=\"col\">Bijeenkomst</th><th scope=\"col\" class=\"n\">Plaatsen</th>"
        "<th scope=\"col\" class=\"n\">Aanwezig</th><th scope=\"col\">Bezetting</th>"
        "<th scope=\"col\" class=\"n\">Niet gekomen</th><th scope=\"col\" "
        "class=\"n\">Van wachtlijst</th><th scope=\"col\" class=\"n\">Gasten</th>"
        "<th scope=\"col\" class=\"n\">Inlopers</th><th scope=\"col\">Zuilen "
        "compleet</th><th scope=\"col\" class=\"n\">Aandacht</th></tr></thead>"
        "<tbody>\n",
        file);
    for (size_t i = 0; i < report->sessions_count; i++) {
        session_row_write(&report->sessions[i], file);
    }
    (void)fputs("</tbody></table></div>\n", file);
    regions_write(report, file);
}

void
bw_report_write_html(const struct bw_report *report, FILE *file)
{
    bw_report_page_begin(report, file);
    if (report->series) {
        series_write(report, file);
    }
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        bool quiet = report->series && session->present == 0 &&
                     session->conflicts.count == 0 && session->complete;
        if (quiet) {
            continue;
        }
        if (report->series) {
            (void)fputs("<h2>", file);
            bw_html_text(file, session->book->session.title);
            (void)fputs("</h2>\n", file);
        }
        cards_write(session, file);
        completeness_write(session, file);
        conflicts_write(session, file);
        if (!report->series) {
            chart_write(session, file);
            people_write(session, file);
            given_clock_write(session, file);
        }
    }
    bw_report_page_end(report, file);
}
