/* Who has places in several circles of a series, and how many others wait for them:
 * /mensen/dubbel. Which place they keep is settled on their own page. */
#include "office/place/people.h"
#include "web/page/pages.h"
#include "web/page/part/paging.h"
#include "web/page/part/people.h"

#include <string.h>

enum { PLACES_EACH = 100 }; /* of one page */

struct several_page {
    json_t *places; /* of that page */
    size_t first, seen;
    int64_t person_no; /* of the last place */
    json_int_t people;
};

static bool
on_place(const struct bw_person_place *place, void *context)
{
    struct several_page *page = context;
    json_t *row = json_object();
    page->people += place->person_no != page->person_no;
    page->person_no = place->person_no;
    if (page->seen++ < page->first || page->seen > page->first + PLACES_EACH) {
        return true; /* counted */
    }
    bw_web_set(&row, "code", bw_web_code(place->code));
    bw_web_set(&row, "name", bw_web_name(place->first_name, place->name));
    bw_web_set(&row, "circle_code", bw_web_text(place->session_code));
    bw_web_set(&row, "other_code", bw_web_text(place->other_code));
    bw_web_set(&row, "waiting", json_integer((json_int_t)place->waiting));
    bw_web_add(&page->places, row);
    return page->places != NULL;
}

/* The same with the circles' names: they are read once the walk is over. */
static json_t *
named(const struct bw_web_visit *visit, json_t *places)
{
    json_t *list = places != NULL ? json_array() : NULL;
    for (size_t i = 0; i < json_array_size(places); i++) {
        json_t *row = json_incref(json_array_get(places, i));
        const char *code = json_string_value(json_object_get(row, "circle_code"));
        const char *other = json_string_value(json_object_get(row, "other_code"));
        bw_web_set(&row, "circle", bw_web_circle_name(visit, code));
        bw_web_set(&row, "also", bw_web_circle_name(visit, other));
        bw_web_add(&list, row);
    }
    json_decref(places);
    return list;
}

enum bw_status
bw_web_page_several(struct bw_web_visit *visit, struct bw_error *err)
{
    size_t asked = bw_web_paging_asked(visit);
    struct several_page page = {.places = json_array(), .first = asked * PLACES_EACH};
    const struct bw_office *office = &visit->desk->office;
    enum bw_status status =
        strcmp(visit->request->segments[1], "dubbel") == 0
            ? bw_place_people_crowded(
                  office->central, 0, bw_office_now_ms(office), on_place, &page, err)
            : bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there is none");
    if (status != BW_OK) {
        json_decref(page.places);
        return status;
    }
    size_t pages = bw_web_paging_count(page.seen, PLACES_EACH);
    if (asked >= pages) { /* who stood there has one place by now */
        json_decref(page.places);
        bw_web_go(visit, "/mensen/dubbel?blad=%zu", pages);
        return BW_OK;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "sv.t"));
    bw_web_set(&model, "paging", bw_web_paging_model(asked, pages));
    bw_web_set(&model, "count", json_integer(page.people));
    bw_web_set(&model, "places", named(visit, page.places));
    return bw_web_show(visit, "several", model, err);
}
