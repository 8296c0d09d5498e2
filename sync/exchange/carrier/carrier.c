/* Which kind of carrier an address means, and what all kinds share: see carrier.h. */
#include "exchange/carrier/carrier.h"

#include "exchange/carrier/folder/folder.h"
#include "exchange/carrier/postgres/postgres.h"
#include "exchange/carrier/web/s3.h"
#include "exchange/carrier/web/webdav.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct carrier_of_scheme {
    const char *scheme;
    enum bw_status (*check)(const char *rest, struct bw_error *err); /* NULL: all fine */
    enum bw_status (*open)(const char *rest, enum bw_carrier_role role,
        const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
        struct bw_error *err);
};

static const struct carrier_of_scheme kinds[] = {
    {"folder:", NULL, bw_carrier_folder_open},
    {"postgresql://", bw_carrier_postgres_check, bw_carrier_postgres_open},
    {"s3://", bw_carrier_s3_check, bw_carrier_s3_open},
    {"webdavs://", bw_carrier_webdav_check, bw_carrier_webdav_open},
};

/* The kind that an address is of, and what stands behind its scheme. */
static enum bw_status
kind_find(const char *uri, const struct carrier_of_scheme **ret_kind,
    const char **ret_rest, struct bw_error *err)
{
    if (strlen(uri) >= BW_CARRIER_URI_BYTES) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "opening a carrier: its address is too long");
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t length = strlen(kinds[i].scheme);
        if (strncmp(uri, kinds[i].scheme, length) == 0 && uri[length] != '\0') {
            *ret_kind = &kinds[i];
            *ret_rest = uri + length;
            return kinds[i].check ? kinds[i].check(*ret_rest, err) : BW_OK;
        }
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "opening carrier %s: it is no address that this "
        "version knows; folder:PATH, webdavs://HOST/FOLDER, s3://BUCKET/PREFIX and "
        "postgresql://HOST/DATABASE are",
        uri);
}

enum bw_status
bw_carrier_check(const char *uri, struct bw_error *err)
{
    const struct carrier_of_scheme *kind = NULL;
    const char *rest = NULL;
    return kind_find(uri, &kind, &rest, err);
}

enum bw_status
bw_carrier_open(const char *uri, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err)
{
    const struct carrier_of_scheme *kind = NULL;
    const char *rest = NULL;
    struct bw_carrier *carrier = NULL;
    enum bw_status status = kind_find(uri, &kind, &rest, err);
    if (status == BW_OK) {
        assert(kind);
        status = kind->open(rest, role, owner, &carrier, err);
    }
    if (status == BW_OK) {
        (void)snprintf(carrier->uri, sizeof carrier->uri, "%s", uri);
        *ret_carrier = carrier;
    }
    return status;
}

void
bw_carrier_close(struct bw_carrier *carrier)
{
    if (carrier) {
        carrier->ops->close(carrier);
    }
}

enum bw_status
bw_carrier_list(struct bw_carrier *carrier, bw_carrier_each *each, void *context,
    struct bw_error *err)
{
    return carrier->ops->list(carrier, each, context, err);
}

/* CA3: a name that is no letter's never reaches a carrier. */
static enum bw_status
name_check(const struct bw_carrier *carrier, const char *name, struct bw_error *err)
{
    struct bw_letter_name parsed;
    if (!bw_letter_name_parse(name, &parsed)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "asking carrier %s for a letter: that is no letter's name", carrier->uri);
    }
    return BW_OK;
}

enum bw_status
bw_carrier_get(struct bw_carrier *carrier, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    enum bw_status status = name_check(carrier, name, err);
    return status == BW_OK
               ? carrier->ops->get(carrier, name, most_bytes, ret_bytes, ret_length, err)
               : status;
}

bool
bw_carrier_was_slow(const struct bw_error *err)
{
    return err->status == BW_OFFLINE && err->os_errno == ETIMEDOUT;
}

enum bw_status
bw_carrier_put(struct bw_carrier *carrier, const char *name, const void *bytes,
    size_t length, bool *ret_fresh, struct bw_error *err)
{
    bool fresh = false;
    enum bw_status status = name_check(carrier, name, err);
    if (status == BW_OK) {
        status = carrier->ops->put(carrier, name, bytes, length, &fresh, err);
    }
    if (status == BW_OK && ret_fresh) {
        *ret_fresh = fresh;
    }
    return status;
}

enum bw_status
bw_carrier_remove(struct bw_carrier *carrier, const char *name, struct bw_error *err)
{
    enum bw_status status = name_check(carrier, name, err);
    return status == BW_OK ? carrier->ops->remove(carrier, name, err) : status;
}

bool
bw_carrier_gives_logins(const char *uri)
{
    return strncmp(uri, "postgresql://", strlen("postgresql://")) == 0;
}

enum bw_status
bw_carrier_admit(struct bw_carrier *carrier, const struct bw_carrier_guest *guest,
    char ret_login[BW_CARRIER_LOGIN_BYTES], bool *ret_open, struct bw_error *err)
{
    assert(carrier->ops->admit);
    return carrier->ops->admit(carrier, guest, ret_login, ret_open, err);
}

enum bw_status
bw_carrier_dismiss(struct bw_carrier *carrier, uint32_t device, bool *ret_connected,
    struct bw_error *err)
{
    assert(carrier->ops->dismiss);
    return carrier->ops->dismiss(carrier, device, ret_connected, err);
}

bool
bw_carrier_beside(const char *central_uri, char ret_uri[BW_CARRIER_URI_BYTES])
{
    static const char scheme[] = "sqlite:";
    char uri[BW_CARRIER_URI_BYTES];
    if (strncmp(central_uri, scheme, sizeof scheme - 1) != 0) {
        return false;
    }
    int length =
        snprintf(uri, sizeof uri, "folder:%s.letters", central_uri + sizeof scheme - 1);
    if (length < 0 || (size_t)length >= sizeof uri) {
        return false;
    }
    memcpy(ret_uri, uri, (size_t)length + 1);
    return true;
}
