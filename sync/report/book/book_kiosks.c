/* A session's kiosks, and what each lacks: see book_kiosks.h. */
#include "report/book/book_kiosks.h"

#include <inttypes.h>
#include <stdio.h>

static enum bw_book_lack
lack_of(const struct bw_book_kiosk *kiosk, int64_t ends_ms)
{
    const struct bw_device_chain *chain = &kiosk->chain;
    if (kiosk->paper) {
        return BW_BOOK_PAPER;
    }
    if (!kiosk->counted) {
        return BW_BOOK_REVOKED;
    }
    if (chain->state == BW_CHAIN_FORKED) {
        return BW_BOOK_FORKED;
    }
    if (chain->state == BW_CHAIN_BROKEN) {
        return BW_BOOK_BROKEN;
    }
    if (chain->stated_ms == 0) {
        return BW_BOOK_UNHEARD;
    }
    if (chain->reached_ms < ends_ms) {
        return chain->gaps_count > 0 ? BW_BOOK_GAP : BW_BOOK_SILENT;
    }
    return BW_BOOK_WHOLE;
}

static void
kiosk_judge(struct bw_book_kiosk *kiosk, int64_t ends_ms)
{
    const struct bw_device_chain *chain = &kiosk->chain;
    kiosk->counted =
        !kiosk->paper && (!kiosk->revoked || chain->events > 0 || chain->stated_ms != 0);
    kiosk->lack = lack_of(kiosk, ends_ms);
    kiosk->complete = kiosk->lack == BW_BOOK_WHOLE;
    if (kiosk->lack == BW_BOOK_FORKED) {
        kiosk->lack_from = chain->forked_at;
    } else if (kiosk->lack == BW_BOOK_BROKEN) {
        kiosk->lack_from = chain->broken_at;
    } else if (kiosk->lack == BW_BOOK_GAP) {
        kiosk->lack_from = chain->gaps[0].from;
        kiosk->lack_to = chain->gaps[0].to;
        for (int i = 0; i < chain->gaps_count; i++) {
            kiosk->missing += chain->gaps[i].to - chain->gaps[i].from + 1;
        }
        kiosk->bounded =
            chain->gaps_count < BW_CHAIN_GAPS_MAX && chain->stated_ms >= ends_ms;
    }
}

static enum bw_status
chain_take(struct bw_central *central, struct bw_book_chains *chains,
    struct bw_device_chain *chain, struct bw_error *err)
{
    for (size_t i = 0; chains != NULL && i < chains->count; i++) {
        if (chains->items[i].device == chain->device) {
            *chain = chains->items[i];
            return BW_OK;
        }
    }
    enum bw_status status = bw_central_chain_read(central, chain->device, chain, err);
    if (status == BW_OK && chains != NULL) {
        chains->items[chains->next] = *chain;
        chains->next = (chains->next + 1) % BW_BOOK_CHAINS_MAX;
        chains->count += chains->count < BW_BOOK_CHAINS_MAX;
    }
    return status;
}

enum bw_status
bw_book_kiosks_read(struct bw_central *central, struct bw_book *book,
    struct bw_book_chains *chains, struct bw_error *err)
{
    for (size_t i = 0; i < book->kiosks_count; i++) {
        struct bw_book_kiosk *kiosk = &book->kiosks[i];
        enum bw_status status = chain_take(central, chains, &kiosk->chain, err);
        if (status != BW_OK) {
            return status;
        }
        kiosk_judge(kiosk, book->session.ends_ms);
    }
    return BW_OK;
}

/* ---- what others ask ---- */

const struct bw_book_kiosk *
bw_book_kiosk_of(const struct bw_book *book, uint32_t device)
{
    for (size_t i = 0; i < book->kiosks_count; i++) {
        if (book->kiosks[i].chain.device == device) {
            return &book->kiosks[i];
        }
    }
    return NULL;
}

int
bw_book_kiosks_complete(const struct bw_book *book)
{
    int complete = 0;
    for (size_t i = 0; i < book->kiosks_count; i++) {
        complete += book->kiosks[i].counted && book->kiosks[i].complete;
    }
    return complete;
}

int
bw_book_kiosks_counted(const struct bw_book *book)
{
    int counted = 0;
    for (size_t i = 0; i < book->kiosks_count; i++) {
        counted += book->kiosks[i].counted;
    }
    return counted;
}

void
bw_book_lack_say(const struct bw_book_kiosk *kiosk, enum bw_wording_language language,
    char ret_text[BW_WORDING_SAID_BYTES])
{
    static const char *const keys[] = {
        [BW_BOOK_PAPER] = "rp.lack.paper",
        [BW_BOOK_REVOKED] = "rp.lack.revoked",
        [BW_BOOK_FORKED] = "rp.lack.forked",
        [BW_BOOK_BROKEN] = "rp.lack.broken",
        [BW_BOOK_UNHEARD] = "rp.lack.unheard",
        [BW_BOOK_GAP] = "rp.lack.gap",
        [BW_BOOK_SILENT] = "rp.lack.silent",
    };
    char from[24], to[24];
    ret_text[0] = '\0';
    if (kiosk->lack != BW_BOOK_WHOLE) {
        (void)snprintf(from, sizeof from, "%" PRIu64, kiosk->lack_from);
        (void)snprintf(to, sizeof to, "%" PRIu64, kiosk->lack_to);
        bw_wording_say(
            ret_text, language, keys[kiosk->lack], 1, "n", from, "m", to, NULL);
    }
}
