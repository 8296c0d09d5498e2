/* The desk, from its first link to the signal that ends it: server, post and browser put
 * together. One thread, and one more for letters (post.h). */
#ifndef BW_WEB_SERVE_H
#define BW_WEB_SERVE_H

#include "web/desk/desk.h"
#include "web/post.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Texts are borrowed for the call. */
struct bw_web_serve {
    struct bw_web_setup desk;
    struct bw_web_post_setup post;
    const char *address; /* "127.0.0.1" */
    int port;            /* 0: one that is free */
    bool browser;        /* opens it */
    FILE *out;           /* says where it is; stays open */
};

/* Serves until SIGTERM, SIGINT or SIGHUP, then BW_OK. A new link is printed whenever
 * nobody is in and none is out. The errors of what it starts. */
BW_NODISCARD enum bw_status bw_web_serve(
    const struct bw_web_serve *serve, struct bw_error *err);

/* Reads "127.0.0.1:8080", "[::1]:0"; the address into the caller's room. BW_BAD_INPUT for
 * what is neither. */
enum { BW_WEB_ADDRESS_BYTES = 46 };
BW_NODISCARD enum bw_status bw_web_listen_parse(const char *text,
    char ret_address[BW_WEB_ADDRESS_BYTES], int *ret_port, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
