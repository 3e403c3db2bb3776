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
	    "default_basis default_basis text|hold hold_seconds seconds|" \
	    "longest_hold hold_limit_seconds seconds|" \
	    "correction correction_seconds seconds|" \
	    "release release_seconds seconds|acknowledge ack_seconds three|" \
	    "decide decision_seconds three|deepest_layer deepest_layer number", \
	    row, "|")
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
function three(value, part, out, i) {
	if (split(value, part, /, */) != 3)
		stop("not three spans, of p1, p2 and p3: " value)
	for (i = 1; i <= 3; i++)
		out = out (i > 1 ? ", " : "") seconds(part[i])
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
function basis_end() {
	if (basis == "")
		return
	if (label == "" || source == "" || scope == "" || actions == "")
		stop("basis " basis " is not whole")
	bases = bases "\t{ " text(basis) ", " text(label) ",\n\t    " \
	    text(source) ",\n\t    " actions ",\n\t    SCOPE_" scope ", " \
	    order " },\n"
	codes = codes " " basis " "
	basis = ""
}
function profile_end(i, id) {
	basis_end()
	if (file == "")
		return
	for (i = 1; i <= width; i++)
		if (!(names[i] in value))
			stop(file " has no line: " names[i])
	if (index(codes, " " default_basis " ") == 0)
		stop(file ": the default basis " default_basis " is none of its bases")
	if (limits == "")
		stop(file " has no limit")
	id = value["name"]
	gsub(/"/, "", id)
	printf "static const struct profile_basis bases_%s[] = {\n%s};\n\n", \
	    id, bases
	printf "static const struct profile_limit limits_%s[] = {\n%s};\n\n", \
	    id, limits
	table = table "\t{\n"
	for (i = 1; i <= width; i++)
		table = table "\t\t." field[names[i]] " = " value[names[i]] ",\n"
	table = table "\t\t.bases = bases_" id \
	    ",\n\t\t.basis_count = COUNT(bases_" id "),\n"
	table = table "\t\t.limits = limits_" id \
	    ",\n\t\t.limit_count = COUNT(limits_" id "),\n\t},\n"
}
/^#/ || /^[ \t]*$/ { next }
FILENAME ~ /\.tsv$/ { split($0, part, "\t"); scale[part[1]] = part[2]; next }
FILENAME != file {
	profile_end()
	file = FILENAME
	bases = limits = codes = ""
	split("", value)
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
	label = source = scope = actions = ""
	order = "false"
	next
}
!indented && key == "limit" {
	if (NF != 4)
		stop("a limit is a currency and two amounts")
	limits = limits "\t{ " text($2) ", " minor($3, $2) ", " \
	    minor($4, $2) " },\n"
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
	    kind == "seconds" ? seconds(rest) : \
	    kind == "three" ? three(rest) : rest
	next
}
basis == "" { stop("an indented line outside a basis") }
key == "label" { label = rest; next }
key == "source" { source = rest; next }
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
