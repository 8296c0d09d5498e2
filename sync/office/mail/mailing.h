/* Telling people what they don't know yet: as files to be sent by hand, as the list of a
 * mail merge, or by a mail server. Each takes the turn (TM2), and notes what it told
 * (TM1). One thread. */
#ifndef BW_SYNC_MAILING_H
#define BW_SYNC_MAILING_H

#include "central/base/wording.h"
#include "office/mail/smtp.h"
#include "office/mail/told_group.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whom. */
struct bw_mailing_scope {
    const char *session_code, *series_code; /* NULL: all */
    const struct bw_told_groups *groups;    /* of those; NULL: all */
    enum bw_wording_language excel;         /* whose opens the list of a mail merge */
    bool asks; /* files count as told only once somebody says that they went (TM3) */
};

/* Somebody whose mail the server refuses. */
struct bw_mailing_refused {
    bw_code code;
    char mail[BW_TITLE_BYTES];
    char why[BW_TITLE_BYTES]; /* the server's words */
};

/* What became of it. Zeroed is empty. */
struct bw_mailing {
    int64_t told[BW_TOLD_KINDS]; /* how many heard what */
    int64_t count;               /* of all of them */
    int64_t hindered;            /* who can't be told by mail */
    int64_t left;                /* due still: it stopped before, or they changed */
    int64_t unsure;              /* whether theirs came isn't known */
    int64_t written;             /* whose wait to be sent by hand, from before (TM3) */
    int64_t mailing_no;          /* of this run in the log; 0: it told nobody */
    struct bw_mailing_refused *refused; /* owned */
    size_t refused_count, refused_capacity;
    struct bw_error stopped; /* status BW_OK where it came to its end */
};
void bw_mailing_finish(struct bw_mailing *mailing);

/* Who is due of a scope, as bw_told_read, with its errors. */
BW_NODISCARD enum bw_status bw_mailing_read(const struct bw_office *office,
    const struct bw_mailing_scope *scope, struct bw_told_list *ret_list,
    struct bw_error *err);

/* Writes a mail a person into `folder`, CODE-KIND.eml (of a
 * certificate CODE-certificate-SESSION.eml), which mail programs open to be
 * sent. Nobody due: no folder is made. BW_BUSY; the errors of bw_told_read, of
 * bw_mailing_compose and of writing (central/base/output_set.h), and of the database.
 * Nobody counts as told then. */
BW_NODISCARD enum bw_status bw_mailing_write(const struct bw_office *office,
    const struct bw_mailing_scope *scope, const char *folder,
    struct bw_mailing *ret_mailing, struct bw_error *err);

/* Writes a row a person for a mail merge: a workbook where `path` ends in ".xlsx", else
 * CSV that the Excel and Word of `scope` open.
 * Nobody due: no file is written. The same errors. */
BW_NODISCARD enum bw_status bw_mailing_merge(const struct bw_office *office,
    const struct bw_mailing_scope *scope, const char *path,
    struct bw_mailing *ret_mailing, struct bw_error *err);

/* Sends a mail a person, `a_minute` of them at most; whoever the server took it for
 * counts as told, from then on. BW_BUSY, BW_BAD_INPUT where it isn't known who writes;
 * the errors of bw_smtp_create, bw_told_read, bw_mailing_compose and the database, where
 * nobody was told yet. What stops it later is told in ret_mailing, which the caller
 * finishes. */
BW_NODISCARD enum bw_status bw_mailing_send(const struct bw_office *office,
    const struct bw_mailing_scope *scope, const struct bw_smtp_settings *settings,
    int64_t a_minute, struct bw_mailing *ret_mailing, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
