/*
 * The table of commands: see command.h.  A new command is a row here and a
 * function that returns an exit code.
 */
#include "hub/cli/command.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/cli_alert.h"
#include "hub/cli/cli_ca.h"
#include "hub/cli/cli_case.h"
#include "hub/cli/cli_check.h"
#include "hub/cli/cli_demo.h"
#include "hub/cli/cli_document.h"
#include "hub/cli/cli_grievance.h"
#include "hub/cli/cli_formality.h"
#include "hub/cli/cli_identifier.h"
#include "hub/cli/cli_inbox.h"
#include "hub/cli/cli_keyring.h"
#include "hub/cli/cli_migrate.h"
#include "hub/cli/cli_nodal.h"
#include "hub/cli/cli_parse.h"
#include "hub/cli/cli_registry.h"
#include "hub/cli/cli_report.h"
#include "hub/cli/cli_respond.h"
#include "hub/cli/cli_restitution.h"
#include "hub/cli/cli_risk.h"
#include "hub/cli/cli_roster.h"
#include "hub/cli/cli_serve.h"
#include "hub/cli/cli_verify.h"
#include "hub/cli/command_options.h"
#include "hub/config/nearest.h"

enum { NAME_SIZE = 64 };

/* clang-format off */
static const struct command_option client_options[] = {
	{ "hub", "URL", "base URL of the hub [https://localhost:8443]" },
	{ "cert", "FILE", "your certificate, PEM" },
	{ "key", "FILE", "its private key, PEM" },
	{ "ca", "FILE", "authorities of the hub's certificate, PEM" },
	{ "timeout-seconds", "N", "patience for one answer [30]" },
	{ "json", NULL, "print the API's JSON" },
};


static const struct command_option key_options[] = { KEY_OPTION };
static const struct command_option submit_options[] = {
	KEY_OPTION, { "dry-run", NULL, "show who would receive what, submit nothing" },
};
static const struct command_option show_options[] = {
	{ "timeline", NULL, "every event too; with --json the timeline alone, as verify reads it" },
};
static const struct command_option case_list_options[] = {
	{ "limit", "N", "rows, 1 to 200 [50]" },
	{ "cursor", "CURSOR", "go on where the last list ended" },
	{ "unit", "UNIT", "only of this unit (id or slug) and those below it" },
	{ "district", "NAME", "only of the units of this district" },
};
static const struct command_option place_options[] = {
	KEY_OPTION, { "parent", "UNIT", "the unit above (id or slug) [none: at the top]" },
	{ "district", "NAME", "its district [that of the unit above]" },
};
static const struct command_option page_options[] = {
	{ "limit", "N", "rows, 1 to 200 [50]" },
	{ "cursor", "CURSOR", "go on where a page ended" },
};
static const struct command_option narrowed_options[] = {
	{ "status", "LIST", "only with these statuses" },
	{ "limit", "N", "rows, 1 to 200 [50]" },
	{ "cursor", "CURSOR", "go on where a page ended" },
};
static const struct command_option dispute_options[] = {
	KEY_OPTION, { "text", "TEXT", "why it does not belong on the list (needed)" },
};
static const struct command_option watch_options[] = {
	{ "until-settled", NULL, "end when every target is decided" },
};
static const struct command_option approve_options[] = {
	KEY_OPTION, { "refuse", NULL, "refuse instead of approving; needs --reason" },
	{ "reason", "TEXT", "why" },
};
static const struct command_option reason_options[] = {
	KEY_OPTION, { "reason", "TEXT", "why (needed)" },
};
static const struct command_option patch_options[] = {
	{ "priority", "PRIORITY", "p1 or p2: it may only be raised" },
	{ "typology", "TYPOLOGY", "what kind of fraud it was after all" },
	{ "authorised", "WORD", "yes, no or unknown" },
};
static const struct command_option withdraw_options[] = {
	KEY_OPTION, { "reason", "TEXT", "why (needed); of a case: complainant_withdrew, false_report, filed_in_error, commercial_dispute, money_returned, other_authority or other" },
	{ "note", "TEXT", "more about it, of a case" },
};
static const struct command_option amend_options[] = {
	KEY_OPTION, { "file", "FILE", "the amendment as JSON, instead of the options below; the only way to change amounts" },
	{ "reason", "TEXT", "why (needed)" },
	{ "basis", "CODE", "another legal basis" },
	{ "scope", "SCOPE", "amount, account or records" },
	{ "successor", "WORD", "what happens at its end: release, ask_to_extend or convert" },
	{ "expires-at", "TIME", "another end, RFC 3339" },
};
static const struct command_option merge_options[] = {
	KEY_OPTION, { "into", "CASE", "the case that goes on (needed)" },
	{ "note", "TEXT", "how it is known to be the same" },
};
static const struct command_option close_options[] = {
	KEY_OPTION, { "outcome", "WORD", "not_fraud, commercial_dispute or transferred; without it, what was contained" },
	{ "reason", "TEXT", "why (needed with --outcome)" },
};
static const struct command_option note_options[] = {
	KEY_OPTION, { "note", "TEXT", "goes along with the reminder" },
};
static const struct command_option correct_options[] = {
	KEY_OPTION, { "file", "FILE", "the correction as JSON, instead of the options below" },
	{ "identifier", "JSON", "the right identifier, {\"type\":...}" },
	{ "holder", "NAME", "the right holder's name" },
	{ "amount", "AMOUNT CURRENCY", "the right amount" },
	{ "note", "TEXT", "what was wrong" },
};
static const struct command_option reduce_options[] = {
	KEY_OPTION, { "amount", "AMOUNT CURRENCY", "what stays held (needed)" },
	{ "reason", "TEXT", "why (needed)" },
};
static const struct command_option extend_options[] = {
	KEY_OPTION, { "expires-at", "TIME", "when the hold ends by itself, RFC 3339 (needed)" },
	{ "basis", "CODE", "legal basis of the extension [the request's]" },
	{ "reason", "TEXT", "why (needed)" },
};
#define SCOPE_OPTIONS \
	{ "unit", "UNIT", "only of this unit (id or slug) and those below it" }, \
	{ "district", "NAME", "only of the units of this district" }

