/* The list of who is to be told, as it grows: nobody's but of told_read.c and
 * told_certificates.c, which fill it. One thread. */
#ifndef BW_SYNC_TOLD_LIST_H
#define BW_SYNC_TOLD_LIST_H

#include "office/mail/told.h"

/* Takes a copy, once what hinders it was set. False without memory. */
bool bw_told_list_add(struct bw_told_list *list, struct bw_told_due *due);

/* Counts one of the list among those that are hindered, unsure or written. Can't fail. */
void bw_told_list_count(struct bw_told_list *list, const struct bw_told_due *due);

/* Adds who is to hear of their certificate of a session that is over (TM4). The
 * errors of office->attendees, which is there, BW_NO_MEMORY, and what
 * the database answers. */
BW_NODISCARD enum bw_status bw_told_certificates_add(const struct bw_office *office,
    const struct bw_session *session, struct bw_told_list *list, struct bw_error *err);

#endif
