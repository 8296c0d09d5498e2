/* What the kiosk's own commands share: opening the exchange, and answers. One thread. */
#ifndef BW_CLI_KIOSK_H
#define BW_CLI_KIOSK_H

#include "cli/command.h"
#include "exchange/kiosk/kiosk.h"

#include <jansson.h>

/* The store of --store, and its carriers; --central names another folder than the
 * enrolled ones. The errors of bw_kiosk_exchange_open. */
BW_NODISCARD enum bw_status bw_cli_kiosk_open(
    struct bw_call *call, struct bw_kiosk_exchange *ret_exchange, struct bw_error *err);

/* As JSON (new references; NULL without memory), and for people. */
json_t *bw_cli_pushed_json(
    const struct bw_kiosk_exchange *exchange, const struct bw_kiosk_pushed *pushed);
json_t *bw_cli_pulled_json(const struct bw_kiosk_pulled *pulled);
void bw_cli_pushed_print(const struct bw_kiosk_exchange *exchange,
    const struct bw_kiosk_pushed *pushed, FILE *out);
void bw_cli_pulled_print(const struct bw_kiosk_exchange *exchange,
    const struct bw_kiosk_pulled *pulled, FILE *out);

/* Both at once, as `sync` and `run` say them. The errors of bw_cli_json. */
BW_NODISCARD enum bw_status bw_cli_synced_answer(struct bw_call *call,
    const struct bw_kiosk_exchange *exchange, const struct bw_kiosk_pushed *pushed,
    const struct bw_kiosk_pulled *pulled, struct bw_error *err);

/* BW_EXIT_LOOK for a restored store, and a sentence for people. */
enum bw_exit bw_cli_kiosk_exit(struct bw_call *call, bool restored);

/* Sends, takes in, and sends again what a roster asked for; `sends`, `takes`: a bit
 * a carrier. The errors of bw_kiosk_push and bw_kiosk_pull. */
BW_NODISCARD enum bw_status bw_cli_kiosk_sync(struct bw_kiosk_exchange *exchange,
    unsigned sends, unsigned takes, struct bw_kiosk_pushed *ret_pushed,
    struct bw_kiosk_pulled *ret_pulled, struct bw_error *err);

#endif
