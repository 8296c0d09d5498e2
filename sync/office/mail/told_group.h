/* Which of those who are due: the groups that a mailing is for. One thread. */
#ifndef BW_SYNC_TOLD_GROUP_H
#define BW_SYNC_TOLD_GROUP_H

#include "office/mail/told.h"

#ifdef __cplusplus
extern "C" {
#endif

/* All who are to hear this; of one session alone where that is named. */
struct bw_told_group {
    enum bw_told_kind kind;
    char session_code[BW_LABEL_BYTES]; /* "": of every one */
};

/* Zeroed is none of them, which stands for all. */
struct bw_told_groups {
    struct bw_told_group *items; /* owned */
    size_t count, capacity;
};

/* Adds those of a word: a kind's name, "@" and a session's code behind it or not, and
 * more of them with commas between: "ticket,moved@GRO-2025". BW_BAD_INPUT for what is
 * none, BW_NOT_FOUND for the session, BW_NO_MEMORY, what the database answers. The caller
 * finishes them, whatever the answer. */
BW_NODISCARD enum bw_status bw_told_groups_add(struct bw_central *central,
    const char *word, struct bw_told_groups *groups, struct bw_error *err);
void bw_told_groups_finish(struct bw_told_groups *groups);

/* Leaves those of the groups in the list, and all where there's no group. Can't fail. */
void bw_told_groups_keep(const struct bw_told_groups *groups, struct bw_told_list *list);

#ifdef __cplusplus
}
#endif

#endif
