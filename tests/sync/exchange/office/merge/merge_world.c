/* See merge_world.h. */
#include "tests/sync/exchange/office/merge/merge_world.h"
#include "tests/sync/testing.h"

#include "central/copy.h"
#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
world_setup(void **state)
{
    struct merge_world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, 8);
    desk_second_session(&world->desk);
    people_sign_up(&world->desk.office, PEOPLE);
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_open(&world->beside, &world->desk, "S-1");
    sender_open(&world->other, &world->desk, "S-2");
    for (int i = 0; i < PEOPLE; i++) {
        world->people[i] = people_code(&world->desk.office, i);
    }
    *state = world;
    return 0;
}

int
world_teardown(void **state)
{
    struct merge_world *world = *state;
    for (size_t i = 0; i < world->count; i++) {
        sent_finish(&world->letters[i]);
    }
    bw_round_summary_finish(&world->summary);
    sender_finish(&world->kiosk);
    sender_finish(&world->beside);
    sender_finish(&world->other);
    desk_close(&world->desk);
    free(world);
    return 0;
}

void
world_write(struct merge_world *world, struct sender *sender, uint64_t from, uint64_t to)
{
    assert_true(world->count < LETTERS_MAX);
    size_t at = world->count++;
    world->letters[at] =
        sender_letter(sender, from, to, SENDER_START_MS + (int64_t)at * 1000);
}

/* The kiosk's last event, done otherwise: a fork. */
static void
write_fork(struct merge_world *world, struct sender *sender)
{
    size_t at = sender->count - 1;
    struct bw_event kept = sender->events[at];
    sender->count = at;
    (void)sender_arrived(sender, world->people[5]);
    world_write(world, sender, at + 1, at + 1);
    sender->events[at] = kept;
    bw_event_hash(&sender->events[at], sender->events[at].hash);
}

static uint64_t
undone(struct sender *sender, bw_code code, uint32_t device, uint64_t seq)
{
    return sender_event(sender, (struct bw_event){.kind = BW_EVENT_UNDONE,
                                    .code = code,
                                    .refs_count = 1,
                                    .refs = {{device, seq}}});
}

void
world_write_all(struct merge_world *world)
{
    struct sender *kiosk = &world->kiosk, *beside = &world->beside;
    for (int i = 0; i < 4; i++) {
        (void)sender_arrived(kiosk, world->people[i]);
        (void)sender_walk_in(beside, i % 2 == 0 ? "Inez" : "Joris");
    }
    (void)undone(kiosk, world->people[0], kiosk->device, 1);
    (void)undone(beside, world->people[1], kiosk->device, 2);
    (void)sender_event(&world->other, (struct bw_event){.session_no = 2,
                                          .kind = BW_EVENT_ARRIVED,
                                          .basis = BW_BASIS_TICKET,
                                          .home_session_no = 1,
                                          .code = world->people[4]});
    (void)sender_arrived(&world->other, world->people[4]); /* of S-1: not its own */
    (void)undone(kiosk, world->people[4], world->other.device, 1);
    world_write(world, kiosk, 3, 4);
    world_write(world, beside, 1, 2);
    world_write(world, &world->other, 1, 2);
    world_write(world, kiosk, 1, 3);
    world_write(world, kiosk, 5, 6);
    world_write(world, beside, 2, 5);
    world_write(world, beside, 0, 0);
    world_write(world, kiosk, 1, 6);
    write_fork(world, kiosk);
    world_write(world, beside, 1, 5);
}

struct bw_merge
world_merge(struct merge_world *world, struct bw_central *central)
{
    return (struct bw_merge){.central = central,
        .office = &world->desk.post.office,
        .clock = &world->desk.clock,
        .way = "letter",
        .tells_again = true,
        .summary = &world->summary};
}

void
world_take(struct merge_world *world, struct bw_central *central, size_t together,
    enum bw_merge_outcome *ret_outcomes)
{
    struct bw_error err = {.text = ""};
    struct bw_merge merge = world_merge(world, central);
    bw_round_summary_finish(&world->summary);
    world->summary = (struct bw_round_summary){0};
    for (size_t at = 0; at < world->count; at += together) {
        struct bw_merge_item items[LETTERS_MAX];
        size_t some = world->count - at < together ? world->count - at : together;
        for (size_t i = 0; i < some; i++) {
            const struct sent *sent = &world->letters[at + i];
            items[i] = (struct bw_merge_item){
                .name = sent->name, .letter = sent->bytes, .letter_bytes = sent->length};
        }
        must(bw_merge_letters(&merge, items, some, &err), &err);
        for (size_t i = 0; i < some; i++) {
            ret_outcomes[at + i] = items[i].outcome;
        }
    }
}

int64_t
world_number(struct bw_central *central, const char *sql)
{
    struct bw_error err = {.text = ""};
    int64_t number = -1;
    must(bw_central_number(central, sql, NULL, 0, -1, &number, &err), &err);
    return number;
}

struct bw_central *
world_copy(struct merge_world *world, const char *uri)
{
    struct bw_error err = {.text = ""};
    struct bw_central *to = NULL;
    int64_t rows = 0;
    must(bw_central_open(uri, BW_CENTRAL_CREATE, &to, &err), &err);
    must(bw_central_begin(to, &err), &err);
    must(bw_central_copy(world->desk.central, to, NULL, &rows, &err), &err);
    must(bw_central_commit(to, &err), &err);
    bw_central_close(to);
    must(bw_central_open(uri, BW_CENTRAL_OPEN, &to, &err), &err);
    return to;
}
