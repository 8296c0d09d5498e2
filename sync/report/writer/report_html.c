/* The report's parts in HTML: see report.h. The page around them is report_page.c's. */
#include "central/base/output.h"
#include "report/writer/report_writer.h"
#include "report/writer/report_page.h"
#include "report/writer/report_summary.h"

/* A sentence of the report's language, as text of the page: what its blanks get comes
 * from outside. */
static void
say(const struct bw_report_sums *sums, const char *key, int64_t n, FILE *file)
{
    char said[BW_WORDING_SAID_BYTES], number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)n);
    bw_wording_say(said, sums->language, key, n, "n", number, NULL);
    bw_html_text(file, said);
}

/* The same between <tag> and </tag>. */
static void
say_in(const struct bw_report_sums *sums, const char *tag, const char *key, int64_t n,
    FILE *file)
{
    (void)fprintf(file, "<%s>", tag);
    say(sums, key, n, file);
    (void)fprintf(file, "</%s>", tag);
}

static void
card_write(const struct bw_report_sums *sums, FILE *file, const char *attribute,
    int number, const char *key)
{
    (void)fprintf(file, "<li%s><b>%d</b>", attribute, number);
    say(sums, key, number, file);
    (void)fputs("</li>", file);
}

/* Figures are of what was held; and what came once they were fixed is named. */
static void
state_write(const struct bw_report_sums *sums, const struct bw_report_session *session,
    FILE *file)
{
    (void)fputs("<p>", file);
    say(sums, "rp.html.state", 1, file);
    (void)fputs(" <b>", file);
    bw_html_text(file, bw_report_state_word(sums->language, session->state));
    (void)fputs("</b>", file);
    if (session->late > 0) {
        (void)fputs("; ", file);
        say(sums, "rp.html.late", session->late, file);
    }
    (void)fputs(".</p>\n", file);
}

