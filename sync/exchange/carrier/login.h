/* The logins of carriers on the web, in a file that its owner alone may read (0600), as
 * curl reads it: netrc(5), with `machine HOST login USER password PASSWORD` a host, and
 * `default login …` for all others; words with blanks stand in double quotes. Macros end
 * the reading. Any thread. */
#ifndef BW_CARRIER_LOGIN_H
#define BW_CARRIER_LOGIN_H

#include "exchange/letter/enrolment.h"

/* The login of an address's host, as "user:password"; "" where the file names none, or
 * the address is no host's (folder:) or has a file of its own (postgresql:). The
 * caller overwrites it.
 * BW_NOT_FOUND: no such file. BW_REFUSED: others may read it. BW_BAD_INPUT: it is no such
 * file. BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_login_find(const char *path, const char *uri,
    char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err);

#endif
