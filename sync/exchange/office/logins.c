/* Kiosks' own logins: see logins.h. */
#include "exchange/office/logins.h"

#include "central/records.h"
#include "exchange/office/carriers.h"

#include <inttypes.h>
#include <stdlib.h>

static enum bw_status
give_one(const struct bw_exchange_post *post, const char *uri,
    const struct bw_carrier_guest *guest, char ret_login[BW_CARRIER_LOGIN_BYTES],
    bool *ret_open, struct bw_error *err)
{
    struct bw_carrier *carrier = NULL;
    enum bw_status status = bw_office_carriers_one(post, uri, &carrier, err);
    if (status == BW_OK) {
        status = bw_carrier_admit(carrier, guest, ret_login, ret_open, err);
    }
    bw_carrier_close(carrier);
    return status;
}

enum bw_status
bw_office_logins_give(const struct bw_exchange_post *post, uint32_t device,
    uint32_t replaces, int64_t expires_ms, struct bw_carrier_list *list, bool *ret_open,
    struct bw_error *err)
{
    int64_t *sessions = NULL;
    struct bw_carrier_guest guest = {
        .device = device, .replaces = replaces, .expires_ms = expires_ms};
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status = bw_record_numbers(post->central,
        "SELECT session_no FROM device_session WHERE device = $1 AND rank >= 0", &value,
        1, &sessions, &guest.sessions_count, err);
    guest.session_nos = sessions;
    *ret_open = false;
    for (int i = 0; status == BW_OK && i < list->count; i++) {
        bool open = false;
        if (bw_carrier_gives_logins(list->uris[i])) {
            status = give_one(post, list->uris[i], &guest, list->logins[i], &open, err);
        }
        *ret_open = *ret_open || open;
    }
    free(sessions);
    return status;
}

enum bw_status
bw_office_logins_are_given(
    struct bw_central *central, bool *ret_given, struct bw_error *err)
{
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the carriers: out of memory");
    }
    enum bw_status status = bw_office_carriers_list(central, list, err);
    bool given = false;
    for (int i = 0; status == BW_OK && i < list->count; i++) {
        given = given || bw_carrier_gives_logins(list->uris[i]);
    }
    free(list);
    if (status == BW_OK) {
        *ret_given = given;
    }
    return status;
}

enum bw_status
bw_office_logins_take(const struct bw_exchange_post *post, uint32_t device,
    struct bw_round_summary *summary, struct bw_error *err)
{
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "taking a login: out of memory");
    }
    enum bw_status status = bw_office_carriers_list(post->central, list, err);
    for (int i = 0; status == BW_OK && i < list->count; i++) {
        struct bw_carrier *carrier = NULL;
        struct bw_error why = {.text = ""};
        bool connected = false;
        if (!bw_carrier_gives_logins(list->uris[i])) {
            continue;
        }
        enum bw_status taken =
            bw_office_carriers_one(post, list->uris[i], &carrier, &why);
        if (taken == BW_OK) {
            taken = bw_carrier_dismiss(carrier, device, &connected, &why);
        }
        bw_carrier_close(carrier);
        if (taken != BW_OK) {
            summary->offline++;
            bw_round_note(summary,
                "Kiosk %" PRIu32 "'s login still works there; revoke it again: %s",
                device, why.text);
        } else if (connected) {
            bw_round_note(summary,
                "Kiosk %" PRIu32
                " is connected to %.200s still, where it may nothing any "
                "more: the office's login may not end that; have a superuser say GRANT "
                "pg_signal_backend TO this login, then revoke it again",
                device, list->uris[i]);
        }
    }
    free(list);
    return status;
}