#define REPORT_OPTIONS \
	SCOPE_OPTIONS, \
	{ "typology", "WORD", "only of cases of this typology" }, \
	{ "institution", "INSTITUTION", "only of this one (id or slug)" }, \
	{ "from", "TIME", "begin of the period, RFC 3339 [30 days before its end]" }, \
	{ "until", "TIME", "its end, not in it [now]" }, \
	{ "kind", "KIND", "only of institutions of this kind: bank, telco, ..." }, \
	{ "priority", "P", "only of requests with this priority: p1, p2, p3" }, \
	{ "csv", NULL, "print rows for a spreadsheet" }

static const struct command_option response_times_options[] = { REPORT_OPTIONS };
static const struct command_option outcomes_options[] = {
	REPORT_OPTIONS,
	{ "group", "WORD", "a line for each: unit, district, typology or month [unit]" },
};
static const struct command_option inbox_options[] = {
	{ "wait", "SECONDS", "wait so long for a message, 1 to 60" },
	{ "limit", "N", "messages, 1 to 200 [50]" },
	{ "checkpoint", NULL, "what was printed counts as delivered" },
};
static const struct command_option respond_options[] = {
	KEY_OPTION, { "file", "FILE", "the whole answer as JSON; the only way to give leads and exits" },
	{ "generation", "N", "of the target that is answered" },
	{ "amount-held", "AMOUNT CURRENCY", "with every hold" },
	{ "balance", "AMOUNT CURRENCY", "of the account" },
	{ "hold-ref", "TEXT", "your reference of the hold" },
	{ "held-at", "TIME", "RFC 3339" },
	{ "expires-at", "TIME", "when the hold ends by itself" },
	{ "prior-authority", "TEXT", "who held before (HLD_ALREADY)" },
	{ "queue-rank", "N", "our place behind it" },
	{ "residual", "AMOUNT CURRENCY REASON", "unknown, below_threshold or spent" },
	{ "eta", "TIME", "when a pending answer is expected" },
	{ "mismatch", "LIST", "name,account,amount,time,reference" },
	{ "suggested-institution", "SLUG", "whose it may be (REJ_NOT_OURS)" },
	{ "note", "TEXT", "for the officer" },
};
static const struct command_option json_options[] = {
	{ "json", NULL, "print JSON" },
};
static const struct command_option parse_options[] = {
	{ "country", "CODE", "whose grammar, where the text does not tell: IN, KZ, RU, GB" },
	{ "json", NULL, "print the API's JSON: spans too" },
};
static const struct command_option document_options[] = {
	KEY_OPTION, { "type", "CODE", "what it is: FIR, OFFICER_LETTER, ORDER, EVIDENCE ... (needed)" },
	{ "issuer", "TEXT", "who issued it" },
	{ "number", "TEXT", "its number" },
	{ "date", "YYYY-MM-DD", "the day of its issue" },
	{ "language", "TAG", "of its text, BCP 47" },
	{ "formality", "LIST", "ids of the formalities that it satisfies" },
	{ "request", "LIST", "ids of the requests that it is about" },
	{ "supersedes", "DOCUMENT", "the document that it corrects" },
	{ "signature-format", "FORMAT", "none, pades, cades or detached_ed25519 [none]" },
	{ "signature", "BASE64", "a detached Ed25519 signature over the file" },
	{ "signer-key", "BASE64", "the 32 bytes of its public key" },
};
static const struct command_option content_options[] = {
	{ "output", "FILE", "where to (needed); a file that is there is left alone" },
};
static const struct command_option finding_options[] = {
	KEY_OPTION, { "defects", "LIST", "what is wrong: unreadable,seal_missing,wrong_account ..." },
	{ "note", "TEXT", "in words" },
};
static const struct command_option waive_options[] = {
	KEY_OPTION, { "reason", "TEXT", "why (needed)" },
};
#define OWED_OPTIONS \
	SCOPE_OPTIONS, \
	{ "institution", "INSTITUTION", "only of what was sent to this one (id or slug)" }, \
	{ "limit", "N", "rows, 1 to 200 [50]" }, \
	{ "cursor", "CURSOR", "go on where a page ended" }

