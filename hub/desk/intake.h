/*
 * The intake: one thread that checks what was uploaded, stages its pieces in
 * the database, and brings the command that files it to the desk.  So no
 * other command waits for megabytes.  A crash between the two leaves pieces
 * that no document names; the clerk sweeps them.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/desk/desk.h"
#include "hub/desk/spool.h"

struct intake;

/* Connect and start the thread. */
NODISCARD enum rc intake_start(const char *conninfo, struct desk *desk,
    struct intake **intake, struct err *err);

/* Take nothing more and end the thread; before the desk stops, which may
 * still answer what the intake brought. */
void intake_stop(struct intake *intake);

/* After the desk has stopped. */
void intake_free(struct intake *intake);

/* Stage the spool's content and submit the COMMAND_FILE_DOCUMENT that has its
 * header fields; its content fields are filled here.  `done` is called as
 * desk_submit's is; the spool must live until then. */
void intake_submit(struct intake *intake, struct command *command,
    struct spool *spool, desk_done *done, void *context);
