/* The process around brugwachter-sync; everything else is in program.c,
 * where tests reach. */
#include "central/base/array.h"
#include "cli/commands/commands.h"

#include <brugwachter/core.h>
#include <brugwachter/said.h>
#include <locale.h>
#include <stdlib.h>

int
main(int argc, char *argv[])
{
    bw_core_keep_private();
    bw_memory_keep();
    bw_said_speak(bw_said_of_locale());
    (void)setlocale(LC_ALL, "C.UTF-8");
    (void)unsetenv("LANGUAGE"); /* strerror speaks English, as the sentence around it */
    return (int)bw_sync_main(&bw_sync_commands, argc, argv, stdout, stderr);
}
