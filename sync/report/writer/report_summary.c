/* The figures of a report in HTML: see report_summary.h. */
#include "report/writer/report_summary.h"

#include "central/base/output.h"

static const char *
word(const struct bw_report_sums *sums, enum bw_report_word which)
{
    return bw_report_word(sums->language, which);
}

static void
word_write(const struct bw_report_sums *sums, enum bw_report_word which, FILE *file)
{
    bw_html_text(file, word(sums, which));
}

static void
said_write(const struct bw_report_sums *sums, const char *tag, enum bw_report_word which,
    int n, int m, FILE *file)
{
    char said[BW_WORDING_SAID_BYTES];
    bw_report_say_numbers(sums->language, which, n, m, said);
    (void)fprintf(file, "<%s>", tag);
    bw_html_text(file, said);
    (void)fprintf(file, "</%s>\n", tag);
}

static void
card_write(const char *class, const char *figure, const char *label, FILE *file)
{
    (void)fprintf(file, "<li%s><b>", class);
    bw_html_text(file, figure);
    (void)fputs("</b>", file);
    bw_html_text(file, label);
    (void)fputs("</li>", file);
}

static void
count_card(const struct bw_report_sums *sums, const char *class, int count, bool shown,
    const char *label, FILE *file)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    struct bw_report_tally_cell hidden = {count, BW_REPORT_TALLY_HIDDEN};
    if (shown) {
        bw_report_tally_total_text(count, sums->is_public, text);
    } else {
        bw_report_tally_text(&hidden, text);
    }
    card_write(class, text, label, file);
}

static void
cards_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    char text[64], label[BW_WORDING_SAID_BYTES], beside[BW_WORDING_SAID_BYTES];
    (void)fputs("<ul class=\"cards\">", file);
    count_card(
        sums, " class=\"first\"", sums->visits, true, word(sums, BW_REPORT_VISITS), file);
    count_card(sums, "", report->unique_people, sums->people_shown,
        word(sums, BW_REPORT_PEOPLE), file);
    (void)snprintf(text, sizeof text, "%d", sums->held);
    card_write("", text, word(sums, BW_REPORT_CIRCLES), file);
    bw_report_occupied_say(sums, text);
    card_write("", text, word(sums, BW_REPORT_OCCUPIED), file);
    count_card(sums, "", sums->from_waitlist, sums->waitlist_shown,
        word(sums, BW_REPORT_ADMITTED), file);
    (void)snprintf(text, sizeof text, "%d/%d", sums->kiosks_complete, sums->kiosks);
    card_write("", text, word(sums, BW_REPORT_KIOSKS), file);
    bw_report_schools_say(sums, label);
    count_card(sums, "", report->schools, sums->schools_shown, label, file);
    bw_report_beside_say(sums, beside);
    if (beside[0] != '\0') { /* beside it, not in it */
        (void)snprintf(text, sizeof text, "%d", report->schools_beside);
        card_write("", text, word(sums, BW_REPORT_BESIDE), file);
    }
    if (!sums->is_public && sums->confirmed > 0) {
        (void)snprintf(text, sizeof text, "%d%%",
            bw_report_percent(sums->confirmed_came, sums->confirmed));
        bw_report_say_numbers(sums->language, BW_REPORT_SHOW_UP, sums->confirmed_came,
            sums->confirmed, label);
        card_write("", text, label, file);
    }
    (void)fputs("</ul>\n", file);
}

static void
completeness_write(const struct bw_report_sums *sums, FILE *file)
{
    bool whole = bw_report_is_complete(sums->report);
    enum bw_report_word which = sums->kiosks == 0 ? BW_REPORT_COMPLETE_NONE
                                : whole           ? BW_REPORT_COMPLETE_YES
                                                  : BW_REPORT_COMPLETE_NO;
    (void)fputs("<h2>", file);
    word_write(sums, BW_REPORT_COMPLETE, file);
    (void)fprintf(file, "</h2><div class=\"say %s\">", whole ? "good" : "look");
    said_write(sums, "b", which, sums->kiosks_complete, sums->kiosks, file);
    (void)fputs("</div>\n", file);
}

