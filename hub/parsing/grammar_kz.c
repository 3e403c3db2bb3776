/*
 * The grammar of Kazakhstan: Kazakh in Cyrillic and in Latin letters; its
 * banks write Russian too, so Russia's rows count behind its own.
 */
#include "hub/parsing/grammar.h"

/* clang-format off */
static const struct cue_row rows[] = {
	{ "₸", CUE_CURRENCY, "KZT", 0 },
	{ "тг", CUE_CURRENCY, "KZT", 0 },
	{ "kzt", CUE_CURRENCY, "KZT", 0 },
	{ "тенге", CUE_CURRENCY, "KZT", 0 },
	{ "теңге~", CUE_CURRENCY, "KZT", 0 },
	{ "tenge", CUE_CURRENCY, "KZT", 0 },

	{ "аударылды", CUE_DEBIT, NULL, 0 },
	{ "аударым", CUE_DEBIT, NULL, 1 },
	{ "аударым жасалды", CUE_DEBIT, NULL, 0 },
	{ "audarym", CUE_DEBIT, NULL, 1 },
	{ "jiberildi", CUE_DEBIT, NULL, 0 },
	{ "жіберілді", CUE_DEBIT, NULL, 0 },
	{ "төлем", CUE_DEBIT, NULL, 1 },
	{ "төлем жасалды", CUE_DEBIT, NULL, 0 },
	{ "төленді", CUE_DEBIT, NULL, 0 },
	{ "шегерілді", CUE_DEBIT, NULL, 0 },
	{ "есептен шығарылды", CUE_DEBIT, NULL, 0 },
	{ "сатып алу", CUE_DEBIT, NULL, 1 },
	{ "алынды", CUE_DEBIT, NULL, 0 },
	{ "ақша алу", CUE_DEBIT, NULL, 1 },
	{ "түсті", CUE_CREDIT, NULL, 0 },
	{ "толықтырылды", CUE_CREDIT, NULL, 0 },
	{ "толықтыру", CUE_CREDIT, NULL, 0 },
	{ "қайтару", CUE_REFUND, NULL, 0 },
	{ "қайтарылды", CUE_REFUND, NULL, 0 },
	{ "қабылданбады", CUE_FAILED, NULL, 0 },
	{ "жеткіліксіз", CUE_FAILED, NULL, 0 },
	{ "сәтсіз", CUE_FAILED, NULL, 0 },
	{ "орындалмады", CUE_FAILED, NULL, 0 },
	{ "сұрады", CUE_REQUEST, NULL, 0 },
	{ "шегеріледі", CUE_REQUEST, NULL, 0 },

	{ "мақұлданды", CUE_PROMOTION, NULL, 1 },
	{ "несие", CUE_PROMOTION, NULL, 1 },
	{ "жеңілдік~", CUE_PROMOTION, NULL, 2 },
	{ "жеңілдігі", CUE_PROMOTION, NULL, 2 },
	{ "бонус", CUE_PROMOTION, NULL, 1 },
	{ "ұсыныс", CUE_PROMOTION, NULL, 1 },
	{ "рәсімдеңіз", CUE_PROMOTION, NULL, 1 },
	{ "растау коды", CUE_CODE, NULL, 0 },
	{ "коды", CUE_CODE, NULL, 0 },
	{ "құпиясөз", CUE_CODE, NULL, 0 },

	{ "қалдық", CUE_SIDE, NULL, 0 },
	{ "қалдығы", CUE_SIDE, NULL, 0 },
	{ "қолжетімді", CUE_SIDE, NULL, 0 },
	{ "қалған", CUE_SIDE, NULL, 0 },
	{ "қалған сома", CUE_SIDE, NULL, 0 },
	{ "теңгерім", CUE_SIDE, NULL, 0 },
	{ "комиссия", CUE_FEE, NULL, 0 },
	{ "егер", CUE_IF, NULL, 0 },

	{ "шот", CUE_ACCOUNT, NULL, 0 },
	{ "шот kz", CUE_ACCOUNT, NULL, 0 },
	{ "счет kz", CUE_ACCOUNT, NULL, 0 },
	{ "шоты", CUE_ACCOUNT, NULL, 0 },
	{ "шотыңыз~", CUE_ACCOUNT, NULL, 0 },
	{ "картаңыз~", CUE_ACCOUNT, NULL, 0 },
	{ "картасы", CUE_ACCOUNT, NULL, 0 },
	{ "karta", CUE_ACCOUNT, NULL, 0 },
	{ "сіздің", CUE_OWN, NULL, 0 },

	{ "аударым нөмірі", CUE_REFERENCE, NULL, 0 },
	{ "операция нөмірі", CUE_REFERENCE, NULL, 0 },
	{ "төлем нөмірі", CUE_REFERENCE, NULL, 0 },
	{ "түбіртек", CUE_REFERENCE, NULL, 0 },
	{ "түбіртек нөмірі", CUE_REFERENCE, NULL, 0 },

	{ "алушы", CUE_TO, NULL, 0 },
	{ "жіберуші", CUE_FROM, NULL, 0 },
	{ "күні", CUE_STOP, NULL, 0 },

	{ "қаңтар", CUE_MONTH, NULL, 1 }, { "ақпан", CUE_MONTH, NULL, 2 },
	{ "наурыз", CUE_MONTH, NULL, 3 }, { "сәуір", CUE_MONTH, NULL, 4 },
	{ "мамыр", CUE_MONTH, NULL, 5 }, { "маусым", CUE_MONTH, NULL, 6 },
	{ "шілде", CUE_MONTH, NULL, 7 }, { "тамыз", CUE_MONTH, NULL, 8 },
	{ "қыркүйек", CUE_MONTH, NULL, 9 }, { "қазан", CUE_MONTH, NULL, 10 },
	{ "қараша", CUE_MONTH, NULL, 11 }, { "желтоқсан", CUE_MONTH, NULL, 12 },
};
/* clang-format on */

/* One zone since 1 March 2024 (UTC+5); older messages are not given to a
 * live hub. */
const struct grammar grammar_kz = {
	.country = "KZ",
	.currency = "KZT",
	.day_order = DAY_FIRST,
	.groups_by_space = true,
	.has_offset = true,
	.offset_minutes = 5 * 60,
	.rows = rows,
	.row_count = COUNT(rows),
	.parent = "RU",
};
