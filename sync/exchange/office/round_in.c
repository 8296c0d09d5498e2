/* Letters in: see round.h. */
#include "central/base/output.h"
#include "exchange/office/carriers.h"
#include "exchange/office/merge/merge.h"
#include "exchange/office/round.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The carrier's failure and not the database's: the round goes on without it (XN1). */
static void
carrier_note(struct bw_round_summary *summary, const struct bw_error *why)
{
    summary->offline++;
    bw_round_note(summary, "%s", why->text);
}

/* Letters that were read and wait to be taken in together. */
enum { FETCHED_BYTES = 16 * 1024 * 1024 };
struct fetched {
    struct bw_merge *merge;
    struct bw_merge_item items[BW_MERGE_TOGETHER];
    unsigned char *bytes[BW_MERGE_TOGETHER]; /* owned */
    size_t count, total_bytes;
};

static void
fetched_clear(struct fetched *fetched)
{
    for (size_t i = 0; i < fetched->count; i++) {
        free(fetched->bytes[i]);
    }
    fetched->count = 0;
    fetched->total_bytes = 0;
}

static enum bw_status
fetched_take(struct fetched *fetched, struct bw_error *err)
{
    enum bw_status status =
        bw_merge_letters(fetched->merge, fetched->items, fetched->count, err);
    fetched_clear(fetched);
    return status;
}

/* How far one carrier is read. */
struct reading {
    struct bw_carrier *carrier;
    int64_t began_ms, most_ms;
    bool again; /* also those that were taken before, as a stick's are: for receipts */
    int slow;   /* letters (CA5) */
    bool reached, in_time;
};

/* One letter that is too slow holds up no other (CA5): its time isn't theirs. */
static enum bw_status
letter_get(const struct bw_merge *merge, struct reading *reading, const char *name,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    int64_t asked_ms = merge->clock->mono_ms(merge->clock);
    enum bw_status status = bw_carrier_get(
        reading->carrier, name, BW_LETTER_BYTES_MAX, ret_bytes, ret_length, err);
    reading->reached = status != BW_OFFLINE;
    if (status == BW_OFFLINE && bw_carrier_was_slow(err)) {
        reading->reached = ++reading->slow < BW_CARRIER_SLOW_MOST;
        reading->began_ms += merge->clock->mono_ms(merge->clock) - asked_ms;
    }
    return status;
}

/* Reads one letter; what the carrier can't give is noted. `name` is borrowed until those
 * that were fetched are taken. */
static enum bw_status
letter_fetch(struct fetched *fetched, struct reading *reading, const char *name,
    struct bw_error *err)
{
    struct bw_error why;
    struct bw_merge *merge = fetched->merge;
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = letter_get(merge, reading, name, &bytes, &length, &why);
    if (status == BW_NO_MEMORY) {
        return bw_error_set(err, status, 0, "%s", why.text);
    }
    if (status == BW_NOT_FOUND) {
        return BW_OK; /* its writer took it back meanwhile */
    }
    if (status == BW_OFFLINE) {
        carrier_note(merge->summary, &why);
        return BW_OK;
    }
    if (status != BW_OK) {
        merge->summary->aside++;
        bw_round_note(merge->summary, "A letter was set aside: %s.", why.text);
        return BW_OK;
    }
    fetched->items[fetched->count] =
        (struct bw_merge_item){.name = name, .letter = bytes, .letter_bytes = length};
    fetched->bytes[fetched->count++] = bytes;
    fetched->total_bytes += length;
    return fetched->count == BW_MERGE_TOGETHER || fetched->total_bytes > FETCHED_BYTES
               ? fetched_take(fetched, err)
               : BW_OK;
}

