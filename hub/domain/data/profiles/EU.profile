# European Union.  The orders on data reach data only; money is frozen by a
# certificate that the executing state recognises.  Between the two stands the
# request of one police force to another, which a bank follows by national law.

name            EU
label           European Union
version         2026-08-18
time zone       Europe/Brussels
language        en
default basis   POLICE_REQUEST
ends by         day 60, or day 90 where the preservation was extended; non-recognition or the end of the freezing order

hold            60 days
longest hold    60 days
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

document POLICE_NOTE
  label    Written request over the single point of contact
  source   Directive (EU) 2023/977, articles 4 and 5

document EPOC_ORDER
  label    European Production Order Certificate (form 1)
  source   Regulation (EU) 2023/1543, article 9 and annex I

document EPOC_PR_ORDER
  label    European Preservation Order Certificate (form 2)
  source   Regulation (EU) 2023/1543, article 9 and annex II

document FORM_5
  label    Confirmation that a request for production was issued (form 5)
  source   Regulation (EU) 2023/1543, article 11 and annex V

document FORM_6
  label    Extension of the preservation (form 6)
  source   Regulation (EU) 2023/1543, article 11 and annex VI

document FREEZING_CERTIFICATE
  label    Freezing certificate
  source   Regulation (EU) 2018/1805, article 6 and annex I

basis POLICE_REQUEST
  label    Request between police forces
  source   Directive (EU) 2023/977 on the exchange of information between law enforcement authorities; the bank acts by national law
  hold     72 hours
  converts FREEZING_CERTIFICATE
  owes     POLICE_NOTE within 24 hours
  owes     FREEZING_CERTIFICATE within 72 hours
  scope    amount
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, CANCEL_ORDER, INTERCEPT_DELIVERY, PRESERVE_RECORDS
  actions  RELEASE, REDUCE, EXTEND, CONFIRM_STATUS

basis EPOC
  label    European Production Order
  source   Regulation (EU) 2023/1543, article 5
  valid    from 2026-08-18
  owes     EPOC_ORDER within 24 hours
  scope    records
  order    needed
  actions  PRESERVE_RECORDS, PROVIDE_INFO, CONFIRM_STATUS

basis EPOC_PR
  label    European Preservation Order
  source   Regulation (EU) 2023/1543, articles 6 and 11
  valid    from 2026-08-18
  hold     60 days
  extend   30 days, 1 time, FORM_6
  converts EPOC
  owes     EPOC_PR_ORDER within 24 hours
  owes     FORM_5 within 60 days
  scope    records
  actions  PRESERVE_RECORDS, CONFIRM_STATUS

basis FREEZING_CERTIFICATE
  label    Freezing order of another member state
  source   Regulation (EU) 2018/1805, articles 4 to 8
  owes     FREEZING_CERTIFICATE within 24 hours
  scope    account
  order    needed
  actions  HOLD_AMOUNT, HOLD_TXN_SETTLEMENT, DEBIT_FREEZE, RECEIVE_ONLY, SUSPEND_MERCHANT_SETTLEMENT
  actions  PRESERVE_RECORDS, PROVIDE_INFO, RELEASE, REDUCE, EXTEND, CONFIRM_STATUS
