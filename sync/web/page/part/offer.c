/* Deeds of one click: see offer.h. */
#include "web/page/part/offer.h"

#include "office/place/promote.h"
#include "office/session.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

json_t *
bw_web_offer_row(const struct bw_web_visit *visit, const struct bw_registration *who,
    enum bw_registration_status before, const char *after_key)
{
    const struct bw_person *person = &who->person;
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(who->code));
    bw_web_set(&row, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&row, "school", bw_web_text(person->school));
    bw_web_set(&row, "before", bw_web_sentence(visit, bw_web_status_key(before)));
    bw_web_set(&row, "after", bw_web_sentence(visit, after_key));
    return row;
}

json_t *
bw_web_offer_picture(const struct bw_web_visit *visit, const struct bw_registration *who,
    enum bw_registration_status before, const char *after_key)
{
    char digest[BW_WEB_KEY_BYTES] = "";
    json_t *picture = json_array();
    bw_web_add(&picture, bw_web_offer_row(visit, who, before, after_key));
    bool fine = picture != NULL && bw_web_picture_digest(picture, digest, NULL) == BW_OK;
    json_decref(picture);
    return json_string(fine ? digest : "");
}

static json_t *
offer_of(struct bw_web_visit *visit, const struct bw_place_promotion *promotion)
{
    const struct bw_registration *first = &promotion->promoted[0].roster;
    struct bw_zone *zone = bw_web_zone_of(visit, &promotion->session);
    json_t *offer = json_object();
    bw_web_set(&offer, "name", bw_web_name(first->person.first_name, first->person.name));
    bw_web_set(&offer, "first_name", bw_web_text(first->person.first_name));
    bw_web_set(&offer, "school", bw_web_text(first->person.school));
    bw_web_set(&offer, "region", bw_web_text(first->person.region));
    bw_web_set(&offer, "since",
        bw_web_when(visit, zone, BW_WEB_MOMENT_SHORT, first->signed_up_ms));
    bw_web_set(&offer, "several", json_boolean(promotion->promoted_count > 1));
    bw_web_set(&offer, "picture",
        bw_web_offer_picture(visit, first, BW_WAITLISTED, "status.confirmed"));
    bw_web_zone_close(visit, zone);
    return offer;
}

json_t *
bw_web_offer_place(
    struct bw_web_visit *visit, const struct bw_session *session, int64_t places)
{
    struct bw_place_promotion promotion = {.promoted = NULL};
    const struct bw_web_desk *desk = visit->desk;
    bool offered = places > 0 && bw_office_session_is_open(&desk->office, session) &&
                   bw_place_promote(&desk->preview, session->code, places, &promotion,
                       NULL) == BW_OK &&
                   promotion.promoted_count > 0;
    json_t *offer = offered ? offer_of(visit, &promotion) : json_false();
    bw_place_promotion_finish(&promotion);
    return offer;
}