/* Some of a list: those that are new, fetched and fetched. */
static enum bw_status
some_read(struct fetched *fetched, struct reading *reading,
    const struct bw_carried *items, size_t count, struct bw_error *err)
{
    const struct bw_merge *merge = fetched->merge;
    const char *names[BW_MERGE_TOGETHER];
    bool taken[BW_MERGE_TOGETHER] = {false};
    for (size_t i = 0; i < count; i++) {
        names[i] = items[i].name;
    }
    enum bw_status status =
        reading->again ? BW_OK
                       : bw_merge_are_taken(merge->central, names, count, taken, err);
    for (size_t i = 0;
         status == BW_OK && reading->reached && reading->in_time && i < count; i++) {
        reading->in_time =
            merge->clock->mono_ms(merge->clock) - reading->began_ms <= reading->most_ms;
        if (reading->in_time && !taken[i]) {
            status = letter_fetch(fetched, reading, names[i], err);
        }
    }
    return status;
}

/* Rosters are the office's own. */
static void
rosters_drop(struct bw_carried_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].parsed.kind != BW_LETTER_ROSTER) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

static void
reverse(struct bw_carried *items, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct bw_carried item = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = item;
    }
}

/* Two workers with one list would go through it behind each other: whoever meets another
 * goes on somewhere else in what is left. Not before the last introduction, as letters
 * after it may need it. */
static void
rest_turn(struct bw_carried *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].parsed.kind == BW_LETTER_INTRODUCTION) {
            return;
        }
    }
    if (count > BW_MERGE_TOGETHER) {
        size_t first = randombytes_uniform((uint32_t)count);
        reverse(items, first);
        reverse(items + first, count - first);
        reverse(items, count);
    }
}

/* Names are borrowed by what was fetched: that is taken before. */
static enum bw_status
rest_reorder(
    struct fetched *fetched, struct bw_carried *rest, size_t count, struct bw_error *err)
{
    enum bw_status status = fetched_take(fetched, err);
    fetched->merge->met = false;
    rest_turn(rest, count);
    return status;
}

static enum bw_status
list_read(struct fetched *fetched, struct reading *reading,
    const struct bw_carried_list *list, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t at = 0;
         status == BW_OK && reading->reached && reading->in_time && at < list->count;
         at += BW_MERGE_TOGETHER) {
        size_t left = list->count - at;
        size_t some = left < BW_MERGE_TOGETHER ? left : BW_MERGE_TOGETHER;
        status = some_read(fetched, reading, list->items + at, some, err);
        if (status == BW_OK && fetched->merge->met) {
            status = rest_reorder(fetched, list->items + at + some, left - some, err);
        }
    }
    if (status == BW_OK) {
        status = fetched_take(fetched, err);
    }
    fetched_clear(fetched);
    if (status == BW_OK && !reading->in_time) {
        fetched->merge->summary->more = true;
        bw_round_note(fetched->merge->summary,
            "%s holds more letters than could be read "
            "in %d seconds; do it again for the rest.",
            reading->carrier->uri, (int)(reading->most_ms / 1000));
    }
    return status;
}

static enum bw_status
carrier_read(struct bw_merge *merge, struct bw_carrier *carrier, int64_t most_ms,
    bool again, struct bw_error *err)
{
    struct bw_error why;
    struct bw_carried_list list = {.items = NULL};
    struct fetched fetched = {.merge = merge};
    struct reading reading = {.carrier = carrier,
        .began_ms = merge->clock->mono_ms(merge->clock),
        .most_ms = most_ms,
        .again = again,
        .reached = true,
        .in_time = true};
    enum bw_status status = bw_office_carried(carrier, &list, &why);
    if (status == BW_NO_MEMORY) {
        return bw_error_set(err, status, 0, "%s", why.text);
    }
    if (status != BW_OK) {
        carrier_note(merge->summary, &why);
        return BW_OK;
    }
    rosters_drop(&list);
    status = list_read(&fetched, &reading, &list, err);
    free(list.items);
    return status;
}

