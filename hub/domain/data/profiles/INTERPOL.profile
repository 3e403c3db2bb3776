# A request that came over a National Central Bureau.  It is no law by itself:
# the profile of the executing country governs and is named beside this one.

name            INTERPOL
label           INTERPOL channel
version         2026-01-01
time zone       UTC
language        en
default basis   RAPID_INTERVENTION
ends by         the profile of the executing country

hold            72 hours
longest hold    72 hours
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          never

limit           EUR  1000000.00  10.00
limit           GBP  1000000.00  10.00
limit           INR  5000000.00  500.00
limit           KZT  25000000.00  3000.00
limit           USD  1000000.00  10.00

document NCB_MESSAGE
  label    Message of the requesting National Central Bureau
  source   INTERPOL Rules on the Processing of Data, articles 9 and 14

document FIU_REQUEST
  label    Request of the financial intelligence unit to its counterpart
  source   Egmont Group Principles for Information Exchange; FATF recommendation 40

document MLA_REQUEST
  label    Request for mutual legal assistance
  source   United Nations Convention against Transnational Organized Crime, articles 13 and 18

document RESTRAINT_ORDER
  label    Restraint order of the executing country
  source   the law of the executing country

basis RAPID_INTERVENTION
  label    Global rapid intervention of payments, over National Central Bureaus
  source   INTERPOL Global Rapid Intervention of Payments (I-GRIP); Constitution of INTERPOL, article 31
  converts DOMESTIC_RESTRAINT
  owes     NCB_MESSAGE within 24 hours
  owes     FIU_REQUEST within 72 hours
  owes     MLA_REQUEST within 30 days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis DOMESTIC_RESTRAINT
  label    Restraint by an order of the executing country
  source   United Nations Convention against Transnational Organized Crime, article 13; the law of the executing country
  owes     RESTRAINT_ORDER within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
