/* The practice series, opened, left and thrown away; its bar stands in head.html. */
#include "web/desk/practice.h"
#include "web/page/pages.h"

#include <string.h>

enum bw_status
bw_web_page_practice(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *deed = bw_web_request_sent(visit->request, "doe");
    struct bw_web_desk *desk = bw_web_desk_root(visit->desk);
    enum bw_status status = BW_OK;
    bool was = false;
    if (strcmp(deed, "open") == 0) {
        status = bw_web_practice_open(desk, visit->session, err);
        visit->desk = bw_web_practice_desk(desk, visit->session);
    } else if (strcmp(deed, "verlaat") == 0) {
        bw_web_practice_leave(visit->session);
        visit->desk = desk;
    } else if (strcmp(deed, "weg") == 0) {
        visit->desk = desk;
        status = bw_web_practice_end(desk, &was, err);
        if (status == BW_OK) {
            bw_web_said(visit, was ? "pr.gone" : "pr.none", json_object(), 0);
        }
    } else {
        status =
            bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    if (status == BW_OK) {
        bw_web_go(visit, "/");
    }
    return status;
}