static const struct command_option formality_options[] = {
	{ "status", "LIST", "only these: due,submitted,verified,defective,rejected,overdue,waived,superseded" },
	{ "case", "CASE", "only of the case with this id" },
	{ "owes-within", "SPAN", "only what is still owed by then: 36h, 2d, 2wd (working days)" },
	OWED_OPTIONS,
};
static const struct command_option deadline_options[] = {
	{ "kind", "LIST", "only these: acknowledgement,decision,release,formality,..." },
	{ "status", "LIST", "only these: running,passed [both]" },
	{ "case", "CASE", "only of the case with this id" },
	OWED_OPTIONS,
};
static const struct command_option legal_debt_options[] = {
	{ "by", "WORD", "a line for each: case, unit or institution [unit]" },
	{ "csv", NULL, "print rows for a spreadsheet" },
	OWED_OPTIONS,
};
static const struct command_option nodal_options[] = {
	{ "listen", "ADDRESS:PORT", "receive as a webhook; port 0 is any free one" },
	{ "inbox", NULL, "read the inbox instead" },
	{ "store", "FILE", "append file of all that was taken and answered (needed)" },
	{ "keys", "FILE", "whsec_ and whpk_ keys of the hub, one a line, mode 0600 (needed)" },
	{ "rules", "FILE", "answer by these rules" },
	{ "exec", "PROGRAM", "answer by this program: request on stdin, answers on stdout" },
	{ "hub-spki", "HEX", "take messages from this key only (SHA-256 of its SPKI)" },
	{ "server-cert", "FILE", "certificate of the webhook [--cert]" },
	{ "server-key", "FILE", "its private key [--key]" },
	{ "client-ca", "FILE", "authorities of the hub's client certificate [--ca]" },
	{ "crl", "FILE", "revocation lists of those authorities" },
};

