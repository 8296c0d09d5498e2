/* One circle, read for its page: what circle.c (the page) and circle_people.c (its lists)
 * share. One thread. */
#ifndef BW_WEB_CIRCLE_H
#define BW_WEB_CIRCLE_H

#include "central/session_state.h"
#include "office/mail/told.h"
#include "report/book/book.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_web_list {
    BW_WEB_LIST_PLACED,
    BW_WEB_LIST_WAITING,
    BW_WEB_LIST_CANCELLED,
    BW_WEB_LIST_CAME,
    BW_WEB_LISTS
};

enum bw_web_order {
    BW_WEB_BY_NAME,
    BW_WEB_BY_REGION,
    BW_WEB_BY_TIME,
    BW_WEB_BY_SCHOOL,
    BW_WEB_ORDERS
};

/* Somebody beside whom there is something to say. */
struct bw_web_remark {
    bw_code code;
    char text[BW_LABEL_BYTES]; /* the other circle's code; "" */
};

struct bw_web_circle {
    struct bw_web_visit *visit;
    struct bw_session session;
    enum bw_session_state state;
    struct bw_book *book;
    struct bw_told_list told;
    struct bw_web_remark *also, *doubts; /* owned */
    size_t also_count, also_capacity, doubts_count, doubts_capacity;
    struct bw_zone *zone;
    enum bw_web_list list;
    enum bw_web_order order;
    const char *search;
    bool no_memory;
};

/* Whether somebody stands in a list, and how many do. */
bool bw_web_circle_is_of(const struct bw_web_circle *c,
    const struct bw_book_person *person, enum bw_web_list list);
size_t bw_web_circle_count(const struct bw_web_circle *c, enum bw_web_list list);

/* A chip: {"kind","icon","word"}. NULL without memory. */
json_t *bw_web_circle_chip(
    const struct bw_web_circle *c, const char *kind, const char *icon, const char *key);

/* Adds the rows of the list, sought and in order, to the model. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_circle_people(
    struct bw_web_circle *c, json_t **model, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