/* ---- the table of circles ---- */

static void
head_cell(const char *text, bool number, FILE *file)
{
    (void)fprintf(file, "<th scope=\"col\"%s>", number ? " class=\"n\"" : "");
    bw_html_text(file, text);
    (void)fputs("</th>", file);
}

static void
count_cell(const struct bw_report_tally_cell *cell, FILE *file)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_text(cell, text);
    (void)fputs("<td class=\"n\">", file);
    bw_html_text(file, text);
    (void)fputs("</td>", file);
}

static void
total_cell(const struct bw_report_sums *sums, int total, FILE *file)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    bw_report_tally_total_text(total, sums->is_public, text);
    (void)fputs("<td class=\"n\"><b>", file);
    bw_html_text(file, text);
    (void)fputs("</b></td>", file);
}

/* As a picture: what a browser leaves out when it prints is backgrounds. */
static void
bar_cell(int count, int places, FILE *file)
{
    double filled = places <= 0 ? 0 : 100.0 * count / places;
    (void)fprintf(file,
        "<td><svg class=\"bar\" viewBox=\"0 0 104 12\" aria-hidden=\"true\">"
        "<rect x=\"1\" y=\"1\" width=\"102\" height=\"10\" fill=\"#fff\" "
        "stroke=\"#0C2A33\"/><rect x=\"2\" y=\"2\" width=\"%.1f\" height=\"8\" "
        "fill=\"#0F3F4D\"/></svg></td>",
        filled > 100 ? 100 : filled);
}

static void
circles_head(const struct bw_report_sums *sums, FILE *file)
{
    (void)fputs("<thead><tr>", file);
    head_cell(word(sums, BW_REPORT_CIRCLE), false, file);
    if (!sums->is_public) {
        head_cell(word(sums, BW_REPORT_SIGNED_UP), true, file);
    }
    for (size_t c = 0; c < sums->circles.columns_count; c++) {
        head_cell(sums->circles.columns[c].name, true, file);
    }
    head_cell(word(sums, BW_REPORT_PRESENT), true, file);
    (void)fputs("<td></td>", file);
    if (!sums->is_public) {
        head_cell(word(sums, BW_REPORT_NO_SHOW), true, file);
        head_cell(word(sums, BW_REPORT_KIOSKS), false, file);
        head_cell(word(sums, BW_REPORT_ATTENTION), true, file);
    }
    (void)fputs("</tr></thead><tbody>\n", file);
}

static void
circle_name(const struct bw_report_sums *sums, size_t row,
    const struct bw_report_session *session, FILE *file)
{
    (void)fputs("<tr><th scope=\"row\">", file);
    bw_html_text(file, sums->circles.rows[row].name);
    if (!sums->is_public) {
        (void)fprintf(file, "<br><small>%s (%s)</small>", session->when.day,
            bw_report_state_word(sums->language, session->state));
    }
    (void)fputs("</th>", file);
}

/* What only the organiser sees: no-shows are told after the end alone. */
static void
circle_rest(const struct bw_report_session *session, FILE *file)
{
    if (bw_session_state_is_over(session->state)) {
        (void)fprintf(file, "<td class=\"n\">%d <small>(%d%%)</small></td>",
            session->no_show, bw_report_percent(session->no_show, session->confirmed));
    } else {
        (void)fputs("<td class=\"n\">–</td>", file);
    }
    (void)fprintf(file, "<td>%d/%d</td><td class=\"n\">%d</td>", session->kiosks_complete,
        session->kiosks, session->conflicts.count);
}

static const struct bw_report_session *
next_session(const struct bw_report *report, size_t *inout_at)
{
    while (!bw_report_counts(&report->sessions[*inout_at])) {
        (*inout_at)++;
    }
    return &report->sessions[(*inout_at)++];
}

