/* Who is to be told what: see mail_groups.h. */
#include "web/page/mail/mail_groups.h"

#include "office/contact.h"
#include "office/mail/trial.h"
#include "office/setting.h"
#include "web/desk/settled.h"
#include "web/page/part/picture.h"

#include <string.h>

enum { CIRCLES_SHOWN = 3, PACE = 30 };

json_t *
bw_web_mail_kind(const struct bw_web_visit *visit, enum bw_told_kind kind)
{
    char key[BW_LABEL_BYTES];
    (void)snprintf(key, sizeof key, "told.%s", bw_told_kind_name(kind));
    return bw_web_sentence(visit, key);
}

void
bw_web_mail_group_of(
    const struct bw_told_due *due, char ret_group[BW_WEB_MAIL_GROUP_BYTES])
{
    bool of_one = due->kind == BW_TOLD_MOVED; /* each circle's news is another */
    (void)snprintf(ret_group, BW_WEB_MAIL_GROUP_BYTES, "%s%s%s",
        bw_told_kind_name(due->kind), of_one ? "@" : "",
        of_one ? due->session->code : "");
}

/* What they hear, and where. */
static json_t *
seen_of(const struct bw_told_due *due)
{
    const struct bw_told_state *now = &due->now;
    return json_pack("[o, i, i, I, I, I, o, o]", bw_web_code(due->code), (int)due->kind,
        (int)now->status, (json_int_t)now->generation, (json_int_t)now->starts_ms,
        (json_int_t)now->ends_ms, bw_web_text(now->venue), bw_web_text(now->mail));
}

void
bw_web_mail_picture(const struct bw_told_list *list, const struct bw_told_due *one,
    const char *group, char ret_digest[BW_WEB_KEY_BYTES])
{
    json_t *seen = json_array();
    char word[BW_WEB_MAIL_GROUP_BYTES];
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        bw_web_mail_group_of(due, word);
        if (due == one || (one == NULL && due->hindrance == BW_TOLD_NO_HINDRANCE &&
                              strcmp(word, group) == 0)) {
            bw_web_add(&seen, seen_of(due));
        }
    }
    if (json_array_size(seen) == 0 ||
        bw_web_picture_digest(seen, ret_digest, NULL) != BW_OK) {
        ret_digest[0] = '\0';
    }
    json_decref(seen);
}

static bool
is_same(const struct bw_told_due *one, const struct bw_told_due *other)
{
    return one->hindrance == BW_TOLD_NO_HINDRANCE &&
           other->hindrance == BW_TOLD_NO_HINDRANCE && one->kind == other->kind &&
           (one->kind != BW_TOLD_MOVED || one->session == other->session);
}

/* What is another than they were told: {"is","was"}, the moment before the place; false
 * where they were told of nothing before, or it is the same. */
static json_t *
changed_of(const struct bw_web_visit *visit, const struct bw_told_due *due)
{
    if (due->kind != BW_TOLD_MOVED || due->was.title == NULL) {
        return json_false();
    }
    json_t *list = json_array();
    struct bw_zone *zone = bw_web_zone_of(visit, due->session);
    if (due->elsewhere) {
        bw_web_add(&list, json_pack("{s:o, s:o}", "is", bw_web_text(due->now.title),
                              "was", bw_web_text(due->was.title)));
    }
    if (due->now.starts_ms != due->was.starts_ms) {
        bw_web_add(&list,
            json_pack("{s:o, s:o}", "is",
                bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, due->now.starts_ms), "was",
                bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, due->was.starts_ms)));
    }
    if (strcmp(due->now.venue, due->was.venue) != 0) {
        bw_web_add(&list, json_pack("{s:o, s:o}", "is", bw_web_text(due->now.venue),
                              "was", bw_web_text(due->was.venue)));
    }
    bw_web_zone_close(visit, zone);
    return list;
}

