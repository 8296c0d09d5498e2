/* What the office's half works with: see post.h. */
#include "exchange/office/post.h"

#include "central/keys_in_use.h"
#include "exchange/carrier/login.h"

#include <string.h>

static bool
on_id(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    size_t bytes =
        columns[0].bytes < BW_CENTRAL_ID_BYTES ? columns[0].bytes : BW_CENTRAL_ID_BYTES;
    if (bytes > 0) {
        memcpy(context, columns[0].blob, bytes);
    }
    return false;
}

enum bw_status
bw_exchange_post_init(struct bw_exchange_post *post, struct bw_central *central,
    const char *key_path, const struct bw_clock *clock, struct bw_error *err)
{
    struct bw_keys keys;
    struct bw_exchange_post made = {.central = central, .clock = clock};
    enum bw_status status = bw_keys_of_organiser(central, key_path, &keys, err);
    if (status != BW_OK) {
        return status;
    }
    memcpy(made.office.sign_public, keys.sign_public, BW_PUBLIC_KEY_BYTES);
    memcpy(made.office.sign_secret, keys.sign_secret, BW_SECRET_KEY_BYTES);
    memcpy(made.office.box_public, keys.box_public, BW_BOX_KEY_BYTES);
    memcpy(made.office.box_secret, keys.box_secret, BW_BOX_KEY_BYTES);
    bw_keys_finish(&keys);
    status = bw_central_run(
        central, "SELECT id FROM central", NULL, 0, on_id, made.central_id, err);
    if (status == BW_OK) {
        *post = made;
    }
    bw_identity_finish(&made.office);
    return status;
}

void
bw_exchange_post_finish(struct bw_exchange_post *post)
{
    if (post) {
        bw_identity_finish(&post->office);
    }
}

enum bw_status
bw_exchange_post_login(const struct bw_exchange_post *post, const char *uri,
    char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err)
{
    ret_login[0] = '\0';
    if (post->netrc_path[0] == '\0') {
        return BW_OK;
    }
    enum bw_status status = bw_carrier_login_find(post->netrc_path, uri, ret_login, err);
    return status == BW_NOT_FOUND && !post->netrc_given ? BW_OK : status;
}

void
bw_exchange_post_at(const struct bw_exchange_post *post, int place)
{
    if (post->at) {
        *post->at = place;
    }
}

int64_t
bw_exchange_post_now_ms(const struct bw_exchange_post *post)
{
    return post->clock->wall_ms(post->clock);
}
