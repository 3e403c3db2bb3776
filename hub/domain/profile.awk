# Turns hub/domain/data/currency.tsv and then the files of
# hub/domain/data/profiles into C: the bases and limits of each profile, and
# the table of profiles.  A line that it does not know, a missing value or an
# amount with another number of decimals than the currency's stops the build;
# words of actions and scopes are constants of C, which the compiler checks.
BEGIN {
	span["second"] = 1
	span["minute"] = 60
	span["hour"] = 3600
	span["day"] = 86400
	# The lines of a profile: their word, the field of C, the form.
	width = split("name name text|label label text|version version text|" \
	    "time_zone time_zone text|language language text|" \
	    "default_basis default_basis text|ends_by ends_by text|hold hold span|" \
	    "longest_hold hold_limit span|" \
	    "restitution restitution span|grievance_reply grievance_reply span|" \
	    "grievance_decision grievance_decision span|weekend calendar.rest week|" \
	    "holidays calendar.country text|confirm confirm_seconds seconds|" \
	    "correction correction_seconds seconds|" \
	    "release release_seconds seconds|acknowledge ack_seconds three|" \
	    "decide decision_seconds three|deepest_layer deepest_layer number|" \
	    "layer_hold layer_percent percents|follow follow mode|" \
	    "officer_requests officer_requests number|" \
	    "unit_requests unit_requests number|" \
	    "complainant_cases complainant_cases number|" \
	    "hard_multiple hard_multiple number", \
	    row, "|")
	# What a profile need not say.
	usual["weekend"] = "{ 31, 0, 0, 0, 0, 0, 31 }"
	usual["holidays"] = "\"\""
	usual["confirm"] = 3600
	usual["grievance_reply"] = "{ 7 * 86400, 0 }"
	usual["grievance_decision"] = "{ 15 * 86400, 0 }"
	usual["follow"] = "FOLLOW_NEVER"
	usual["layer_hold"] = "{ 100, 100, 100, 100, 100, 100 }"
	usual["officer_requests"] = 20
	usual["unit_requests"] = 500
	usual["complainant_cases"] = 4
	usual["hard_multiple"] = 3
	usual["restitution"] = "{ 0, 10 }"
	split("sunday monday tuesday wednesday thursday friday saturday", \
	    weekday, " ")
	for (i = 1; i <= width; i++) {
		split(row[i], part, " ")
		names[i] = part[1]
		field[part[1]] = part[2]
		needed[part[1]] = part[3]
	}
}
function stop(what) {
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	failed = 1
	exit 1
}
function text(value) {
	if (value == "" || value ~ /["\\]/)
		stop("no text, or a quote or backslash in it: " value)
	return "\"" value "\""
}
function seconds(value, part, unit) {
	if (split(value, part, " ") != 2 || part[1] !~ /^[0-9]+$/)
		stop("not a span: " value)
	unit = part[2]
	sub(/s$/, "", unit)
	if (!(unit in span))
		stop("not a unit of time: " part[2])
	return part[1] * span[unit]
}
# "5 working days", "90 days": a struct span.
function span_of(value, part) {
	if (value ~ /^[0-9]+ working days?$/) {
		split(value, part, " ")
		return "{ 0, " part[1] " }"
	}
	return "{ " seconds(value) ", 0 }"
}
# "sunday, saturday 2 4": what rests of each weekday, a bit for each of the
# month's.
function week(value, day, count, part, n, i, d, bits, out) {
	count = split(value, day, /, */)
	for (i = 1; i <= count; i++) {
		n = split(day[i], part, " ")
		for (d = 1; d <= 7 && weekday[d] != part[1]; d++)
			;
		if (d > 7 || d in bits)
			stop("not a weekday, or twice: " day[i])
		bits[d] = n > 1 ? 0 : 31
		for (; n > 1; n--) {
			if (part[n] !~ /^[1-5]$/)
				stop("not a weekday of the month: " day[i])
			bits[d] += 2 ^ (part[n] - 1)
		}
	}
	for (d = 1; d <= 7; d++)
		out = out (d > 1 ? ", " : "") (d in bits ? bits[d] : 0)
	return "{ " out " }"
}
function three(value, part, out, i) {
	if (split(value, part, /, */) != 3)
		stop("not three spans, of p1, p2 and p3: " value)
	for (i = 1; i <= 3; i++)
		out = out (i > 1 ? ", " : "") seconds(part[i])
	return "{ " out " }"
}
# "100, 75, 50": of a hold's span by layer, the last one for all deeper ones.
function percents(value, part, count, out, i) {
	count = split(value, part, /, */)
	if (count > 6)
		stop("more than six layers: " value)
	for (i = 1; i <= 6; i++) {
		if (i > count)
			part[i] = part[i - 1]
		if (part[i] !~ /^[1-9][0-9]*$/ || part[i] > 100 ||
		    (i > 1 && part[i] + 0 > part[i - 1] + 0))
			stop("not percents that do not rise: " value)
		out = out (i > 1 ? ", " : "") part[i]
	}
	return "{ " out " }"
}
function minor(amount, currency, digits) {
	digits = amount
	sub(/^[0-9]+\.?/, "", digits)
	if (!(currency in scale) || length(digits) != scale[currency] ||
	    amount !~ /^[0-9]+(\.[0-9]+)?$/)
		stop("not an amount of " currency ": " amount)
	sub(/\./, "", amount)
	sub(/^0+/, "", amount)
	return "INT64_C(" (amount == "" ? "0" : amount) ")"
}
# Microseconds since 1970 of a day's beginning, UTC (proleptic Gregorian).
function day_at(value, part, y, m) {
	if (value !~ /^[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]$/)
		stop("not a day: " value)
	split(value, part, "-")
	y = part[1] - (part[2] <= 2)
	m = (part[2] + 9) % 12
	return sprintf("INT64_C(%d000000)", 86400 * (365 * y + int(y / 4) - \
	    int(y / 100) + int(y / 400) + int((153 * m + 2) / 5) + \
	    part[3] - 1 - 719468))
}
# "from 2024-07-01", "from 1974-04-01 to 2024-06-30": the last day is in it.
function valid(value, part) {
	if (split(value, part, " ") == 2 && part[1] == "from")
		return day_at(part[2]) ", 0"
	if (part[1] != "from" || part[3] != "to" || part[5] != "")
		stop("not from a day, or from a day to a day: " value)
	return day_at(part[2]) ", " day_at(part[4]) " + INT64_C(86400000000)"
}
function ranks_of(value, part, name, count, i, n, out) {
	count = split(value, part, /, */)
	for (i = 1; i <= count; i++)
		for (n = split(part[i], name, "/"); n > 0; n--) {
			if (name[n] !~ /^[A-Z][A-Z_]*$/ || name[n] in level)
				stop("not a rank, or twice: " name[n])
			level[name[n]] = i
			out = out "\t{ " text(name[n]) ", " i " },\n"
		}
	return out
}
function document_end() {
	if (paper == "")
		return
	if (label == "" || source == "")
		stop("document " paper " is not whole")
	documents = documents "\t{ " text(paper) ", " text(label) \
	    ",\n\t    " text(source) " },\n"
	paper = ""
}
# What must exist once the whole file is read: "converts" may point forward.
function check_names(part, count, i) {
	count = split(successors, part, " ")
	for (i = 1; i <= count; i++)
		if (index(codes, " " part[i] " ") == 0)
			stop(file ": converts to no basis of its own: " part[i])
}
function liability_end() {
	if (law == "")
		return
	if (source == "" || credit == "" || bands == "" || later == 0)
		stop("liability " law " is not whole")
	if (per != "TRANSACTION" && per != "LOSS")
		stop("liability " law ": a cap is per transaction or per loss")
	laws = laws "\t{ " text(law) ", " text(source) ", " text(money) \
	    ",\n\t    " credit ", LIABILITY_PER_" per ",\n\t    { " bands \
	    " },\n\t    { " (caps == "" ? 0 : caps) " } },\n"
	law = ""
}
function basis_end() {
	liability_end()
	document_end()
	if (basis == "")
		return
	if (label == "" || source == "" || scope == "" || actions == "")
		stop("basis " basis " is not whole")
	more = "\"" rank "\", { " span_valid " }, " hold ",\n\t    { " \
	    extend " }, \"" converts "\",\n\t    { " owed "{ 0 } }, " owes
	bases = bases "\t{ " text(basis) ", " text(label) ",\n\t    " \
	    text(source) ",\n\t    " actions ",\n\t    SCOPE_" scope ", " \
	    order ",\n\t    " more " },\n"
	codes = codes " " basis " "
	basis = ""
}
function profile_end(i, id) {
	basis_end()
	if (file == "")
		return
	for (i = 1; i <= width; i++) {
		if (!(names[i] in value) && names[i] in usual)
			value[names[i]] = usual[names[i]]
		if (!(names[i] in value))
			stop(file " has no line: " names[i])
	}
	if (index(codes, " " default_basis " ") == 0)
		stop(file ": the default basis " default_basis " is none of its bases")
	if (limits == "")
		stop(file " has no limit")
	check_names()
	id = value["name"]
	gsub(/"/, "", id)
	printf "static const struct profile_basis bases_%s[] = {\n%s};\n\n", \
	    id, bases
	printf "static const struct profile_limit limits_%s[] = {\n%s};\n\n", \
	    id, limits
	printf "static const struct profile_document documents_%s[] = {\n%s};" \
	    "\n\n", id, documents
	printf "static const struct profile_rank ranks_%s[] = {\n%s\t{ NULL, 0 }," \
	    "\n};\n\n", id, ranks
	if (laws != "")
		printf "static const struct liability liability_%s[] = {\n%s" \
		    "};\n\n", id, laws
	table = table "\t{\n\t\t.ranks = ranks_" id ",\n\t\t.documents = " \
	    "documents_" id ",\n\t\t.document_count = COUNT(documents_" id "),\n"
	table = table "\t\t.calendar.zone = " value["time_zone"] ",\n"
	for (i = 1; i <= width; i++)
		table = table "\t\t." field[names[i]] " = " value[names[i]] ",\n"
	table = table "\t\t.bases = bases_" id \
	    ",\n\t\t.basis_count = COUNT(bases_" id "),\n"
	table = table "\t\t.limits = limits_" id \
	    ",\n\t\t.limit_count = COUNT(limits_" id "),\n"
	if (laws != "")
		table = table "\t\t.liability = liability_" id ",\n"
	table = table "\t},\n"
}
/^#/ || /^[ \t]*$/ { next }
FILENAME ~ /\.tsv$/ { split($0, part, "\t"); scale[part[1]] = part[2]; next }
FILENAME != file {
	profile_end()
	file = FILENAME
	bases = limits = codes = laws = documents = ranks = successors = ""
	split("", value)
	split("", level)
}
{
	indented = /^ /
	sub(/^ +/, "")
	sub(/ +$/, "")
	key = $1
	if (!indented && (key "_" $2) in needed)
		key = key "_" $2
	rest = $0
	sub(/^[^ ]+ */, "", rest)
	if (key ~ /_/)
		sub(/^[^ ]+ */, "", rest)
}
!indented && key == "basis" {
	basis_end()
	if (rest !~ /^[A-Z][A-Z0-9_]*$/)
		stop("not a code: " rest)
	basis = rest
	label = source = scope = actions = rank = converts = owed = ""
	span_valid = "0, 0"
	extend = "0, 0, \"\""
	hold = owes = 0
	order = "false"
	next
}
!indented && key == "document" {
	basis_end()
	if (rest !~ /^[A-Z][A-Z0-9_]*$/ || index(documents, text(rest)))
		stop("not a document, or twice: " rest)
	paper = rest
	label = source = ""
	next
}
!indented && key == "ranks" { ranks = ranks_of(rest); next }
!indented && key == "liability" {
	basis_end()
	if (laws != "" || rest !~ /^[A-Z][A-Z0-9_]*$/)
		stop("not a code, or a second law of liability: " rest)
	law = rest
	source = credit = bands = caps = money = per = ""
	later = 0
	next
}
!indented && key == "limit" {
	if (NF != 4 && NF != 5)
		stop("a limit is a currency and two or three amounts")
	limits = limits "\t{ " text($2) ", " minor($3, $2) ", " \
	    minor($4, $2) ", " \
	    (NF == 5 ? minor($5, $2) : "10 * " minor($3, $2)) " },\n"
	next
}
!indented {
	if (!(key in needed) || key in value)
		stop("unknown line, or twice: " key)
	kind = needed[key]
	if (kind == "number" && rest !~ /^[0-9]+$/)
		stop("not a number: " rest)
	if (key == "default_basis")
		default_basis = rest
	value[key] = kind == "text" ? text(rest) : \
	    kind == "span" ? span_of(rest) : kind == "week" ? week(rest) : \
	    kind == "seconds" ? seconds(rest) : \
	    kind == "percents" ? percents(rest) : \
	    kind == "mode" ? "FOLLOW_" toupper(rest) : \
	    kind == "three" ? three(rest) : rest
	next
}
law != "" && key == "source" { source = rest; next }
law != "" && key == "credit" { credit = span_of(rest); next }
law != "" && key == "per" { per = toupper(rest); next }
# "within 3 working days: none", "within 2 working days: capped USD 50.00"
law != "" && (key == "within" || key == "later:") {
	if (later)
		stop("nothing comes behind later")
	later = key == "later:"
	n = split(later ? ": " rest : rest, part, /: */)
	if (n != 2)
		stop("a band is a span and what is borne")
	n = split(part[2], borne, " ")
	if (n != 1 && n != 3)
		stop("not what is borne: " part[2])
	if (n == 3)
		money = borne[2]
	bands = bands (bands == "" ? "" : ", ") "{ " \
	    (later ? "{ 0, 0 }" : span_of(part[1])) ", LIABILITY_" \
	    toupper(borne[1]) ", " (n == 3 ? minor(borne[3], borne[2]) : 0) " }"
	next
}
law != "" && key == "cap" {
	money = $3
	caps = caps (caps == "" ? "" : ", ") "[ACCOUNT_" toupper($2) "] = " \
	    minor($4, $3)
	next
}
law != "" { stop("unknown line of a liability: " key) }
basis == "" && paper == "" { stop("an indented line outside a basis") }
key == "label" { label = rest; next }
key == "source" { source = rest; next }
paper != "" { stop("unknown line of a document: " key) }
key == "valid" { span_valid = valid(rest); next }
key == "hold" { hold = seconds(rest); next }
key == "rank" {
	if (!(rest in level))
		stop("no rank of the profile: " rest)
	rank = rest
	next
}
key == "converts" {
	converts = rest
	successors = successors " " rest
	next
}
# "owes FIR within 3 days", "… within 5 working days": counted from the issue
# of the request.
key == "owes" {
	if (NF < 5 || $3 != "within" || !index(documents, "{ " text($2) ","))
		stop("not a document of the profile within a span: " rest)
	if (++owes > 4)
		stop("a basis owes at most four documents")
	owed = owed "{ " text($2) ", " span_of($4 " " $5 (NF > 5 ? " " $6 : "")) " }, "
	next
}
# "extend 30 days, 1 time, FORM_6": by how much, how often, by what document.
key == "extend" {
	if (split(rest, part, /, */) != 3 || part[2] !~ /^[0-9]+ times?$/ ||
	    !index(documents, "{ " text(part[3]) ","))
		stop("not a span, a number of times and a document: " rest)
	extend = seconds(part[1]) ", " part[2] + 0 ", " text(part[3])
	next
}
key == "scope" { scope = toupper(rest); next }
key == "order" && rest == "needed" { order = "true"; next }
key == "actions" {
	gsub(/, */, ") | ACTION(", rest)
	actions = actions (actions == "" ? "" : " | ") "ACTION(" rest ")"
	next
}
{ stop("unknown line: " key) }
END {
	if (failed)
		exit 1
	profile_end()
	printf "static const struct profile profiles[] = {\n%s};\n", table
}