static void
circles_total(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report_tally *circles = &sums->circles;
    if (!circles->column_totals) {
        return;
    }
    (void)fputs("</tbody><tfoot><tr><th scope=\"row\">", file);
    word_write(sums, BW_REPORT_TOTAL, file);
    (void)fputs("</th>", file);
    if (!sums->is_public) {
        total_cell(sums, sums->registered, file);
    }
    for (size_t c = 0; c < circles->columns_count; c++) {
        total_cell(sums, bw_report_tally_column_total(circles, c), file);
    }
    total_cell(sums, sums->visits, file);
    bar_cell(sums->visits, sums->places, file);
    if (!sums->is_public) {
        (void)fprintf(file,
            "<td class=\"n\"><b>%d</b></td><td>%d/%d</td><td class=\"n\">%d</td>",
            sums->no_show, sums->kiosks_complete, sums->kiosks,
            bw_report_conflicts(sums->report));
    }
    (void)fputs("</tr></tfoot>", file);
}

static void
circles_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report_tally *circles = &sums->circles;
    size_t at = 0;
    (void)fputs("<h2>", file);
    word_write(sums, BW_REPORT_PER_CIRCLE, file);
    (void)fputs(
        "</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", file);
    word_write(sums, BW_REPORT_PER_CIRCLE, file);
    (void)fputs("\"><table>", file);
    circles_head(sums, file);
    for (size_t r = 0; r < circles->rows_count; r++) {
        const struct bw_report_session *session =
            sums->is_public ? NULL : next_session(sums->report, &at);
        circle_name(sums, r, session, file);
        if (session) {
            (void)fprintf(file, "<td class=\"n\">%d</td>", session->registered);
        }
        for (size_t c = 0; c < circles->columns_count; c++) {
            count_cell(bw_report_tally_at(circles, r, c), file);
        }
        total_cell(sums, bw_report_tally_row_total(circles, r), file);
        bar_cell(bw_report_tally_row_total(circles, r), circles->rows[r].capacity, file);
        if (session) {
            circle_rest(session, file);
        }
        (void)fputs("</tr>\n", file);
    }
    circles_total(sums, file);
    (void)fputs("</table></div>\n", file);
    if (sums->is_public) {
        said_write(sums, "p", BW_REPORT_SMALL, 0, 0, file);
    } else {
        said_write(sums, "p", BW_REPORT_NO_SHOWS, sums->no_show,
            bw_report_percent(sums->no_show, sums->confirmed), file);
        said_write(sums, "p", BW_REPORT_PASSED, sums->overrides, 0, file);
    }
}

static void
meaning_write(const struct bw_report_sums *sums, FILE *file)
{
    (void)fputs("<h2>", file);
    word_write(sums, BW_REPORT_MEANING, file);
    (void)fputs("</h2><ul class=\"meaning\">", file);
    for (int i = BW_REPORT_MEANING_PRESENT; i <= BW_REPORT_MEANING_SCHOOLS; i++) {
        const char *text = bw_report_meaning(sums, (enum bw_report_word)i);
        if (text) {
            (void)fputs("<li>", file);
            bw_html_text(file, text);
            (void)fputs("</li>\n", file);
        }
    }
    (void)fputs("</ul>\n", file);
}

/* Names of schools, of nobody alone, and yet not for publishing. */
static void
beside_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    if (sums->is_public || report->beside_count == 0) {
        return;
    }
    (void)fputs("<h2>", file);
    word_write(sums, BW_REPORT_BESIDE_HEAD, file);
    (void)fputs("</h2>", file);
    said_write(sums, "p", BW_REPORT_BESIDE_TEXT, 0, 0, file);
    (void)fputs("<ul class=\"meaning\">", file);
    for (size_t i = 0; i < report->beside_count; i++) {
        (void)fputs("<li>", file);
        bw_html_text(file, report->beside[i].name);
        (void)fprintf(file, " (%d)</li>\n", report->beside[i].visits);
    }
    (void)fputs("</ul>\n", file);
}

void
bw_report_summary_write(const struct bw_report_sums *sums, FILE *file)
{
    cards_write(sums, file);
    bw_report_changes_write(sums, file);
    bw_report_arrivals_write(sums, file);
    circles_write(sums, file);
    bw_report_regions_write(sums, file);
    bw_report_often_write(sums, file);
    beside_write(sums, file);
    completeness_write(sums, file);
    meaning_write(sums, file);
}
