/* The limits that everything which grows was given at birth. Bytes count the final
 * NUL. */
#ifndef BRUGWACHTER_LIMITS_H
#define BRUGWACHTER_LIMITS_H

enum {
    BW_NAME_CHARS = 100,  /* a first name, a last name, a region, a table */
    BW_TITLE_CHARS = 200, /* a school, a title, a venue, an address, a reason */
    BW_ROUTE_CHARS = 140, /* how to get there */
    BW_NAME_BYTES = BW_NAME_CHARS * 4 + 1,
    BW_TITLE_BYTES = BW_TITLE_CHARS * 4 + 1,
    BW_ROUTE_BYTES = BW_ROUTE_CHARS * 4 + 1,
    BW_LABEL_BYTES = 65,  /* ASCII: session code, series, kind, time zone */
    BW_SCAN_BYTES = 513,  /* a scanned text; longer is not_a_ticket */
    BW_QUERY_BYTES = 256, /* what somebody types to search */
    BW_URL_BYTES = 513,
    BW_ASIDE_BYTES = 128, /* the name of a store's file that was set aside */
    BW_SEARCH_ROWS = 50,
    BW_REFS_MAX = 16,         /* events that one event refers to */
    BW_KEYS_MAX = 16,         /* organiser public keys in one store */
    BW_PEERS_MAX = 64,        /* kiosks of one session */
    BW_SESSIONS_OWN_MAX = 16, /* sessions that one kiosk is enrolled for */
    BW_CAPACITY_MAX = 100000,
};

#endif
