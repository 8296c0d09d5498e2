/* The page round a report: no script, nothing from elsewhere, prints well.
 * See report_page.h.
 *
 * Colours are those of the kiosk's screens; every pair was chosen for a contrast of 4.5
 * and more, and no colour says anything that a word beside it doesn't. */
#include "report/writer/report_page.h"

#include "central/base/output.h"

static const char style[] =
    "*{box-sizing:border-box}body{margin:0;background:#F4F7F5;color:#0C2A33;"
    "font:16px/1.5 Lato,'Noto Sans',system-ui,sans-serif}"
    "header{background:#0F3F4D;color:#fff;padding:32px 0}"
    "header>div,main{max-width:1080px;margin:0 auto}"
    "header>div{display:flex;gap:24px;padding:0 24px;align-items:center}"
    "header svg{width:96px;flex:none}"
    "h1{margin:0;font-size:34px;line-height:1.2}header p{margin:4px 0 0;color:#CFE3E5}"
    "main{padding:24px}h2{font-size:22px;margin:40px 0 12px}"
    "h3{margin:0 0 4px;font-size:17px}"
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(132px,1fr));"
    "gap:12px;margin:0;padding:0;list-style:none}"
    ".cards li{background:#fff;border-radius:12px;padding:14px 16px;font-size:15px;"
    "line-height:1.35;border:1px solid #B9C7C9}"
    ".cards b{display:block;font-size:36px;line-height:1.1;"
    "font-variant-numeric:tabular-nums}"
    ".cards .first{background:#0A5A3C;color:#fff;border-color:#0A5A3C}"
    ".say{border-radius:12px;padding:14px 18px;margin:16px 0;border-left:8px solid}"
    ".good{background:#E4F1EA;border-color:#0A5A3C}.look{background:#FFD467;"
    "border-color:#8F2A18}.say h2{margin:0 0 4px;font-size:17px}"
    ".say ul{margin:6px 0 0;padding-left:20px}"
    ".scroll{overflow-x:auto;background:#fff;border-radius:12px;border:1px solid #B9C7C9}"
    "table{border-collapse:collapse;width:100%;font-size:15px}caption{text-align:left;"
    "padding:12px 14px 0;font-weight:bold}th,td{text-align:left;padding:8px 10px;"
    "border-bottom:1px solid #DDE7E6;vertical-align:top}thead th{color:#344850;"
    "font-size:13px}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    "tr:last-child td,tr:last-child th{border-bottom:0}"
    ".came{color:#0A5A3C;font-weight:bold}.not{color:#344850}"
    ".chart{background:#fff;border-radius:12px;border:1px solid #B9C7C9;"
    "padding:14px 18px}.chart svg{display:block;width:100%;height:auto}"
    "th small{white-space:nowrap}"
    "footer{color:#344850;font-size:14px;margin:40px 0 8px}"
    ".chart svg{display:block}svg.bar{width:104px;height:12px;margin-top:5px}"
    "svg.often{width:304px;max-width:100%;height:12px;margin-top:5px}"
    ".arrivals{display:flex;gap:16px;align-items:flex-start}.arrivals .chart{flex:1}"
    ".beside{background:#fff;border-radius:12px;border:1px solid #B9C7C9;"
    "max-height:270px;overflow-y:auto}.beside table{width:auto;font-size:13px}"
    ".beside th,.beside td{padding:2px 14px}"
    ".matrix{width:auto;border-collapse:separate;border-spacing:3px}"
    ".matrix td{border:1px solid #0C2A33;text-align:center;min-width:72px;"
    "padding:10px 8px;font-variant-numeric:tabular-nums}.matrix thead td,"
    ".matrix th,.matrix td:last-child,.matrix tbody tr:last-child:not(:only-child) td"
    "{border:0}.matrix th{text-align:center;border:0}.matrix tbody th{text-align:left}"
    ".matrix td.own{outline:3px solid #0C2A33;outline-offset:-2px}.s1{background:#EEF1F2}"
    ".s2{background:#DCE3E5}.s3{background:#BFCBCF}.s4{background:#0F3F4D;color:#fff}"
    ".often td,.often th{border:0;padding:4px 14px 4px 0}table.often{width:auto}"
    ".meaning{padding-left:20px}tfoot th,tfoot td{border-top:3px solid #0C2A33}";

/* On A4: what browsers leave out are backgrounds, so what matters is drawn or asked for;
 * nothing is cut at the right. */
