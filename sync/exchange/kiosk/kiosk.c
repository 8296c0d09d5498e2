/* Opening and reaching: see kiosk.h. */
#include "exchange/kiosk/kiosk.h"

#include "exchange/carrier/login.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void
roads_name(struct bw_kiosk_exchange *exchange, const char *central_uri)
{
    const struct bw_carrier_list *carriers = &exchange->credentials.carriers;
    if (central_uri && bw_carrier_beside(central_uri, exchange->roads[0].uri)) {
        exchange->roads_count = 1;
        return;
    }
    exchange->roads_count = carriers->count;
    for (int i = 0; i < carriers->count; i++) {
        memcpy(exchange->roads[i].uri, carriers->uris[i], BW_CARRIER_URI_BYTES);
    }
}

enum bw_status
bw_kiosk_exchange_open(const char *store_path, const struct bw_clock *clock,
    const char *central_uri, struct bw_kiosk_exchange *ret_exchange, struct bw_error *err)
{
    struct bw_kiosk_exchange *exchange = ret_exchange;
    *exchange = (struct bw_kiosk_exchange){.store_path = store_path, .clock = *clock};
    enum bw_status status =
        bw_store_open(store_path, BW_STORE_SYNC, &exchange->store, err);
    if (status == BW_OK) {
        exchange->device = bw_store_enrolment(exchange->store)->device;
        status = bw_credentials_load(store_path, &exchange->credentials, err);
    }
    if (status == BW_OK && exchange->credentials.device != exchange->device) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "reading %s.credentials: they are kiosk %u's, and this store is kiosk %u's; "
            "enrol this kiosk again",
            store_path, exchange->credentials.device, exchange->device);
    }
    if (status != BW_OK) {
        bw_kiosk_exchange_close(exchange);
        return status;
    }
    bw_identity_of_seed(exchange->credentials.seed, &exchange->own);
    if (exchange->credentials.has_first) {
        bw_identity_of_seed(exchange->credentials.first_seed, &exchange->first);
    }
    if (exchange->credentials.again != 0) {
        bw_identity_of_seed(exchange->credentials.again_seed, &exchange->again);
    }
    roads_name(exchange, central_uri);
    return BW_OK;
}

void
bw_kiosk_exchange_close(struct bw_kiosk_exchange *exchange)
{
    if (exchange) {
        for (int i = 0; i < exchange->roads_count; i++) {
            bw_carrier_close(exchange->roads[i].carrier);
        }
        bw_store_close(exchange->store);
        sodium_memzero(exchange, sizeof *exchange);
    }
}

const char *
bw_kiosk_road_fault(const struct bw_error *err)
{
    switch (err->status) {
    case BW_FULL:
        return "full";
    case BW_READ_ONLY:
    case BW_NEWER: /* its tables: staff can but call */
        return "access";
    case BW_BAD_INPUT: /* whose folder it is */
    case BW_REFUSED:
    case BW_NOT_FOUND:
        return "place";
    case BW_OK:
    case BW_CORRUPT:
    case BW_BUSY:
    case BW_OFFLINE:
    case BW_IO:
    case BW_NO_MEMORY:
        break;
    }
    switch (err->os_errno) {
    case EACCES:
    case EPERM:
        return "access";
    case EKEYREJECTED:
        return "trust";
    case ENOENT:
    case ENOTDIR:
        return "place";
    default:
        return "network";
    }
}

void
bw_kiosk_road_lost(struct bw_kiosk_road *road, const struct bw_error *err)
{
    road->fault = bw_kiosk_road_fault(err);
    (void)snprintf(road->why, sizeof road->why, "%s", err->text);
    bw_carrier_close(road->carrier);
    road->carrier = NULL;
}

/* The machine's own file goes before what the enrolment brought: a password changes. */
static enum bw_status
login_find(const struct bw_kiosk_exchange *exchange, int road,
    char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err)
{
    ret_login[0] = '\0';
    if (exchange->netrc_path) {
        enum bw_status status = bw_carrier_login_find(
            exchange->netrc_path, exchange->roads[road].uri, ret_login, err);
        if (status != BW_OK || ret_login[0]) {
            return status;
        }
    }
    const struct bw_carrier_list *carriers = &exchange->credentials.carriers;
    if (road < carriers->count &&
        strcmp(carriers->uris[road], exchange->roads[road].uri) == 0) {
        memcpy(ret_login, carriers->logins[road], BW_CARRIER_LOGIN_BYTES);
    }
    return BW_OK;
}

