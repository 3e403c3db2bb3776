/*
 * Documents: header fields and bodies as commands, ids as looks.  See
 * handle.h.
 */
#include "hub/http/handle.h"

#include "hub/http/call.h"
#include "hub/wire/command_json.h"
#include "hub/wire/document_headers.h"

enum rc
handle_document_read(
    const struct call *call, struct command *command, struct err *err)
{
	const struct exchange *exchange = call->exchange;
	struct document_headers headers = {
		.content_type = exchange_header(exchange, "Content-Type"),
		.type = exchange_header(exchange, "Document-Type"),
		.issuer = exchange_header(exchange, "Document-Issuer"),
		.number = exchange_header(exchange, "Document-Number"),
		.date = exchange_header(exchange, "Document-Date"),
		.language = exchange_header(exchange, "Document-Language"),
		.name = exchange_header(exchange, "Document-Name"),
		.signature_format = exchange_header(
		    exchange, "Document-Signature-Format"),
		.signature = exchange_header(exchange, "Document-Signature"),
		.signer_key = exchange_header(exchange, "Document-Signer-Key"),
		.formality = exchange_header(exchange, "Document-Formality"),
		.request = exchange_header(exchange, "Document-Request"),
		.supersedes = exchange_header(exchange, "Document-Supersedes"),
	};

	headers.head = spool_head(call->spool, &headers.head_length);
	command->kind = COMMAND_FILE_DOCUMENT;
	command->file_document.case_id = call->id;
	return document_headers_read(&headers, command, err);
}

enum rc
handle_document_decision_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_DECIDE_DOCUMENT;
	TRY(command_json_document_decision(body, length, command, err));
	command->decide_document.document = call->id;
	return RC_OK;
}

enum rc
handle_waiver_read(
    const struct call *call, struct command *command, struct err *err)
{
	size_t length;
	const char *body = exchange_body(call->exchange, &length);

	command->kind = COMMAND_WAIVE_FORMALITY;
	TRY(command_json_waiver(body, length, command, err));
	command->waive_formality.formality = call->id;
	return RC_OK;
}

enum rc
handle_document_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_DOCUMENT;
	return RC_OK;
}

enum rc
handle_content_look(
    const struct call *call, struct view_request *request, struct err *err)
{
	(void)call;
	(void)err;
	request->kind = VIEW_CONTENT;
	return RC_OK;
}
