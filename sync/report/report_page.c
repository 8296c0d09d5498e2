/* The page round a report: no script, nothing from elsewhere, prints well.
 * See report_page.h.
 *
 * Colours are those of the kiosk's screens; every pair was chosen for a contrast of 4.5
 * and more, and no colour says anything that a word beside it doesn't. */
#include "report/report_page.h"

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
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(118px,1fr));"
    "gap:12px;margin:0;padding:0;list-style:none}"
    ".cards li{background:#fff;border-radius:12px;padding:14px 16px;font-size:15px;"
    "line-height:1.35;border:1px solid #B9C7C9}"
    ".cards b{display:block;font-size:36px;line-height:1.1;"
    "font-variant-numeric:tabular-nums}"
    ".cards .first{background:#0A5A3C;color:#fff;border-color:#0A5A3C}"
    ".say{border-radius:12px;padding:14px 18px;margin:16px 0;border-left:8px solid}"
    ".good{background:#E4F1EA;border-color:#0A5A3C}.look{background:#FFD467;"
    "border-color:#8F2A18}.say ul{margin:6px 0 0;padding-left:20px}"
    ".scroll{overflow-x:auto;background:#fff;border-radius:12px;border:1px solid #B9C7C9}"
    "table{border-collapse:collapse;width:100%;font-size:15px}caption{text-align:left;"
    "padding:12px 14px 0;font-weight:bold}th,td{text-align:left;padding:8px 14px;"
    "border-bottom:1px solid #DDE7E6;vertical-align:top}thead th{color:#344850;"
    "font-size:13px}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    "tr:last-child td,tr:last-child th{border-bottom:0}"
    ".came{color:#0A5A3C;font-weight:bold}.not{color:#344850}"
    ".bar{display:block;background:#DDE7E6;border-radius:4px;height:10px;"
    "min-width:120px;margin-top:7px}"
    ".bar i{display:block;background:#0A5A3C;height:10px;border-radius:4px}"
    ".chart{background:#fff;border-radius:12px;border:1px solid #B9C7C9;"
    "padding:14px 18px}.chart svg{display:block;width:100%;height:auto}"
    "th small{white-space:nowrap}"
    "footer{color:#344850;font-size:14px;margin:40px 0 8px}"
    "@media print{body{background:#fff;font-size:11px}"
    "header{-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    ".cards b{font-size:22px}.scroll{overflow:visible}"
    "tr{break-inside:avoid}h2{break-after:avoid}}";

static const char logo[] =
    "<svg viewBox=\"0 0 96 84\" aria-hidden=\"true\"><circle cx=\"48\" cy=\"19\" "
    "r=\"11\" fill=\"#fff\"/>"
    "<path d=\"M30.5 63A17.5 17.5 0 0 1 65.5 63Z\" fill=\"#FFCB3D\"/><path "
    "d=\"M2 63V59.5C23 59.5 25 34 48 34C71 34 73 59.5 94 59.5V63H69A21 21 0 0 0 27 63Z\" "
    "fill=\"#fff\"/>"
    "<path d=\"M27.38 67H68.62A21 21 0 0 1 67.16 71.6H28.84A21 21 0 0 1 27.38 67Z"
    "M30.77 75H65.23A21 21 0 0 1 61.83 78.8H34.17A21 21 0 0 1 30.77 75Z"
    "M38.25 81.6H57.75A21 21 0 0 1 52.08 83.6H43.92A21 21 0 0 1 38.25 81.6Z\" "
    "fill=\"#FFCB3D\"/></svg>";

void
bw_report_page_begin(const struct bw_report *report, FILE *file)
{
    (void)fputs("<!doctype html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><meta "
                "name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta "
                "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\"><title>",
        file);
    bw_html_text(file, report->title);
    (void)fprintf(file,
        " · verslag</title><style>%s</style></head>\n<body><header><div>%s"
        "<div><h1>",
        style, logo);
    bw_html_text(file, report->title);
    (void)fputs("</h1><p>", file);
    if (report->series) {
        (void)fprintf(file, "Verslag van %zu bijeenkomsten", report->sessions_count);
    } else {
        const struct bw_report_session *session = &report->sessions[0];
        (void)fprintf(file, "%s · %s · ", session->when.day, session->when.hours);
        bw_html_text(file, session->book->session.venue);
    }
    (void)fputs("</p></div></div></header><main>\n", file);
}

void
bw_report_page_end(const struct bw_report *report, FILE *file)
{
    (void)fprintf(file,
        "<footer>Gemaakt op %s door brugwachter-sync %s. Bevat persoonsgegevens: bewaar "
        "het niet langer dan nodig.</footer></main></body></html>\n",
        report->generated, BW_VERSION);
}
