/* Two records side by side: see person_join.h. */
#include "web/page/person/person_join.h"

#include "office/export_person.h"
#include "office/place/alike.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/person/person_history.h"

#include <stdio.h>
#include <string.h>

/* ---- what it does ---- */

enum bw_status
bw_web_join_run(const struct bw_office *office, const struct bw_web_join *join,
    json_t **ret_done, struct bw_error *err)
{
    struct bw_place_people_merged merged;
    enum bw_status status = bw_place_people_merge(
        office, join->code, join->other, join->words, join->why, &merged, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *kept = &merged.kept.roster.person;
    json_t *done = json_object();
    bw_web_set(&done, "kept", bw_web_name(kept->first_name, kept->name));
    bw_web_set(&done, "kept_code", bw_web_code(merged.kept.roster.code));
    bw_web_set(&done, "moved", json_integer((json_int_t)merged.moved));
    bw_web_set(&done, "cancelled", json_integer((json_int_t)merged.cancelled));
    *ret_done = done;
    return done != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "making a picture: no memory");
}

/* ---- one side ---- */

struct join_side {
    const struct bw_web_visit *visit;
    json_t *side, *places;
};

static json_t *
moment_of(const struct join_side *s, const struct bw_office_fact *facts, int count,
    const char *name)
{
    return bw_web_when(s->visit, s->visit->desk->zone, BW_WEB_MOMENT_SHORT,
        bw_web_fact_number(facts, count, name));
}

/* Words are those of the last that they signed up for. */
static void
take_registration(struct join_side *s, const struct bw_office_fact *facts, int count)
{
    enum bw_registration_status status = BW_CANCELLED;
    json_t *row = json_object();
    json_t *code = bw_web_code((bw_code)bw_web_fact_number(facts, count, "code"));
    (void)bw_registration_status_parse(bw_web_fact_text(facts, count, "status"), &status);
    bw_web_set(&row, "circle", bw_web_text(bw_web_fact_text(facts, count, "title")));
    bw_web_set(&row, "state", bw_web_sentence(s->visit, bw_web_status_key(status)));
    bw_web_set(&row, "signed", moment_of(s, facts, count, "signed_up_at"));
    bw_web_set(&row, "file", bw_web_text(bw_web_fact_text(facts, count, "file")));
    bw_web_set(&row, "ticket", code != NULL ? json_incref(code) : NULL);
    bw_web_set(&row, "told", json_string(""));
    bw_web_add(&s->places, row);
    bw_web_set(&s->side, "code", code);
    bw_web_set(&s->side, "name",
        bw_web_name(bw_web_fact_text(facts, count, "first_name"),
            bw_web_fact_text(facts, count, "name")));
    bw_web_set(&s->side, "school", bw_web_text(bw_web_fact_text(facts, count, "school")));
}

static void
take_mail(struct join_side *s, const struct bw_office_fact *facts, int count)
{
    json_t *code = bw_web_code((bw_code)bw_web_fact_number(facts, count, "code"));
    for (size_t i = 0; code != NULL && i < json_array_size(s->places); i++) {
        json_t *place = json_array_get(s->places, i);
        if (json_equal(json_object_get(place, "ticket"), code)) {
            (void)json_object_set_new(place, "told", moment_of(s, facts, count, "at"));
        }
    }
    json_decref(code);
}

static bool
on_row(const char *section, const struct bw_office_fact *facts, int count, void *context)
{
    struct join_side *s = context;
    if (strcmp(section, "person") == 0) {
        bw_web_set(
            &s->side, "mail", bw_web_text(bw_web_fact_text(facts, count, "email")));
    } else if (strcmp(section, "registrations") == 0) {
        take_registration(s, facts, count);
    } else if (strcmp(section, "mails") == 0) {
        take_mail(s, facts, count);
    }
    return s->side != NULL;
}

static enum bw_status
read_side(const struct bw_web_visit *visit, const char *typed, json_t **ret_side,
    struct bw_error *err)
{
    struct join_side s = {.visit = visit,
        .side = json_pack(
            "{s:s, s:s, s:s, s:s}", "code", "", "name", "", "school", "", "mail", ""),
        .places = json_array()};
    enum bw_status status =
        bw_office_export_person(visit->desk->office.central, typed, on_row, &s, err);
    bw_web_set(&s.side, "places", s.places);
    *ret_side = s.side;
    return status;
}

/* ---- both ---- */

enum bw_status
bw_web_join_look(struct bw_web_visit *visit, const struct bw_web_join *join,
    json_t **ret_model, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    struct bw_web_join newest = *join;
    json_t *model = NULL, *one = NULL, *other = NULL;
    newest.words = BW_PLACE_PEOPLE_NEWEST;
    enum bw_status status = bw_web_join_run(&visit->desk->preview, &newest, &model, err);
    if (status == BW_OK) {
        status = read_side(visit, join->code, &one, err);
    }
    if (status == BW_OK) {
        status = read_side(visit, join->other, &other, err);
    }
    if (status == BW_OK) {
        bw_web_mark_sides(one, other);
    }
    bw_web_set(&model, "this", one);
    bw_web_set(&model, "that", other);
    if (status == BW_OK) {
        status = bw_web_picture_digest(model, ret_digest, err);
    }
    if (status != BW_OK) {
        json_decref(model);
        model = NULL;
    }
    *ret_model = model;
    return status;
}

/* ---- who looks alike ---- */

static json_t *
more_of(const struct bw_place_alike *alike, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 1; i < count; i++) {
        bw_web_add(&list, json_pack("{s:o, s:o}", "code", bw_web_code(alike[i].code),
                              "name", bw_web_name(alike[i].first_name, alike[i].name)));
    }
    return list;
}

json_t *
bw_web_join_alike(struct bw_web_visit *visit, bw_code code)
{
    struct bw_place_alike alike[BW_PLACE_ALIKE_MAX];
    struct bw_central *central = visit->desk->office.central;
    char shown[2][BW_CODE_SHOWN_BYTES], digest[BW_WEB_KEY_BYTES];
    int64_t person_no = 0;
    size_t count = 0;
    json_t *model = NULL;
    if (bw_place_people_of(central, code, &person_no, NULL) != BW_OK ||
        bw_place_alike_find(central, person_no, alike, &count, NULL) != BW_OK ||
        count == 0) {
        return json_false();
    }
    bw_code_format_shown(code, shown[0]);
    bw_code_format_shown(alike[0].code, shown[1]);
    const struct bw_web_join join = {shown[0], shown[1], BW_PLACE_PEOPLE_NEWEST, ""};
    if (bw_web_join_look(visit, &join, &model, digest, NULL) != BW_OK) {
        return json_false();
    }
    bw_web_set(&model, "heading",
        bw_web_filled(visit, "al.h",
            json_pack("{s:o}", "name", bw_web_name(alike[0].first_name, alike[0].name))));
    bw_web_set(&model, "reason",
        bw_web_sentence(
            visit, alike[0].by == BW_PLACE_ALIKE_BY_MAIL ? "al.mail" : "al.name"));
    bw_web_set(&model, "button",
        bw_web_filled(visit, "al.b",
            json_pack("{s:O}", "name",
                json_object_get(json_object_get(model, "this"), "name"))));
    bw_web_set(&model, "other", json_string(shown[1]));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "more", more_of(alike, count));
    return model;
}
