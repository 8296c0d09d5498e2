/* The local network as a carrier: two kiosks at one door, and nothing else. Each serves
 * its own letters to the other kiosks of its sessions (lan_server.h), is announced and
 * finds others by Avahi (lan_find.h) or by addresses that were given, and hears what they
 * have (lan_ear.h). What goes and comes is sealed under keys that the sessions' roster
 * letters brought (lan_message.h); LAN.md says what a stranger learns.
 *
 *   put, remove: the own folder; who waits is told
 *   list:        the own folder, and what each other kiosk said last that it has
 *   get:         the own folder, else the kiosk that wrote it
 *
 * A kiosk that doesn't answer has nothing: that fails no list, and nobody else's letter.
 * What lies in the own folder alone is not sent: nobody else has it yet. */
#ifndef BW_CARRIER_LAN_H
#define BW_CARRIER_LAN_H

#include "exchange/carrier/lan/lan_message.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_lan;

#define BW_LAN_URI "lan:" /* of every carrier here; no enrolment names one */

struct bw_lan_options {
    const char *folder; /* of the own letters; made where it isn't there */
    uint32_t device;
    int port;          /* -1: BW_LAN_PORT, or any that is free; 0: any */
    const char *peers; /* addresses that were given; NULL or "": none */
    bool find;         /* by Avahi, too */
};

/* Starts to serve and to listen, in threads of its own; options are borrowed for the
 * call. Letters in the folder that are over 7 days old are removed: what the office
 * hasn't is put again. BW_BAD_INPUT: peers. BW_BUSY: the port is taken. What the folder
 * fails with; BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_start(
    const struct bw_lan_options *options, struct bw_lan **ret_lan, struct bw_error *err);
void bw_lan_stop(struct bw_lan *lan); /* NULL is fine */

/* Whether addresses may be given so. BW_BAD_INPUT, with the one that isn't. */
BW_NODISCARD enum bw_status bw_lan_check_peers(const char *text, struct bw_error *err);

/* The keys of the sessions (bw_details_lan_key), BW_SESSIONS_OWN_MAX at most; copied. */
void bw_lan_keys(struct bw_lan *lan, const uint8_t (*keys)[BW_LAN_KEY_BYTES], int count);
int bw_lan_port(const struct bw_lan *lan);

/* What to poll for reading: somebody has another letter, came, or went. And whether that
 * was so since the last time; never waits. */
int bw_lan_fd(const struct bw_lan *lan);
bool bw_lan_heard(struct bw_lan *lan);
/* The network came back: who doesn't answer is asked now. */
void bw_lan_hurry(struct bw_lan *lan);

/* How many other kiosks answer now. */
int bw_lan_reached(struct bw_lan *lan);

/* A carrier on it, which it outlives. BW_OFFLINE: the folder is gone. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_open(
    struct bw_lan *lan, struct bw_carrier **ret_carrier, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
