/* Settings, keyring and receipt of a roster letter. In the caller's transaction or
 * snapshot; one thread. */
#ifndef BW_EXCHANGE_OFFICE_ROSTER_SETTINGS_H
#define BW_EXCHANGE_OFFICE_ROSTER_SETTINGS_H

#include "central/central.h"
#include "exchange/letter/roster.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* FROM device d CROSS JOIN central c: what the kiosk shows,
 * its own before the organiser's. */
#define BW_ROSTER_SETTINGS_COLUMNS                                                       \
    "d.name, COALESCE(d.organiser, c.organiser), COALESCE(d.phone, c.phone),"            \
    " COALESCE(d.privacy_url, c.privacy_url), d.pin_hash"
/* $1 is the addressee. Numbers that a kiosk was enrolled again with, and never took, are
 * away too: their introductions lie on the carriers. */
#define BW_ROSTER_AWAY_SQL                                                               \
    "SELECT y.device AS device FROM device_session x"                                    \
    " JOIN device_session y ON y.session_no = x.session_no"                              \
    " JOIN device d ON d.device = y.device WHERE x.device = $1 AND x.rank >= 0"          \
    " AND y.device <> $1 AND (y.rank < 0 OR NOT (" BW_KIOSK_IS_LIVE "))"                 \
    " UNION SELECT n.device FROM device_session x"                                       \
    " JOIN device_session y ON y.session_no = x.session_no"                              \
    " JOIN device n ON n.replaces = y.device WHERE x.device = $1 AND x.rank >= 0"        \
    " AND y.device <> $1 AND n.state = 2 ORDER BY device DESC LIMIT 64"
#define BW_ROSTER_KEYRING_SQL                                                            \
    "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"               \
    " ORDER BY signing_key DESC"

/* All of the letter but rows and numbers: settings, keyring, receipt, details key, own
 * keys. The organiser's pair is the caller's to give. What the database answers. */
BW_NODISCARD enum bw_status bw_roster_settings_read(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_kiosk_session *session,
    struct bw_roster_letter *inout_letter, struct bw_error *err);

/* What the kiosks of a session make their key on the local network of, once one of them
 * was revoked or replaced: of the office's secret, the details key, and who is out of
 * service. So each who goes changes it, and a key goes to nobody whom it shuts out, as
 * rosters go to kiosks in service alone; on any database, and after a restore. Zero: all
 * are in service. What the database answers. */
BW_NODISCARD enum bw_status bw_roster_settings_lan_key(struct bw_central *central,
    const struct bw_identity *office, const struct bw_kiosk_session *session,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
