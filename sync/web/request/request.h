/* What a browser asks: the address and the form of one request, taken apart. All of it is
 * hostile until it is read here: each part has a limit, a text is UTF-8 without control
 * characters, and one that isn't makes the whole a bad request.
 *
 * WQ1 what was read never lies outside the request's own memory, and ends with NUL.
 * WQ2 a path has no empty, "." or ".." segment, before and after decoding.
 *
 * Any thread; a request owns its texts. */
#ifndef BW_WEB_REQUEST_H
#define BW_WEB_REQUEST_H

#include "central/base/arena.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_TARGET_BYTES_MAX = 4096, /* of an address, as it comes */
    BW_WEB_FORM_BYTES_MAX = 65536,
    BW_WEB_FIELDS_MAX = 1024, /* of address and form together */
    BW_WEB_SEGMENTS_MAX = 4,
};

struct bw_web_field {
    const char *name, *value;
    const char *lines; /* value, where a text area had more than one; else the same */
    bool of_form;      /* else of the address */
};

/* Zeroed is empty. */
struct bw_web_request {
    const char
        *segments[BW_WEB_SEGMENTS_MAX]; /* of the path, decoded; "" past the last */
    int segments_count;                 /* 0: "/" */
    struct bw_web_field *fields;        /* in the order of the request; owned */
    size_t fields_count, fields_capacity;
    struct bw_arena texts;
};

/* Reads "/kring/GRO?zoek=anna". BW_BAD_INPUT for one that breaks a rule, BW_FULL for one
 * that passes a limit, BW_NO_MEMORY. Its texts last until bw_web_request_finish. */
BW_NODISCARD enum bw_status bw_web_request_target(
    struct bw_web_request *request, const char *target, struct bw_error *err);

/* Adds the fields of application/x-www-form-urlencoded. BW_BAD_INPUT, BW_FULL and
 * BW_NO_MEMORY, likewise. */
BW_NODISCARD enum bw_status bw_web_request_form(
    struct bw_web_request *request, const char *body, size_t bytes, struct bw_error *err);
void bw_web_request_finish(struct bw_web_request *request);

/* Adds one field of a form whose bytes are as they are: no percent-encoding. The same
 * errors. */
BW_NODISCARD enum bw_status bw_web_request_add(struct bw_web_request *request,
    const char *name, const char *value, size_t value_bytes, struct bw_error *err);

/* The first value of a field of the address, or of the form; "" where there's none.
 * Borrowed from the request. */
const char *bw_web_request_asked(const struct bw_web_request *request, const char *name);
const char *bw_web_request_sent(const struct bw_web_request *request, const char *name);

/* The same of a form, line by line, each as a value is, with '\n' between. Where all of
 * them are longer than one value may be that is "". */
const char *bw_web_request_lines(const struct bw_web_request *request, const char *name);

/* One cookie of a Cookie header (NULL: there's none), in the caller's room of `capacity`
 * bytes. False where it isn't there, there are two, or it doesn't fit. */
bool bw_web_request_cookie(
    const char *header, const char *name, char *ret_value, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
