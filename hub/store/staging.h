/*
 * Contents of documents, staged in pieces before the document that names
 * them is filed.  Called by the desk's intake.
 */
#pragma once

#include "hub/base/id.h"
#include "hub/store/db.h"

/* One piece, sealed; committed at once. */
NODISCARD enum rc staging_add(struct db *db, const struct id *content,
    int number, const void *sealed, size_t length, struct err *err);

/* Forget all pieces, unless a document names them. */
NODISCARD enum rc
staging_drop(struct db *db, const struct id *content, struct err *err);
