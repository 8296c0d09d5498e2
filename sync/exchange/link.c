/* A kiosk's side of a sync: see link.h. */
#include "exchange/link.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum bw_status
bw_link_open(struct bw_call *call, struct bw_link *ret_link, struct bw_error *err)
{
    struct bw_link link = {.call = call};
    const char *path = bw_call_value(call, BW_OPTION_STORE);
    enum bw_status status = bw_store_open(path, BW_STORE_SYNC, &link.store, err);
    if (status == BW_OK) {
        link.device = bw_store_enrolment(link.store)->device;
        status = bw_credentials1_load(path, &link.credentials, err);
    }
    if (status == BW_OK && link.credentials.device != link.device) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "reading %s.credentials: they are kiosk %u's, and this store is kiosk %u's; "
            "enrol this kiosk again",
            path, link.credentials.device, link.device);
    }
    if (status != BW_OK) {
        bw_link_close(&link);
        return status;
    }
    *ret_link = link;
    return BW_OK;
}

void
bw_link_close(struct bw_link *link)
{
    if (link) {
        bw_central_close(link->central);
        bw_store_close(link->store);
        bw_credentials1_finish(&link->credentials);
        link->central = NULL;
        link->store = NULL;
    }
}

bool
bw_link_is_offline(enum bw_status status)
{
    switch (status) {
    case BW_NOT_FOUND: /* no such file: a share that isn't mounted */
    case BW_BUSY:      /* somebody holds it for long */
    case BW_OFFLINE:
        return true;
    case BW_OK:
    case BW_BAD_INPUT:
    case BW_REFUSED:
    case BW_NEWER:
    case BW_CORRUPT:
    case BW_FULL:
    case BW_READ_ONLY:
    case BW_IO:
    case BW_NO_MEMORY:
        return false;
    }
    return false;
}

enum bw_status
bw_link_lost(struct bw_link *link, const struct bw_error *err)
{
    (void)snprintf(link->why_offline, sizeof link->why_offline, "%s", err->text);
    bw_central_close(link->central);
    link->central = NULL;
    return BW_OK;
}

/* On an embedded database nobody else checks who asks. */
static enum bw_status
check_credential(struct bw_link *link, struct bw_error *err)
{
    uint8_t credential[BW_CREDENTIAL_BYTES];
    bw_credential_of_seed(link->credentials.seed, credential);
    struct bw_sql_value values[] = {
        bw_sql_int(link->device), bw_sql_blob(credential, sizeof credential)};
    int64_t known = 0;
    enum bw_status status = bw_central_number(link->central,
        "SELECT count(*) FROM device WHERE device = $1 AND credential = $2", values, 2, 0,
        &known, err);
    if (status == BW_OK && known == 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "reaching %s as kiosk %u: it doesn't take this kiosk, whose enrolment was "
            "replaced or made elsewhere; enrol it again",
            bw_central_name(link->central), link->device);
    }
    return status;
}

enum bw_status
bw_link_reach(struct bw_link *link, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    const char *given = bw_call_value(link->call, BW_OPTION_CENTRAL);
    enum bw_status status = bw_central_open(
        given ? given : link->credentials.central, BW_CENTRAL_OPEN, &link->central, &why);
    if (status == BW_OK) {
        status = check_credential(link, &why);
    }
    if (bw_link_is_offline(status)) {
        return bw_link_lost(link, &why);
    }
    if (status != BW_OK) {
        bw_central_close(link->central);
        link->central = NULL;
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    return BW_OK;
}

enum bw_status
bw_link_heed(
    struct bw_link *link, const struct bw_roster1_head *head, struct bw_error *err)
{
    struct bw_head own;
    int64_t acknowledged = 0;
    enum bw_status status = bw_store_head(link->store, &own, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            link->store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status != BW_OK) {
        return status;
    }
    uint64_t seq = head->acknowledged_seq < own.seq ? head->acknowledged_seq : own.seq;
    if (seq > (uint64_t)acknowledged) {
        status =
            bw_store_set_number(link->store, BW_NUMBER_ACKNOWLEDGED, (int64_t)seq, err);
    }
    if (status == BW_OK && head->newest_seq > own.seq) {
        status = bw_store_set_number(link->store, BW_NUMBER_RESTORED, 1, err);
    }
    return status;
}
