/* Letters for another implementation to check against:
 *
 *   letter_lines make FOLDER        writes one letter of each kind, by known seeds
 *   letter_lines open FILE          opens for the reader; prints the content in hex
 *
 * The writer's seed is 32 times 3, the reader's 32 times 1. */
#include "letter_help.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
save(const char *folder, const char *name, const unsigned char *bytes, size_t length)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    bool fine = file != NULL && fwrite(bytes, 1, length, file) == length;
    return file != NULL && fclose(file) == 0 && fine ? 0 : 1;
}

static int
make(const char *folder)
{
    struct bw_identity writer = letter_identity(3), reader = letter_identity(1);
    struct bw_identity own = letter_identity(5);
    struct bw_events_letter events;
    struct bw_roster_letter roster;
    struct bw_introduction introduction;
    struct bw_letter_head head;
    uint8_t store_id[32] = {6};
    size_t content_bytes = 0, length = 0;
    char *text = NULL;
    unsigned char *content = letter_events(9, &events, &content_bytes);
    bw_events_letter_head(&events, &head);
    unsigned char *letter =
        letter_sealed(&head, &writer, &reader, content, content_bytes, &length);
    int failed = save(folder, "events", letter, length);
    free(letter);
    free(content);
    text = letter_roster(&roster);
    bw_roster_letter_head(&roster, &head);
    letter = letter_sealed(&head, &writer, &reader, text, strlen(text), &length);
    failed |= save(folder, "roster", letter, length);
    free(letter);
    free(text);
    bw_introduction_make(3, store_id, &own, &writer, &introduction);
    bw_introduction_head(&introduction, &head);
    if (bw_introduction_write(&introduction, &text, NULL) != BW_OK) {
        return 1;
    }
    letter = letter_sealed(&head, &writer, &reader, text, strlen(text), &length);
    failed |= save(folder, "introduction", letter, length);
    free(letter);
    free(text);
    return failed;
}

static int
open_file(const char *path)
{
    static unsigned char bytes[1 << 20];
    struct bw_identity writer = letter_identity(3), reader = letter_identity(1);
    struct bw_letter_head head;
    struct bw_error err = {.text = ""};
    char *content = NULL;
    size_t content_bytes = 0;
    FILE *file = fopen(path, "rb");
    size_t length = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    if (bw_letter_open(bytes, length, writer.sign_public, &reader, &head, &content,
            &content_bytes, &err) != BW_OK) {
        (void)printf("refused %s\n", err.text);
        return 0;
    }
    (void)printf("%s %u ", bw_letter_kind_name(head.kind), head.writer);
    for (size_t i = 0; i < content_bytes; i++) {
        (void)printf("%02x", (unsigned char)content[i]);
    }
    (void)printf("\n");
    bw_letter_content_free(content, content_bytes);
    return 0;
}

int
main(int argc, char **argv)
{
    if (bw_core_init(NULL) != BW_OK || argc < 3) {
        return 2;
    }
    return strcmp(argv[1], "make") == 0 ? make(argv[2]) : open_file(argv[2]);
}