static const struct command_option check_options[] = {
	{ "integrity", NULL, "also prove what foreign keys would; reads whole tables" },
	{ "json", NULL, "the findings as JSON" },
};
static const struct command_option demo_options[] = {
	{ "check", NULL, "run to the end without a terminal and judge the outcome" },
	{ "dir", "DIR", "where everything lies [.demo, or .demo-check]" },
	{ "port", "N", "of the hub; 0 is any free one [8443, or 0 for --check]" },
};
static const struct command_option migrate_options[] = {
	{ "status", NULL, "only list what is applied and pending" },
	{ "first-admins", "A.pem B.pem", "then put two admins into the empty registry, by their certificates" },
	{ "country", "XX", "of the hub's institution [ZZ]" },
	{ "name", "TEXT", "of the hub's institution [Hub]" },
};

#define OPTIONS(array) .options = (array), .option_count = COUNT(array)
#define CLIENT .calls_hub = true

static const struct command_row rows[] = {
	{ "case submit", "FILE", "submit a complaint: transactions, requests and targets in one call",
	  1, 1, CLIENT, OPTIONS(submit_options), .run = cli_case_submit },
	{ "case show", "CASE", "show a case and its targets",
	  1, 1, CLIENT, OPTIONS(show_options), .run = cli_case_show },
	{ "case list", "", "list the cases you may see, newest first",
	  0, 0, CLIENT, OPTIONS(case_list_options), .run = cli_case_list },
	{ "case watch", "CASE", "follow a case: a line for each target that changes",
	  1, 1, CLIENT, OPTIONS(watch_options), .run = cli_case_watch },
	{ "case approve", "REQUEST", "approve a request of another officer, or refuse it",
	  1, 1, CLIENT, OPTIONS(approve_options), .run = cli_case_approve },
	{ "case withdraw", "CASE|REQUEST", "withdraw a whole case or one request; the holds are released",
	  1, 1, CLIENT, OPTIONS(withdraw_options), .run = cli_case_withdraw },
	{ "case patch", "CASE", "change facts of a case; what has gone out stays as it is",
	  1, 1, CLIENT, OPTIONS(patch_options), .run = cli_case_patch },
	{ "case add-request", "CASE FILE", "add requests to a case that is open; FILE as the API takes it, - is standard input",
	  2, 2, CLIENT, OPTIONS(submit_options), .run = cli_case_add_request },
	{ "case merge", "CASE", "merge a case into another that is the same complaint",
	  1, 1, CLIENT, OPTIONS(merge_options), .run = cli_case_merge },
	{ "case close", "CASE", "close a case of which nothing waits any more",
	  1, 1, CLIENT, OPTIONS(close_options), .run = cli_case_close },
	{ "request amend", "REQUEST", "change an issued request's amounts, law, scope, end or successor; everybody who got it is told",
	  1, 1, CLIENT, OPTIONS(amend_options), .run = cli_case_amend },
	{ "case issue", "TARGET", "send a proposed onward target out",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_case_issue },
	{ "case dismiss", "TARGET", "drop a proposed onward target",
	  1, 1, CLIENT, OPTIONS(reason_options), .run = cli_case_dismiss },
	{ "case correct", "TARGET", "correct a rejected target, which is then asked again",
	  1, 1, CLIENT, OPTIONS(correct_options), .run = cli_case_correct },
	{ "case remind", "TARGET", "remind the institution of a target",
	  1, 1, CLIENT, OPTIONS(note_options), .run = cli_case_remind },
	{ "case status", "CASE", "show what the victim may be told",
	  1, 1, CLIENT, .run = cli_case_status },
	{ "case trail", "CASE", "show where the money went, hop by hop, and what is held of it",
	  1, 1, CLIENT, .run = cli_case_trail },
	{ "case notice", "CASE TARGET", "print the notice to the holder of a restricted account",
	  2, 2, CLIENT, .run = cli_case_notice },
	{ "case release", "TARGET", "order the release of a hold",
	  1, 1, CLIENT, OPTIONS(reason_options), .run = cli_case_release },
	{ "case reduce", "TARGET", "order that less is held",
	  1, 1, CLIENT, OPTIONS(reduce_options), .run = cli_case_reduce },
	{ "case extend", "TARGET", "let a hold end later",
	  1, 1, CLIENT, OPTIONS(extend_options), .run = cli_case_extend },
	{ "grievance file", "TARGET", "file an account holder's objection to a hold",
	  1, 1, CLIENT, OPTIONS(grievance_options), .run = cli_grievance_file },
	{ "grievance evidence", "TARGET KIND", "attach what speaks for the account holder",
	  2, 2, CLIENT, OPTIONS(grievance_options), .run = cli_grievance_evidence },
	{ "grievance decide", "GRIEVANCE DECISION", "endorse, take, release, continue, escalate or close a grievance",
	  2, 2, CLIENT, OPTIONS(decide_options), .run = cli_grievance_decide },
	{ "target attach", "TARGET", "register a court's order of attachment on what is held",
	  1, 1, CLIENT, OPTIONS(attach_options), .run = cli_target_attach },
	{ "restitution propose", "CASE FILE", "propose that held money goes back; JSON with targets, claims and reason",
	  2, 2, CLIENT, OPTIONS(propose_options), .run = cli_restitution_propose },
	{ "restitution order", "RESTITUTION", "register the order of a proposed restitution",
	  1, 1, CLIENT, OPTIONS(order_options), .run = cli_restitution_order },
	{ "restitution refuse", "RESTITUTION", "refuse a proposed restitution",
	  1, 1, CLIENT, OPTIONS(reason_options), .run = cli_restitution_refuse },
	{ "restitution pay", "RESTITUTION STATUS", "say that an ordered payment is paying, paid or failed",
	  2, 2, CLIENT, OPTIONS(pay_options), .run = cli_restitution_pay },
	{ "restitution show", "RESTITUTION", "read a restitution",
	  1, 1, CLIENT, .run = cli_restitution_show },
	{ "restitution plan", "FILE", "divide what is held among the claims, pro rata; JSON with held and claims",
	  1, 1, CLIENT, .run = cli_restitution_plan },
	{ "document add", "CASE FILE", "file a document on a case",
	  2, 2, CLIENT, OPTIONS(document_options), .run = cli_document_add },
	{ "document get", "DOCUMENT", "write the content of a document to a new file",
	  1, 1, CLIENT, OPTIONS(content_options), .run = cli_document_get },
	{ "document decide", "DOCUMENT DECISION", "find a document verified, defective or rejected",
	  2, 2, CLIENT, OPTIONS(finding_options), .run = cli_document_decide },
	{ "formality waive", "FORMALITY", "waive a document that a request owes",
	  1, 1, CLIENT, OPTIONS(waive_options), .run = cli_document_waive },
	{ "formality list", "", "list the legal documents that requests owe, the first due first",
	  0, 0, CLIENT, OPTIONS(formality_options), .run = cli_formality_list },
	{ "deadline list", "", "list who owes what by when, the first due first",
	  0, 0, CLIENT, OPTIONS(deadline_options), .run = cli_formality_deadlines },
	{ "inbox", "", "list what waits for your institution",
	  0, 0, CLIENT, OPTIONS(inbox_options), .run = cli_inbox },
	{ "respond", "TARGET [CODE]", "answer a target",
	  1, 2, CLIENT, OPTIONS(respond_options), .run = cli_respond },
	{ "report response-times", "", "league table: how fast institutions acknowledge and hold",
	  0, 0, CLIENT, OPTIONS(response_times_options), .run = cli_report_response_times },
	{ "report outcomes", "", "what became of the money: asked, held, moved, returned, rejected",
	  0, 0, CLIENT, OPTIONS(outcomes_options), .run = cli_report_outcomes },
	{ "alert list", "", "list what was asked for above the limits, the newest first",
	  0, 0, CLIENT, OPTIONS(case_list_options), .run = cli_alert_list },
	{ "report legal-debt", "", "legal documents owed now, by whom, since when",
	  0, 0, CLIENT, OPTIONS(legal_debt_options), .run = cli_formality_report },
	{ "roster now", "", "show who is on duty, and who stands in where nobody is",
	  0, 0, CLIENT, .run = cli_roster_now },
	{ "roster show", "INSTITUTION", "print a roster as JSON",
	  1, 1, CLIENT, .run = cli_roster_show },
	{ "roster set", "INSTITUTION FILE", "set a roster: shifts of a week, and exceptions by date",
	  2, 2, CLIENT, OPTIONS(key_options), .run = cli_roster_set },
	{ "institution list", "", "list the institutions",
	  0, 0, CLIENT, .run = cli_registry_institution_list },
	{ "institution add", "FILE", "propose an institution with its people and endpoint",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_institution_add },
	{ "institution confirm", "INSTITUTION", "confirm what another admin proposed",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_institution_confirm },
	{ "institution place", "INSTITUTION", "propose another place in the tree of units",
	  1, 1, CLIENT, OPTIONS(place_options), .run = cli_registry_institution_place },
	{ "institution confirm-place", "INSTITUTION", "confirm the place that another admin proposed",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_institution_confirm_place },
	{ "endpoint list", "", "list the endpoints",
	  0, 0, CLIENT, .run = cli_registry_endpoint_list },
	{ "endpoint add", "FILE", "propose an endpoint",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_endpoint_add },
	{ "endpoint confirm", "ENDPOINT", "confirm what another person proposed",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_endpoint_confirm },
	{ "endpoint test", "ENDPOINT", "send a signed test.ping to an endpoint",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_registry_endpoint_test },
	{ "endpoint attempts", "ENDPOINT", "list the attempts to deliver to an endpoint",
	  1, 1, CLIENT, .run = cli_registry_endpoint_attempts },
	{ "agreement list", "", "list what telcos may signal to banks and wallets",
	  0, 0, CLIENT, OPTIONS(page_options), .run = cli_risk_agreement_list },
	{ "agreement add", "FILE", "propose an agreement between a telco and a bank or wallet",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_risk_agreement_add },
	{ "agreement confirm", "AGREEMENT", "confirm what another admin proposed",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_risk_agreement_confirm },
	{ "agreement withdraw", "AGREEMENT", "take an agreement back at once",
	  1, 1, CLIENT, OPTIONS(reason_options), .run = cli_risk_agreement_withdraw },
	{ "signal list", "", "list signals that are still good: sent by a telco, received by others",
	  0, 0, CLIENT, OPTIONS(page_options), .run = cli_risk_signal_list },
	{ "signal send", "FILE", "send a risk signal, JSON; - reads standard input",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_risk_signal_send },
	{ "watch add", "FILE", "put an identifier on the list, JSON; - reads standard input",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_risk_watch_add },
	{ "watch list", "", "list your institution's watch entries",
	  0, 0, CLIENT, OPTIONS(narrowed_options), .run = cli_risk_watch_list },
	{ "watch withdraw", "ENTRY", "take a watch entry back",
	  1, 1, CLIENT, .run = cli_risk_watch_withdraw },
	{ "watch dispute", "ENTRY", "object to a watch entry about your customer",
	  1, 1, CLIENT, OPTIONS(dispute_options), .run = cli_risk_watch_dispute },
	{ "watch decide", "ENTRY DECISION", "keep or delist a disputed watch entry",
	  2, 2, CLIENT, OPTIONS(reason_options), .run = cli_risk_watch_decide },
	{ "lookup", "FILE", "look identifiers up, JSON with purpose and identifiers; - reads standard input",
	  1, 1, CLIENT, .run = cli_risk_lookup },
	{ "payment-hold place", "FILE", "hold a customer's payment, JSON; - reads standard input",
	  1, 1, CLIENT, OPTIONS(key_options), .run = cli_risk_hold_place },
	{ "payment-hold list", "", "list your institution's payment holds",
	  0, 0, CLIENT, OPTIONS(narrowed_options), .run = cli_risk_hold_list },
	{ "payment-hold answer", "HOLD ANSWER", "put the customer's answer on record: confirmed or refused",
	  2, 2, CLIENT, OPTIONS(key_options), .run = cli_risk_hold_answer },
	{ "me", "", "show who you are to the hub",
	  0, 0, CLIENT, .run = cli_registry_me },
	{ "verify", "FILE", "check a saved timeline offline: leaves, commitments, order",
	  1, 1, OPTIONS(json_options), .run = cli_verify },
	{ "nodal", "", "run an institution's side: receive, store, answer",
	  0, 0, CLIENT, OPTIONS(nodal_options), .run = cli_nodal },
	{ "serve", "[--config FILE] [SETTING]...", "run the hub; SIGTERM stops it, SIGHUP reads certificates again",
	  .takes_settings = true, .main = cli_serve },
	{ "migrate", "[--config FILE] [SETTING]...", "bring the database's schema up to date",
	  .takes_settings = true, OPTIONS(migrate_options), .main = cli_migrate },
	{ "check", "[--config FILE] [SETTING]...", "examine a hub: settings, keys, certificates, database; each problem with its mend",
	  .takes_settings = true, OPTIONS(check_options), .main = cli_check },
	{ "keyring create", "FILE", "make the hub's own keys, in a file of mode 0600",
	  1, 1, OPTIONS(json_options), .run = cli_keyring_create },
	{ "keyring show", "FILE", "show their numbers and the public signing key",
	  1, 1, OPTIONS(json_options), .run = cli_keyring_show },
	{ "demo", "", "run a whole hub with fictitious institutions and six cases",
	  0, 0, OPTIONS(demo_options), .run = cli_demo },
	{ "ca", "init|issue|revoke|crl|show ...", "keep a small certificate authority in a folder",
	  .main = cli_ca },
	{ "identifier", "TYPE", "check identifiers of a type, one a line on standard input",
	  .main = cli_identifier },
	{ "parse", "", "read a pasted bank message on standard input: amount, reference, time, payee",
	  0, 0, OPTIONS(parse_options), .run = cli_parse },
};
/* clang-format on */