static const char print_style[] =
    "@page{size:A4;margin:12mm 12mm 14mm}"
    "@media print{body{background:#fff;font-size:11px}main{padding:0}"
    "header,.good,.look,.first,.matrix td{-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}header{padding:16px 0;border-radius:8px;margin-bottom:12px}"
    "h1{font-size:26px}h2{font-size:17px;margin:22px 0 8px}table{font-size:10.5px}"
    "thead th{font-size:9.5px}th,td{padding:4px 5px}.cards{grid-template-columns:"
    "repeat(4,1fr)}.cards li{font-size:11px;padding:8px 10px}.cards b{font-size:22px}"
    ".scroll,.beside{overflow:visible;max-height:none;border-radius:0;border:0}"
    ".chart{border:0;padding:0}.beside{display:block}.beside table{font-size:8.5px}"
    ".beside th,.beside td{padding:0 6px;line-height:1.25}"
    "svg.bar{width:70px;height:8px}.matrix td{min-width:56px;padding:7px 4px}"
    "tr,.say,.chart,.arrivals,.often,.matrix{break-inside:avoid}"
    "h2,h2+p{break-after:avoid}"
    "thead{display:table-header-group}tfoot{display:table-row-group}}";

static const char logo[] =
    "<svg viewBox=\"0 0 96 84\" aria-hidden=\"true\"><circle cx=\"48\" cy=\"19\" "
    "r=\"11\" fill=\"#fff\"/><path d=\"M30.5 63A17.5 17.5 0 0 1 65.5 63Z\" "
    "fill=\"#FFCB3D\"/><path d=\"M2 63V59.5C23 59.5 25 34 48 34C71 34 73 59.5 94 "
    "59.5V63H69A21 21 0 0 0 27 63Z\" fill=\"#fff\"/><path d=\"M27.38 67H68.62A21 "
    "21 0 0 1 67.16 71.6H28.84A21 21 0 0 1 27.38 67ZM30.77 75H65.23A21 21 0 0 1 "
    "61.83 78.8H34.17A21 21 0 0 1 30.77 75ZM38.25 81.6H57.75A21 21 0 0 1 52.08 "
    "83.6H43.92A21 21 0 0 1 38.25 81.6Z\" fill=\"#FFCB3D\"/></svg>";

/* Which version it is, or that its figures aren't fixed. */
static void
version_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    char said[BW_WORDING_SAID_BYTES];
    int number = report->version.number;
    bw_report_say_when(sums->language, number > 0 ? BW_REPORT_FIXED : BW_REPORT_INTERIM,
        number, report->version.made, said);
    (void)fputs(" · ", file);
    bw_html_text(file, said);
}

/* When the figures are of. */
static void
moment_write(const struct bw_report_sums *sums, FILE *file)
{
    char said[BW_WORDING_SAID_BYTES];
    bw_report_say_when(sums->language, BW_REPORT_AS_OF, 0, sums->report->generated, said);
    (void)fputs("<p>", file);
    bw_html_text(file, said);
    version_write(sums, file);
    if (sums->is_public) {
        (void)fprintf(file, " · %s", bw_report_word(sums->language, BW_REPORT_ANONYMOUS));
    }
    (void)fputs("</p>", file);
}

static void
subject_write(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    char said[BW_WORDING_SAID_BYTES];
    (void)fputs("<p>", file);
    if (report->series) {
        bw_report_say_numbers(
            sums->language, BW_REPORT_OF_CIRCLES, (int)report->sessions_count, 0, said);
        bw_html_text(file, said);
    } else if (report->sessions[0].book) {
        const struct bw_report_session *session = &report->sessions[0];
        (void)fprintf(file, "%s · %s · ", session->when.day, session->when.hours);
        bw_html_text(file, session->book->session.venue);
    }
    (void)fputs("</p>", file);
}

void
bw_report_page_begin(const struct bw_report_sums *sums, FILE *file)
{
    const struct bw_report *report = sums->report;
    const char *subtitle = bw_report_word(sums->language, BW_REPORT_SUBTITLE);
    (void)fprintf(file,
        "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta "
        "name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta "
        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\"><title>",
        bw_wording_code(sums->language));
    bw_html_text(file, report->title);
    (void)fprintf(file,
        " · %s</title><style>%s%s</style></head>\n<body><header><div>%s<div><h1>",
        subtitle, style, print_style, logo);
    bw_html_text(file, report->title);
    (void)fputs("</h1>", file);
    subject_write(sums, file);
    moment_write(sums, file);
    (void)fputs("</div></div></header><main>\n", file);
}

void
bw_report_page_end(const struct bw_report_sums *sums, FILE *file)
{
    (void)fprintf(file,
        "<footer>brugwachter-sync %s · %s</footer></main></body></html>\n", BW_VERSION,
        bw_report_word(
            sums->language, sums->is_public ? BW_REPORT_PUBLIC : BW_REPORT_PERSONAL));
}
