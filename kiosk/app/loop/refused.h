/* What could not even be asked: commands that the desk's queue had no room for, and an
 * errand that didn't start. Each is answered in the next turn (mail.c), so that nobody
 * waits for ever. UI thread only.
 *
 * - RF1: count <= BW_REFUSED_MAX, and no entry's request is 0. */
#ifndef BW_APP_REFUSED_H
#define BW_APP_REFUSED_H

#include <brugwachter/command.h>
#include <flow/flow.h>

enum { BW_REFUSED_MAX = 64 };

struct bw_refused {
    struct {
        enum bw_command_kind kind;
        uint32_t request_no;
    } commands[BW_REFUSED_MAX];
    int count;
    enum bw_helper errand; /* BW_HELPER_NONE: none */
};

/* Remembers a command; over the limit it is dropped, and nobody hears of it. */
void bw_refused_add(struct bw_refused *refused, const struct bw_command *command);

/* Takes out the first `count`, whose answers were given. */
void bw_refused_drop(struct bw_refused *refused, int count);

#endif