/* The circles of a group, by when they are: the first of them, and how many more. */
static void
add_circles(const struct bw_told_list *list, size_t first, json_t **row)
{
    json_t *circles = json_array();
    const struct bw_session *last = NULL; /* they stand together */
    json_int_t count = 0;
    for (size_t i = first; i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        if (due->session == last || !is_same(due, &list->due[first])) {
            continue;
        }
        last = due->session;
        if (++count <= CIRCLES_SHOWN) {
            bw_web_add(
                &circles, json_pack("{s:o, s:o, s:b}", "code", bw_web_text(last->code),
                              "circle", bw_web_text(last->title), "first", count == 1));
        }
    }
    bw_web_set(row, "circles", circles);
    bw_web_set(
        row, "more", json_integer(count > CIRCLES_SHOWN ? count - CIRCLES_SHOWN : 0));
}

/* NULL where it was told with one before. */
static json_t *
group_of(const struct bw_web_visit *visit, const struct bw_told_list *list, size_t first,
    const char *chosen)
{
    const struct bw_told_due *due = &list->due[first];
    char word[BW_WEB_MAIL_GROUP_BYTES], key[BW_LABEL_BYTES], digest[BW_WEB_KEY_BYTES];
    json_int_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool same = is_same(&list->due[i], due);
        if (same && i < first) {
            return NULL;
        }
        count += same;
    }
    json_t *row = json_object();
    bw_web_mail_group_of(due, word);
    (void)snprintf(key, sizeof key, "ml.in.%s", bw_told_kind_name(due->kind));
    bw_web_mail_picture(list, NULL, word, digest);
    bw_web_set(&row, "word", bw_web_text(word));
    bw_web_set(&row, "picture", bw_web_text(digest));
    bw_web_set(&row, "what", bw_web_mail_kind(visit, due->kind));
    bw_web_set(&row, "says", bw_web_sentence(visit, key));
    bw_web_set(&row, "count", json_integer(count));
    bw_web_set(&row, "chosen", json_boolean(strcmp(word, chosen) == 0));
    bw_web_set(&row, "changed", changed_of(visit, due));
    add_circles(list, first, &row);
    return row;
}

void
bw_web_mail_groups(const struct bw_web_visit *visit, const struct bw_told_list *list,
    const char *chosen, json_t **model)
{
    json_t *groups = json_array();
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        for (size_t i = 0; i < list->count; i++) {
            const struct bw_told_due *due = &list->due[i];
            json_t *group =
                (int)due->kind == kind && due->hindrance == BW_TOLD_NO_HINDRANCE
                    ? group_of(visit, list, i, chosen)
                    : NULL;
            if (group != NULL) {
                bw_web_add(&groups, group);
            }
        }
    }
    bw_web_set(model, "groups", groups);
}

enum bw_status
bw_web_mail_server(const struct bw_web_visit *visit, json_t **model, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct bw_office_contact sender = {.mail = ""};
    char server[BW_TITLE_BYTES] = "";
    int64_t tried_ms = 0, pace = PACE;
    enum bw_status status = bw_web_settled_server(visit, server, err);
    if (status == BW_OK) {
        status = bw_office_contact_read(central, &sender, err);
    }
    if (status == BW_OK) {
        status = bw_mailing_tried(central, &tried_ms, err);
    }
    if (status == BW_OK) {
        status = bw_office_setting_number(central, BW_OFFICE_PACE, PACE, &pace, err);
    }
    if (status != BW_OK) {
        return status;
    }
    json_int_t count = json_integer_value(json_object_get(*model, "count"));
    bw_web_set(model, "server", bw_web_text(server));
    bw_web_set(model, "from", bw_web_text(sender.mail));
    bw_web_set(model, "minutes", json_integer((count + pace - 1) / pace));
    bw_web_set(model, "tried",
        tried_ms == 0
            ? json_false()
            : bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, tried_ms));
    return BW_OK;
}
