/* What two kiosks of one session say to each other on the local network: a request in
 * the path of an HTTP GET, and the answer in its body, both sealed under a key that the
 * kiosks of the session alone can make. LAN.md has the bytes.
 *
 * LM1 nothing of a request or an answer is looked at before its seal holds; who hasn't
 *     the key learns neither the session nor what was asked.
 * LM2 an answer is sealed to the one request that it answers: an old one is none.
 * LM3 every request has the same length.
 *
 * Pure, on the caller's memory; any thread. */
#ifndef BW_CARRIER_LAN_MESSAGE_H
#define BW_CARRIER_LAN_MESSAGE_H

#include "exchange/carrier/carrier.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_LAN_KEY_BYTES = 32,
    BW_LAN_NONCE_BYTES = 24,
    BW_LAN_TAG_BYTES = 16,
    BW_LAN_PATH_BYTES = 310, /* a slash, 154 bytes in hexadecimal, and a NUL */
    BW_LAN_NAMES_MAX = 20000,
    BW_LAN_LIST_BYTES_MAX = 2 * 1024 * 1024,    /* of an answer with a list */
    BW_LAN_LETTER_BYTES_MAX = 16 * 1024 * 1024, /* of a letter by this road */
    BW_LAN_MORE_BYTES = 64,                     /* that an answer adds to what it bears */
};

enum bw_lan_verb {
    BW_LAN_LIST = 1, /* which letters there are; waits while they are those of `seen` */
    BW_LAN_GET = 2,  /* the letter `name` */
};

struct bw_lan_request {
    enum bw_lan_verb verb;
    uint8_t seen[BW_LAN_TAG_BYTES]; /* LIST: the tag of the list held; zero: none */
    char name[BW_LETTER_NAME_BYTES];
    uint8_t nonce[BW_LAN_NONCE_BYTES]; /* made by the writer, given by the reader */
};

/* Seals *inout_request into a path; the nonce is new. */
void bw_lan_request_write(struct bw_lan_request *inout_request,
    const uint8_t key[BW_LAN_KEY_BYTES], char ret_path[BW_LAN_PATH_BYTES]);
/* The request in a path, whatever it is, by the first of `keys` that opens it. False:
 * none does, or it asks for nothing that there is. */
bool bw_lan_request_read(const char *path, const uint8_t (*keys)[BW_LAN_KEY_BYTES],
    int keys_count, struct bw_lan_request *ret_request, int *ret_key);

enum bw_lan_kind { BW_LAN_NOTHING = 0, BW_LAN_LISTED = 1, BW_LAN_LETTER = 2 };

struct bw_lan_answer {
    enum bw_lan_kind kind;
    uint32_t device;            /* who answers */
    const unsigned char *bytes; /* the list, or the letter; borrowed */
    size_t length;
};

/* Seals an answer to `request`; the caller frees. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_answer_write(const struct bw_lan_answer *answer,
    const struct bw_lan_request *request, const uint8_t key[BW_LAN_KEY_BYTES],
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err);
/* Opens one in place; ret_answer borrows from `bytes`. False: it answers another request,
 * or is nobody's. */
bool bw_lan_answer_read(unsigned char *bytes, size_t length,
    const struct bw_lan_request *request, const uint8_t key[BW_LAN_KEY_BYTES],
    struct bw_lan_answer *ret_answer);

/* A list: letters' names with their sizes, and a tag that is theirs alone. A zeroed one
 * is empty. */
struct bw_lan_list {
    struct bw_lan_name {
        char text[BW_LETTER_NAME_BYTES];
        uint64_t bytes;
    } * names;
    size_t count, capacity;
};

/* Whether it is a letter that this kiosk serves: of its own hand, and no roster. */
bool bw_lan_is_own(const char *name, uint32_t device);

/* Adds a name; false: there are BW_LAN_NAMES_MAX, or no memory. */
bool bw_lan_list_add(struct bw_lan_list *list, const char *name, uint64_t bytes);
/* Sorts the names, and says their tag: never zero. */
void bw_lan_list_tag(struct bw_lan_list *list, uint8_t ret_tag[BW_LAN_TAG_BYTES]);
/* As an answer bears it; the caller frees. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_list_write(const struct bw_lan_list *list,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err);
/* Reads what `device` says that it has, a hostile peer's too: names that are no letters,
 * roster letters and others' letters are passed over. False: it is no list, or memory ran
 * out; *ret_list is then untouched. bw_lan_list_finish ends *ret_list. */
bool bw_lan_list_read(const unsigned char *bytes, size_t length, uint32_t device,
    struct bw_lan_list *ret_list);
void bw_lan_list_finish(struct bw_lan_list *list); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