enum bw_status
bw_round_in(const struct bw_exchange_post *post, struct bw_round_summary *summary,
    struct bw_error *err)
{
    struct bw_office_carriers carriers = {.count = 0};
    struct bw_merge merge = {.central = post->central,
        .office = &post->office,
        .clock = post->clock,
        .way = "letter",
        .summary = summary};
    enum bw_status status = bw_office_carriers_open(post, &carriers, summary, err);
    for (int i = 0; status == BW_OK && i < carriers.count; i++) {
        status = carrier_read(&merge, carriers.items[i], BW_ROUND_CARRIER_MS, false, err);
    }
    bw_office_carriers_close(&carriers);
    return status;
}

/* ---- sticks ---- */

/* One letter under any name. */
static enum bw_status
file_read(struct bw_merge *merge, const char *path, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_merge_outcome outcome;
    enum bw_status status = bw_file_read(path, BW_LETTER_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        status = bw_merge_letter(merge, path, bytes, length, &outcome, err);
    }
    free(bytes);
    return status;
}

/* Whether a file manager may have given a letter of a kiosk this name: "… (1).bwe",
 * "Copy of …", "….bwe.download". */
static bool
is_renamed_letter(const char *name)
{
    struct bw_letter_name parsed;
    return !bw_letter_name_parse(name, &parsed) &&
           (strcasestr(name, ".bwe") != NULL || strcasestr(name, ".bwi") != NULL);
}

/* The letters of a stick that a carrier doesn't list, for their names aren't their own.
 * One that can't be read is named. */
static enum bw_status
renamed_read(struct bw_merge *merge, const char *folder, struct bw_error *err)
{
    char path[PATH_MAX];
    struct bw_error why;
    enum bw_status status = BW_OK;
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    while (status == BW_OK && entries && (entry = readdir(entries)) != NULL) {
        struct stat facts;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!is_renamed_letter(entry->d_name) || lstat(path, &facts) != 0 ||
            !S_ISREG(facts.st_mode)) {
            continue;
        }
        status = file_read(merge, path, &why);
        if (status == BW_BAD_INPUT || status == BW_NOT_FOUND) {
            merge->summary->aside++;
            bw_round_note(merge->summary, "A letter was set aside: %s.", why.text);
            status = BW_OK;
        } else if (status != BW_OK) {
            status = bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    if (entries) {
        (void)closedir(entries);
    }
    return status;
}

static struct bw_merge
stick_merge(const struct bw_exchange_post *post, struct bw_round_summary *summary)
{
    return (struct bw_merge){.central = post->central,
        .office = &post->office,
        .clock = post->clock,
        .way = "usb",
        .tells_again = true,
        .summary = summary};
}

/* By its name, whatever a file manager made of that. */
static bool
is_introduction(const struct bw_merge_item *item)
{
    return strcasestr(item->name, ".bwi") != NULL;
}

enum bw_status
bw_round_given(const struct bw_exchange_post *post, struct bw_merge_item *items,
    size_t count, struct bw_round_summary *summary, struct bw_error *err)
{
    struct bw_merge merge = stick_merge(post, summary);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_introduction(&items[i])) {
            struct bw_merge_item item = items[i];
            items[i] = items[first];
            items[first++] = item;
        }
    }
    return bw_merge_letters(&merge, items, count, err);
}

enum bw_status
bw_round_stick(const struct bw_exchange_post *post, const char *path,
    struct bw_round_summary *summary, struct bw_error *err)
{
    struct bw_merge merge = stick_merge(post, summary);
    struct stat facts;
    char uri[PATH_MAX + 8];
    struct bw_carrier *carrier = NULL;
    if (stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return file_read(&merge, path, err);
    }
    (void)snprintf(uri, sizeof uri, "folder:%s", path);
    enum bw_status status = bw_carrier_open(uri, BW_CARRIER_STICK, NULL, &carrier, err);
    if (status == BW_OK) {
        status = carrier_read(&merge, carrier, INT64_MAX / 2, true, err);
    }
    if (status == BW_OK) {
        status = renamed_read(&merge, path, err);
    }
    bw_carrier_close(carrier);
    return status;
}
