# Where no other profile applies: short holds, and nothing wide without an
# order.

name            generic
label           Generic
version         2026-01-01
time zone       UTC
language        en
default basis   DECLARATION
ends by         72 hours, or the order

hold            72 hours
longest hold    72 hours
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked
layer hold      100, 75, 50

limit           EUR  1000000.00  10.00
limit           GBP  1000000.00  10.00
limit           INR  5000000.00  500.00
limit           KZT  25000000.00  3000.00
limit           USD  1000000.00  10.00

document ORDER
  label    Order of a court or another body that may give one
  source   the law of the officer's unit

basis DECLARATION
  label    Declaration of the officer
  source   the law of the officer's unit, as the officer declares it
  converts ORDER
  owes     ORDER within 72 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, BLOCK_CARD, BLOCK_WALLET, SUSPEND_MERCHANT_SETTLEMENT
  actions  CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI, SUSPEND_LISTING
  actions  PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis ORDER
  label    Order of a court or another body that may give one
  source   the law of the officer's unit, as the order states it
  owes     ORDER within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