/* By the organiser's key, or the announced next one. */
static enum bw_status
road_open(struct bw_kiosk_exchange *exchange, int road, struct bw_error *err)
{
    const struct bw_credentials *credentials = &exchange->credentials;
    char login[BW_CARRIER_LOGIN_BYTES];
    struct bw_carrier_owner owner = {.sign_secret = NULL, .login = login};
    const char *uri = exchange->roads[road].uri;
    struct bw_carrier **carrier = &exchange->roads[road].carrier;
    if (exchange->lan) {
        return bw_lan_open(exchange->lan, carrier, err);
    }
    memcpy(owner.central_id, credentials->central_id, sizeof owner.central_id);
    memcpy(owner.sign_public, credentials->organiser.sign, sizeof owner.sign_public);
    enum bw_status status = login_find(exchange, road, login, err);
    if (status == BW_OK) {
        status = bw_carrier_open(uri, BW_CARRIER_KIOSK, &owner, carrier, err);
        if (status == BW_BAD_INPUT && credentials->organiser_changes) {
            memcpy(owner.sign_public, credentials->next.sign, sizeof owner.sign_public);
            status = bw_carrier_open(uri, BW_CARRIER_KIOSK, &owner, carrier, err);
        }
    }
    sodium_memzero(login, sizeof login);
    return status;
}

unsigned
bw_kiosk_ears_open(
    struct bw_kiosk_exchange *exchange, unsigned reached, struct bw_carrier_ears *ears)
{
    char login[BW_CARRIER_LOGIN_BYTES];
    unsigned opened = 0;
    struct bw_carrier_owner owner = {.sign_secret = NULL, .login = login};
    memcpy(owner.central_id, exchange->credentials.central_id, sizeof owner.central_id);
    for (int i = 0; i < exchange->roads_count; i++) {
        struct bw_error ignored;
        const struct bw_kiosk_road *road = &exchange->roads[i];
        if ((reached >> i & 1) != 0 && !ears->items[i] &&
            login_find(exchange, i, login, &ignored) == BW_OK &&
            bw_carrier_ear_open(road->uri, BW_CARRIER_KIOSK, &owner, &ears->items[i],
                &ignored) == BW_OK) {
            opened |= 1U << i;
        }
    }
    sodium_memzero(login, sizeof login);
    return opened;
}

void
bw_kiosk_road_refused(struct bw_kiosk_road *road, const struct bw_error *err)
{
    if (road->sends_why[0] == '\0') {
        road->fault = bw_kiosk_road_fault(err);
        (void)snprintf(road->sends_why, sizeof road->sends_why, "%s", err->text);
    }
}

void
bw_kiosk_exchange_reach(struct bw_kiosk_exchange *exchange, unsigned due)
{
    bw_kiosk_exchange_reach_ways(exchange, due, due);
}

void
bw_kiosk_exchange_reach_ways(
    struct bw_kiosk_exchange *exchange, unsigned sends, unsigned takes)
{
    for (int i = 0; i < exchange->roads_count; i++) {
        struct bw_kiosk_road *road = &exchange->roads[i];
        struct bw_error why = {.text = ""};
        road->sends = (sends >> i & 1) != 0;
        road->takes = (takes >> i & 1) != 0;
        road->sends_why[0] = '\0';
        road->sent_all = false;
        road->fault = NULL;
        if ((!road->sends && !road->takes) || road->carrier) {
            continue;
        }
        road->why[0] = '\0';
        if (road_open(exchange, i, &why) != BW_OK) {
            bw_kiosk_road_lost(road, &why);
        }
    }
}

bool
bw_kiosk_exchange_online(const struct bw_kiosk_exchange *exchange)
{
    for (int i = 0; i < exchange->roads_count; i++) {
        if (exchange->roads[i].carrier) {
            return true;
        }
    }
    return false;
}

const char *
bw_kiosk_exchange_why(const struct bw_kiosk_exchange *exchange)
{
    for (int i = 0; i < exchange->roads_count; i++) {
        const struct bw_kiosk_road *road = &exchange->roads[i];
        if (road->why[0] || road->sends_why[0]) {
            return road->why[0] ? road->why : road->sends_why;
        }
    }
    return exchange->roads_count == 0 ? bw_said("this kiosk's enrolment names no carrier")
                                      : "";
}
