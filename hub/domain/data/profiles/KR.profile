# Republic of Korea.  The financial company suspends payment at once when the
# victim asks for relief; what is owed then is the written application with the
# confirmation of the police.  The won limits are the hub's, no law names any.

name            KR
label           Republic of Korea
version         2026-01-01
time zone       Asia/Seoul
language        ko
holidays        KR
default basis   RELIEF_APPLICATION
ends by         objection of the account holder; refund to the victim after the two months of the public notice; decision of the prosecutor or the court

# The public notice of the end of the account holder's claim takes two months.
hold            60 days
longest hold    90 days
correction      5 days
grievance reply     5 working days
grievance decision  5 working days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked

limit           KRW  1000000000  10000
limit           INR  5000000.00  500.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

document RELIEF_FORM
  label    Written application for relief of the victim
  source   Special Act on the Prevention of Loss Caused by Telecommunications-based Financial Fraud and Refund for Loss, article 3

document POLICE_CONFIRMATION
  label    Confirmation of the incident by the police
  source   Special Act on the Prevention of Loss Caused by Telecommunications-based Financial Fraud and Refund for Loss, article 3

document SEIZURE_WARRANT
  label    Warrant of a judge to seize
  source   Criminal Procedure Act, articles 106, 215 and 219

basis RELIEF_APPLICATION
  label    Application for relief, or request of an investigating body, to suspend payment
  source   Special Act on the Prevention of Loss Caused by Telecommunications-based Financial Fraud and Refund for Loss, articles 3 and 4
  converts SEIZURE
  owes     RELIEF_FORM within 3 working days
  owes     POLICE_CONFIRMATION within 3 working days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, BLOCK_CARD, BLOCK_WALLET, CANCEL_ORDER
  actions  INTERCEPT_DELIVERY, BAR_MSISDN, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis SEIZURE
  label    Seizure by warrant
  source   Criminal Procedure Act, articles 106, 215 and 219
  owes     SEIZURE_WARRANT within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
