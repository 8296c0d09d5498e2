/* What is to be told: see told.h. Reading stands in told_read.c, the log in told_log.c.
 */
#include "office/mail/told.h"

#include "central/base/array.h"
#include "office/mail/told_list.h"

#include <string.h>
#include <strings.h>

const char *
bw_told_kind_name(enum bw_told_kind kind)
{
    static const char *const names[] = {[BW_TOLD_TICKET] = "ticket",
        [BW_TOLD_PLACE] = "place",
        [BW_TOLD_MOVED] = "moved",
        [BW_TOLD_CANCELLED] = "cancelled",
        [BW_TOLD_WAITING] = "waiting",
        [BW_TOLD_RENEWED] = "renewed",
        [BW_TOLD_CERTIFICATE] = "certificate"};
    return kind >= BW_TOLD_TICKET && kind <= BW_TOLD_CERTIFICATE ? names[kind] : "?";
}

const char *
bw_told_way_name(enum bw_told_way way)
{
    static const char *const names[] = {[BW_TOLD_BY_EML] = "eml",
        [BW_TOLD_BY_MERGE_FILE] = "merge_file",
        [BW_TOLD_BY_SMTP] = "smtp",
        [BW_TOLD_BY_VOICE] = "voice"};
    return way >= BW_TOLD_BY_EML && way <= BW_TOLD_BY_VOICE ? names[way] : "?";
}

static bool
is_live(enum bw_registration_status status)
{
    return status == BW_CONFIRMED || status == BW_WAITLISTED;
}

/* Words alone (a title that is spelt better) are no news. */
static bool
has_moved(const struct bw_told_state *now, const struct bw_told_state *was)
{
    return now->session_no != was->session_no || now->starts_ms != was->starts_ms ||
           now->ends_ms != was->ends_ms || strcmp(now->venue, was->venue) != 0 ||
           strcmp(now->address, was->address) != 0;
}

static bool
is_renewed(const struct bw_told_state *now, const struct bw_told_state *was)
{
    return now->generation != was->generation || now->signing_key != was->signing_key ||
           strcasecmp(now->mail, was->mail) != 0;
}

static bool
say(enum bw_told_kind kind, enum bw_told_kind *ret_kind)
{
    *ret_kind = kind;
    return true;
}

bool
bw_told_decide(const struct bw_told_state *now, const struct bw_told_state *was,
    enum bw_told_kind *ret_kind)
{
    if (now->status == BW_BLOCKED) {
        return false; /* the organiser speaks with them */
    }
    if (was == NULL || !is_live(was->status)) {
        return is_live(now->status) &&
               say(now->status == BW_CONFIRMED ? BW_TOLD_TICKET : BW_TOLD_WAITING,
                   ret_kind);
    }
    if (!is_live(now->status)) {
        return say(BW_TOLD_CANCELLED, ret_kind);
    }
    if (now->status != was->status) {
        return say(
            now->status == BW_CONFIRMED ? BW_TOLD_PLACE : BW_TOLD_WAITING, ret_kind);
    }
    if (has_moved(now, was)) {
        return say(BW_TOLD_MOVED, ret_kind);
    }
    return is_renewed(now, was) && say(BW_TOLD_RENEWED, ret_kind);
}

static enum bw_told_hindrance
hindrance_of(const struct bw_told_due *due)
{
    if (due->written) {
        return BW_TOLD_WRITTEN;
    }
    if (due->wants_none) {
        return BW_TOLD_WANTS_NONE;
    }
    if (due->now.mail[0] == '\0') {
        return BW_TOLD_NO_ADDRESS;
    }
    if (!bw_told_address_is_fine(due->now.mail)) {
        return BW_TOLD_BAD_ADDRESS;
    }
    return due->came_back ? BW_TOLD_CAME_BACK : BW_TOLD_NO_HINDRANCE;
}

void
bw_told_list_count(struct bw_told_list *list, const struct bw_told_due *due)
{
    list->hindered += due->hindrance != BW_TOLD_NO_HINDRANCE && !due->written;
    list->written += due->written;
    list->unsure += due->unsure;
}

bool
bw_told_list_add(struct bw_told_list *list, struct bw_told_due *due)
{
    due->hindrance = hindrance_of(due);
    struct bw_told_due *slot =
        bw_array_more(&list->due, &list->count, &list->capacity, sizeof *slot);
    if (slot != NULL) {
        *slot = *due;
        bw_told_list_count(list, due);
    }
    return slot != NULL;
}

/* Of RFC 5321 what is in use: no quotes, no comments, no address literals, ASCII alone.
 * Whatever else it holds could end a header or a command. */
bool
bw_told_address_is_fine(const char *mail)
{
    static const char local[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789.!#$%&'*+/=?^_`{|}~-";
    static const char host[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789.-";
    enum { LOCAL_MAX = 64, WHOLE_MAX = 254 };
    size_t before = strspn(mail, local), whole = strlen(mail);
    const char *at = mail + before;
    if (before == 0 || before > LOCAL_MAX || whole > WHOLE_MAX || *at != '@' ||
        strspn(at + 1, host) != whole - before - 1 || strstr(mail, "..") != NULL) {
        return false;
    }
    char last = mail[whole - 1], first = at[1];
    return strchr(at + 1, '.') != NULL && mail[0] != '.' && at[-1] != '.' &&
           first != '.' && first != '-' && last != '.' && last != '-';
}