static void
cards_write(const struct bw_report_sums *sums, const struct bw_report_session *session,
    FILE *file)
{
    (void)fputs("<ul class=\"cards\">", file);
    card_write(sums, file, " class=\"first\"", session->present, "rp.html.present");
    card_write(sums, file, "", session->capacity, "rp.html.places");
    card_write(sums, file, "", session->registered, "rp.html.registered");
    if (bw_session_state_is_over(session->state)) {
        card_write(sums, file, "", session->no_show, "rp.html.no_show");
    } else {
        (void)fputs("<li><b>–</b>", file);
        say(sums, "rp.html.no_show", 0, file);
        (void)fputs("</li>", file);
    }
    card_write(sums, file, "", session->from_waitlist, "rp.html.from_waitlist");
    card_write(sums, file, "", session->guests, "rp.html.guests");
    card_write(sums, file, "", session->walk_ins, "rp.html.walk_ins");
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
missing_write(const struct bw_report_session *session, FILE *file)
{
    (void)fputs("<ul>", file);
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

static void
completeness_write(const struct bw_report_sums *sums,
    const struct bw_report_session *session, FILE *file)
{
    char said[BW_WORDING_SAID_BYTES], complete[16], all[16];
    (void)snprintf(complete, sizeof complete, "%d", session->kiosks_complete);
    (void)snprintf(all, sizeof all, "%d", session->kiosks);
    bw_wording_say(said, sums->language, "rp.html.complete", session->kiosks, "n",
        complete, "m", all, NULL);
    (void)fprintf(
        file, "<div class=\"say %s\"><h3>", session->complete ? "good" : "look");
    bw_html_text(file, said);
    (void)fputs("</h3>", file);
    say(sums,
        session->complete                              ? "rp.html.whole"
        : session->kiosks == 0 && session->present > 0 ? "rp.html.by_paper"
        : session->kiosks == 0                         ? "rp.html.no_kiosk"
                                                       : "rp.html.missing",
        1, file);
    if (!session->complete && session->kiosks > 0) {
        missing_write(session, file);
    }
    uncounted_write(session, file);
    (void)fputs("</div>\n", file);
}

static void
quarantine_write(const struct bw_report_sums *sums,
    const struct bw_report_session *session, FILE *file)
{
    if (session->quarantined > 0) {
        (void)fputs("<div class=\"say look\">", file);
        say_in(sums, "h3", "rp.html.quarantine", session->quarantined, file);
        say(sums, "rp.html.quarantine_p", 1, file);
        (void)fputs("</div>\n", file);
    }
}

static void
list_write(const struct bw_report_sums *sums, const struct bw_conflicts *list,
    const char *class, const char *key, FILE *file)
{
    if (list->count == 0) {
        return;
    }
    (void)fprintf(file, "<div class=\"%s\">", class);
    say_in(sums, "h3", key, list->count, file);
    (void)fputs("<ul>", file);
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
given_clock_write(const struct bw_report_sums *sums,
    const struct bw_report_session *session, FILE *file)
{
    size_t given = 0;
    for (size_t i = 0; i < session->book->events_count; i++) {
        given += (session->book->events[i].event.flags & BW_EVENT_CLOCK_INJECTED) != 0;
    }
    if (given > 0) {
        char said[BW_WORDING_SAID_BYTES], number[24], all[24];
        (void)snprintf(number, sizeof number, "%zu", given);
        (void)snprintf(all, sizeof all, "%zu", session->book->events_count);
        bw_wording_say(said, sums->language, "rp.html.given_clock", (int64_t)given, "n",
            number, "m", all, NULL);
        (void)fputs("<p><small>", file);
        bw_html_text(file, said);
        (void)fputs("</small></p>\n", file);
    }
}

/* A word by what figures call it: a status, a way in. */
static void
named_cell(
    const struct bw_report_sums *sums, const char *kind, const char *name, FILE *file)
{
    char key[BW_LABEL_BYTES];
    (void)snprintf(key, sizeof key, "%s%s", kind, name);
    (void)fputs("<td>", file);
    if (name[0] != '\0') {
        bw_html_text(file, bw_wording(sums->language, key));
    }
    (void)fputs("</td>", file);
}

static void
cell_write(FILE *file, const char *text)
{
    (void)fputs("<td>", file);
    bw_html_text(file, text);
    (void)fputs("</td>", file);
}

static void
person_write(
    const struct bw_report_sums *sums, const struct bw_report_row *row, FILE *file)
{
    (void)fputs("<tr><th scope=\"row\">", file);
    bool nameless = !row->first_name[0] && !row->name[0];
    bw_html_text(
        file, nameless ? bw_wording(sums->language, "rp.html.erased") : row->first_name);
    (void)fputc(' ', file);
    bw_html_text(file, row->name);
    if (row->substitute[0]) {
        char said[BW_WORDING_SAID_BYTES];
        bw_wording_say(
            said, sums->language, "rp.html.replaced", 1, "name", row->substitute, NULL);
        (void)fputs("<br><small>", file);
        bw_html_text(file, said);
        (void)fputs("</small>", file);
    }
    (void)fputs("</th>", file);
    cell_write(file, row->school);
    cell_write(file, row->region);
    named_cell(sums, "rp.status.", row->status, file);
    if (row->attended) {
        (void)fputs("<td class=\"came\">✓ ", file);
        bw_html_text(file, row->arrived[0] != '\0'
                               ? row->arrived
                               : bw_wording(sums->language, "rp.html.present"));
        (void)fputs("</td>", file);
    } else {
        (void)fputs("<td class=\"not\">–</td>", file);
    }
    named_cell(sums, "rp.how.", row->how, file);
    cell_write(file, row->kiosk);
    (void)fputs("</tr>\n", file);
}

static void
people_write(const struct bw_report_sums *sums, const struct bw_report_session *session,
    FILE *file)
{
    static const char *const heads[] = {"rp.html.name", "rp.html.school",
        "rp.html.region", "rp.html.sign_up", "rp.html.inside", "rp.html.how",
        "rp.html.kiosk"};
    if (session->rows_count == 0) {
        return;
    }
    say_in(sums, "h2", "rp.html.people", 2, file);
    (void)fputs(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", file);
    say(sums, "rp.html.people", 2, file);
    (void)fputs("\"><table><thead><tr>", file);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        (void)fputs("<th scope=\"col\">", file);
        say(sums, heads[i], 1, file);
        (void)fputs("</th>", file);
    }
    (void)fputs("</tr></thead><tbody>\n", file);
    for (size_t i = 0; i < session->rows_count; i++) {
        person_write(sums, &session->rows[i], file);
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
            say_in(sums, "h2", "rp.html.figures", 2, file);
        }
        state_write(sums, session, file);
        if (!report->series) {
            bw_report_changes_write(sums, file);
        }
        cards_write(sums, session, file);
        completeness_write(sums, session, file);
        quarantine_write(sums, session, file);
        list_write(sums, &session->conflicts, "say look", "rp.html.look", file);
        list_write(sums, &session->decisions, "say", "rp.html.decided", file);
        if (!report->series) {
            bw_report_arrivals_write(sums, file);
            people_write(sums, session, file);
            given_clock_write(sums, session, file);
        }
    }
    bw_report_page_end(sums, file);
}
