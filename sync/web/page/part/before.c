/* What a work goes on from: see before.h. */
#include "web/page/part/before.h"

#include "central/base/output.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

bool
bw_web_before_is(const struct bw_web_visit *visit)
{
    return bw_web_request_sent(visit->request, "vorig")[0] != '\0';
}

enum bw_status
bw_web_before_find(const struct bw_web_visit *visit, struct bw_web_errand **ret_errand,
    struct bw_error *err)
{
    struct bw_clock *clock = &visit->desk->office.clock;
    const char *id = bw_web_request_sent(visit->request, "vorig");
    struct bw_web_errand *errand = bw_web_errand_of(&visit->desk->errands, id);
    if (errand == NULL || errand->work != NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "going on with a work: what was given to it isn't here any more; give it "
            "again");
    }
    errand->since_ms = clock->mono_ms(clock);
    *ret_errand = errand;
    return BW_OK;
}

enum bw_status
bw_web_before_share(const struct bw_web_visit *visit, struct bw_web_errand *errand,
    const char *name, struct bw_error *err)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct bw_web_errand *before = NULL;
    enum bw_status status = bw_web_before_find(visit, &before, err);
    if (status == BW_OK) {
        status = bw_path_join(before->folder, name, from, err);
    }
    if (status == BW_OK) {
        status = bw_path_join(errand->folder, name, to, err);
    }
    if (status == BW_OK && link(from, to) != 0) {
        status = bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_IO, errno,
            "keeping files for a work in %s failed: %s; make room there", errand->folder,
            bw_said(strerror(errno)));
    }
    return status;
}

enum bw_status
bw_web_before_keep(const struct bw_web_visit *visit, struct bw_web_errand *errand,
    const char *field, const char *name, struct bw_error *err)
{
    const char *typed = bw_web_request_sent(visit->request, field);
    return typed[0] == '\0' && bw_web_before_is(visit)
               ? bw_web_before_share(visit, errand, name, err)
               : bw_web_errand_keep(errand, name, typed, strlen(typed), err);
}