const struct command_row *
command_rows(size_t *count)
{
	*count = COUNT(rows);
	return rows;
}

const struct command_option *
command_client_options(size_t *count)
{
	*count = COUNT(client_options);
	return client_options;
}

const struct command_row *
command_find(int count, char *const *words, int *used)
{
	for (int take = count < 2 ? count : 2; take > 0; take--) {
		char name[NAME_SIZE];

		(void)snprintf(name, sizeof(name), "%s%s%s", words[0],
		    take == 2 ? " " : "", take == 2 ? words[1] : "");
		for (size_t i = 0; i < COUNT(rows); i++) {
			if (strcmp(rows[i].name, name) != 0)
				continue;
			*used = take;
			return &rows[i];
		}
	}
	return NULL;
}

bool
command_is_group(const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strncmp(rows[i].name, word, length) == 0 &&
		    rows[i].name[length] == ' ')
			return true;
	return false;
}

static const char *
nearest_name(const char *wanted)
{
	struct nearest nearest;

	nearest_init(&nearest, wanted);
	for (size_t i = 0; i < COUNT(rows); i++)
		nearest_offer(&nearest, rows[i].name);
	return nearest.best;
}

const char *
command_suggest(int count, char *const *words)
{
	const char *best = NULL;
	char name[NAME_SIZE];

	/* "csae submit": the second word may belong to the name, or be an
	 * operand. */
	if (count > 1) {
		(void)snprintf(name, sizeof(name), "%s %s", words[0], words[1]);
		best = nearest_name(name);
	}
	if (best != NULL || (count > 1 && command_is_group(words[0])))
		return best;
	return nearest_name(words[0]);
}
