/* The signed file that says whose a folder of letters is: see folder.h.
 *
 *   {"brugwachter_letters":1,"central":"…","sign":"…","signature":"…"}
 *
 * The signature is over "BWL-folder", its NUL, the id and the key. */
#include "exchange/carrier/folder/folder.h"

#include "exchange/letter/json.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const char context[] = "BWL-folder";
enum {
    VERSION = 1,
    SIGNATURE_BYTES = 64,
    MESSAGE_BYTES = sizeof context + BW_CENTRAL_ID_BYTES + BW_PUBLIC_KEY_BYTES,
};

static void
message_make(
    const struct bw_carrier_owner *owner, unsigned char ret_message[MESSAGE_BYTES])
{
    memcpy(ret_message, context, sizeof context);
    memcpy(ret_message + sizeof context, owner->central_id, BW_CENTRAL_ID_BYTES);
    memcpy(ret_message + sizeof context + BW_CENTRAL_ID_BYTES, owner->sign_public,
        BW_PUBLIC_KEY_BYTES);
}

enum bw_status
bw_folder_file_write(
    const struct bw_carrier_owner *owner, char **ret_text, struct bw_error *err)
{
    unsigned char message[MESSAGE_BYTES], signature[SIGNATURE_BYTES];
    assert(owner->sign_secret);
    message_make(owner, message);
    (void)crypto_sign_detached(
        signature, NULL, message, sizeof message, owner->sign_secret);
    bw_json_begin();
    return bw_json_write(
        json_pack("{s:i, s:o, s:o, s:o}", "brugwachter_letters", VERSION, "central",
            bw_json_hex(owner->central_id, BW_CENTRAL_ID_BYTES), "sign",
            bw_json_hex(owner->sign_public, BW_PUBLIC_KEY_BYTES), "signature",
            bw_json_hex(signature, sizeof signature)),
        ret_text, err);
}

enum bw_status
bw_folder_file_check(const void *bytes, size_t length,
    const struct bw_carrier_owner *owner, struct bw_error *err)
{
    json_t *root;
    struct bw_carrier_owner said = {.sign_secret = NULL};
    unsigned char message[MESSAGE_BYTES], signature[SIGNATURE_BYTES];
    enum bw_status status = bw_json_parse(bytes, length, &root, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_json json = bw_json_of(root);
    (void)bw_json_number(&json, "brugwachter_letters", VERSION, VERSION);
    bw_json_bytes(&json, "central", said.central_id, sizeof said.central_id);
    bw_json_bytes(&json, "sign", said.sign_public, sizeof said.sign_public);
    bw_json_bytes(&json, "signature", signature, sizeof signature);
    status = bw_json_end(&json, err);
    json_decref(root);
    if (status != BW_OK) {
        return status;
    }
    bool known = sodium_is_zero(owner->central_id, sizeof owner->central_id) == 0;
    if (known &&
        memcmp(said.central_id, owner->central_id, sizeof said.central_id) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "its letters are another central database's; name the right folder");
    }
    /* by the key that this side knows, not the file's */
    memcpy(said.sign_public, owner->sign_public, sizeof said.sign_public);
    message_make(&said, message);
    if (crypto_sign_verify_detached(
            signature, message, sizeof message, owner->sign_public) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "its file isn't signed by this organiser; have the office make it again");
    }
    return BW_OK;
}
