/* Who is to be told what, in groups that are ticked to be sent. One thread. */
#ifndef BW_WEB_MAIL_GROUPS_H
#define BW_WEB_MAIL_GROUPS_H

#include "office/mail/told.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_WEB_MAIL_GROUP_BYTES = 2 * BW_LABEL_BYTES };

/* What a mail says, in words. NULL without memory. */
json_t *bw_web_mail_kind(const struct bw_web_visit *visit, enum bw_told_kind kind);

/* The group of somebody, as bw_told_groups_add reads it: all who hear the same; of
 * another time or place, those of one circle. */
void bw_web_mail_group_of(
    const struct bw_told_due *due, char ret_group[BW_WEB_MAIL_GROUP_BYTES]);

/* A digest of what somebody is to hear, and at which address: of one, or (`one` NULL) of
 * all of the group of this word whom a mail reaches. Another one than a form was drawn
 * with means that something changed since. "" where there's none, or no memory. */
void bw_web_mail_picture(const struct bw_told_list *list, const struct bw_told_due *one,
    const char *group, char ret_digest[BW_WEB_KEY_BYTES]);

/* Adds "groups": of whom a mail reaches {"word","what","says","circles","more","changed",
 * "count","chosen","picture"}, in the order of the kinds; `chosen` is the one that is
 * looked at. */
void bw_web_mail_groups(const struct bw_web_visit *visit, const struct bw_told_list *list,
    const char *chosen, json_t **model);

/* Adds what is known of the mail server: "server" ("" where there's none), "from",
 * "tried" and "minutes" (of model's "count"). What the database answers. */
BW_NODISCARD enum bw_status bw_web_mail_server(
    const struct bw_web_visit *visit, json_t **model, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
