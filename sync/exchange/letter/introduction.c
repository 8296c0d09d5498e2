/* See introduction.h, LETTERS.md. */
#include "exchange/letter/introduction.h"

#include "exchange/letter/json.h"
#include "exchange/letter/wire.h"

#include <sodium.h>
#include <string.h>

static const char context[] = "BWL-introduction-new";
enum {
    VERSION = 1,
    MESSAGE_BYTES = sizeof context + 4 + 32 + 2 * BW_PUBLIC_KEY_BYTES + BW_BOX_KEY_BYTES,
};

/* Context, its NUL, device, store id, own sign, own box, one-time sign. */
static void
message_make(
    const struct bw_introduction *introduction, unsigned char ret_message[MESSAGE_BYTES])
{
    unsigned char *at = ret_message;
    memcpy(at, context, sizeof context);
    at += sizeof context;
    wire_put(at, 4, introduction->device);
    at += 4;
    memcpy(at, introduction->store_id, 32);
    at += 32;
    memcpy(at, introduction->own.sign, BW_PUBLIC_KEY_BYTES);
    at += BW_PUBLIC_KEY_BYTES;
    memcpy(at, introduction->own.box, BW_BOX_KEY_BYTES);
    at += BW_BOX_KEY_BYTES;
    memcpy(at, introduction->first_sign, BW_PUBLIC_KEY_BYTES);
}

void
bw_introduction_make(uint32_t device, const uint8_t store_id[32],
    const struct bw_identity *own, const struct bw_identity *first,
    struct bw_introduction *ret_introduction)
{
    unsigned char message[MESSAGE_BYTES];
    struct bw_introduction introduction = {.device = device};
    memcpy(introduction.store_id, store_id, sizeof introduction.store_id);
    bw_identity_show(own, &introduction.own);
    memcpy(introduction.first_sign, first->sign_public, BW_PUBLIC_KEY_BYTES);
    message_make(&introduction, message);
    (void)crypto_sign_detached(
        introduction.signature, NULL, message, sizeof message, own->sign_secret);
    *ret_introduction = introduction;
}

void
bw_introduction_head(
    const struct bw_introduction *introduction, struct bw_letter_head *ret_head)
{
    *ret_head = (struct bw_letter_head){.kind = BW_LETTER_INTRODUCTION,
        .writer = introduction->device,
        .part = 1,
        .parts = 1};
}

enum bw_status
bw_introduction_write(
    const struct bw_introduction *introduction, char **ret_text, struct bw_error *err)
{
    bw_json_begin();
    return bw_json_write(
        json_pack("{s:i, s:I, s:o, s:o, s:o, s:o, s:o}", "brugwachter_introduction",
            VERSION, "device", (json_int_t)introduction->device, "store_id",
            bw_json_hex(introduction->store_id, sizeof introduction->store_id), "sign",
            bw_json_hex(introduction->own.sign, BW_PUBLIC_KEY_BYTES), "box",
            bw_json_hex(introduction->own.box, BW_BOX_KEY_BYTES), "first_sign",
            bw_json_hex(introduction->first_sign, BW_PUBLIC_KEY_BYTES), "signature",
            bw_json_hex(introduction->signature, BW_LETTER_SIGNATURE_BYTES)),
        ret_text, err);
}

static enum bw_status
content_read(
    const json_t *root, struct bw_introduction *introduction, struct bw_error *err)
{
    struct bw_json json = bw_json_of(root);
    int64_t version = bw_json_number(&json, "brugwachter_introduction", 1, INT32_MAX);
    if (json.fault[0] == '\0' && version > VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "the introduction is of version %lld, and this program knows %d; bring this "
            "side up to date",
            (long long)version, VERSION);
    }
    introduction->device = (uint32_t)bw_json_number(&json, "device", 1, UINT32_MAX);
    bw_json_bytes(
        &json, "store_id", introduction->store_id, sizeof introduction->store_id);
    bw_json_bytes(&json, "sign", introduction->own.sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(&json, "box", introduction->own.box, BW_BOX_KEY_BYTES);
    bw_json_bytes(&json, "first_sign", introduction->first_sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(&json, "signature", introduction->signature, BW_LETTER_SIGNATURE_BYTES);
    return bw_json_end(&json, err);
}

enum bw_status
bw_introduction_read(const struct bw_letter_head *head, const void *content,
    size_t content_bytes, struct bw_introduction *ret_introduction, struct bw_error *err)
{
    json_t *root;
    unsigned char message[MESSAGE_BYTES];
    struct bw_introduction introduction = {0};
    enum bw_status status = bw_json_parse(content, content_bytes, &root, err);
    if (status != BW_OK) {
        return status;
    }
    status = content_read(root, &introduction, err);
    json_decref(root);
    if (status != BW_OK) {
        return status;
    }
    if (head->kind != BW_LETTER_INTRODUCTION || head->writer != introduction.device ||
        memcmp(head->signer, introduction.first_sign, BW_PUBLIC_KEY_BYTES) != 0) {
        /* LT5 */
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter says another thing inside than outside; have it made again");
    }
    message_make(&introduction, message);
    if (crypto_sign_verify_detached(introduction.signature, message, sizeof message,
            introduction.own.sign) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "kiosk %u's introduction isn't signed with "
            "the key that it names; have it made again",
            introduction.device);
    }
    *ret_introduction = introduction;
    return BW_OK;
}
