/* What waits for the organiser's word: see pending.h. One thread. */
#include "cli/pending.h"

#include "cli/answer.h"
#include "exchange/letter/words.h"
#include "exchange/office/merge/quarantine.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static void
words_of(const struct bw_pending_introduction *introduction,
    char ret_words[BW_CHECK_WORDS_BYTES])
{
    bw_letter_check_words(
        introduction->sign, introduction->box, introduction->store_id, ret_words);
}

json_t *
bw_cli_quarantine_json(const struct bw_pending *pending)
{
    json_t *list = json_array();
    for (size_t i = 0; i < pending->events_count; i++) {
        const struct bw_pending_events *events = &pending->events[i];
        bw_cli_add(&list,
            json_pack("{s:I, s:s, s:I}", "device", (json_int_t)events->device, "reason",
                bw_quarantine_reason_name((enum bw_quarantine_reason)events->reason),
                "events", (json_int_t)events->count));
    }
    return list;
}

json_t *
bw_cli_aside_json(const struct bw_pending *pending, const struct bw_zone *zone)
{
    json_t *list = json_array();
    for (size_t i = 0; i < pending->letters_count; i++) {
        const struct bw_pending_letter *letter = &pending->letters[i];
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(zone, letter->aside_ms, at);
        bw_cli_add(
            &list, json_pack("{s:s, s:I, s:s, s:s}", "name", letter->name, "device",
                       (json_int_t)letter->device, "aside_at", at, "why", letter->why));
    }
    return list;
}

json_t *
bw_cli_introductions_json(const struct bw_pending *pending, const struct bw_zone *zone)
{
    json_t *list = json_array();
    for (size_t i = 0; i < pending->introductions_count; i++) {
        const struct bw_pending_introduction *introduction = &pending->introductions[i];
        char at[BW_ISO_BYTES], words[BW_CHECK_WORDS_BYTES];
        bw_zone_format_iso(zone, introduction->received_ms, at);
        words_of(introduction, words);
        bw_cli_add(&list,
            json_pack("{s:I, s:s, s:s}", "device", (json_int_t)introduction->device,
                "words", words, "received_at", at));
    }
    return list;
}

json_t *
bw_cli_behind_json(const struct bw_pending *pending)
{
    json_t *list = json_array();
    for (size_t i = 0; i < pending->behind_count; i++) {
        bw_cli_add(&list, json_integer((json_int_t)pending->behind[i]));
    }
    return list;
}

void
bw_cli_quarantine_print(const struct bw_pending *pending, FILE *out)
{
    if (pending->events_count > 0) {
        (void)fputs(
            bw_said("In quarantine, counted nowhere (conflicts lists them):\n"), out);
    }
    for (size_t i = 0; i < pending->events_count; i++) {
        const struct bw_pending_events *events = &pending->events[i];
        (void)fprintf(out, bw_said("  kiosk %" PRIu32 ": %" PRId64 " events: %s\n"),
            events->device, events->count,
            bw_said(
                bw_quarantine_reason_text((enum bw_quarantine_reason)events->reason)));
    }
}

void
bw_cli_aside_print(
    const struct bw_pending *pending, const struct bw_zone *zone, FILE *out)
{
    if (pending->letters_count > 0) {
        (void)fputs(bw_said("Letters that were set aside:\n"), out);
    }
    for (size_t i = 0; i < pending->letters_count; i++) {
        const struct bw_pending_letter *letter = &pending->letters[i];
        char at[BW_ISO_BYTES];
        bw_zone_format_iso(zone, letter->aside_ms, at);
        (void)fprintf(out, "  %s  %s: %s\n", at, letter->name, bw_said(letter->why));
    }
    if (pending->letters_all > (int64_t)pending->letters_count) {
        (void)fprintf(out, bw_said("  and %" PRId64 " older ones\n"),
            pending->letters_all - (int64_t)pending->letters_count);
    }
}

void
bw_cli_introductions_print(
    const struct bw_pending *pending, const struct bw_zone *zone, FILE *out)
{
    if (pending->introductions_count > 0) {
        (void)fputs(bw_said("Introductions that wait (kiosks accept N WORDS):\n"), out);
    }
    for (size_t i = 0; i < pending->introductions_count; i++) {
        const struct bw_pending_introduction *introduction = &pending->introductions[i];
        char at[BW_ISO_BYTES], words[BW_CHECK_WORDS_BYTES];
        bw_zone_format_iso(zone, introduction->received_ms, at);
        words_of(introduction, words);
        (void)fprintf(out,
            bw_said("  kiosk %" PRIu32 ", with the words %s, received %s\n"),
            introduction->device, words, at);
    }
}

void
bw_cli_behind_print(const struct bw_pending *pending, FILE *out)
{
    for (size_t i = 0; i < pending->behind_count; i++) {
        (void)fprintf(out, "%s%" PRId64,
            i ? ", " : bw_said("Kiosks that need a new roster: "), pending->behind[i]);
    }
    (void)fputs(pending->behind_count > 0 ? ".\n" : "", out);
}
