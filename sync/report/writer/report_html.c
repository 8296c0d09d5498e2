/* The report's parts in HTML: see report.h. The page around them is report_page.c's. */
#include "central/base/output.h"
#include "report/writer/report_writer.h"
#include "report/writer/report_page.h"
#include "report/writer/report_summary.h"

#include <stdlib.h>
#include <string.h>

static void
card_write(FILE *file, const char *attribute, int number, const char *label)
{
    (void)fprintf(file, "<li%s><b>%d</b>%s</li>", attribute, number, label);
}

/* Figures are of what was held; and what came once they were fixed is named. */
static void
state_write(const struct bw_report_session *session, FILE *file)
{
    (void)fprintf(file, "<p>Stand: <b>%s</b>", bw_session_state_word(session->state));
    if (session->late > 0) {
        (void)fprintf(file,
            "; na het afsluiten kwamen nog %lld gebeurtenissen, die niet meetellen",
            (long long)session->late);
    }
    (void)fputs(".</p>\n", file);
}

static void
cards_write(const struct bw_report_session *session, FILE *file)
{
    (void)fputs("<ul class=\"cards\">", file);
    card_write(file, " class=\"first\"", session->present, "aanwezig");
    card_write(file, "", session->capacity, "plaatsen");
    card_write(file, "", session->registered, "aangemeld");
    if (bw_session_state_is_over(session->state)) {
        card_write(file, "", session->no_show, "niet gekomen");
    } else {
        (void)fputs("<li><b>–</b>niet gekomen</li>", file);
    }
    card_write(file, "", session->from_waitlist, "via wachtlijst");
    card_write(file, "", session->guests, session->guests == 1 ? "gast" : "gasten");
    card_write(
        file, "", session->walk_ins, session->walk_ins == 1 ? "inloper" : "inlopers");
    (void)fputs("</ul>\n", file);
}

/* Out of service before they were heard: named, where nothing else of kiosks is. */
static void
uncounted_write(const struct bw_report_session *session, FILE *file)
{
    for (size_t i = 0; session->complete && i < session->lines_count; i++) {
        const struct bw_report_kiosk *kiosk = &session->lines[i];
        if (!kiosk->counted) {
            (void)fputs("<p>", file);
            bw_html_text(file, kiosk->name);
            (void)fprintf(file, " (%u): ", kiosk->device);
            bw_html_text(file, kiosk->why);
            (void)fputs(".</p>", file);
        }
    }
}

static void
completeness_write(const struct bw_report_session *session, FILE *file)
{
    (void)fprintf(file, "<div class=\"say %s\"><h3>%d van %d zuilen compleet</h3>",
        session->complete ? "good" : "look", session->kiosks_complete, session->kiosks);
    if (session->complete) {
        (void)fputs("Alles wat er aan de deur gebeurde, staat in dit verslag.", file);
    } else if (session->kiosks == 0) {
        (void)fputs("Voor deze bijeenkomst is geen zuil gekoppeld; wie er was, "
                    "is hier niet bekend.",
            file);
    } else {
        (void)fputs("Deze cijfers kunnen nog veranderen. Wat ontbreekt:<ul>", file);
        for (size_t i = 0; i < session->lines_count; i++) {
            const struct bw_report_kiosk *kiosk = &session->lines[i];
            if (!kiosk->complete) {
                (void)fputs("<li>", file);
                bw_html_text(file, kiosk->name);
                (void)fprintf(file, " (%u): ", kiosk->device);
                bw_html_text(file, kiosk->why);
                (void)fputs("</li>", file);
            }
        }
        (void)fputs("</ul>", file);
    }
    uncounted_write(session, file);
    (void)fputs("</div>\n", file);
}

static void
quarantine_write(const struct bw_report_session *session, FILE *file)
{
    if (session->quarantined > 0) {
        (void)fprintf(file,
            "<div class=\"say look\"><h3>%lld %s in quarantaine</h3>Wat een zuil "
            "hierover niet mag zeggen, telt nergens mee tot iemand erover beslist "
            "(conflicts, settle).</div>\n",
            (long long)session->quarantined,
            session->quarantined == 1 ? "gebeurtenis" : "gebeurtenissen");
    }
}

static void
list_write(const struct bw_conflicts *list, const char *class, const char *one,
    const char *more, FILE *file)
{
    if (list->count == 0) {
        return;
    }
    (void)fprintf(file, "<div class=\"%s\"><h3>%d %s</h3><ul>", class, list->count,
        list->count == 1 ? one : more);
    for (int i = 0; i < list->count; i++) {
        const struct bw_conflict *item = &list->items[i];
        (void)fputs("<li>", file);
        bw_html_text(file, item->text);
        (void)fputs(" <small>", file);
        for (int e = 0; e < item->events_count && e < 8; e++) {
            char id[BW_EVENT_ID_BYTES];
            bw_event_id_format(item->events[e], id);
            (void)fprintf(file, "#%s ", id);
        }
        (void)fprintf(file, "%s</small></li>", item->events_count > 8 ? "…" : "");
    }
    (void)fputs("</ul></div>\n", file);
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
    (void)fputs("<h2>Mensen</h2><div class=\"scroll\" tabindex=\"0\" "
                "role=\"region\" aria-label=\"Mensen\"><table><thead><tr><th "
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

void
bw_report_write_html(
    const struct bw_report *report, const struct bw_report_sums *sums, FILE *file)
{
    bw_report_page_begin(sums, file);
    if (report->series) {
        bw_report_summary_write(sums, file);
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
            bw_html_text(file, session->title);
            (void)fputs("</h2>\n", file);
        } else {
            (void)fputs("<h2>Cijfers</h2>\n", file);
        }
        state_write(session, file);
        if (!report->series) {
            bw_report_changes_write(sums, file);
        }
        cards_write(session, file);
        completeness_write(session, file);
        quarantine_write(session, file);
        list_write(
            &session->conflicts, "say look", "aandachtspunt", "aandachtspunten", file);
        list_write(&session->decisions, "say", "keer anders beslist, met een reden",
            "keer anders beslist, met hun redenen", file);
        if (!report->series) {
            bw_report_arrivals_write(sums, file);
            people_write(session, file);
            given_clock_write(session, file);
        }
    }
    bw_report_page_end(sums, file);
}
