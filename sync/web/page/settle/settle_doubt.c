/* Uitzoeken: sign-ups in doubt, each with what can be said of it and what that leads to,
 * answered together: settle.h. The form sends
 *
 *   twijfel-K7QM-2XRD = "zelfde PICTURE" | "ander PICTURE" | "niet PICTURE" | "later" */
#include "web/page/settle/settle.h"

#include "office/place/doubt.h"
#include "web/desk/form.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char field_prefix[] = "twijfel-", later[] = "later";

static const struct {
    const char *word, *said;
    enum bw_place_doubt_way way;
} ways[] = {
    {"zelfde", "u.same.said", BW_PLACE_DOUBT_SAME},
    {"ander", "u.other.said", BW_PLACE_DOUBT_OTHER},
    {"niet", "u.out.said", BW_PLACE_DOUBT_OUT},
};
enum { WAYS = sizeof ways / sizeof ways[0] };

/* ---- what there is ---- */

static json_t *
side_of(const struct bw_web_visit *visit, const struct bw_place_doubt_side *side)
{
    json_t *object = json_object();
    bw_web_set(&object, "code", bw_web_code(side->code));
    bw_web_set(&object, "name", bw_web_name(side->first_name, side->name));
    bw_web_set(&object, "school", bw_web_text(side->school));
    bw_web_set(&object, "mail", bw_web_text(side->mail));
    bw_web_set(&object, "role", bw_web_text(side->role));
    bw_web_set(&object, "circle", bw_web_text(side->session_code));
    bw_web_set(&object, "file", bw_web_text(side->file));
    bw_web_set(&object, "signed",
        side->code == BW_CODE_NONE ? json_string("")
                                   : bw_web_when(visit, visit->desk->zone,
                                         BW_WEB_MOMENT_SHORT, side->signed_up_ms));
    bw_web_set(&object, "state", bw_web_sentence(visit, bw_web_status_key(side->status)));
    return object;
}

/* What is likeliest: nearly the same name at the same school is one person, one address
 * may be two people's; of a role nobody knows. */
static const char *
suggested(enum bw_place_doubt doubt)
{
    return doubt == BW_PLACE_DOUBT_NAME   ? "zelfde"
           : doubt == BW_PLACE_DOUBT_MAIL ? "ander"
                                          : later;
}

static bool
on_doubt(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other, void *context)
{
    struct bw_web_settling *s = context;
    bool of_role = doubt == BW_PLACE_DOUBT_ROLE;
    json_t *row = json_object();
    bw_web_set(&row, "who", side_of(s->visit, who));
    bw_web_set(&row, "other",
        other->code != BW_CODE_NONE && !of_role ? side_of(s->visit, other)
                                                : json_false());
    bw_web_set(&row, "person", bw_web_code(who->code));
    bw_web_set(&row, "question",
        bw_web_filled(s->visit,
            of_role                        ? "u.role"
            : doubt == BW_PLACE_DOUBT_MAIL ? "u.mail"
                                           : "u.name",
            json_pack("{s:o, s:s}", "name", bw_web_name(who->first_name, who->name),
                "role", who->role)));
    bw_web_set(&row, "of_role", json_boolean(of_role));
    bw_web_set(&row, "suggested", json_string(suggested(doubt)));
    bw_web_set(&row, "reason",
        bw_web_sentence(s->visit, of_role                        ? "u.doubt.role"
                                  : doubt == BW_PLACE_DOUBT_MAIL ? "u.doubt.mail"
                                                                 : "u.doubt.name"));
    bw_web_picture_add(&s->doubts, row,
        json_pack("{s:i, s:I, s:I}", "doubt", (int)doubt, "who", (json_int_t)who->code,
            "other", (json_int_t)other->code));
    return s->doubts != NULL;
}

enum bw_status
bw_web_settle_doubts(struct bw_web_settling *settling, struct bw_error *err)
{
    return bw_place_doubts_walk(
        settling->visit->desk->office.central, on_doubt, settling, err);
}

/* ---- what can be said ---- */

static const char *
member(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));
    return text != NULL ? text : "";
}

/* What becomes of them, read of the verb itself on the connection that keeps nothing
 * (WD2): "Daarna: heeft plek". "" where the verb refuses. */
