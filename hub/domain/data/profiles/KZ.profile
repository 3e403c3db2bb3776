# Kazakhstan.  The law gives five working days.  Of years whose holidays are
# not known only the weekends are left out, so a hold is never kept longer than
# the law allows.

name            KZ
label           Kazakhstan
version         2026-01-01
time zone       Asia/Almaty
language        ru
holidays        KZ
default basis   ANTIFRAUD_INCIDENT
ends by         five working days; decision of the prosecutor or the court

hold            5 working days
longest hold    5 working days
correction      5 days
release         4 hours
acknowledge     5 minutes, 30 minutes, 4 hours
decide          30 minutes, 4 hours, 24 hours
deepest layer   5
follow          asked

limit           INR  5000000.00  500.00
limit           USD  1000000.00  10.00
limit           KZT  25000000.00  3000.00

document POLICE_CONFIRMATION
  label    Confirmation of the police, with the number of the register
  source   Law of 26 July 2016 No. 11-VI on payments and payment systems, rules on the antifraud centre

document ERDR_EXTRACT
  label    Extract of the Unified Register of Pre-trial Investigations
  source   Criminal Procedure Code of 4 July 2014 No. 231-V, article 179

document PROSECUTOR_NOTICE
  label    Notice sanctioned by the prosecutor
  source   Criminal Procedure Code of 4 July 2014 No. 231-V, articles 161 to 163

basis ANTIFRAUD_INCIDENT
  label    Incident in the National Bank's antifraud centre
  source   Law of 26 July 2016 No. 11-VI on payments and payment systems, rules on the antifraud centre
  converts ERDR
  owes     POLICE_CONFIRMATION within 5 working days
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis ERDR
  label    Registration in the Unified Register of Pre-trial Investigations
  source   Criminal Procedure Code of 4 July 2014 No. 231-V, article 179
  converts SANCTIONED_ARREST
  owes     ERDR_EXTRACT within 24 hours
  owes     PROSECUTOR_NOTICE within 5 working days
  scope    account
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, RECEIVE_ONLY, BLOCK_CARD, BLOCK_WALLET
  actions  SUSPEND_MERCHANT_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, BAR_MSISDN, BAR_IMEI
  actions  SUSPEND_LISTING, PRESERVE_RECORDS, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis SANCTIONED_ARREST
  label    Arrest of property, sanctioned
  source   Criminal Procedure Code of 4 July 2014 No. 231-V, articles 161 to 163
  owes     PROSECUTOR_NOTICE within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
