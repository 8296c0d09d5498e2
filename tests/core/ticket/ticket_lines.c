/* Our ticket codec behind a pipe, for a reader that shares no code with it.
 *
 *   write SEED KEY SESSION CODE GENERATION   a ticket's text
 *   read PUBLIC KEY TEXT                     "none", "forged", or
 *                                            "signed KEY SESSION CODE GENERATION"
 *
 * SEED and PUBLIC in hex; fields are parted by tabs, since a text holds blanks. */
#include <brugwachter/core.h>
#include <brugwachter/ticket.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 6, LINE_BYTES = 4096 };

static bool
from_hex(const char *hex, uint8_t ret_bytes[32])
{
    size_t length = 0;
    return sodium_hex2bin(ret_bytes, 32, hex, strlen(hex), NULL, &length, NULL) == 0 &&
           length == 32;
}

static bool
answer_write(char **fields)
{
    uint8_t seed[BW_SEED_BYTES];
    uint8_t public_key[BW_PUBLIC_KEY_BYTES];
    uint8_t secret_key[BW_SECRET_KEY_BYTES];
    struct bw_ticket ticket = {
        .key = (uint8_t)strtoul(fields[2], NULL, 10),
        .session_no = (uint32_t)strtoul(fields[3], NULL, 10),
        .generation = (uint8_t)strtoul(fields[5], NULL, 10),
    };
    if (!from_hex(fields[1], seed) || !bw_code_parse(fields[4], &ticket.code)) {
        return false;
    }
    (void)crypto_sign_seed_keypair(public_key, secret_key, seed);
    char text[BW_TICKET_TEXT_BYTES];
    bw_ticket_write(&ticket, secret_key, text);
    (void)puts(text);
    return true;
}

static bool
answer_read(char **fields)
{
    struct bw_keyring keyring = {.count = 1};
    keyring.keys[0].key = (uint8_t)strtoul(fields[2], NULL, 10);
    if (!from_hex(fields[1], keyring.keys[0].bytes)) {
        return false;
    }
    struct bw_ticket ticket;
    char code[BW_CODE_BYTES];
    switch (bw_ticket_read(fields[3], &keyring, &ticket)) {
    case BW_TICKET_NONE:
        (void)puts("none");
        break;
    case BW_TICKET_FORGED:
        (void)puts("forged");
        break;
    case BW_TICKET_SIGNED:
        bw_code_format(ticket.code, code);
        (void)printf("signed\t%u\t%u\t%s\t%u\n", ticket.key, ticket.session_no, code,
            ticket.generation);
        break;
    }
    return true;
}

int
main(void)
{
    char line[LINE_BYTES];
    if (bw_core_init(NULL) != BW_OK) {
        return EXIT_FAILURE;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *fields[FIELDS_MAX] = {0};
        char *rest = line;
        int count = 0;
        while (count < FIELDS_MAX && rest != NULL) {
            fields[count++] = strsep(&rest, "\t");
        }
        bool done =
            (count == 6 && strcmp(fields[0], "write") == 0)
                ? answer_write(fields)
                : count == 4 && strcmp(fields[0], "read") == 0 && answer_read(fields);
        if (!done) {
            (void)fputs("ticket_lines: a line that is no command\n", stderr);
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}