static json_t *
leads_to(const struct bw_web_visit *visit, const char *typed, enum bw_place_doubt_way way)
{
    struct bw_place_doubt_answer answer = {typed, way};
    struct bw_place_doubt_settled settled = {.placed = false};
    if (bw_place_doubts_settle(&visit->desk->preview, &answer, 1, "", &settled, NULL) !=
        BW_OK) {
        return json_string("");
    }
    enum bw_registration_status to = settled.registration.roster.status;
    return bw_web_filled(visit, "u.then",
        json_pack("{s:o}", "state",
            bw_web_sentence(
                visit, settled.placed ? "status.newticket" : bw_web_status_key(to))));
}

static json_t *
choice_of(const struct bw_web_visit *visit, const json_t *row, size_t way)
{
    static const char *const labels[] = {"u.same.b", "u.other.b", "u.out.b"};
    bool in = ways[way].way == BW_PLACE_DOUBT_OTHER &&
              json_is_true(json_object_get(row, "of_role"));
    char value[BW_WEB_KEY_BYTES + 16];
    (void)snprintf(value, sizeof value, "%s %s", ways[way].word, member(row, "picture"));
    json_t *choice = json_object();
    bw_web_set(&choice, "value", json_string(value));
    bw_web_set(&choice, "label", bw_web_sentence(visit, in ? "u.in.b" : labels[way]));
    bw_web_set(&choice, "leads", leads_to(visit, member(row, "person"), ways[way].way));
    return choice;
}

static json_t *
later_of(const struct bw_web_visit *visit)
{
    return json_pack("{s:s, s:o, s:o}", "value", later, "label",
        bw_web_sentence(visit, "u.later.b"), "leads",
        bw_web_sentence(visit, "u.later.then"));
}

/* Each with whether it is chosen: what was chosen before a mistake, else what is
 * suggested. */
static json_t *
choices_of(const struct bw_web_visit *visit, const json_t *row)
{
    json_t *choices = json_array();
    char field[BW_LABEL_BYTES];
    (void)snprintf(field, sizeof field, "%s%s", field_prefix, member(row, "person"));
    json_t *typed = bw_web_form_typed(visit, field, "");
    const char *wanted = json_string_value(typed);
    bool was_typed = wanted != NULL && wanted[0] != '\0';
    wanted = was_typed ? wanted : member(row, "suggested");
    for (size_t i = 0; i < WAYS; i++) {
        if (ways[i].way != BW_PLACE_DOUBT_SAME ||
            !json_is_true(json_object_get(row, "of_role"))) {
            bw_web_add(&choices, choice_of(visit, row, i));
        }
    }
    bw_web_add(&choices, later_of(visit));
    for (size_t i = 0; i < json_array_size(choices); i++) {
        json_t *choice = json_array_get(choices, i);
        const char *value = member(choice, "value");
        size_t length = was_typed ? strlen(value) : strcspn(value, " ");
        (void)json_object_set_new(choice, "chosen",
            json_boolean(
                strlen(wanted) == length && strncmp(value, wanted, length) == 0));
    }
    json_decref(typed);
    return choices;
}

/* A circle by its name. */
static void
name_circle(const struct bw_web_visit *visit, json_t *side)
{
    if (json_is_object(side)) {
        (void)json_object_set_new(
            side, "circle", bw_web_circle_name(visit, member(side, "circle")));
    }
}

void
bw_web_settle_offer(const struct bw_web_visit *visit, json_t *doubts)
{
    for (size_t i = 0; i < json_array_size(doubts); i++) {
        json_t *row = json_array_get(doubts, i);
        name_circle(visit, json_object_get(row, "who"));
        name_circle(visit, json_object_get(row, "other"));
        bw_web_mark_sides(json_object_get(row, "who"), json_object_get(row, "other"));
        (void)json_object_set_new(row, "choices", choices_of(visit, row));
    }
}

/* ---- what was said ---- */

struct saying {
    const json_t *doubts;
    struct bw_place_doubt_answer *answers; /* room for one a doubt */
    size_t *spoken;                        /* of each, its row of `ways` */
    size_t count;
};

/* The row of `ways` that a field's value names, and the picture behind it. */
static bool
read_value(const char *value, size_t *ret_way, const char **ret_picture)
{
    for (size_t i = 0; i < WAYS; i++) {
        size_t length = strlen(ways[i].word);
        if (strncmp(value, ways[i].word, length) == 0 && value[length] == ' ') {
            *ret_way = i;
            *ret_picture = value + length + 1;
            return true;
        }
    }
    return false;
}

