/* The sheet that an enrolment would make: see kiosk_sheet.h. */
#include "web/page/kiosk/kiosk_sheet.h"

#include "central/records.h"
#include "office/kiosk.h"
#include "office/ticket/enrolment_sheet.h"
#include "paper/qr.h"
#include "web/page/kiosk/kiosk_fleet.h"

#include <stdlib.h>

/* Long enough for a code that looks like a real one. */
static const char sample[] =
    "Brugwachter: voorbeeld van een blad, waar niemand iets mee kan. "
    "A sample of a sheet, of no use to anybody.";

/* Its dark modules as a path of SVG, neighbours of a row in one go; NULL without memory.
 */
static json_t *
path_of(const struct bw_qr *qr)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&text, &bytes);
    if (to == NULL) {
        return NULL;
    }
    for (int y = 0; y < qr->size; y++) {
        const bool *row = &qr->dark[y * qr->size];
        for (int x = 0, run = 0; x<qr->size; x += run> 0 ? run : 1) {
            for (run = 0; x + run < qr->size && row[x + run];) {
                run++;
            }
            if (run > 0) {
                (void)fprintf(to, "M%d %dh%dv1h-%dz", x + BW_QR_QUIET_MODULES,
                    y + BW_QR_QUIET_MODULES, run, run);
            }
        }
    }
    json_t *path = fclose(to) == 0 ? json_string(text) : NULL;
    free(text);
    return path;
}

static void
add_code(json_t **sheet)
{
    struct bw_qr *qr = malloc(sizeof *qr);
    bool drawn = qr != NULL && bw_qr_of_bytes(sample, qr, NULL) == BW_OK;
    bw_web_set(
        sheet, "side", drawn ? json_integer(qr->size + 2 * BW_QR_QUIET_MODULES) : NULL);
    bw_web_set(sheet, "qr", drawn ? path_of(qr) : NULL);
    free(qr);
}

static json_t *
sheet_of(const struct bw_web_visit *visit, const struct bw_session *session,
    const struct bw_kiosk_plan *plan, int nth, int sheets)
{
    char letters[BW_ENROLMENT_SIGN_BYTES];
    json_t *sheet = json_object();
    struct bw_zone *zone = bw_web_zone_of(visit, session);
    bw_enrolment_sheet_sign(session, letters);
    bw_web_set(&sheet, "letters", bw_web_text(letters));
    bw_web_set(&sheet, "nth",
        bw_web_filled(visit, "zn.nof",
            json_pack("{s:i, s:i, s:i}", "a", nth, "b", sheets, "n", sheets)));
    bw_web_set(&sheet, "name", bw_web_text(plan->enrolment.name));
    bw_web_set(&sheet, "circle", bw_web_text(session->title));
    bw_web_set(
        &sheet, "day", bw_web_when(visit, zone, BW_WEB_MOMENT_DATE, session->starts_ms));
    bw_web_set(
        &sheet, "time", bw_web_when(visit, zone, BW_WEB_MOMENT_TIME, session->starts_ms));
    bw_web_zone_close(visit, zone);
    add_code(&sheet);
    return sheet;
}

json_t *
bw_web_kiosk_sheet(const struct bw_web_visit *visit, const char *circle, const char *name,
    const char *replaces)
{
    const struct bw_office *office = &visit->desk->preview;
    struct bw_kiosk_request wanted = {.sessions = circle, .name = name};
    struct bw_kiosk_plan plan;
    struct bw_session session;
    int nth = 0, sheets = 0;
    bool fits = circle != NULL && name != NULL &&
                (replaces[0] == '\0' ||
                    bw_web_kiosk_number(replaces, &wanted.replaces, NULL) == BW_OK) &&
                bw_record_session(office->central, circle, &session, NULL) == BW_OK &&
                bw_office_kiosk_plan(office, &wanted, &plan, NULL) == BW_OK &&
                bw_office_kiosk_preview(
                    office, &plan, session.series, &nth, &sheets, NULL) == BW_OK;
    return fits ? sheet_of(visit, &session, &plan, nth, sheets) : json_false();
}
