/* See roads.h. */
#include "exchange/office/roads.h"

#include "exchange/letter/letter.h"
#include "exchange/office/roster/roster_out.h"
#include "exchange/office/round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
name_compare(const void *left, const void *right)
{
    const struct bw_carried *a = left, *b = right;
    return strcmp(a->name, b->name);
}

void
bw_roads_open(struct bw_roads *roads, const struct bw_office_carriers *carriers)
{
    const struct bw_clock *clock = roads->post->clock;
    for (int i = 0; i < carriers->count; i++) {
        struct bw_error why;
        struct bw_road *road = &roads->items[roads->count++];
        road->carrier = carriers->items[i];
        road->place = carriers->places[i];
        bw_exchange_post_at(roads->post, road->place);
        road->began_ms = clock->mono_ms(clock);
        if (bw_office_carried(road->carrier, &road->list, &why) != BW_OK) {
            roads->summary->offline++;
            bw_round_note(roads->summary, "%s", why.text);
            road->given_up = true;
        } else if (road->list.count > 1) {
            qsort(road->list.items, road->list.count, sizeof *road->list.items,
                name_compare);
        }
    }
    bw_exchange_post_at(roads->post, -1);
}

void
bw_roads_close(struct bw_roads *roads)
{
    for (int i = 0; i < roads->count; i++) {
        free(roads->items[i].list.items);
    }
}

bool
bw_road_is_open(const struct bw_roads *roads, struct bw_road *road)
{
    const struct bw_clock *clock = roads->post->clock;
    if (!road->given_up && clock->mono_ms(clock) - road->began_ms > BW_ROUND_CARRIER_MS) {
        road->given_up = true;
        roads->summary->more = true;
        bw_round_note(roads->summary,
            "Not all rosters could be written to %s in %d seconds; "
            "do it again for the rest.",
            road->carrier->uri, BW_ROUND_CARRIER_MS / 1000);
    }
    return !road->given_up;
}

/* ---- what lies there ---- */

static const struct bw_carried *
road_find(const struct bw_road *road, const char *name)
{
    struct bw_carried key;
    (void)snprintf(key.name, sizeof key.name, "%s", name);
    return road->list.count > 0 ? bsearch(&key, road->list.items, road->list.count,
                                      sizeof key, name_compare)
                                : NULL;
}

/* Whether the road holds the letter as it was made. One that is no longer so helps
 * nobody, and goes. */
static enum bw_status
road_holds(struct bw_roads *roads, struct bw_road *road, const char *name,
    bool *ret_holds, struct bw_error *err)
{
    struct bw_error why;
    unsigned char *bytes = NULL;
    size_t length = 0;
    const struct bw_carried *carried = road_find(road, name);
    *ret_holds = false;
    if (!carried) {
        return BW_OK;
    }
    enum bw_status status =
        bw_carrier_get(road->carrier, name, BW_LETTER_BYTES_MAX, &bytes, &length, &why);
    if (status == BW_OK) {
        *ret_holds = bw_letter_name_fits(&carried->parsed, bytes, length);
        free(bytes);
    } else if (status == BW_NO_MEMORY) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    } else if (status == BW_OFFLINE) {
        roads->summary->offline++;
        bw_round_note(roads->summary, "%s", why.text);
        road->given_up = true;
        return BW_OK;
    }
    if (!*ret_holds && bw_carrier_remove(road->carrier, name, &why) == BW_OK) {
        bw_round_note(roads->summary, "%s was cut or altered on %s; it is made again.",
            name, road->carrier->uri);
    }
    return BW_OK;
}

struct carrying {
    struct bw_roads *roads;
    bool missing;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_name(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct carrying *carrying = context;
    struct bw_roads *roads = carrying->roads;
    for (int i = 0; carrying->status == BW_OK && i < roads->count; i++) {
        struct bw_road *road = &roads->items[i];
        bool holds = true;
        if (!road->given_up) {
            bw_exchange_post_at(roads->post, road->place);
            carrying->status =
                road_holds(roads, road, columns[0].text, &holds, carrying->err);
        }
        carrying->missing = carrying->missing || !(holds || road->given_up);
    }
    bw_exchange_post_at(roads->post, -1);
    return carrying->status == BW_OK;
}

enum bw_status
bw_roads_carry(struct bw_roads *roads, uint32_t device, uint32_t session_no, uint64_t to,
    bool *ret_carried, struct bw_error *err)
{
    struct carrying carrying = {.roads = roads, .status = BW_OK, .err = err};
    struct bw_sql_value values[] = {
        bw_sql_int(device), bw_sql_int(session_no), bw_sql_int((int64_t)to)};
    enum bw_status status = bw_central_run(roads->post->central,
        "SELECT name FROM letter_out WHERE device = $1 AND session_no = $2"
        " AND to_revision = $3 AND place = '" BW_PLACE_CARRIER "'"
        " AND epoch = (SELECT epoch FROM central)",
        values, 3, on_name, &carrying, err);
    if (status == BW_OK) {
        status = carrying.status;
    }
    if (status == BW_OK) {
        *ret_carried = !carrying.missing;
    }
    return status;
}