/* One answer; in the order of the doubts, which is by rank. *ret_stale: what was asked is
 * another question by now. */
static enum bw_status
take_answer(struct saying *saying, const json_t *row, const char *value, bool *ret_stale,
    struct bw_error *err)
{
    size_t way = 0;
    const char *picture = "";
    if (strcmp(value, later) == 0) {
        return BW_OK;
    }
    if (!read_value(value, &way, &picture)) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    if (row == NULL || strcmp(picture, member(row, "picture")) != 0) {
        *ret_stale = true;
        return BW_OK;
    }
    saying->spoken[saying->count] = way;
    saying->answers[saying->count++] =
        (struct bw_place_doubt_answer){member(row, "person"), ways[way].way};
    return BW_OK;
}

static const json_t *
row_of(const json_t *doubts, const char *person)
{
    for (size_t i = 0; i < json_array_size(doubts); i++) {
        const json_t *row = json_array_get(doubts, i);
        if (strcmp(member(row, "person"), person) == 0) {
            return row;
        }
    }
    return NULL;
}

static enum bw_status
read_answers(const struct bw_web_visit *visit, struct saying *saying, bool *ret_stale,
    struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    size_t length = strlen(field_prefix);
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strncmp(field->name, field_prefix, length) == 0 &&
            row_of(saying->doubts, field->name + length) == NULL) {
            status = take_answer(saying, NULL, field->value, ret_stale, err);
        }
    }
    for (size_t i = 0; status == BW_OK && i < json_array_size(saying->doubts); i++) {
        const json_t *row = json_array_get(saying->doubts, i);
        char name[BW_LABEL_BYTES];
        (void)snprintf(name, sizeof name, "%s%s", field_prefix, member(row, "person"));
        const char *value = bw_web_request_sent(request, name);
        status =
            value[0] != '\0' ? take_answer(saying, row, value, ret_stale, err) : BW_OK;
    }
    return status;
}

static void
say(struct bw_web_visit *visit, const struct saying *saying,
    const struct bw_place_doubt_settled *settled)
{
    const struct bw_registration *roster = &settled->registration.roster;
    const struct bw_person *person = &roster->person;
    int64_t step = bw_web_picture_newest(&visit->desk->office, "settle");
    if (saying->count > 1) {
        bw_web_said(visit, "u.doubts.said",
            json_pack("{s:I}", "n", (json_int_t)saying->count), step);
        return;
    }
    bw_web_said(visit, ways[saying->spoken[0]].said,
        json_pack("{s:o, s:o}", "name", bw_web_name(person->first_name, person->name),
            "state", bw_web_sentence(visit, bw_web_status_key(roster->status))),
        step);
}

static enum bw_status
settle(struct bw_web_visit *visit, struct saying *saying, const char *why,
    bool *ret_stale, struct bw_error *err)
{
    enum bw_status status = read_answers(visit, saying, ret_stale, err);
    if (status != BW_OK || *ret_stale) {
        return status;
    }
    if (saying->count == 0) {
        bw_web_said(visit, "u.pick.doubt", json_object(), 0);
        return BW_OK;
    }
    struct bw_place_doubt_settled *settled = calloc(saying->count, sizeof *settled);
    status = settled != NULL
                 ? bw_place_doubts_settle(&visit->desk->office, saying->answers,
                       saying->count, why, settled, err)
                 : bw_error_set(err, BW_NO_MEMORY, 0, "settling doubts: no memory");
    if (status == BW_OK) {
        say(visit, saying, settled);
    }
    free(settled);
    return status;
}

enum bw_status
bw_web_settle_answers(const struct bw_web_settling *settling, const char *why,
    bool *ret_stale, struct bw_error *err)
{
    size_t room = json_array_size(settling->doubts) + 1;
    struct saying saying = {.doubts = settling->doubts,
        .answers = calloc(room, sizeof *saying.answers),
        .spoken = calloc(room, sizeof *saying.spoken)};
    enum bw_status status =
        saying.answers != NULL && saying.spoken != NULL
            ? settle(settling->visit, &saying, why, ret_stale, err)
            : bw_error_set(err, BW_NO_MEMORY, 0, "settling doubts: no memory");
    free(saying.answers);
    free(saying.spoken);
    return status;
}
